"""Which names are kept from names.lock, and which are given in this run. Whatever makes a public name asks here first.

The spec changes; a name, once given to a place, stays with it. A place is written as in names.lock: the pointer of a
named schema or the symbol of a method, and from there the way to what is meant.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink, Related
from ...diagnostics.span import Span
from ...document.files import escape, unescape
from ...document.lock import LockedName, NamesLock, Section
from ...ir.api import PublicName
from ...ir.direction import Direction

Key = tuple[Section, str]


def types_of(direction: Direction) -> Section:
    """The section of names.lock for the types of a direction."""
    return Section.RESPONSES if direction is Direction.RESPONSE else Section.REQUESTS


def below(place: str, *steps: str) -> str:
    """`#/components/schemas/Pet` and `properties`, `a/b` → `#/components/schemas/Pet/properties/a~1b`"""
    return "/".join((place, *(escape(step) for step in steps)))


class Ledger:
    """The names of one run, beginning with the locked ones."""

    def __init__(self, lock: NamesLock, sink: DiagnosticSink) -> None:
        self.lock = lock
        self._sink = sink
        self._given: dict[Key, str] = {}
        self._sorted = {section: sorted(lock.places(section)) for section in Section}

    def locked(self, section: Section, place: str) -> LockedName | None:
        """The name to keep, unless this run has given it already."""
        return None if (section, place) in self._given else self.lock.get(section, place)

    def kept(
        self, section: Section, places: Iterable[str], is_reserved: Callable[[str], bool] = lambda name: False
    ) -> dict[str, str]:
        """The names to keep of places that share a namespace. Those that can't be kept are reported."""
        kept: dict[str, str] = {}
        first: dict[str, tuple[str, Span]] = {}
        for place in places:
            name = self.lock.get(section, place)
            if name is None or place in kept:
                continue
            other, span = first.setdefault(name.text, (place, name.span))
            if not is_reserved(name.text) and other == place:
                kept[place] = name.text
                continue
            for reported in (other, place):  # they are still there, whatever becomes of them
                self.give(section, reported, name.text)
            if is_reserved(name.text):
                self._sink.report(catalog.LOCK_RESERVED, name.span, name=name.text)
            else:
                related = [Related(message="the other place", span=span)]
                self._sink.report(catalog.LOCK_TAKEN, name.span, related=related, name=name.text)
        return kept

    def kept_below(self, section: Section, place: str) -> frozenset[str]:
        """The names to keep of all that stands below `place`."""
        found = [self.lock.get(section, inner) for inner in self._below(section, place)]
        return frozenset(name.text for name in found if name is not None)

    def known_below(self, section: Section, place: str) -> list[str]:
        """The steps that lead from `place` to names to keep."""
        steps = [inner[len(place) + 1 :].partition("/")[0] for inner in self._below(section, place)]
        return [unescape(step) for step in dict.fromkeys(steps)]

    def _below(self, section: Section, place: str) -> list[str]:
        places = self._sorted[section]
        start, end = bisect_left(places, f"{place}/"), bisect_left(places, f"{place}0")  # `0` comes right after `/`
        return places[start:end]

    def give(self, section: Section, place: str, name: str) -> None:
        """Note the name of a place. The first one stays."""
        self._given.setdefault((section, place), name)

    @property
    def names(self) -> tuple[PublicName, ...]:
        """All names of this run, sorted."""
        listed = [(section.value, place, name) for (section, place), name in self._given.items()]
        return tuple(PublicName(section=section, place=place, name=name) for section, place, name in sorted(listed))

    def still_there(self) -> NamesLock | None:
        """The lock without places that got no name in this run; `None` if there are none of those."""
        count = sum(len(places) for places in self._sorted.values())
        left = self.lock.only(self._given)
        return left if count > sum(len(names) for names in left.names.values()) else None
