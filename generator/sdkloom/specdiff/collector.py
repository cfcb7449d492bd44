"""Collects what a comparison finds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import attrs

from ..diagnostics.span import NOWHERE, Span
from ..document.model import JsonObject, JsonValue
from ..ir.direction import Direction
from ..ir.symbols import value_text
from ..ir.types import LiteralValue
from .model import Finding, Rule
from .rules import ByDirection
from .subject import Subject


class Collector:
    """Findings in the order in which they were made; the same finding twice is one with the symbols of both.

    `kept` maps old Python names to the new ones under which sdk.yaml of the revision keeps them.
    """

    def __init__(self, kept: Mapping[str, str] | None = None) -> None:
        self._found: dict[str, Finding] = {}
        self._by_place: dict[tuple[str, str, str], Finding] = {}
        self._kept = kept or {}
        self.used: set[str] = set()
        """Old names that were found to be kept."""
        self.reported: list[Finding] = []
        """All that was reported, as often as it was."""
        self.renamed_to: set[str] = set()
        """The new names of what was renamed and isn't kept."""

    def add(
        self,
        rule: Rule,
        subject: Subject,
        *,
        detail: object = "",
        renamed: Iterable[tuple[str, str]] = (),
        **facts: object,
    ) -> None:
        """Report `rule` about `subject`.

        `facts` fill the wording and the hint. `detail` tells apart several findings of one rule about one subject.
        `renamed` are old and new names that lines for sdk.yaml can keep.
        """
        renamed = list(renamed)
        self.renamed_to.update(new for _, new in renamed)
        self._keep(_finding(rule, subject, detail, renamed, facts))

    def add_by_direction(
        self, rules: ByDirection, direction: Direction, subject: Subject, *, detail: object = "", **facts: object
    ) -> None:
        """Report the rule for one direction.

        Where both directions find the same fact in one place of the spec, the worse finding stands for both: a limit of
        a schema that is sent and received is narrowed once, and that breaks requests (`request-limit-narrowed`).
        """
        rule, twin = rules.request, rules.response
        if direction is Direction.RESPONSE:
            rule, twin = twin, rule
        finding = _finding(rule, subject, detail, (), facts)
        if finding.id not in self._found and finding.pointer:
            finding = self._joined(finding, twin, str(detail))
        self._keep(finding)

    def _keep(self, finding: Finding) -> None:
        self.reported.append(finding)
        known = self._found.get(finding.id)
        self._found[finding.id] = finding if known is None else _with_symbols(known, finding)

    def _joined(self, finding: Finding, twin: Rule, detail: str) -> Finding:
        """The worse of `finding` and of its twin, with the symbols of both; both stay if neither is worse."""
        self._by_place[finding.rule.id, finding.pointer, detail] = finding
        other = self._by_place.get((twin.id, finding.pointer, detail))
        other = None if other is None else self._found.get(other.id)
        if other is None:
            return finding
        if other.verdict.covers(finding.verdict):
            return _with_symbols(other, finding)
        if finding.verdict.covers(other.verdict):
            del self._found[other.id]
            return _with_symbols(finding, other)
        return finding

    @property
    def count(self) -> int:
        """How often something was reported."""
        return len(self.reported)

    def keeps(self, old: str, new: str) -> bool:
        """Return whether the revision keeps `old` as a deprecated name of `new`; if so, `used` has it from now on."""
        if self._kept.get(old) != new:
            return False
        self.used.add(old)
        return True

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them: the worst first; then by place in the revision, or else in the base."""
        return tuple(sorted(self._found.values(), key=_order))


def _finding(
    rule: Rule, subject: Subject, detail: object, renamed: Iterable[tuple[str, str]], facts: Mapping[str, object]
) -> Finding:
    words = {"symbol": subject.symbol, **facts}
    return Finding(
        rule=rule,
        key=f"{subject.symbol}\n{detail}",
        message=rule.wording.format(**words),
        hint=None if rule.hint is None else rule.hint.format(**words),
        symbols=tuple(dict.fromkeys(subject.symbols or (subject.symbol,))),
        pointer=subject.pointer,
        base=_known(subject.base),
        revision=_known(subject.revision),
        files=tuple(dict.fromkeys(subject.files)),
        words=tuple(dict.fromkeys(subject.words)),
        suggestion=_suggestion(renamed) or _keeping(rule, words),
        facts=tuple((name, str(value)) for name, value in words.items()),
    )


def _with_symbols(finding: Finding, other: Finding) -> Finding:
    return attrs.evolve(finding, symbols=tuple(dict.fromkeys(finding.symbols + other.symbols)))


def _order(finding: Finding) -> tuple[int, int, tuple[int, ...], str, str]:
    impacts = (finding.verdict.wire, finding.verdict.typing, finding.verdict.runtime)
    place = finding.revision or finding.base or NOWHERE
    # Labels of files differ from run to run; lines alone are an order, too.
    return (
        -finding.verdict.worst.rank,
        -sum(impact.rank for impact in impacts),
        (place.line, place.col, place.end_line, place.end_col),
        finding.rule.id,
        finding.key,
    )


def _known(span: Span | None) -> Span | None:
    return None if span is None or span == NOWHERE else span


def _suggestion(renamed: Iterable[tuple[str, str]]) -> str | None:
    lines = [f"  {old}: {new}\n" for old, new in renamed]
    return "deprecated_names:\n" + "".join(lines) if lines else None


def _keeping(rule: Rule, words: Mapping[str, object]) -> str | None:
    if rule.keeping is None:
        return None
    return rule.keeping.format(**{name: str(value).strip("`") for name, value in words.items()})


def quoted(value: LiteralValue | float | None) -> str:
    """Return a value as it stands in a message: between backticks, as Python spells it."""
    return f"`{value_text(value)}`"


def listed(values: Iterable[object], nothing: str = "nothing", joint: str = "and") -> str:
    """Return names as they stand in a message: `a`, `b` and `c`."""
    words = [f"`{value}`" for value in values]
    if len(words) < 2:
        return words[0] if words else nothing
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def json_text(value: JsonValue) -> str:
    """Return a JSON value as JSON spells it, on one line."""
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: JsonValue) -> object:
    if isinstance(value, JsonObject):
        return {key: _plain(inner) for key, inner in value.items}
    return [_plain(inner) for inner in value] if isinstance(value, tuple) else value
