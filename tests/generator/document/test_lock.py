"""names.lock as a file: what it looks like, and when the command line reads and writes it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import yaml

from sdkloom.cli.main import main
from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.lock import Section, lock_text, parse_lock
from sdkloom.files.sdk_folder import NamesLockFile, write

SPEC = """\
openapi: 3.1.0
info: {title: Notes, version: "1", description: Notes for tests.}
servers: [{url: "https://notes.test"}]
paths:
  /notes:
    post:
      tags: [notes]
      requestBody:
        content:
          application/json: {schema: {type: object, properties: {tool: {$ref: "#/components/schemas/Tool"}}}}
      responses: {"200": {description: ok}}
components:
  schemas:
    Tool: {type: object, properties: {name: {type: string}}}
"""
MORE = SPEC + "    ToolParam: {type: object}\n"
LOCK = """\
version: 1

methods:
  "#/paths/~1notes/post": notes.create

requests:
  "#/components/schemas/Tool": ToolParam
  "client.notes.create": NoteCreateParams
"""


def parsed(text: str) -> dict[tuple[str, str], str]:
    sink = DiagnosticSink()
    lock = parse_lock("names.lock", text, sink)
    assert lock is not None, sink.diagnostics
    return {(section.value, place): name.text for section in Section for place, name in lock.names[section].items()}


def test_one_name_per_line_sorted() -> None:
    text = lock_text([("requests", "b", "B"), ("methods", "#/paths/~1a/get", "a.list"), ("requests", "a", "A")])
    assert text.startswith("# Names that the SDK has given")
    assert text.endswith('\n\nversion: 1\n\nmethods:\n  "#/paths/~1a/get": a.list\n\nrequests:\n  "a": A\n  "b": B\n')


def test_without_names_it_is_still_a_lock() -> None:
    assert parsed(lock_text([])) == {}


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("#/components/schemas/Pet", "Pet"),
        ('#/components/schemas/A/properties/"\\', "A"),
        ("#/components/schemas/A/properties/a: b # c\t\n\x85\u2028\x00", "A"),
        ("#/components/schemas/A/properties/große 🐈", "große"),
        ("#/components/schemas/Null", "Null"),
        ("#/components/schemas/null", "null"),
        ("#/components/schemas/True_", "true"),
        ("#/components/schemas/" + "long" * 400, "Long"),
        ("", "Empty"),
    ],
)
def test_what_is_written_is_read(place: str, name: str) -> None:
    text = lock_text([("responses", place, name)])
    assert parsed(text) == {("responses", place): name}
    if len(place) < 1000:
        assert yaml.safe_load(text)["responses"] == {place: name}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    Path("spec").mkdir()
    Path("spec/notes.yaml").write_text(SPEC)
    return tmp_path


def run(*options: str) -> int:
    return main(["generate", "spec/notes.yaml", "--out", "sdk", *options])


def names() -> str:
    """The lock without its header."""
    text = Path("spec/names.lock").read_text()
    return text[text.index("version: ") :]


def test_nothing_begins_a_lock_but_the_option(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert not Path("spec/names.lock").exists()
    assert run("--lock", "--dry-run") == 0
    assert "+ spec/names.lock\n" in capsys.readouterr().out
    assert run("--lock", "--check") == 1
    assert '+  "client.notes.create": NoteCreateParams\n' in capsys.readouterr().out
    assert not Path("spec/names.lock").exists()
    assert run("--lock") == 0
    assert "+ spec/names.lock\n" in capsys.readouterr().out
    assert names() == LOCK
    assert sorted(os.listdir("spec")) == ["names.lock", "notes.yaml"]


def test_a_lock_is_used_and_kept_up_to_date(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lock") == 0
    Path("spec/notes.yaml").write_text(MORE)
    assert run() == 0
    assert Path("sdk/src/notes/types/tool_param.py").exists()
    Path("spec/names.lock").unlink()
    assert run() == 0
    assert Path("sdk/src/notes/types/tool_request.py").exists()


def test_a_stale_lock_is_a_difference(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lock") == 0
    assert run("--check") == 0
    stale = LOCK.replace('  "client.notes.create": NoteCreateParams\n', "") + '  "#/components/schemas/Old": OldParam\n'
    Path("spec/names.lock").write_text(stale)
    capsys.readouterr()
    assert run("--check") == 1
    shown = capsys.readouterr()
    assert '-  "#/components/schemas/Old": OldParam\n' in shown.out
    assert "1 file differs" in shown.err
    assert run("--dry-run") == 0
    assert "~ spec/names.lock\n" in capsys.readouterr().out
    assert Path("spec/names.lock").read_text() == stale
    assert run() == 0
    assert "0 written, 0 removed" in capsys.readouterr().out
    assert names() == LOCK


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: 1\nrequests: [\n", "names.lock:"),
        ("", "error[SRC006]"),
        ("version: 1\nanswers: {a: A, a: B}\n", "error[SRC002]"),
        ("<<<<<<< ours\n" + LOCK, "error[LCK001]"),
        ("version: 1\nrequests: {client.notes.create: 7}\n", "error[LCK005]"),
    ],
)
def test_after_an_error_nothing_is_written(
    text: str, message: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("spec/names.lock").write_text(text)
    assert run("--lock") == 1
    assert message in capsys.readouterr().err
    assert Path("spec/names.lock").read_text() == text
    assert not Path("sdk").exists()


def test_an_error_in_the_spec_leaves_the_lock_alone(project: Path) -> None:
    assert run("--lock") == 0
    before = Path("spec/names.lock").read_bytes()
    Path("spec/notes.yaml").write_text(MORE.replace("{type: object}", "3"))
    assert run() == 1
    assert Path("spec/names.lock").read_bytes() == before


def test_a_lock_that_cannot_be_written_stops_all(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("spec/.names.lock.sdkloom-staging").mkdir()
    assert run("--lock") == 1
    assert "error[EMIT011]" in capsys.readouterr().err
    assert not Path("sdk").exists()


def test_the_output_is_put_back_if_the_lock_cannot_be_replaced(tmp_path: Path) -> None:
    """The lock comes last."""
    out, lock = tmp_path / "out", tmp_path / "names.lock"
    (lock / "full").mkdir(parents=True)
    sink = DiagnosticSink()
    files = {"a.txt": "a", ".stats.yml": "files: [a.txt, .stats.yml]\n"}
    assert write(files, out, sink, NamesLockFile(path=lock, text="new")) is None
    assert [found.code for found in sink.diagnostics] == ["EMIT011"]
    assert sorted(os.listdir(tmp_path)) == ["names.lock"]


def test_a_folder_in_the_place_of_the_lock(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("spec/names.lock/full").mkdir(parents=True)
    assert run("--lock") == 1
    assert "spec/names.lock:1:1: error[EMIT014]" in capsys.readouterr().err
    assert not Path("sdk").exists()


def test_the_other_commands_use_the_lock_too(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lock") == 0
    Path("spec/notes.yaml").write_text(MORE)
    assert main(["dump", "plan", "spec/notes.yaml"]) == 0
    assert "types/tool_param.py" in capsys.readouterr().out


def test_a_comparison_uses_the_lock_of_each_side(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lock") == 0
    shutil.copytree("spec", "new")
    Path("new/notes.yaml").write_text(MORE)
    capsys.readouterr()
    assert main(["diff", "spec", "new"]) == 0
    assert "ToolRequest" not in capsys.readouterr().out
    Path("new/names.lock").unlink()
    assert main(["diff", "spec", "new"]) == 0
    assert "ToolRequest" in capsys.readouterr().out
