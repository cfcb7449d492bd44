"""What all commands share: `--json`, `--quiet`, `--fail-on-warning`, the summary, and which stage is shown."""

from __future__ import annotations

import io
import json
import threading
from pathlib import Path
from typing import Any

import pytest

from sdkloom.cli.main import main
from sdkloom.diagnostics.terminal import Progress

SPEC = """\
openapi: 3.1.0
info: {title: Notes, version: "1"}
servers: [{url: "https://notes.test"}]
paths:
  /notes:
    get:
      operationId: list_notes
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}}}
    post: {responses: {"204": {description: ok}}}
components:
  schemas:
    Note: {type: object, properties: {text: {type: strng}}}
"""
WARNING: dict[str, Any] = {
    "code": "DOC017",
    "severity": "warning",
    "message": "`strng` is not a type: any value is allowed",
    "hint": "did you mean `string`?",
    "file": "notes.yaml",
    "line": 12,
    "column": 52,
    "end": {"line": 12, "column": 57},
    "related": [],
}


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("notes.yaml").write_text(SPEC)
    return tmp_path


def test_json_of_generate(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sdk.yaml").write_text("skip: [post /notes]\n")
    assert main(["generate", "--json", "--out", "sdk"]) == 0
    out, err = capsys.readouterr()
    found: dict[str, Any] = json.loads(out)
    assert err == ""
    assert found["diagnostics"] == [WARNING]
    assert found["counts"] == {"errors": 0, "warnings": 1, "notes": 0}
    assert found["contents"] == {"methods": 1, "types": 1, "leftOut": 1, "degraded": 1, "warnings": 1}
    assert found["out"] == "sdk"
    assert "src/notes/types/note.py" in found["files"]["added"]
    assert main(["generate", "--json", "--out", "sdk", "--check"]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    begun = {".gitignore", "CHANGELOG.md"}  # from then on they aren't the generator's
    assert begun <= set(found["files"]["added"])
    assert files == {"added": [], "changed": [], "removed": [], "unchanged": len(found["files"]["added"]) - len(begun)}


def test_json_after_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "--json", "--only", "nots"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    (first, second) = json.loads(out)["diagnostics"]
    assert (first["code"], first["file"], first["line"], first["end"]) == ("RUN030", None, None, None)
    assert second == WARNING
    assert main(["generate", "--json", "nothing.yaml"]) == 1
    assert json.loads(capsys.readouterr().out)["counts"]["errors"] == 1


def test_json_of_other_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "notes.yaml", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"] == {"added": ["sdk.yaml", "sdk.schema.json"]}
    assert main(["verify", "notes.yaml", "--json", "--only", "compile"]) == 0
    assert json.loads(capsys.readouterr().out)["checks"] == [{"check": "compile", "leftOut": False, "failures": 0}]
    assert main(["generate", "notes.yaml", "--json", "--suggest"]) == 0
    assert json.loads(capsys.readouterr().out)["suggestions"] == []


def test_the_summary_tells_what_is_lacking(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sdk.yaml").write_text("skip: [post /notes]\n")
    assert main(["generate", "--out", "sdk"]) == 0
    assert "sdk: 1 method, 1 type; 1 operation left out, 1 place degraded, 1 warning\n" in capsys.readouterr().out
    Path("notes.yaml").write_text(SPEC.replace("strng", "string"))
    Path("sdk.yaml").unlink()
    assert main(["generate", "--out", "sdk"]) == 0
    assert capsys.readouterr().out.endswith("sdk: 2 methods, 1 type\n")


def test_quiet_prints_errors_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "--quiet", "--out", "sdk"]) == 0
    assert capsys.readouterr() == ("", "")
    assert main(["generate", "-q", "--out", "sdk", "--only", "nots"]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("["), "RUN030" in err) == ("", 1, True)
    Path("notes.yaml").write_text(SPEC.replace("/notes:", "/pads:"))
    assert main(["generate", "--quiet", "--out", "sdk", "--check"]) == 1
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("command", [["generate", "--out", "sdk"], ["dump", "ir"], ["init"]])
def test_warnings_fail_if_asked(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "notes.yaml", "--fail-on-warning", "--quiet"]) == 1
    assert "warning[DOC017]" in capsys.readouterr().err
    Path("sdk.yaml").unlink(missing_ok=True)
    Path("notes.yaml").write_text(SPEC.replace("strng", "string"))
    assert main([*command, "notes.yaml", "--fail-on-warning"]) == 0


class Terminal(io.StringIO):
    """A stream that is a terminal, and tells when something was written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = threading.Event()

    def isatty(self) -> bool:
        return True

    def flush(self) -> None:
        self.written.set()


def test_stages_are_shown_when_they_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    progress = Progress(stream, delay=0.01)
    progress.announce("reading")
    assert stream.written.wait(30)
    assert stream.getvalue() == "\r\033[Kreading …"
    progress.announce("printing")
    progress.clear()
    assert stream.getvalue() == "\r\033[Kreading …\r\033[Kprinting …\r\033[K"


@pytest.mark.parametrize(("is_terminal", "term"), [(True, "xterm"), (True, "dumb"), (False, "xterm")])
def test_stages_are_not_shown_at_once(is_terminal: bool, term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", term)
    stream = Terminal() if is_terminal else io.StringIO()
    progress = Progress(stream, delay=1000 if term == "xterm" and is_terminal else 0)
    progress.announce("reading")
    progress.clear()
    assert stream.getvalue() == ""


def test_a_part_has_no_messages_of_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    more = "  /pads:\n    get: {operationId: list_pads, responses: {'204': {description: 5}}}\n"
    more += "  /pens: {get: {responses: {'204': {description: 7}}}}\n"
    Path("notes.yaml").write_text(SPEC.replace("components:\n", more + "components:\n"))

    def lines(*arguments: str) -> list[int]:
        assert main(["generate", "--json", "--out", "sdk", *arguments]) == 0
        return [one["line"] for one in json.loads(capsys.readouterr().out)["diagnostics"]]

    assert lines() == [11, 12, 15]
    assert lines("--only", "list_pads") == [11]
    assert lines("--skip", "/notes") == [11, 12]
    assert lines("--only", "list_notes") == [15]
