"""The variants of a union: words to name an inline one after, and keys that tell them apart in names.lock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ...document.model import SchemaOrRef
from .shape_kinds import ObjectShape, UnionShape
from .shapes import Resolved, Shapes


def is_inline_object(shapes: Shapes, node: SchemaOrRef) -> bool:
    """Return whether a variant is an object that is written in the union itself."""
    return isinstance(shapes.of(node).shape, ObjectShape)


class VariantLabels:
    """Words that the variants of one union can be named after. All variants are looked at once."""

    def __init__(self, shapes: Shapes, members: Sequence[SchemaOrRef]) -> None:
        self._shapes = shapes
        self._positions = {id(member): position for position, member in enumerate(members, 1)}
        resolved = {id(member): shapes.of(member).shape for member in members}
        self._objects = sum(isinstance(resolved[id(member)], ObjectShape) for member in members)
        self._with_property = Counter[str]()
        """How many variants have a property of each name."""
        self._with_text = Counter[tuple[str, str]]()
        """How many variants have each text among the values of a property."""
        for shape in resolved.values():
            if isinstance(shape, ObjectShape):
                names = {prop.name for prop in shape.properties}
                self._with_property.update(names)
                self._with_text.update({(name, text) for name in names for text in _texts(shapes, shape, name)})

    def of(self, variant: SchemaOrRef) -> tuple[str, ...]:
        """Return the words for a variant, the best one first.

        They are its title, the value of its tag, and a property that only it has; at last its position.
        """
        resolved = self._shapes.of(variant)
        labels = [resolved.keywords.title or ""]
        if isinstance(resolved.shape, ObjectShape):
            labels += [self._tag(resolved.shape), self._distinctive_property(resolved.shape)]
            if self._objects == 1:
                labels.append("Object")
        elif isinstance(resolved.shape, UnionShape):
            labels.append("Union")
        else:
            labels += ["Array", "Map"]
        labels.append(f"Variant{self._positions[id(variant)]}")
        return tuple(labels)

    def _tag(self, variant: ObjectShape) -> str:
        """The (first) text of a required literal that shares no value with the other variants at that property."""
        for prop in variant.properties:
            values = _texts(self._shapes, variant, prop.name) if prop.name in variant.required else ()
            if values and all(self._with_text[prop.name, value] == 1 for value in values):
                return values[0]
        return ""

    def _distinctive_property(self, variant: ObjectShape) -> str:
        """The first property that none of the other variants has, of the required ones if there is such a one."""
        found = [prop.name for prop in variant.properties if self._with_property[prop.name] == 1]
        return next((name for name in found if name in variant.required), next(iter(found), ""))


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


def _texts(shapes: Shapes, shape: ObjectShape, name: str) -> tuple[str, ...]:
    return tuple(str(value) for value in shapes.literals(shape, name))
