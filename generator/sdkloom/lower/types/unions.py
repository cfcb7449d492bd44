"""`oneOf` and `anyOf`: which get a name, which a discriminator, and how their inline variants are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ...document.model import SchemaOrRef
from ...ir.definitions import Alias, TaggedUnion, Variant
from ...ir.direction import Direction
from ...ir.types import NamedType, OptionalType, TypeExpr, TypeName
from ..names.locked_names import below, types_section
from .discriminators import Discriminators, UnionTags
from .naming_context import NamingContext
from .shapes import ObjectShape, Resolved, Shape, Shapes, UnionShape
from .type_exprs import TypeExprs, union


class Unions:
    """Defines unions, or spells them out where they are used."""

    def __init__(self, type_exprs: TypeExprs, discriminators: Discriminators) -> None:
        self._type_exprs = type_exprs
        self._discriminators = discriminators

    def define(self, resolved: Resolved, shape: UnionShape, context: NamingContext) -> TypeExpr:
        """Return the type of a union (JSON Schema 2020-12 core §10.2.1.2, §10.2.1.3: `anyOf`, `oneOf`).

        It gets a name of its own if it has a discriminator, inline objects to name, or is a property of a request body.
        """
        tags = self._tags(shape, context)
        inline = [member for member in shape.members if self._is_inline_object(member)]
        declared = shape.discriminator is not None and tags is not None
        inferred = context.direction is Direction.RESPONSE and tags is not None
        of_body = context.of_body and all(self._discriminators.is_object(member) for member in shape.members)
        if not context.is_main and not (declared or inferred or of_body or len(inline) > 1):
            return union(
                [self._type_exprs.of(member, context.member(key)) for member, key in self._with_keys(shape, context)]
            )
        return self._named(resolved, shape, context, tags, inline)

    def _named(
        self,
        resolved: Resolved,
        shape: UnionShape,
        context: NamingContext,
        tags: UnionTags | None,
        inline: list[SchemaOrRef],
    ) -> TypeExpr:
        name = self._type_exprs.reserve_name(context, resolved.keywords.span)
        types = {
            id(member): self._type_exprs.of(
                member, context.variant(name.name, self._labels(member, shape, inline), key)
            )
            for member, key in self._with_keys(shape, context)
        }
        expr = union([types[id(member)] for member in shape.members])
        without_null = expr.inner if isinstance(expr, OptionalType) else expr
        variants = self._variants(tags, types, context) if tags and context.direction is Direction.RESPONSE else ()
        doc, span = resolved.keywords.description, resolved.keywords.span
        pointer = self._type_exprs.pointer_of(resolved.keywords, context)
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
            context.module.append(definition)
        else:
            context.module.append(Alias(name=name, type=without_null, doc=doc, pointer=pointer, span=span))
        return NamedType(name)

    def _tags(self, shape: UnionShape, context: NamingContext) -> UnionTags | None:
        return (
            self._discriminators.of(shape)
            if context.direction is Direction.RESPONSE or shape.discriminator is not None
            else None
        )

    def _variants(self, tags: UnionTags, types: dict[int, TypeExpr], context: NamingContext) -> tuple[Variant, ...]:
        variants: dict[TypeName, Variant] = {}
        for member in tags.members:
            expr = types.get(id(member.node)) or self._type_exprs.of(member.node, context)
            expr = expr.inner if isinstance(expr, OptionalType) else expr
            if not isinstance(expr, NamedType):
                return ()
            variants[expr.name] = Variant(tags=member.tags, type=expr.name)
        return tuple(variants.values())

    def _is_inline_object(self, node: SchemaOrRef) -> bool:
        return isinstance(self._type_exprs.shapes.of(node).shape, ObjectShape)

    def _with_keys(self, shape: UnionShape, context: NamingContext) -> list[tuple[SchemaOrRef, str]]:
        """The members, each with its key in names.lock."""
        known = self._type_exprs.locked_names.steps_below(
            types_section(context.direction), below(context.place, "oneOf")
        )
        return list(zip(shape.members, member_keys(self._type_exprs.shapes, shape.members, known)))

    def _labels(self, member: SchemaOrRef, shape: UnionShape, inline: list[SchemaOrRef]) -> tuple[str, ...]:
        """What a variant can be named after, the best first."""
        resolved = self._type_exprs.shapes.of(member)
        labels = [resolved.keywords.title or ""]
        if isinstance(resolved.shape, ObjectShape):
            others = [self._type_exprs.shapes.of(other).shape for other in shape.members if other is not member]
            labels += [
                tag_label(self._type_exprs.shapes, resolved.shape, others),
                distinctive_property(resolved.shape, others),
            ]
            if len(inline) == 1:
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
    plain = [_member_key(shapes.of(member), shapes) for member in members]
    keys = [
        key if (before := plain[:position].count(key)) == 0 else f"{key} {before + 1}"
        for position, key in enumerate(plain)
    ]
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
