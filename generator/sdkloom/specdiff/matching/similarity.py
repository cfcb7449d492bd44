"""How similar two things are: the guess that something was renamed rather than removed.

A score goes from 0, nothing in common, to 1, the same.
"""

from __future__ import annotations

import difflib
import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import product
from typing import TypeVar

from ...ir.definitions import Alias, Definition, EnumClass, Field, Model, Params, TaggedUnion
from ...ir.resources import MethodParam
from ...ir.symbols import type_text
from ...ir.types import LiteralType, TypeExpr

T = TypeVar("T")

ENOUGH = 0.6
"""The least score of what was renamed; what scores less was removed and added."""


_OF_NAME = 0.15
"""How much of the score of two types is that of their names."""


Candidates = Callable[[list[T], list[T]], Iterable[tuple[int, int]]]
"""What gives the positions of those whose score can be enough."""


def of_one_kind(kind: Callable[[T], Hashable]) -> Candidates[T]:
    """Return what gives the positions of those of which `kind` says the same."""

    def candidates(old: list[T], new: list[T]) -> Iterator[tuple[int, int]]:
        positions: dict[Hashable, list[int]] = {}
        for position, one in enumerate(new):
            positions.setdefault(kind(one), []).append(position)
        for position, one in enumerate(old):
            yield from ((position, other) for other in positions.get(kind(one), ()))

    return candidates


def pairs(
    removed: Iterable[T],
    added: Iterable[T],
    score: Callable[[T, T], float],
    candidates: Candidates[T] | None = None,
) -> list[tuple[T, T]]:
    """Return the likely renames: the best match first, nothing twice."""
    old, new = list(removed), list(added)
    positions = candidates(old, new) if candidates else product(range(len(old)), range(len(new)))
    scored = [(score(old[i], new[j]), i, j) for i, j in positions]
    scored = sorted((found for found in scored if found[0] >= ENOUGH), key=lambda found: (-found[0], *found[1:]))
    result: list[tuple[T, T]] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, i, j in scored:
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            result.append((old[i], new[j]))
    return result


def of_names(one: str, other: str, least: float = 0.0) -> float:
    """Return the score of two names, by the letters that they share in order (`difflib`). Case doesn't count. Where the
    score is less than `least`, it may be given as 0, which takes less time."""
    one, other = one.lower(), other.lower()
    least -= 1e-6  # what is just enough stays so when it is added to others
    if 2 * min(len(one), len(other)) < least * (len(one) + len(other)):
        return 0.0
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return 0.0 if least > 0 and matcher.quick_ratio() < least else matcher.ratio()


def of_values(one: object, other: object) -> float:
    """Return the score of two values of an enum."""
    return of_names(one, other, ENOUGH) if isinstance(one, str) and isinstance(other, str) else 0.0


def of_fields(one: Field | MethodParam, other: Field | MethodParam) -> float:
    """Return the score of fields of one class, or of parameters of one method. Only a field of the same type can be the
    same field."""
    if type_text(one.type) != type_text(other.type) or one.required != other.required:
        return 0.0
    if isinstance(one, MethodParam) and isinstance(other, MethodParam) and one.location is not other.location:
        return 0.0
    names = 0.2 + 0.5 * of_names(one.wire_name, other.wire_name, (ENOUGH - 0.2 - 0.3) / 0.5)
    return names + 0.3 * _of_texts(one.doc, other.doc, (ENOUGH - names) / 0.3)


def definitions(removed: Iterable[Definition], added: Iterable[Definition]) -> list[tuple[Definition, Definition]]:
    """Return the types that were likely renamed."""
    return pairs(removed, added, of_definitions, _sharing)


def _sharing(old: list[Definition], new: list[Definition]) -> Iterator[tuple[int, int]]:
    """The positions of types that can have enough in common. Sets of which a given share is common have a member in
    common already among the rarest ones of each, which leaves few to be compared (Chaudhuri et al., "A primitive
    operator for similarity joins", 2006)."""
    sets = [[parts(each) for each in side] for side in (old, new)]
    counts = Counter(part for side in sets for each in side for part in each)
    least = (ENOUGH - _OF_NAME) / (1 - _OF_NAME) - 0.001

    def rarest(members: frozenset[str]) -> list[str]:
        ordered = sorted(members, key=lambda part: (counts[part], part))
        return ordered[: len(ordered) - math.ceil(least * len(ordered)) + 1]

    users: dict[str, list[int]] = {}
    for position, members in enumerate(sets[1]):
        for part in rarest(members):
            users.setdefault(part, []).append(position)
    for position, members in enumerate(sets[0]):
        for other in sorted({each for part in rarest(members) for each in users.get(part, ())}):
            yield position, other


def of_definitions(one: Definition, other: Definition) -> float:
    """Return the score of two types of one kind, by what they hold."""
    if type(one) is not type(other):
        return 0.0
    mine, theirs = parts(one), parts(other)
    common = len(mine & theirs)
    if not common:
        return 0.0
    shared = common / len(mine | theirs)
    if common < 2 and of_names(one.name.name, other.name.name) < ENOUGH:
        return 0.0
    return (1 - _OF_NAME) * shared + _OF_NAME * of_names(one.name.name, other.name.name)


def of_classes(one: Definition, other: Definition) -> float:
    """Return the score of two classes by the names of their fields. What has another tag is another class."""
    if not isinstance(one, (Model, Params)) or not isinstance(other, (Model, Params)) or type(one) is not type(other):
        return 0.0
    mine, theirs = ({field.wire_name: field for field in each.fields} for each in (one, other))
    if not mine or not theirs:
        return of_names(one.name.name, other.name.name)
    for name in {*mine} & {*theirs}:
        types = mine[name].type, theirs[name].type
        if all(isinstance(each, LiteralType) and len(each.values) == 1 for each in types) and types[0] != types[1]:
            return 0.0
    return len({*mine} & {*theirs}) / len({*mine} | {*theirs})


def parts(definition: Definition) -> frozenset[str]:
    """Return what a type holds, as texts to be compared: each field counts by its name, and once more by its type."""
    match definition:
        case Model() | Params():
            names = {field.wire_name for field in definition.fields}
            return frozenset(names | {f"{field.wire_name}: {type_text(field.type)}" for field in definition.fields})
        case TaggedUnion():
            return frozenset(variant.type.name for variant in definition.variants)
        case Alias():
            return frozenset(_members(definition.type))
        case EnumClass():
            return frozenset(_members(LiteralType(definition.values)))


def _members(expr: TypeExpr) -> list[str]:
    return type_text(expr).removeprefix("Literal[").removesuffix("]").replace(" | ", ", ").split(", ")


def of_sets(one: frozenset[T], other: frozenset[T]) -> float:
    """Return the score of two sets: what they share of all that is in them."""
    return len(one & other) / len(one | other) if one or other else 1.0


def _of_texts(one: str | None, other: str | None, least: float) -> float:
    if not one or not other:
        return 0.0
    return 1.0 if one == other else of_names(one[:400], other[:400], least)
