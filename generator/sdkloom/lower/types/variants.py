"""The variants of a union: words to name an inline one after, and keys that tell them apart in names.lock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ...document.model import SchemaOrRef
from .shapes import ObjectShape, Resolved, Shape, Shapes, UnionShape


def is_inline_object(shapes: Shapes, node: SchemaOrRef) -> bool:
    """Return whether a variant is an object that is written in the union itself."""
    return isinstance(shapes.of(node).shape, ObjectShape)


def variant_labels(shapes: Shapes, variant: SchemaOrRef, members: Sequence[SchemaOrRef]) -> tuple[str, ...]:
    """Return words that a variant can be named after, the best one first. `members` are all variants of the union.

    They are its title, the value of its tag, and a property that only it has.
    """
    resolved = shapes.of(variant)
    labels = [resolved.keywords.title or ""]
    if isinstance(resolved.shape, ObjectShape):
        others = [shapes.of(other).shape for other in members if other is not variant]
        labels += [tag_label(shapes, resolved.shape, others), distinctive_property(resolved.shape, others)]
        if sum(is_inline_object(shapes, member) for member in members) == 1:
            labels.append("Object")
    elif isinstance(resolved.shape, UnionShape):
        labels.append("Union")
    else:
        labels += ["Array", "Map"]
    return tuple(labels)


def member_keys(shapes: Shapes, members: Sequence[SchemaOrRef], known: Iterable[str]) -> list[str]:
    """Return a key for each member of a union, by which names.lock tells it from the others.

    A key depends neither on the order of the members nor on the others, so that a new member changes none. Only of
    members that look alike, the later ones have a number. Two objects have the keys `kind=cat,name` and `kind=dog`.

    A member that has more required properties than one of the `known` keys says, and that key is used no more, is
    taken for the same member.
    """
    keys: list[str] = []
    before = Counter[str]()
    for member in members:
        key = _member_key(shapes.of(member), shapes)
        keys.append(f"{key} {before[key] + 1}" if before[key] else key)
        before[key] += 1
    unused = [key for key in known if key not in keys]
    earlier = {key: [old for old in unused if _has_grown(old, key)] for key in keys if key not in known}
    counts = Counter(old for found in earlier.values() for old in found)
    return [found[0] if len(found := earlier.get(key, ())) == 1 and counts[found[0]] == 1 else key for key in keys]


def _has_grown(old: str, new: str) -> bool:
    return set(old.split(",")) < set(new.split(","))


def _member_key(member: Resolved, shapes: Shapes) -> str:
    """Its title, or else the properties that it must have, with a value if that is a literal."""
    if member.keywords.title or not isinstance(member.shape, ObjectShape):
        return member.keywords.title or type(member.shape).__name__.removesuffix("Shape").lower()
    required = [prop.name for prop in member.shape.properties if prop.name in member.shape.required]
    values = {name: _texts(shapes, member.shape, name) for name in required}
    return ",".join(sorted("=".join((name, *values[name][:1])) for name in required)) or "object"


def tag_label(shapes: Shapes, variant: ObjectShape, others: Sequence[Shape]) -> str:
    """Return the (first) text of a required literal that shares no value with the other variants at that property."""
    objects = [other for other in others if isinstance(other, ObjectShape)]
    for prop in variant.properties:
        values = _texts(shapes, variant, prop.name)
        rivals = {text for other in objects for text in _texts(shapes, other, prop.name)}
        if values and prop.name in variant.required and not rivals & set(values):
            return values[0]
    return ""


def distinctive_property(variant: ObjectShape, others: Sequence[Shape]) -> str:
    """Return the first property that none of the other variants has, of the required ones if there is such a one."""
    rivals = {prop.name for other in others if isinstance(other, ObjectShape) for prop in other.properties}
    found = [prop.name for prop in variant.properties if prop.name not in rivals]
    return next((name for name in found if name in variant.required), next(iter(found), ""))


def _texts(shapes: Shapes, shape: ObjectShape, name: str) -> tuple[str, ...]:
    return tuple(str(value) for value in shapes.literals(shape, name))
