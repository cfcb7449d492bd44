"""`sdkloom lint`: formats, baselines, what fails; and that the page of rules is fresh."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sdkloom.cli.main import main
from sdkloom.lint import rule_page

ROOT = Path(__file__).resolve().parents[2]

SPEC = """\
openapi: 3.1.0
info: {title: Notes, version: "1"}
servers: [{url: "https://notes.test"}]
paths:
  /notes:
    get:
      summary: All notes.
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}}
        "4XX": {description: wrong}
components:
  schemas:
    Note: {type: object, properties: {noteId: {type: string}, note_id: {type: string}}}
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    Path("notes.yaml").write_text(SPEC)
    return tmp_path


def lint(*arguments: str) -> int:
    return main(["lint", *arguments])


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    lint("--json", *arguments)
    diagnostics: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["diagnostics"]
    return diagnostics


def test_the_page_of_rules_is_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("--rules") == 0
    assert capsys.readouterr().out == (ROOT / "docs" / "lint-rules.md").read_text()


def test_every_rule_is_on_the_page_with_a_reason_and_a_fix() -> None:
    page = rule_page.render()
    for advice in rule_page.advices():
        assert advice.reason
        assert advice.rule.hint
        assert page.count(f"| `{advice.rule.code}` |") == 1


def test_text_goes_to_standard_output_and_nothing_is_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint() == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "notes.yaml:6:5: warning[LNT001]: `get /notes` has no `operationId`" in out
    assert out.endswith("2 warnings\n")
    assert [path.name for path in project.iterdir()] == ["notes.yaml"]


def test_a_good_document_has_no_messages(capsys: pytest.CaptureFixture[str]) -> None:
    Path("notes.yaml").write_text(SPEC.replace("summary", "operationId: list\n      summary").replace("noteId", "text"))
    assert lint("--fail-on-warning") == 0
    assert capsys.readouterr() == ("no messages\n", "")


def test_what_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("--fail-on-warning") == 1
    assert lint("--fail-on-warning", "--ignore", "LNT001", "--ignore", "LNT004") == 0
    capsys.readouterr()
    Path("notes.yaml").write_text(SPEC.replace("/notes:", "notes:"))
    assert lint("-q") == 0
    assert capsys.readouterr() == ("", "")
    assert lint("-q", "--strict") == 1
    assert "error[DOC028]" in capsys.readouterr().out
    Path("notes.yaml").write_text(SPEC.replace("type: string", "type: ["))
    assert lint("--ignore", "SRC001") == 1


def test_rules_are_checked_though_no_sdk_can_be_made(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sdk.yaml").write_text("package: {distribution: notes}\nshared_types: [Nothing]\n")
    codes = [one["code"] for one in found(capsys)]
    assert "LNT001" in codes
    assert lint() == 1


def test_a_baseline_accepts_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("--write-baseline", "lint.json", "--fail-on-warning") == 0
    accepted = json.loads(Path("lint.json").read_text())["accepted"]
    assert [(one["code"], one["count"]) for one in accepted] == [("LNT001", 1), ("LNT004", 1)]
    Path("notes.yaml").write_text("# moved\n\n" + SPEC)
    assert lint("--baseline", "lint.json", "--fail-on-warning") == 0
    assert found(capsys, "--baseline", "lint.json") == []
    more = SPEC.replace("note_id: {type: string}", "note_id: {type: string}, NoteID: {type: string}")
    Path("notes.yaml").write_text(more)
    assert lint("--baseline", "lint.json", "--fail-on-warning") == 1
    assert [one["code"] for one in found(capsys, "--baseline", "lint.json")] == ["LNT004"]
    Path("notes.yaml").write_text(SPEC.replace("summary", "operationId: list\n      summary"))
    (obsolete,) = found(capsys, "--baseline", "lint.json")
    assert (obsolete["code"], obsolete["file"]) == ("LNT009", "lint.json")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1}', '{"version": 1, "accepted": [{}]}', None])
def test_a_wrong_baseline(text: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    if text is not None:
        Path("lint.json").write_text(text)
    assert lint("--baseline", "lint.json") == 1
    assert ("error[LNT008]" if text is not None else "error[EMIT014]") in capsys.readouterr().out


def test_annotations(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("--format", "github") == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("::warning file=notes.yaml,line=6,endLine=6,col=5,endColumn=8,title=LNT001::")
    assert "%0Ahint: " in first


def test_sarif(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("--format", "sarif") == 0
    log = json.loads(capsys.readouterr().out)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    assert [(result["ruleId"], rules[result["ruleIndex"]]["id"]) for result in run["results"]] == [
        ("LNT001", "LNT001"),
        ("LNT004", "LNT004"),
    ]
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location == {
        "artifactLocation": {"uri": "notes.yaml"},
        "region": {"startLine": 6, "startColumn": 5, "endLine": 6, "endColumn": 8},
    }
    assert run["results"][1]["relatedLocations"][0]["message"] == {"text": "the other one"}
    assert rules[0]["fullDescription"]["text"].startswith("The name of its method")


def test_sarif_of_a_document_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("--format", "sarif", "nothing.yaml") == 1
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert result["level"] == "error"


def test_operations_without_a_method_are_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    more = "  /pads:\n    get:\n      responses: {'204': {description: ok}, default: {description: wrong}}\n"
    Path("notes.yaml").write_text(SPEC.replace("components:\n", more + "components:\n"))
    assert [one["line"] for one in found(capsys) if one["code"] == "LNT001"] == [6, 12]
    assert [one["line"] for one in found(capsys, "--only", "/notes") if one["code"] == "LNT001"] == [6]
    Path("sdk.yaml").write_text("skip: [/notes]\n")
    assert [one["code"] for one in found(capsys)] == ["LNT001", "LNT040"]


@pytest.mark.parametrize("document", ["history/start/anthropic.yaml", "corpus/petstore.yaml"])
def test_no_false_alarm(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    """On documents that were made with care the rules have advice at most."""
    Path("notes.yaml").write_text((ROOT / "tests" / "specdiff" / document).read_text("utf-8"))
    assert {one["severity"] for one in found(capsys) if one["code"].startswith("LNT")} <= {"note"}
