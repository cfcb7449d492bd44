"""`oneOf` and `anyOf`: which get a name, and which a discriminator."""

from __future__ import annotations

from ...document.model import SchemaOrRef
from ...ir.definitions import Alias, TaggedUnion, Variant
from ...ir.direction import Direction
from ...ir.types import NamedType, TypeExpr, TypeName, without_null
from ..names.locked_names import below, types_section
from .discriminators import Discriminators, UnionTags
from .examples import example_of_type
from .naming_context import NamingContext
from .shape_kinds import UnionShape
from .shapes import Resolved
from .type_exprs import TypeExprs, union
from .variants import VariantLabels, is_inline_object, member_keys


class Unions:
    """Defines unions, or spells them out where they are used."""

    def __init__(self, type_exprs: TypeExprs, discriminators: Discriminators) -> None:
        self._type_exprs = type_exprs
        self._discriminators = discriminators

    def define(self, resolved: Resolved, shape: UnionShape, context: NamingContext) -> TypeExpr:
        """Return the type of a union (JSON Schema 2020-12 core §10.2.1.2, §10.2.1.3: `anyOf`, `oneOf`).

        It gets a name of its own if it has a discriminator, inline objects to name, or objects that are sent.
        """
        tags = self._tags(shape, context)
        inline = [member for member in shape.members if is_inline_object(self._type_exprs.shapes, member)]
        declared = shape.discriminator is not None and tags is not None
        inferred = context.direction is Direction.RESPONSE and tags is not None
        sent = context.direction is Direction.REQUEST and not context.in_variant
        others = [member for member in shape.members if not any(member is one for one in inline)]
        with_object = sent and any(map(self._discriminators.is_object, others))
        if not context.is_main and not (declared or inferred or with_object or len(inline) > 1):
            here = [self._type_exprs.of(member, context.member(key)) for member, key in self._with_keys(shape, context)]
            return union([*here, *self._type_exprs.accepted(resolved.keywords, context)])
        return self._named(resolved, shape, context, tags)

    def _named(self, resolved: Resolved, shape: UnionShape, context: NamingContext, tags: UnionTags | None) -> TypeExpr:
        name = self._type_exprs.reserve_name(context, resolved.keywords)
        labels = VariantLabels(self._type_exprs.shapes, shape.members)
        types = {
            id(member): self._type_exprs.of(member, context.variant(name.name, labels.of(member), key))
            for member, key in self._with_keys(shape, context)
        }
        accepted = self._type_exprs.accepted(resolved.keywords, context)
        expr = union([*(types[id(member)] for member in shape.members), *accepted])
        plain = without_null(expr)
        variants = self._variants(tags, types, context) if tags and context.direction is Direction.RESPONSE else ()
        doc, span = resolved.keywords.description, resolved.keywords.span
        pointer = self._type_exprs.pointer_of(resolved.keywords, context)
        example = example_of_type(resolved.keywords, shape, self._type_exprs.shapes, context.direction)
        if tags and len(variants) > 1:
            definition = TaggedUnion(
                name=name,
                snake_name=context.module.snake_name(name),
                property_name=tags.property_name,
                variants=variants,
                explicit=tags.explicit,
                doc=doc,
                example=example,
                pointer=pointer,
                span=span,
            )
            context.module.append(definition)
        else:
            alias = Alias(name=name, type=plain, doc=doc, example=example, pointer=pointer, span=span)
            context.module.append(alias)
        return NamedType(name)

    def _tags(self, shape: UnionShape, context: NamingContext) -> UnionTags | None:
        matters = context.direction is Direction.RESPONSE or shape.discriminator is not None
        return self._discriminators.of(shape) if matters else None

    def _variants(self, tags: UnionTags, types: dict[int, TypeExpr], context: NamingContext) -> tuple[Variant, ...]:
        variants: dict[TypeName, Variant] = {}
        for member in tags.members:
            expr = types.get(id(member.node)) or self._type_exprs.of(member.node, context)
            expr = without_null(expr)
            if not isinstance(expr, NamedType):
                return ()
            variants[expr.name] = Variant(tags=member.tags, type=expr.name)
        return tuple(variants.values())

    def _with_keys(self, shape: UnionShape, context: NamingContext) -> list[tuple[SchemaOrRef, str]]:
        """The members, each with its key in names.lock."""
        known = self._type_exprs.locked_names.steps_below(
            types_section(context.direction), below(context.place, "oneOf")
        )
        return list(zip(shape.members, member_keys(self._type_exprs.shapes, shape.members, known)))
