"""What commands work on where no argument says it: settings of the project, then what lies in the working folder."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from sdkloom.cli.main import main

SPEC = """\
openapi: 3.1.0
info: {title: Notes, version: "1"}
servers: [{url: "https://notes.test"}]
paths:
  /notes: {get: {responses: {"204": {description: ok}}}}
"""


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def generated_from() -> str:
    """The title of the package that was made, which says what it was made of."""
    (found,) = Path().glob("*/src/*/__init__.py")
    return found.parent.name


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"openapi_yaml": "Usual", "other_yaml": "Other", "spec__pets_yaml": "Pets"}, "usual"),
        ({"openapi_json": "Usual", "other_yaml": "Other"}, "usual"),
        ({"other_yaml": "Other", "spec__pets_yaml": "Pets"}, "pets"),
        ({"other_yaml": "Other", "spec__readme_yaml": ""}, "other"),
        ({"other_yaml": "Other"}, "other"),
    ],
)
def test_the_document_is_looked_for(files: dict[str, str], expected: str) -> None:
    write(**{name: SPEC.replace("Notes", title) if title else "a: 1\n" for name, title in files.items()})
    if "openapi_json" in files:
        import json

        import yaml

        Path("openapi.json").write_text(json.dumps(yaml.safe_load(Path("openapi.json").read_text())))
    assert main(["generate"]) == 0
    assert generated_from() == expected


def test_where_several_may_be_meant_they_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    write(a_yaml=SPEC, b_yaml=SPEC)
    assert main(["generate"]) == 1
    assert "several OpenAPI documents stand in `.`: `a.yaml`, `b.yaml`" in capsys.readouterr().err
    assert [path.name for path in Path().iterdir() if path.is_dir()] == []


def test_a_folder_without_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    assert main(["generate", "empty"]) == 1
    assert "empty:1:1: error[DIF003]: no OpenAPI document stands in `empty`" in capsys.readouterr().err


def test_a_folder_with_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    write(api__notes_yaml=SPEC, api__sdk_yaml="package: {distribution: my-notes}\n")
    assert main(["generate", "api"]) == 0
    assert "my-notes: " in capsys.readouterr().out
    assert Path("my-notes/src/my_notes/__init__.py").is_file(), "the folder has the name of the distribution"


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    write(sdk_yaml="package: {distribution: my-notes}\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SPEC.encode())))
    assert main(["generate", "-"]) == 0
    assert Path("my-notes/src/my_notes/__init__.py").is_file()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SPEC.replace("paths", "pahts").encode())))
    assert main(["generate", "-", "--out", "other"]) == 1
    assert "<stdin>:4:1: " in capsys.readouterr().err


def test_settings_of_the_project() -> None:
    write(api__notes_yaml=SPEC, api__other_yaml=SPEC, shape_yaml="package: {distribution: my-notes}\n")
    write(pyproject_toml='[tool.sdkloom]\nspec = "api/notes.yaml"\nconfig = "shape.yaml"\nout = "made"\n')
    assert main(["generate"]) == 0
    assert Path("made/src/my_notes/__init__.py").is_file()
    assert main(["generate", "--out", "elsewhere"]) == 0
    assert Path("elsewhere/src/my_notes/__init__.py").is_file(), "arguments win"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.sdkloom]\nspecs = 'a.yaml'\n", "pyproject.toml:2:1: error[RUN003]: `specs` is no setting"),
        (
            "[tool.sdkloom]\n\n  out = 3\n",
            "pyproject.toml:3:3: error[RUN004]: `out` of `[tool.sdkloom]` has to be a text",
        ),
        ("[tool.sdkloom]\nout = '../x'\n", "pyproject.toml:2:1: error[RUN006]: `../x` leads out of"),
        ("[tool.sdkloom]\nout = '/x'\n", "pyproject.toml:2:1: error[RUN006]: `/x` leads out of"),
        ("[tool.sdkloom]\nout = \n", "pyproject.toml:2:7: error[RUN002]: pyproject.toml can't be read: Invalid value"),
        ("[tool]\nsdkloom = [\n", "error[RUN002]"),
    ],
)
def test_mistakes_in_settings(text: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(notes_yaml=SPEC, pyproject_toml=text)
    assert main(["generate"]) == 1
    assert message in capsys.readouterr().err
    assert sorted(path.name for path in Path().iterdir()) == ["notes.yaml", "pyproject.toml"]


@pytest.mark.parametrize("text", ["[tool.ruff]\nline-length = 3\n", "tool = 3 # sdkloom\n", "[tool]\nsdkloom = 3\n"])
def test_other_projects_have_no_settings(text: str) -> None:
    write(notes_yaml=SPEC, pyproject_toml=text)
    assert main(["generate"]) == 0
    assert generated_from() == "notes"
