"""The names in names.lock, and those of this run. Whatever makes a public name asks here first.

The spec changes; a name, once given to a place, stays with it. A place is written as in names.lock: the pointer of a
named schema or the symbol of a method, and from there the way to what is meant. When the type `ToolParam` was first
made for `Tool` in requests, names.lock got the line

    "#/components/schemas/Tool": ToolParam

When a schema `ToolParam` is added, the rules would call the type of `Tool` otherwise. It keeps its name; the type of
the new schema gets another one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink, Related
from ...diagnostics.span import Span
from ...document.lock import LockedName, NamesLock, Section
from ...document.pointers import escape, unescape
from ...ir.api import PublicName
from ...ir.direction import Direction

Key = tuple[Section, str]


def types_section(direction: Direction) -> Section:
    """Return the section of names.lock for the types of a direction."""
    return Section.RESPONSES if direction is Direction.RESPONSE else Section.REQUESTS


def below(place: str, *steps: str) -> str:
    """Return a place inside of another: `…/Pet` with `properties`, `a/b` gives `…/Pet/properties/a~1b`."""
    return "/".join((place, *(escape(step) for step in steps)))


class LockedNames:
    """The names that names.lock has, and those that are recorded in this run to become the next names.lock."""

    def __init__(self, lock: NamesLock, sink: DiagnosticSink) -> None:
        self.lock = lock
        self._sink = sink
        self._recorded: dict[Key, str] = {}
        self._sorted = {section: sorted(lock.places(section)) for section in Section}

    def get(self, section: Section, place: str) -> LockedName | None:
        """Return the locked name of a place, unless a name was recorded for it in this run."""
        return None if (section, place) in self._recorded else self.lock.get(section, place)

    def get_all(
        self, section: Section, places: Iterable[str], is_reserved: Callable[[str], bool] = lambda name: False
    ) -> dict[str, str]:
        """Return the locked names of places that share a namespace, by place.

        Names that are reserved, or that two of the places have, can't be kept. They are reported and left out.
        """
        found: dict[str, str] = {}
        first: dict[str, tuple[str, Span]] = {}
        for place in places:
            name = self.lock.get(section, place)
            if name is None or place in found:
                continue
            other, span = first.setdefault(name.text, (place, name.span))
            if not is_reserved(name.text) and other == place:
                found[place] = name.text
                continue
            for reported in (other, place):  # they are still there, whatever becomes of them
                self.record(section, reported, name.text)
            if is_reserved(name.text):
                self._sink.report(catalog.LOCK_RESERVED, name.span, name=name.text)
            else:
                related = [Related(message="the other place", span=span)]
                self._sink.report(catalog.LOCK_TAKEN, name.span, related=related, name=name.text)
        return found

    def names_below(self, section: Section, place: str) -> frozenset[str]:
        """Return the locked names of all that stands below `place`."""
        found = [self.lock.get(section, inner) for inner in self._below(section, place)]
        return frozenset(name.text for name in found if name is not None)

    def steps_below(self, section: Section, place: str) -> list[str]:
        """Return the first steps that lead from `place` to places with locked names."""
        steps = [inner[len(place) + 1 :].partition("/")[0] for inner in self._below(section, place)]
        return [unescape(step) for step in dict.fromkeys(steps)]

    def _below(self, section: Section, place: str) -> list[str]:
        places = self._sorted[section]
        start, end = bisect_left(places, f"{place}/"), bisect_left(places, f"{place}0")  # `0` comes right after `/`
        return places[start:end]

    def record(self, section: Section, place: str, name: str) -> None:
        """Record the name of a place for the next names.lock. The first one stays."""
        self._recorded.setdefault((section, place), name)

    @property
    def names(self) -> tuple[PublicName, ...]:
        """The names that were recorded in this run, sorted."""
        listed = [(section.value, place, name) for (section, place), name in self._recorded.items()]
        return tuple(PublicName(section=section, place=place, name=name) for section, place, name in sorted(listed))

    def pruned_lock(self) -> NamesLock | None:
        """Return the lock without the places that got no name in this run; `None` if there are none of those."""
        count = sum(len(places) for places in self._sorted.values())
        pruned = self.lock.only(self._recorded)
        return pruned if count > sum(len(names) for names in pruned.names.values()) else None
