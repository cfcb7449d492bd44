"""A sample of changes in one pair of documents: no verdict is refuted, and a program shows each bad one; a wrong one is
found."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from sdkloom.specdiff.model import Column, Finding, Impact
from sdkloom.specdiff.rules import RULES

from .judgement import Ruling, judge
from .machine import Evidence, evidence, prove
from .pairs import KINDS, Pair, pairs
from .table import table, wrong
from .undecided import UNDECIDED

FOLDER = Path(__file__).parent / "sample"
SAMPLE = frozenset(
    {
        "parameter-renamed-kept",
        "parameter-style-changed",
        "response-null-added",
        "response-type-changed",
        "response-value-removed",
        "type-renamed",
        "union-tag-changed",
    }
)
"""Rules that break in each column, that need a look, and that are fine: each at an endpoint of its own."""


@pytest.fixture(scope="module")
def seen() -> Evidence:
    old, new = (
        tuple((FOLDER / f"{side}{suffix}.yaml").read_text(encoding="utf-8") for suffix in ("", ".sdk"))
        for side in ("base", "revision")
    )
    (found,), skipped = evidence([Pair("sample", "change", (old[0], old[1]), (new[0], new[1]))])
    assert not skipped
    return found


def test_every_verdict_of_the_sample_is_proven(seen: Evidence) -> None:
    judged = seen.judged()
    assert {each.rule for each in judged} >= SAMPLE
    assert {each.column for each in judged} == set(Column)
    verdicts = {(column, RULES[rule].verdict.of(column)) for rule in SAMPLE for column in Column}
    assert verdicts == {(column, impact) for column in Column for impact in Impact}
    bad = wrong(judged)
    assert not bad, "\n".join(f"{each.rule}, {each.column.value}: {each.reason}" for each in bad)


@pytest.mark.parametrize("column", list(Column))
def test_a_verdict_that_is_too_good_is_refuted(seen: Evidence, column: Column) -> None:
    finding = _of(seen, "response-type-changed")
    assert _ruling(seen, finding, column) is Ruling.PROVEN
    assert _ruling(seen, _with(finding, column, Impact.OK), column) is Ruling.REFUTED
    assert _ruling(seen, _with(finding, column, Impact.LOOK), column) is Ruling.REFUTED


def test_what_no_finding_tells_is_refuted(seen: Evidence) -> None:
    told = {(each.rule, each.ruling) for each in judge("pair", (), seen.witnesses)}
    assert told == {("(nothing)", Ruling.REFUTED)}


@pytest.mark.parametrize(("rule", "column"), [("union-tag-changed", Column.RUNTIME), ("type-renamed", Column.WIRE)])
def test_a_verdict_that_is_too_bad_is_not_seen(seen: Evidence, rule: str, column: Column) -> None:
    finding = _of(seen, rule)
    assert _ruling(seen, finding, column) is Ruling.PROVEN
    assert _ruling(seen, _with(finding, column, Impact.BREAKS), column) is Ruling.NOT_SEEN


def test_pairs_of_a_rule_are_proven_by_its_name() -> None:
    found = list(pairs(("document-docs-changed",), KINDS))
    assert [each.kind for each in found][:2] == ["change", "back"]
    judged, skipped = prove(found[:1])
    assert not wrong(judged)
    assert not skipped
    assert "document-docs-changed  fine: proven          fine: proven          fine: proven" in table(judged)


def test_what_is_undecided_is_a_verdict() -> None:
    for rule, reasons in UNDECIDED.items():
        assert all(RULES[rule].verdict.of(Column(column)) is not Impact.OK for column in reasons), rule


def _of(seen: Evidence, rule: str) -> Finding:
    (found,) = [each for each in seen.findings if each.rule.id == rule]
    return found


def _with(finding: Finding, column: Column, impact: Impact) -> Finding:
    verdict = attrs.evolve(finding.rule.verdict, **{column.value: impact})
    return attrs.evolve(finding, rule=attrs.evolve(finding.rule, verdict=verdict))


def _ruling(seen: Evidence, finding: Finding, column: Column) -> Ruling:
    judged = judge("pair", (finding,), seen.witnesses)
    return next(each.ruling for each in judged if each.rule == finding.rule.id and each.column is column)
