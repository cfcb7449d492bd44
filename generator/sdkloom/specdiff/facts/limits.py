"""What is closer or wider at a place: limits, patterns, conditions that no Python type can express."""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator
from typing import Any

from ...document.model import Bounds
from ..collector import listed
from ..meaning import Meaning


class Change(enum.Enum):
    """What became of the values that fit."""

    NARROWER = "narrower"
    WIDER = "wider"
    OTHER = "other"


_LOWER = ("minimum", "exclusive_minimum", "min_length", "min_items", "min_properties")
_UPPER = ("maximum", "exclusive_maximum", "max_length", "max_items", "max_properties")


def changed_bounds(old: Bounds, new: Bounds) -> Iterator[tuple[Change, str]]:
    """Return every limit that differs, and in words."""
    handled: set[str] = set()
    for side in ("minimum", "maximum"):
        strict = f"exclusive_{side}"
        if any(_closest(bounds, side)[1] for bounds in (old, new)):
            handled |= {side, strict}
            yield from _changed_side(side, old, new)
    for name in (*_LOWER, *_UPPER):
        before, after = getattr(old, name), getattr(new, name)
        if before != after and name not in handled:
            raised = before is None or (after is not None and after > before)
            lowered = before is None or (after is not None and after < before)
            yield _change(raised if name in _LOWER else lowered), _limit(name, before, after)
    if old.multiple_of != new.multiple_of:
        yield _multiple(old.multiple_of, new.multiple_of), _limit("multiple_of", old.multiple_of, new.multiple_of)
    if bool(old.unique_items) != bool(new.unique_items):
        yield _change(bool(new.unique_items)), "items are unique" if new.unique_items else "items may be repeated"


def _change(is_narrower: bool) -> Change:
    return Change.NARROWER if is_narrower else Change.WIDER


def _closest(bounds: Bounds, side: str) -> tuple[float | None, bool]:
    """The limit of one side that counts, and whether it is itself out of bounds."""
    limit, strict = getattr(bounds, side), getattr(bounds, f"exclusive_{side}")
    if strict is None or limit is None:
        return (limit, False) if strict is None else (strict, True)
    is_strict = strict >= limit if side == "minimum" else strict <= limit
    return (strict, True) if is_strict else (limit, False)


def _changed_side(side: str, old: Bounds, new: Bounds) -> Iterator[tuple[Change, str]]:
    before, after = _closest(old, side), _closest(new, side)
    if before == after:
        return
    texts = [
        "nothing" if limit is None else f"`{_keyword(f'exclusive_{side}' if strict else side)}` {limit}"
        for limit, strict in (before, after)
    ]
    what = f"{texts[1]}, which is new" if before[0] is None else f"{texts[1]} instead of {texts[0]}"
    if after[0] is None or before[0] is None:
        yield _change(before[0] is None), f"no limit (it was {texts[0]})" if after[0] is None else what
        return
    sign = 1 if side == "minimum" else -1
    yield _change((sign * after[0], after[1]) > (sign * before[0], before[1])), what


def _multiple(old: float | None, new: float | None) -> Change:
    if old is None or new is None:
        return _change(old is None)
    if new % old == 0:
        return Change.NARROWER
    return Change.WIDER if old % new == 0 else Change.OTHER


def _keyword(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)


def _limit(name: str, old: object, new: object) -> str:
    keyword = _keyword(name)
    if old is None:
        return f"`{keyword}` {new}, which is new"
    return f"no `{keyword}` (it was {old})" if new is None else f"`{keyword}` {new} instead of {old}"


def changed_patterns(old: frozenset[str], new: frozenset[str]) -> Iterator[tuple[Change, str]]:
    """Return how the patterns differ that a text has to match."""
    gone, come = sorted(old - new), sorted(new - old)
    for before, after in zip(gone, come):
        yield Change.OTHER, f"the pattern `{after}` instead of `{before}`"
    for pattern in come[len(gone) :]:
        yield Change.NARROWER, f"the pattern `{pattern}`, which is new"
    for pattern in gone[len(come) :]:
        yield Change.WIDER, f"no pattern (it was `{pattern}`)"


_COUNTED = {"minContains": 1, "maxContains": -1}


def changed_conditions(old: Meaning, new: Meaning) -> Iterator[tuple[Change, str]]:
    """Return how the conditions differ: those of keywords, and `not`."""
    before, after = _by_keyword(old), _by_keyword(new)
    for keyword in sorted({*before, *after}):
        one, other = before.get(keyword, frozenset[Any]()), after.get(keyword, frozenset[Any]())
        if one != other:
            yield _condition(keyword, one, other), f"`{keyword}`"
    if old.negated != new.negated:
        yield _conjunction(old.negated, new.negated), "`not`"


def changed_keys(old: Meaning, new: Meaning) -> Iterator[tuple[Change, str]]:
    """Return how the keys differ that must be there and are nowhere described, and the patterns of keys."""
    known = {*old.properties, *new.properties}
    for change, names in (
        (Change.NARROWER, new.required - old.required - known),
        (Change.WIDER, old.required - new.required - known),
    ):
        if names:
            yield change, f"`required` {listed(sorted(names))}"
    gone = sorted({*old.pattern_properties} - {*new.pattern_properties})
    come = sorted({*new.pattern_properties} - {*old.pattern_properties})
    closed = old.closed or new.closed
    if come:
        yield Change.OTHER if gone or closed else Change.NARROWER, f"`patternProperties` {listed(come)}"
    elif gone:
        yield Change.OTHER if closed else Change.WIDER, f"no `patternProperties` {listed(gone)}"
    if old.names_keys != new.names_keys:
        yield _change(new.names_keys), "`propertyNames`" if new.names_keys else "no `propertyNames`"
    if old.tuple_length != new.tuple_length:
        length = new.tuple_length
        yield _change(length > old.tuple_length), f"`prefixItems` of {length} instead of {old.tuple_length} items"


def _by_keyword(meaning: Meaning) -> dict[str, frozenset[Any]]:
    found: dict[str, frozenset[Any]] = {}
    for keyword, value in meaning.conditions:
        found[keyword] = found.get(keyword, frozenset()) | {value}
    return found


def _condition(keyword: str, old: frozenset[Any], new: frozenset[Any]) -> Change:
    if keyword in _COUNTED:
        limits = [min(values) if values else None for values in (old, new)]
        default = 1 if keyword == "minContains" else math.inf
        one, other = (default if limit is None else limit for limit in limits)
        return _change((other - one) * _COUNTED[keyword] > 0)
    return Change.OTHER if keyword.startswith("$") else _conjunction(old, new)


def _conjunction(old: frozenset[Any], new: frozenset[Any]) -> Change:
    """More conditions that hold together leave fewer values."""
    if old < new:
        return Change.NARROWER
    return Change.WIDER if new < old else Change.OTHER
