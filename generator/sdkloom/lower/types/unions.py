"""`oneOf` and `anyOf`: which get a name, which a discriminator, and how their inline variants are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ...document.model import SchemaOrRef
from ...ir.definitions import Alias, TaggedUnion, Variant
from ...ir.direction import Direction
from ...ir.types import NamedType, OptionalType, TypeExpr, TypeName
from ..names.locked_names import below, types_of
from .discriminators import Tagger, Tags
from .naming_context import Place
from .shapes import LiteralShape, ObjectShape, Resolved, Shape, Shapes, UnionShape
from .type_exprs import Annotator, union


class Unions:
    """Defines or spells out a union at a place."""

    def __init__(self, annotator: Annotator, tagger: Tagger) -> None:
        self._annotator = annotator
        self._tagger = tagger

    def define(self, resolved: Resolved, shape: UnionShape, place: Place) -> TypeExpr:
        """A union is named if it has a discriminator, inline objects to name, or is a property of a request body."""
        tags = self._tags(shape, place)
        inline = [member for member in shape.members if self._is_inline_object(member)]
        declared = shape.discriminator is not None and tags is not None
        inferred = place.direction is Direction.RESPONSE and tags is not None
        of_body = place.of_body and all(self._tagger.is_object(member) for member in shape.members)
        if not place.is_root and not (declared or inferred or of_body or len(inline) > 1):
            return union(
                [self._annotator.annotate(member, place.member(key)) for member, key in self._keyed(shape, place)]
            )
        return self._named(resolved, shape, place, tags, inline)

    def _named(
        self, resolved: Resolved, shape: UnionShape, place: Place, tags: Tags | None, inline: list[SchemaOrRef]
    ) -> TypeExpr:
        name = self._annotator.claim(place, resolved.notes.span)
        types = {
            id(member): self._annotator.annotate(
                member, place.variant(name.name, self._labels(member, shape, inline), key)
            )
            for member, key in self._keyed(shape, place)
        }
        expr = union([types[id(member)] for member in shape.members])
        bare = expr.inner if isinstance(expr, OptionalType) else expr
        variants = self._variants(tags, types, place) if tags and place.direction is Direction.RESPONSE else ()
        doc, span = resolved.notes.description, resolved.notes.span
        pointer = self._annotator.pointer(resolved.notes, place)
        if tags and len(variants) > 1:
            definition = TaggedUnion(
                name=name,
                property_name=tags.property_name,
                variants=variants,
                explicit=tags.explicit,
                doc=doc,
                pointer=pointer,
                span=span,
            )
            place.module.append(definition)
        else:
            place.module.append(Alias(name=name, type=bare, doc=doc, pointer=pointer, span=span))
        return NamedType(name)

    def _tags(self, shape: UnionShape, place: Place) -> Tags | None:
        return (
            self._tagger.of(shape) if place.direction is Direction.RESPONSE or shape.discriminator is not None else None
        )

    def _variants(self, tags: Tags, types: dict[int, TypeExpr], place: Place) -> tuple[Variant, ...]:
        variants: dict[TypeName, Variant] = {}
        for member in tags.members:
            expr = types.get(id(member.node)) or self._annotator.annotate(member.node, place)
            expr = expr.inner if isinstance(expr, OptionalType) else expr
            if not isinstance(expr, NamedType):
                return ()
            variants[expr.name] = Variant(tags=member.tags, type=expr.name)
        return tuple(variants.values())

    def _is_inline_object(self, node: SchemaOrRef) -> bool:
        return isinstance(self._annotator.shapes.of(node).shape, ObjectShape)

    def _keyed(self, shape: UnionShape, place: Place) -> list[tuple[SchemaOrRef, str]]:
        """The members, each with what names.lock knows it by."""
        known = self._annotator.ledger.known_below(types_of(place.direction), below(place.path, "oneOf"))
        return list(zip(shape.members, member_keys(self._annotator.shapes, shape.members, known)))

    def _labels(self, member: SchemaOrRef, shape: UnionShape, inline: list[SchemaOrRef]) -> tuple[str, ...]:
        """What a variant can be named after, the best first."""
        resolved = self._annotator.shapes.of(member)
        labels = [resolved.notes.title or ""]
        if isinstance(resolved.shape, ObjectShape):
            others = [self._annotator.shapes.of(other).shape for other in shape.members if other is not member]
            labels += [tag_label(self._annotator.shapes, resolved.shape, others), own_key(resolved.shape, others)]
            if len(inline) == 1:
                labels.append("Object")
        elif isinstance(resolved.shape, UnionShape):
            labels.append("Union")
        else:
            labels += ["Array", "Map"]
        return tuple(labels)


def member_keys(shapes: Shapes, members: Sequence[SchemaOrRef], known: Iterable[str]) -> list[str]:
    """What tells the members of a union apart in names.lock. It depends neither on their order nor on each other, so
    that a new member changes none; only of members that look alike the later ones have a number.

    A member that has more required properties than a `known` one, which itself isn't there, is that one.
    """
    own = [_member_key(shapes.of(member), shapes) for member in members]
    keys = [key if (before := own[:index].count(key)) == 0 else f"{key} {before + 1}" for index, key in enumerate(own)]
    gone = [key for key in known if key not in keys]
    grown = {key: [old for old in gone if _has_grown(old, key)] for key in keys if key not in known}
    claims = Counter(old for olds in grown.values() for old in olds)
    return [olds[0] if len(olds := grown.get(key, ())) == 1 and claims[olds[0]] == 1 else key for key in keys]


def _has_grown(old: str, new: str) -> bool:
    return set(old.split(",")) < set(new.split(","))


def _member_key(member: Resolved, shapes: Shapes) -> str:
    """Its title, or else the properties that it must have, with a value if that is a literal."""
    if member.notes.title or not isinstance(member.shape, ObjectShape):
        return member.notes.title or type(member.shape).__name__.removesuffix("Shape").lower()
    required = [prop.name for prop in member.shape.properties if prop.name in member.shape.required]
    values = {name: _texts(shapes, member.shape, name) for name in required}
    return ",".join(sorted("=".join((name, *values[name][:1])) for name in required)) or "object"


def tag_label(shapes: Shapes, variant: ObjectShape, others: Sequence[Shape]) -> str:
    """The (first) text of a required literal that shares no value with the other variants' at that property."""
    objects = [other for other in others if isinstance(other, ObjectShape)]
    for prop in variant.properties:
        values = _texts(shapes, variant, prop.name)
        rivals = {text for other in objects for text in _texts(shapes, other, prop.name)}
        if values and prop.name in variant.required and not rivals & set(values):
            return values[0]
    return ""


def own_key(variant: ObjectShape, others: Sequence[Shape]) -> str:
    """The first required property that none of the other variants has."""
    rivals = {prop.name for other in others if isinstance(other, ObjectShape) for prop in other.properties}
    own = [prop.name for prop in variant.properties if prop.name not in rivals]
    return next((name for name in own if name in variant.required), next(iter(own), ""))


def _texts(shapes: Shapes, shape: ObjectShape, name: str) -> tuple[str, ...]:
    for prop in shape.properties:
        if prop.name == name:
            inner = shapes.followed(prop.schema).shape
            return tuple(str(value) for value in inner.values) if isinstance(inner, LiteralShape) else ()
    return ()
