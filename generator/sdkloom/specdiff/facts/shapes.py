"""What becomes of the values that fit where their shape changes: kinds, null, listed values, variants, contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..collector import listed
from ..meaning import Meaning, with_integers
from ..places import Place, Places
from .limits import Change, changed_bounds, changed_conditions, changed_keys, changed_patterns

_HOW = {Change.NARROWER: "fewer", Change.WIDER: "more", Change.OTHER: "other"}
_HELD_BY = {"items": "array", "additionalProperties": "object", "contentSchema": "string"}
"""The kind of value that a keyword is about."""


def changed_shape(place: Place, places: Places) -> Iterator[tuple[str, Change, str]]:
    """Return every facet of the shape that differs, what it does to the values that fit, and that in words."""
    old, new = place.old, place.new
    if "values" in place.changed:
        change = _of_sets(old.values, new.values)
        texts = (_values(new.values), _values(old.values))
        yield "values", change, f"{texts[0]} instead of {texts[1]}"
    if "alternatives" in place.changed:
        yield from _alternatives(old, new)
    if "kinds" in place.changed:
        change = _of_sets(old.kinds, new.kinds)
        yield "kinds", change, f"{_kinds(new.kinds)} instead of {_kinds(old.kinds)}"
    if "nullable" in place.changed:
        yield "nullable", Change.WIDER if new.nullable else Change.NARROWER, "`null`" if new.nullable else "no `null`"
    for keyword in sorted(old.held ^ new.held):
        if not all(each.kinds is None or _HELD_BY[keyword] in each.kinds for each in (old, new)):
            continue  # where no such value fits, nothing is said of it
        if keyword == "additionalProperties" and (old.closed or new.closed):
            continue  # keys that may come at all are told apart
        is_new = keyword in new.held
        what = f"`{keyword}`, which is new" if is_new else f"no `{keyword}`"
        yield "held", Change.NARROWER if is_new else Change.WIDER, what
    yield from _variants(place, places)


def changes_of(place: Place, places: Places) -> Iterator[Change]:
    """Return what a place does to the values that fit, by everything that differs there. A property that comes is no
    change of them, and one that goes is: somebody reads it."""
    old, new, changed = place.old, place.new, place.changed
    for facts in (
        changed_bounds(old.bounds, new.bounds),
        changed_patterns(old.patterns, new.patterns),
        changed_conditions(old, new),
        changed_keys(old, new),
    ):
        yield from (change for change, _ in facts)
    yield from (change for _, change, _ in changed_shape(place, places))
    if "required" in changed:
        both = {*old.properties} & {*new.properties}
        yield from [Change.NARROWER] if (new.required - old.required) & both else []
        yield from [Change.WIDER] if (old.required - new.required) & both else []
    if "closed" in changed:
        yield Change.NARROWER if new.closed else Change.WIDER
    if place.lost or changed & {"format", "content_encoding", "content_media_type", "discriminator", "read_only"}:
        yield Change.OTHER
    if changed & {"known", "default", "deprecated", "deprecated_values", "write_only"} or place.won:
        yield Change.NARROWER


def _of_sets(old: frozenset[str] | None, new: frozenset[str] | None) -> Change:
    if old is None or new is None:
        return Change.WIDER if new is None else Change.NARROWER
    old, new = with_integers(old), with_integers(new)
    if old <= new:
        return Change.WIDER
    return Change.NARROWER if new <= old else Change.OTHER


def _alternatives(old: Meaning, new: Meaning) -> Iterator[tuple[str, Change, str]]:
    """Values that are listed beside values of other kinds, kind by kind."""
    for kind in sorted({text.partition(" ")[0] for text in old.alternatives ^ new.alternatives}):
        if all(each.kinds is None or kind in each.kinds for each in (old, new)):  # else it is told with the kinds
            before, after = (
                frozenset(text for text in each.alternatives if text.startswith(f"{kind} ")) or None
                for each in (old, new)
            )
            yield "values", _of_sets(before, after), f"{_values(after)} instead of {_values(before)}"


def _kinds(kinds: frozenset[str] | None) -> str:
    return "anything" if kinds is None else listed(sorted(kinds), joint="or")


def _values(values: frozenset[str] | None) -> str:
    if values is None:
        return "any value"
    return listed((text.partition(" ")[2] or text for text in sorted(values)), joint="or")


def _variants(place: Place, places: Places) -> Iterator[tuple[str, Change, str]]:
    """Variants that a union lost or won, and unions that come or go."""
    old, new = place.old, place.new
    if len(old.unions) == len(new.unions):
        gone, come = places.lone_variants(old, new)
        if gone or come:
            change = Change.OTHER if gone and come else Change.NARROWER if gone else Change.WIDER
            yield "unions", change, f"`{new.unions[0]}` with {_HOW[change]} variants"
        elif old.unions != new.unions:
            yield from _keyword(old, new, places)
    elif not old.unions and places.has_variant(new, place.nodes[0], 0):
        yield "unions", Change.WIDER, f"`{new.unions[0]}` with more variants"
    elif not new.unions and places.has_variant(old, place.nodes[1], 1):
        yield "unions", Change.NARROWER, f"one variant of `{old.unions[0]}`"
    else:
        yield "unions", Change.OTHER, f"{listed(new.unions)} instead of {listed(old.unions)}"


def _keyword(old: Meaning, new: Meaning, places: Places) -> Iterator[tuple[str, Change, str]]:
    """Of variants under `oneOf`, a value must fit only one: that says nothing of those that have none in common."""
    changed = [
        (one, other)
        for one, other, members in zip(old.unions, new.unions, old.members)
        if one != other and not places.are_apart(members, 0)
    ]
    if changed:
        change = _joined(Change.NARROWER if other == "oneOf" else Change.WIDER for _, other in changed)
        yield "keyword", change, " and ".join(f"`{other}` instead of `{one}`" for one, other in changed)


def _joined(changes: Iterable[Change]) -> Change:
    found = {*changes}
    return found.pop() if len(found) == 1 else Change.OTHER
