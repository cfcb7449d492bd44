"""A fixed sample of the pairs: no verdict is refuted, and a program shows each bad one. A wrong verdict is found."""

from __future__ import annotations

import attrs
import pytest

from sdkloom.specdiff.compare import compare
from sdkloom.specdiff.model import Column, Finding, Impact
from sdkloom.specdiff.rules import RULES

from .judgement import Judged, Ruling, Witness, judge, programs_of, witnesses
from .machine import prove
from .pairs import Pair, pairs
from .states import State, state
from .table import wrong
from .undecided import UNDECIDED

SAMPLE = (
    "parameter-renamed-kept",
    "parameter-style-changed",
    "response-null-added",
    "response-value-removed",
    "type-renamed",
    "union-tag-changed",
)
"""Rules that break in each column, that need a look, and that are fine."""

Seen = tuple[State, State, dict[Column, list[Witness]]]


@pytest.fixture(scope="module")
def proof() -> list[Judged]:
    judged, skipped = prove(list(pairs(SAMPLE, ["change"])))
    assert not skipped
    return judged


def test_every_verdict_of_the_sample_is_proven(proof: list[Judged]) -> None:
    assert {each.rule for each in proof} >= set(SAMPLE)
    assert {each.column for each in proof} == set(Column)
    bad = wrong(proof)
    assert not bad, "\n".join(f"{each.rule}, {each.column.value}, in {each.pair}: {each.reason}" for each in bad)


@pytest.fixture(scope="module")
def seen() -> Seen:
    """What happens to programs, without a checker, if a field changes its type."""
    pair: Pair = next(pairs(("response-type-changed",)))
    old, new = state(*pair.old), state(*pair.new)
    return old, new, witnesses(old, new, programs_of(old, new), None, None)


@pytest.mark.parametrize("column", [Column.WIRE, Column.RUNTIME])
def test_a_verdict_that_is_too_good_is_refuted(seen: Seen, column: Column) -> None:
    old, new, found = seen
    (finding,) = compare(old.spec_state, new.spec_state)
    assert _ruling(seen, finding, column) is Ruling.PROVEN
    assert _ruling(seen, _with(finding, column, Impact.OK), column) is Ruling.REFUTED
    assert _ruling(seen, _with(finding, column, Impact.LOOK), column) is Ruling.REFUTED


def test_what_no_finding_tells_is_refuted(seen: Seen) -> None:
    old, new, found = seen
    assert {each.rule for each in judge("pair", (), found)} == {"(nothing)"}


def test_a_verdict_that_is_too_bad_is_not_seen() -> None:
    pair = next(pairs(("response-type-changed",), ["neighbour"]))
    old, new = state(*pair.old), state(*pair.new)
    found = witnesses(old, new, programs_of(old, new), None, None)
    change = next(pairs(("response-type-changed",)))
    (finding,) = compare(state(*change.old).spec_state, state(*change.new).spec_state)
    assert _ruling((old, new, found), finding, Column.RUNTIME) is Ruling.NOT_SEEN


def test_what_is_undecided_is_a_verdict() -> None:
    for rule, reasons in UNDECIDED.items():
        assert all(RULES[rule].verdict.of(Column(column)) is not Impact.OK for column in reasons), rule


def _with(finding: Finding, column: Column, impact: Impact) -> Finding:
    verdict = attrs.evolve(finding.rule.verdict, **{column.value: impact})
    return attrs.evolve(finding, rule=attrs.evolve(finding.rule, verdict=verdict))


def _ruling(seen: Seen, finding: Finding, column: Column) -> Ruling:
    return next(each.ruling for each in judge("pair", (finding,), seen[2]) if each.column is column)
