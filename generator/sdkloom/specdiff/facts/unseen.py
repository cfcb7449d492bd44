"""The safety net: what differs at a place and was told by no finding about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from ...ir.direction import Direction
from ..collector import Collector
from ..model import Finding, Rule
from ..places import Place
from ..rules import ByDirection, document, methods, types
from ..subject import Subject

_SHAPE = frozenset({"kinds", "nullable", "values", "known", "is_map", "held", "discriminator", "unions"})
"""Facets that show in types, where anything does."""

_ELSEWHERE = frozenset(
    {
        types.SPELLING_CHANGED.id,
        types.FIELD_ORDER_CHANGED.id,
        methods.MARKED_DEPRECATED.id,
        methods.NO_LONGER_DEPRECATED.id,
        methods.PARAMETER_ORDER_CHANGED.id,
    }
)
_WHOLE = frozenset(
    {
        types.TYPE_KIND_CHANGED.id,
        *(
            rule.id
            for rules in (types.TYPE_CHANGED, types.TYPE_NARROWED, types.TYPE_WIDENED)
            for rule in (rules.request, rules.response)
        ),
    }
)
"""Rules that tell of a value with all that it holds."""
_MARKS = frozenset({methods.MARKED_DEPRECATED.id, methods.NO_LONGER_DEPRECATED.id})
_TELLERS = {
    **dict.fromkeys(_MARKS, _MARKS),
    document.RESPONSE_DEFAULT_DOCUMENTED.id: frozenset({types.RESPONSE_DEFAULT_CHANGED.id}),
}
"""What can tell of it, where that isn't any rule about the shape of values."""


@attrs.frozen(kw_only=True)
class _Open:
    """Something that differs. `rule` is reported unless a finding about the place tells it."""

    rule: Rule
    subject: Subject
    pointers: frozenset[str]
    facts: Mapping[str, str]
    around: str = ""
    """The pointer of the value that a property belongs to."""


@attrs.frozen(kw_only=True)
class Unseen:
    """Keeps what differs until all rules have spoken."""

    collector: Collector
    _open: list[_Open] = attrs.field(factory=list[_Open], init=False)

    def add(
        self,
        subject: Subject,
        pointers: Iterable[str],
        rule: Rule = document.OTHER_CHANGE,
        around: str = "",
        **facts: str,
    ) -> None:
        """Keep that something differs at a place, which has these pointers."""
        entry = _Open(rule=rule, subject=subject, pointers=frozenset(pointers), facts=facts, around=around)
        self._open.append(entry)

    def shape(self, place: Place, subject: Subject, has_other_variants: bool) -> None:
        """Keep what differs in the shape of a value: its kinds, its values."""
        old, new = place.old, place.new
        facets = _SHAPE & place.changed
        facets -= {"unions"} if len(old.unions) == len(new.unions) else set[str]()
        for way, facet in ((Direction.REQUEST, "read_only"), (Direction.RESPONSE, "write_only")):
            facets |= place.changed & {facet} if way in place.around else frozenset()
        pointers = {*_around(place.pointer), *_around(place.old_pointer)}
        if facets or has_other_variants:
            self.add(subject, pointers)
        if "deprecated" in place.changed:
            self.add(subject, pointers, methods.MARKED_DEPRECATED if new.deprecated else methods.NO_LONGER_DEPRECATED)

    def settle(self, users: Callable[[str], Iterable[Subject]]) -> None:
        """Report what nothing tells, neither at its place nor where a component is used. `users` gives these places."""
        by_rule = {entry.rule.id: _Told() for entry in self._open}
        for finding in self.collector.findings if self._open else ():
            for rule, told in by_rule.items():
                tellers = _TELLERS.get(rule)
                if finding.rule.id not in _QUIET if tellers is None else finding.rule.id in tellers:
                    told.add(finding)
        for entry in self._open:
            told = by_rule[entry.rule.id]
            if not told.has(entry) and not any(told.names(subject) for subject in users(entry.subject.pointer)):
                detail = " ".join((entry.subject.pointer, *entry.facts.values()))
                self.collector.add(entry.rule, entry.subject, detail=detail, renamed=(), **entry.facts)


_STEPS = re.compile(r"/(?:items|additionalProperties|schema|(?:anyOf|oneOf|allOf|prefixItems)/\d+)$")


def _around(pointer: str) -> Iterator[str]:
    """A place, and those around it of which it has no name of its own."""
    yield pointer
    while (found := _STEPS.search(pointer)) is not None:
        pointer = pointer[: found.start()]
        yield pointer


class _Told:
    """The places and names of findings."""

    def __init__(self) -> None:
        self._pointers: set[str] = set()
        self._symbols: set[str] = set()
        self._lines: set[tuple[str, int]] = set()
        self._wholes: set[str] = set()

    def add(self, finding: Finding) -> None:
        if finding.pointer:
            self._pointers.add(finding.pointer)
        else:
            self._lines.update((span.file, span.line) for span in (finding.base, finding.revision) if span is not None)
        if finding.rule.id in _WHOLE:
            self._wholes.add(finding.pointer)
        self._symbols.update(finding.symbols)

    def has(self, entry: _Open) -> bool:
        symbols = entry.subject.symbols or (entry.subject.symbol,)
        span = entry.subject.revision
        if span is not None and (span.file, span.line) in self._lines:
            return True
        if entry.around and entry.around in self._wholes:
            return True
        return not self._pointers.isdisjoint(entry.pointers) or not self._symbols.isdisjoint(symbols)

    def names(self, subject: Subject) -> bool:
        return not self._symbols.isdisjoint(subject.symbols or (subject.symbol,))


def _quiet() -> Iterable[str]:
    """Rules that say nothing of the shape of a value."""
    for found in vars(document).values():
        if isinstance(found, ByDirection):
            yield from (found.request.id, found.response.id)
        elif isinstance(found, Rule) and found is not document.RESPONSE_ABSENCE_CHANGED:
            yield found.id


_QUIET = frozenset(_quiet()) | _ELSEWHERE
