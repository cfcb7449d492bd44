"""`sdkloom init` and `sdkloom schema`: the start of an sdk.yaml."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from sdkloom.cli.main import main

SPEC = """\
openapi: 3.1.0
info: {title: "Notes: all", version: "1.0"}
servers: [{url: "https://notes.test/v1"}]
paths:
  /books/{id}/notes:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"204": {description: x}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("notes.yaml").write_text(SPEC)
    return tmp_path


def files_of_sdk() -> dict[str, str]:
    assert main(["generate", "notes.yaml", "--out", "sdk"]) == 0
    return {str(path): path.read_text() for path in Path("sdk").rglob("*.*") if path.name != ".stats.yml"}


def test_what_it_writes_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: text.replace(" and sdk.yaml", "") for path, text in files_of_sdk().items()}
    capsys.readouterr()
    assert main(["init", "notes.yaml"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[:2] == ["+ sdk.yaml", "+ sdk.schema.json"]
    assert shown[2].startswith("next: `sdkloom generate notes.yaml` writes ")
    assert re.sub("Edit (that|those)", "", "".join(before.values())) == re.sub(
        "Edit (that|those)", "", "".join(files_of_sdk().values()).replace(" and sdk.yaml", "")
    )


def test_its_comments_are_what_follows_from_the_document() -> None:
    """Without the `#` in front of them they are keys of sdk.yaml, and change nothing either."""
    before = files_of_sdk()
    assert main(["init"]) == 0
    text = Path("sdk.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=sdk.schema.json\n")
    shown = [line for line in text.splitlines() if "license" not in line]
    bare = [re.sub(r"^(\s*)# ?(?=\s*[\w{}]+:( |$))", r"\1", line) for line in shown]
    Path("sdk.yaml").write_text("\n".join(bare) + "\n")
    read = yaml.safe_load(Path("sdk.yaml").read_text())
    assert set(read) == {"package", "client", "resources"}
    assert read["package"]["version"] == "1.0" and read["client"]["base_url"] == "https://notes.test/v1"
    after = files_of_sdk()
    assert before["sdk/api.md"] == after["sdk/api.md"] and before.keys() == after.keys()


def test_a_document_without_a_server_needs_one(capsys: pytest.CaptureFixture[str]) -> None:
    Path("notes.yaml").write_text(SPEC.replace('servers: [{url: "https://notes.test/v1"}]\n', ""))
    assert main(["init"]) == 0
    assert yaml.safe_load(Path("sdk.yaml").read_text())["client"] == {"base_url": "https://example.com"}


def test_a_file_that_is_there_stays(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sdk.yaml").write_text("package: {distribution: mine}\n")
    assert main(["init"]) == 1
    assert "sdk.yaml:1:1: error[RUN005]: `sdk.yaml` is there already" in capsys.readouterr().err
    assert Path("sdk.yaml").read_text() == "package: {distribution: mine}\n"
    assert not Path("sdk.schema.json").exists()


@pytest.mark.parametrize("other", ["", "  /owners: {get: {responses: {'204': {description: x}}}}\n"])
def test_methods_of_the_client_itself(other: str) -> None:
    """They belong to no resource; in sdk.yaml they stand in `methods`."""
    spec = SPEC.replace("/books/{id}/notes", "/sendNote").replace(
        "    get:\n      parameters: [{name: id", "    post:\n      parameters: [{name: to", 1
    )
    Path("notes.yaml").write_text(spec.replace("in: path", "in: query") + other)
    assert main(["init"]) == 0
    text, methods = Path("sdk.yaml").read_text().split("is named here:\n")
    Path("sdk.yaml").write_text(text + "\n" + re.sub("^# ", "", methods, flags=re.MULTILINE))
    assert yaml.safe_load(Path("sdk.yaml").read_text()).get("resources" if other else "methods")
    assert main(["generate", "notes.yaml", "--out", "sdk"]) == 0


def test_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "sdk.yaml"
    assert main(["init"]) == 0
    capsys.readouterr()
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == Path("sdk.schema.json").read_text()


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert re.fullmatch(r"sdkloom \d+\.\d+\.\d+\n", capsys.readouterr().out)


@pytest.mark.parametrize(("given", "meant"), [(["generate", "--chek"], "--check"), (["genrate"], "generate")])
def test_what_may_have_been_meant(given: list[str], meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(given)
    assert ended.value.code == 2
    assert f"(did you mean `{meant}`?)" in capsys.readouterr().err
