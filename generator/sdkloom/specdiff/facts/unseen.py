"""The safety net: what differs at a place and was told by no finding about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product

import attrs

from ...ir.direction import Direction
from ..collector import Collector
from ..model import Finding, Impact, Rule
from ..places import Place
from ..rules import ByDirection, document, methods, types
from ..subject import Subject
from .limits import Change

CHANGES = {
    Change.NARROWER: document.LIMIT_NARROWED,
    Change.WIDER: document.LIMIT_WIDENED,
    Change.OTHER: document.CONDITION_CHANGED,
}
"""The rules about values that fit, where nothing says more."""

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
        types.UNDECLARED_KEYS_CHANGED.id,
        *(
            rule.id
            for rules in (types.TYPE_CHANGED, types.TYPE_NARROWED, types.TYPE_WIDENED)
            for rule in (rules.request, rules.response)
        ),
    }
)
"""Rules that tell of a value with all that it holds."""
_HARMLESS = frozenset({document.RESPONSE_ABSENCE_CHANGED.id, methods.PARAMETER_BECAME_LIST.id})
"""Rules that tell why other values than before harm nobody on the wire."""
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
    on_wire: bool = False
    """Whether only findings count that say something of the wire."""


@attrs.frozen(kw_only=True)
class Unseen:
    """Keeps what differs until all rules have spoken."""

    collector: Collector
    lone: frozenset[str]
    """The names of types that are in one SDK only: who uses them has another type, and says so."""
    _open: list[_Open] = attrs.field(factory=list[_Open], init=False)

    def add(
        self,
        subject: Subject,
        pointers: Iterable[str],
        rule: Rule = document.OTHER_CHANGE,
        around: str = "",
        on_wire: bool = False,
        **facts: str,
    ) -> None:
        """Keep that something differs at a place, which has these pointers."""
        self._open.append(
            _Open(
                rule=rule,
                subject=subject,
                pointers=frozenset(pointers),
                facts=facts,
                around=around,
                on_wire=on_wire,
            )
        )

    def shape(self, place: Place, subject: Subject, changes: Iterable[tuple[str, Change, str]]) -> None:
        """Keep what differs in the shape of a value: its kinds, its values. `changes` say what becomes of these."""
        new = place.new
        pointers = {*_around(place.pointer), *_around(place.old_pointer)}
        facets = {"discriminator"} & place.changed
        for way, facet in ((Direction.REQUEST, "read_only"), (Direction.RESPONSE, "write_only")):
            facets |= place.changed & {facet} if way in place.around else frozenset()
        if facets:
            self.add(subject, pointers)
        ways = sorted(place.directions, key=lambda direction: direction.value)
        for facet, change, what in changes:
            for direction in ways:
                self._values(seen_from(subject, direction), pointers, direction, (facet, change, what))
        if "values" not in place.changed:
            for rules, values in (
                (types.KNOWN_VALUE_ADDED, new.known - place.old.known),
                (types.KNOWN_VALUE_REMOVED, place.old.known - new.known),
            ):
                for direction, value in product(ways, sorted(values)):
                    rule = rules.request if direction is Direction.REQUEST else rules.response
                    text = f"`{value.partition(' ')[2]}`"
                    self.add(seen_from(subject, direction), pointers, rule, value=text)
        if "deprecated" in place.changed:
            self.add(subject, pointers, methods.MARKED_DEPRECATED if new.deprecated else methods.NO_LONGER_DEPRECATED)

    def _values(
        self, subject: Subject, pointers: Iterable[str], direction: Direction, fact: tuple[str, Change, str]
    ) -> None:
        """What old clients send and the server refuses is told by a finding that says so, as are kinds of values that
        they don't know. Other values than before are told by any."""
        facet, change, what = fact
        if direction is Direction.REQUEST:
            if facet in ("kinds", "values") and change is Change.OTHER:
                change = Change.NARROWER  # what no longer fits counts, whatever else does
            rule, on_wire = CHANGES[change].request, change is not Change.WIDER
        elif facet == "keyword":
            rule, on_wire = document.CONDITION_CHANGED.response, False
        elif facet in ("kinds", "nullable") and change is not Change.NARROWER:
            rule, on_wire = document.RESPONSE_KINDS_CHANGED, True
        else:
            rule, on_wire = CHANGES[change].response, False
        self.add(subject, pointers, rule, on_wire=on_wire, what=what)

    def settle(self, users: Callable[[str], Iterable[Subject]]) -> None:
        """Report what nothing tells, neither at its place nor where a component is used. `users` gives these places."""
        told_by = {(entry.rule.id, entry.on_wire): _Told() for entry in self._open}
        for finding in self.collector.findings if self._open else ():
            for (rule, on_wire), told in told_by.items():
                tellers = _TELLERS.get(rule)
                is_heard = not on_wire or finding.verdict.wire is not Impact.OK or finding.rule.id in _HARMLESS
                if is_heard and (finding.rule.id not in _QUIET if tellers is None else finding.rule.id in tellers):
                    told.add(finding)
        for entry in self._open:
            if entry.rule is document.OTHER_CHANGE and _owner(entry.subject.symbol) in self.lone:
                continue
            told = told_by[entry.rule.id, entry.on_wire]
            if not told.has(entry) and not any(told.names(subject) for subject in users(entry.subject.pointer)):
                detail = " ".join((entry.subject.pointer, *entry.facts.values()))
                self.collector.add(entry.rule, entry.subject, detail=detail, renamed=(), **entry.facts)


def _owner(symbol: str) -> str:
    """The type that has an attribute or a key."""
    return symbol.rpartition("[" if symbol.endswith("]") else ".")[0]


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
        if entry.around and not self._wholes.isdisjoint(_around(entry.around)):
            return True
        return not self._pointers.isdisjoint(entry.pointers) or not self._symbols.isdisjoint(symbols)

    def names(self, subject: Subject) -> bool:
        return not self._symbols.isdisjoint(subject.symbols or (subject.symbol,))


def seen_from(subject: Subject, direction: Direction) -> Subject:
    """Return the same place under the name that fits: a schema may be a parameter and an attribute at once."""
    fitting = [name for name in subject.symbols if name.endswith((")", "]")) is (direction is Direction.REQUEST)]
    return attrs.evolve(subject, symbol=next(iter(fitting), subject.symbol))


def _quiet() -> Iterable[str]:
    """Rules that say nothing of the shape of a value."""
    for found in vars(document).values():
        if isinstance(found, ByDirection):
            yield from (found.request.id, found.response.id)
        elif isinstance(found, Rule) and found is not document.RESPONSE_ABSENCE_CHANGED:
            yield found.id


_QUIET = frozenset(_quiet()) | _ELSEWHERE
