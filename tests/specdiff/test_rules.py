"""One folder per rule: `rules/<rule id>/` holds `base.yaml`, `revision.yaml`, and a change that looks like the bad one
and isn't: `neighbour.yaml` (nothing at all is found) or `harmless.yaml` (only what is fine in all columns is found, and
never the rule). `base.sdk.yaml` is the Python shape of all of them, but for those that have one of their own.

`make snapshots` writes `expected.txt`: the findings from base to revision as users see them, with the line of the spec
behind each place, and those of the way back in short.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from sdkloom.diagnostics.span import Span
from sdkloom.specdiff.compare import compare
from sdkloom.specdiff.model import Finding, Impact
from sdkloom.specdiff.rules import RULES
from sdkloom.specdiff.state import SpecState

from ..errors.test_errors import ListingExtension
from .mirror import REVERSE
from .spec_states import letters, spec_state

RULES_FOLDER = Path(__file__).parent / "rules"
CASES = sorted(path.name for path in RULES_FOLDER.iterdir())
pytestmark = pytest.mark.filterwarnings("ignore:\\s*Can not relate snapshot name")
each_case = pytest.mark.parametrize("case", CASES, scope="module")  # all tests of a case, then all of the next


class ExpectedExtension(ListingExtension):
    """The snapshot is `expected.txt` in the folder of the rule."""

    root = RULES_FOLDER


@cache
def texts(case: str) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (RULES_FOLDER / case).glob("*.yaml")}


@lru_cache(maxsize=8)  # those of one case
def state(case: str, name: str, above: str = "") -> SpecState:
    """`name` is `base`, `revision`, `neighbour` or `harmless`; `above` is put at the top of both files."""
    found = {path: above + text for path, text in texts(case).items()}
    own, shared = f"{name}.sdk.yaml", "base.sdk.yaml"
    return spec_state(found, f"{name}.yaml", own if own in found else shared if shared in found else None)


@lru_cache(maxsize=8)
def findings(case: str, base: str, revision: str) -> tuple[Finding, ...]:
    return compare(state(case, base), state(case, revision))


def shown(case: str, found: Iterable[Finding]) -> str:
    blocks: list[str] = []
    for finding in found:
        lines = [f"{finding.rule.id} {letters(finding)}", finding.message]
        lines += [] if finding.hint is None else [f"hint: {finding.hint}"]
        lines.append(f"in: {', '.join(finding.symbols)}")
        lines += [_place(case, span) for span in (finding.base, finding.revision) if span is not None]
        lines += (finding.suggestion or "").splitlines()
        blocks.append("\n  ".join(lines))
    return "\n".join(blocks)


def _place(case: str, span: Span) -> str:
    return f"{span.file}:{span.line}: {texts(case)[span.file].splitlines()[span.line - 1].strip()}"


@each_case
def test_rule(case: str, snapshot: SnapshotAssertion) -> None:
    there, back = findings(case, "base", "revision"), findings(case, "revision", "base")
    assert case in {finding.rule.id for finding in there}
    lines = [f"{finding.rule.id} {letters(finding)}: {finding.message}" for finding in back]
    text = "\n".join([shown(case, there), "", "And back:", *lines, ""])
    assert text == snapshot.use_extension(ExpectedExtension)


@each_case
def test_back_is_the_mirrored_rule(case: str) -> None:
    assert REVERSE.get(case, case) in {finding.rule.id for finding in findings(case, "revision", "base")}


@each_case
def test_neighbours(case: str) -> None:
    names = [name for name in ("neighbour", "harmless") if f"{name}.yaml" in texts(case)]
    assert names
    for name in names:
        found = findings(case, "base", name)
        assert case not in {finding.rule.id for finding in found}
        if name == "neighbour":
            assert texts(case)["base.yaml"] != texts(case)["neighbour.yaml"] or "neighbour.sdk.yaml" in texts(case)
            assert shown(case, found) == ""
        else:
            assert found
            assert [finding.rule.id for finding in found if finding.verdict.worst is not Impact.OK] == []


@each_case
def test_ids_do_not_depend_on_places(case: str) -> None:
    above = "# Another\n# comment.\n\n"
    there = compare(state(case, "base"), state(case, "revision", above))
    again = compare(state(case, "base", above), state(case, "revision"))
    assert [finding.id for finding in there] == [finding.id for finding in again]
    assert [finding.message for finding in there] == [finding.message for finding in again]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_case(rule: str) -> None:
    assert rule in CASES


def test_cases_are_named_after_rules() -> None:
    assert not [case for case in CASES if case not in RULES]
    assert not [rule for pair in REVERSE.items() for rule in pair if rule not in RULES]
