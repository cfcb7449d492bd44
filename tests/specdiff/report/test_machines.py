"""The formats that machines read: JSON, GitHub's workflow commands, JUnit."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import attrs
import jsonschema_rs
import pytest

from sdkloom.specdiff.model import Column, Impact, Report
from sdkloom.specdiff.report import github, json_report, junit

from .sample import AWKWARD, REVISION, empty, finding, large, sample

SCHEMA: dict[str, Any] = json.loads(json_report.SCHEMA_PATH.read_text(encoding="utf-8"))

# JSON


def as_json(report: Report) -> dict[str, Any]:
    return json.loads(json_report.render(report))


@pytest.mark.parametrize("report", [sample(), empty(), large(50)], ids=["sample", "empty", "large"])
def test_json_is_as_the_schema_says(report: Report) -> None:
    jsonschema_rs.validator_for(closed(SCHEMA)).validate(as_json(report))


def test_the_schema_is_a_schema() -> None:
    jsonschema_rs.meta.validate(SCHEMA)
    assert SCHEMA["properties"]["schemaVersion"]["const"] == json_report.SCHEMA_VERSION


def test_the_schema_notices_mistakes() -> None:
    validator = jsonschema_rs.validator_for(SCHEMA)
    for key in SCHEMA["required"]:
        assert not validator.is_valid({name: value for name, value in as_json(sample()).items() if name != key})
    wrong = as_json(sample())
    wrong["findings"][0]["verdict"]["wire"] = "bad"
    assert not validator.is_valid(wrong)


def test_the_schema_describes_every_key() -> None:
    """The schema lets readers meet new keys; what is written today must all be in it, and required."""

    def check(node: Any) -> None:
        if isinstance(node, dict):
            if "properties" in node:
                assert set(node["required"]) == set(node["properties"])
            for child in node.values():
                check(child)

    check(SCHEMA)
    for name, part in SCHEMA["properties"].items():
        assert part.get("description") or "$ref" in part or name == "version", name


def closed(schema: Any) -> Any:
    """The schema without room for undeclared keys."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    return {**made, "additionalProperties": False} if isinstance(made.get("properties"), dict) else made


def test_json_holds_the_report() -> None:
    report, made = sample(), as_json(sample())
    assert [found["id"] for found in made["findings"]] == [found.id for found in report.findings if not found.cause]
    folded = {found["id"]: found for found in made["folded"]}
    for found in report.findings:
        if found.cause:
            assert (folded[found.id]["cause"], folded[found.id]["message"]) == (found.cause, found.message)
    told = {found["id"]: found["message"] for found in made["findings"]}
    assert {found["cause"] for found in made["folded"]} <= told.keys()
    assert made["code"] == dict(report.code)
    assert made["summary"]["wire"]["breaks"] == report.count(Column.WIRE, Impact.BREAKS)
    assert json_report.render(sample()).isascii()


# GitHub

COMMAND = re.compile(r"::(\w+) ([^:]*)::(.*)")


def commands(report: Report) -> list[tuple[str, dict[str, str], str]]:
    """The commands as the runner reads them."""
    found: list[tuple[str, dict[str, str], str]] = []
    for line in github.render(report).splitlines():
        match = COMMAND.fullmatch(line)
        assert match is not None, line
        pairs = (pair.split("=", 1) for pair in match[2].split(","))
        found.append((match[1], {key: unescaped(value) for key, value in pairs}, unescaped(match[3])))
    return found


def unescaped(text: str) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_annotations_follow_the_verdict() -> None:
    report = sample()
    kinds = [command for command, _, _ in commands(report)]
    worst = [found.verdict.worst for found in report.findings]
    assert kinds[0] == "notice"
    assert sorted(kinds[1:]) == ["error"] * worst.count(Impact.BREAKS) + ["warning"] * worst.count(Impact.LOOK)


def test_annotations_stand_at_the_revision() -> None:
    by_title = {properties["title"]: properties for _, properties, _ in commands(sample())}
    moved = by_title["breaks wire (endpoint-moved)"]
    assert (moved["file"], moved["line"]) == (REVISION, "5")
    removed = by_title["breaks typing, runtime (parameter-removed)"]
    assert removed["file"] == REVISION
    assert "line" not in removed
    assert "file" not in by_title["look at runtime (timeout-changed)"]


def test_files_that_nobody_knows_are_not_named() -> None:
    report = attrs.evolve(sample(), findings=sample().findings[:1], sources={})
    assert "file" not in commands(report)[1][1]


def test_annotations_are_escaped() -> None:
    message = next(message for _, properties, message in commands(sample()) if "default" in properties["title"])
    assert AWKWARD.replace("\u202e", r"\u202e") in message.splitlines()[0]


# JUnit


def suites(report: Report) -> dict[str, ElementTree.Element]:
    root = ElementTree.fromstring(junit.render(report))
    assert root.tag == "testsuites"
    return {suite.attrib["name"]: suite for suite in root}


@pytest.mark.parametrize("report", [sample(), empty()], ids=["sample", "empty"])
def test_suites_count_their_cases(report: Report) -> None:
    found = suites(report)
    assert list(found) == ["wire", "typing", "runtime", "version"]
    for column in Column:
        suite = found[column.value]
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        impacts = [each.verdict.of(column) for each in report.findings]
        assert int(suite.attrib["failures"]) == impacts.count(Impact.BREAKS)
        assert int(suite.attrib["skipped"]) == impacts.count(Impact.LOOK) + len(report.ignored)
        assert int(suite.attrib["tests"]) == max(len(report.findings) + len(report.ignored), 1)


def test_a_version_that_is_too_low_fails() -> None:
    assert suites(sample())["version"].find("testcase/failure") is not None
    assert suites(empty())["version"].find("testcase/failure") is None


def test_names_of_cases_are_unique() -> None:
    for suite in suites(large(100)).values():
        names = [case.attrib["name"] for case in suite.findall("testcase")]
        assert len(set(names)) == len(names)


def test_xml_takes_any_text() -> None:
    odd = finding("type-added", symbols=["\x00\x0b\ufffe\ud800]]>&<\u2028"])
    suite = suites(attrs.evolve(sample(), findings=(odd,)))["wire"]
    assert suite[0].attrib["name"] == rf"`\x00\x0b\ufffe\ud800]]>&<\u2028` is new [{odd.id}]"
