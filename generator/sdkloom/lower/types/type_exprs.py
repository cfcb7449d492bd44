"""From a schema to a type expression. Inline types are defined on the way, in the module of their context."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink, Related
from ...document.model import Schema, SchemaOrRef
from ...ir.definitions import EnumClass
from ...ir.direction import Direction
from ...ir.limits import HeldLimits, Limits
from ...ir.types import (
    Base64Type,
    DictType,
    FileType,
    IterableType,
    ListType,
    LiteralType,
    LiteralValue,
    NamedType,
    OptionalType,
    Primitive,
    Scalar,
    TypeExpr,
    TypeName,
    UnionType,
    without_null,
)
from ..names.locked_names import LockedNames, types_section
from .enums import can_be_class, enum_members
from .examples import example_of_type
from .limits import limits_of
from .naming_context import NamingContext
from .registry import TypeRegistry
from .shape_kinds import (
    AnyShape,
    ArrayShape,
    LiteralShape,
    MapShape,
    NullShape,
    ObjectShape,
    RefShape,
    ScalarShape,
    Shape,
    UnionShape,
)
from .shapes import Resolved, Shapes, distinct
from .type_rules import TypeRules, place_of

OBJECT = Scalar(Primitive.OBJECT)
NONE = Scalar(Primitive.NONE)
TEXT = Scalar(Primitive.STR)
BYTES = Scalar(Primitive.BYTES)

_SCALARS = {"integer": Primitive.INT, "boolean": Primitive.BOOL}


@attrs.define(eq=False)
class TypeExprs:
    """Makes type expressions. Objects and unions are defined by `models` and `unions`, which need this class too."""

    shapes: Shapes
    registry: TypeRegistry
    locked_names: LockedNames
    sink: DiagnosticSink
    define_object: Callable[[Resolved, ObjectShape, NamingContext], TypeExpr]
    define_union: Callable[[Resolved, UnionShape, NamingContext], TypeExpr]
    rules: TypeRules

    def of(self, node: SchemaOrRef, context: NamingContext) -> TypeExpr:
        """Return the type of `node`, with `Optional` if null is allowed."""
        resolved = self.shapes.of(node)
        expr = self.ignoring_null(resolved, context)
        return optional(expr) if resolved.nullable else expr

    def ignoring_null(self, resolved: Resolved, context: NamingContext) -> TypeExpr:
        """Return the type of the values other than null."""
        shape: Shape = resolved.shape
        match shape:
            case RefShape(target):
                if context.part and self._is_file(target.schema):
                    return FileType()
                if context.form and self._has_files(target.schema):
                    return self.ignoring_null(self.shapes.dereferenced(target.schema), context.form_of(target.name))
                return NamedType(self.registry.type_of(target, context.direction))
            case AnyShape():
                return OBJECT
            case NullShape():
                return NONE
            case ScalarShape():
                return self._scalar(shape, context)
            case LiteralShape(values):
                return self._literal(resolved.keywords, values, context)
            case ArrayShape():
                return self._array(shape, context)
            case MapShape(value):
                return DictType(OBJECT if value is None else self.of(value, context.value()))
            case ObjectShape():
                return self.define_object(resolved, shape, context)
            case UnionShape():
                return self.define_union(resolved, shape, context)

    def limits(self, node: SchemaOrRef, type: TypeExpr) -> Limits:
        """Return what the annotation of a value says besides its type; nothing unless sdk.yaml asks for it.

        What a `$ref` refers to says it itself.
        """
        if not self.rules.has_limits:
            return ()
        resolved = self.shapes.of(node)
        limits = limits_of(resolved.keywords, type, self.sink)
        match resolved.shape, without_null(type):
            case (ArrayShape((inner,)), (ListType(held) | IterableType(held))) | (MapShape(inner), DictType(held)):
                of_held = self.limits(inner, held) if inner is not None else ()
                return (*limits, HeldLimits(of_held)) if of_held else limits
            case _:
                return limits

    def is_class(self, schema: str, values: tuple[LiteralValue, ...]) -> bool:
        """Return whether an enumeration is a class; `schema` is its name or `""`. One of a single value is a tag as a
        rule."""
        if not self.rules.makes_class(schema) or not can_be_class(values):
            return False
        return len(values) > 1 or schema in self.rules.own_enums

    def enum_class(self, name: TypeName, keywords: Schema, shape: LiteralShape, context: NamingContext) -> EnumClass:
        """Return the class of an enumeration."""
        return EnumClass(
            name=name,
            members=enum_members(keywords, shape.values, self.sink),
            doc=keywords.description,
            example=example_of_type(keywords, shape, self.shapes, context.direction),
            pointer=self.pointer_of(keywords, context),
            span=keywords.span,
        )

    def _literal(self, keywords: Schema, values: tuple[LiteralValue, ...], context: NamingContext) -> TypeExpr:
        """A `Literal`, or the class of an enumeration that stands in an operation."""
        if context.is_main or context.in_variant or not self.is_class("", values):
            return LiteralType(values)
        name = self.reserve_name(context, keywords)
        context.module.append(self.enum_class(name, keywords, LiteralShape(values), context))
        own = NamedType(name)
        return UnionType((own, LiteralType(values))) if context.direction is Direction.REQUEST else own

    def pointer_of(self, keywords: Schema, context: NamingContext) -> str:
        """Return the pointer of the schema that a type is made of; for a main type, that of its module."""
        return context.module.pointer if context.is_main else self.shapes.pointer_of(keywords)

    def accepted(self, keywords: Schema, context: NamingContext) -> list[TypeExpr]:
        """Return the response types that requests take besides the variants of this union."""
        if context.direction is Direction.RESPONSE or not self.rules.accepted:
            return []
        also = self.rules.accepted.get(place_of(keywords), ())
        return [NamedType(self.registry.type_of(named, Direction.RESPONSE)) for named in also]

    def reserve_name(self, context: NamingContext, keywords: Schema, *, exported: bool = True) -> TypeName:
        """Return a name for the inline type of the context: that of names.lock, or else the first free candidate."""
        span = keywords.span
        if context.is_main:
            return context.module.reserve_name(context.candidates[0], exported=exported)
        section = types_section(context.direction)
        locked = self.locked_names.get(section, context.place)
        if locked is not None:
            name = locked.text
            if not context.module.is_free(name, may_be_locked=True):
                related = [Related(message="it stands in the same module as this", span=span)]
                self.sink.report(catalog.LOCK_TAKEN, locked.span, related=related, name=name)
        else:
            local = self.rules.local.get(place_of(keywords))
            wanted = itertools.chain([local] if local else [], context.names())
            name = next(name for name in wanted if context.module.is_free(name))
        self.locked_names.record(section, context.place, name)
        return context.module.reserve_name(name, exported=exported)

    def _is_file(self, node: SchemaOrRef) -> bool:
        shape = self.shapes.dereferenced(node).shape
        return isinstance(shape, ScalarShape) and shape.binary

    def _has_files(self, node: SchemaOrRef) -> bool:
        """Whether a form of this schema has files among its members, or in the lists that are."""
        for variant in self.shapes.variants(node):
            shape = self.shapes.dereferenced(variant).shape
            if isinstance(shape, ObjectShape):
                members = [self.shapes.dereferenced(prop.schema).shape for prop in shape.properties]
                items = [item for member in members if isinstance(member, ArrayShape) for item in member.items]
                if any(map(self._is_file, [*(prop.schema for prop in shape.properties), *items])):
                    return True
        return False

    def _array(self, shape: ArrayShape, context: NamingContext) -> TypeExpr:
        several = len(shape.items) > 1
        members = [
            self.of(item, context.item(position if several else None)) for position, item in enumerate(shape.items)
        ]
        item = union(members) if members else OBJECT
        is_flat = bool(members) and (is_simple(item) or all(map(self._is_flat, shape.items)))
        is_list = context.direction is Direction.RESPONSE or is_flat
        any_sequence = self.rules.any_sequence and context.direction is Direction.REQUEST and _may_be_text(item)
        return ListType(item, any_sequence) if is_list else IterableType(item)

    def _scalar(self, shape: ScalarShape, context: NamingContext) -> TypeExpr:
        request = context.direction is Direction.REQUEST
        if shape.kind != "string":
            chosen = self._class_of(shape)
            takes_both = request and chosen is Primitive.NUMBER
            return UnionType((Scalar(Primitive.FLOAT), Scalar(chosen))) if takes_both else Scalar(chosen)
        if shape.binary and (context.part or context.binary_body):
            return FileType(is_part=context.part)
        chosen = self._class_of(shape)
        if request and (shape.base64 or chosen is Primitive.BASE64):
            return Base64Type(takes_bytes=chosen is Primitive.BASE64)
        if chosen is Primitive.STR:
            return TEXT
        return UnionType((TEXT, Scalar(chosen))) if request else Scalar(chosen)

    def text_of(self, shape: ScalarShape) -> Scalar:
        """Return the type of a body that is the text of one scalar."""
        return TEXT if shape.kind == "string" else Scalar(self._class_of(shape))

    def is_text(self, shape: Shape) -> bool:
        """Return whether values are texts in Python too."""
        return isinstance(shape, ScalarShape) and self._class_of(shape) is Primitive.STR

    def is_base64(self, shape: Shape) -> bool:
        """Return whether values are bytes that JSON has as base64."""
        return isinstance(shape, ScalarShape) and self._class_of(shape) is Primitive.BASE64

    def _class_of(self, shape: ScalarShape) -> Primitive:
        if shape.kind == "number":
            return self.rules.number(shape.format)
        if shape.kind != "string":
            return _SCALARS[shape.kind]
        return self.rules.formats.get("byte" if shape.base64 else shape.format or "", Primitive.STR)

    def _is_flat(self, node: SchemaOrRef) -> bool:
        """Whether values are scalars, also by a name: an iterable of texts could be one text by mistake."""
        shapes = [self.shapes.dereferenced(variant).shape for variant in self.shapes.variants(node)]
        return all(isinstance(shape, (ScalarShape, LiteralShape)) for shape in shapes)


def optional(expr: TypeExpr) -> TypeExpr:
    """Return `expr` with null among its values."""
    return expr if isinstance(expr, OptionalType) or expr == NONE else OptionalType(expr)


def union(members: list[TypeExpr]) -> TypeExpr:
    """Return the union of `members`: flat, without repetitions, with one literal for all literals.

    `Optional` comes outside of it; with `object` among the members it is `object`; a single member is itself.
    """
    flat: list[TypeExpr] = []
    null = _flatten(members, flat)
    literals = [value for member in flat if isinstance(member, LiteralType) for value in member.values]
    merged: dict[TypeExpr, None] = {}
    for member in flat:
        if isinstance(member, LiteralType):
            member = LiteralType(distinct(literals))
        merged.setdefault(member)
    result: TypeExpr = UnionType(tuple(merged)) if len(merged) > 1 else next(iter(merged), OBJECT)
    if OBJECT in merged:
        result = OBJECT
    return optional(result) if null else result


def _flatten(members: list[TypeExpr], flat: list[TypeExpr]) -> bool:
    null = False
    for member in members:
        if isinstance(member, OptionalType):
            null = True
            member = member.inner
        if isinstance(member, UnionType):
            null = _flatten(list(member.members), flat) or null
        else:
            flat.append(member)
    return null


def _may_be_text(item: TypeExpr) -> bool:
    """Whether a text by mistake would pass for a sequence of such items: of texts, or of files that may be texts."""
    match item:
        case Scalar(primitive):
            return primitive is Primitive.STR
        case UnionType(members):
            return any(map(_may_be_text, members))
        case OptionalType(inner):
            return _may_be_text(inner)
        case _:
            return isinstance(item, (FileType, Base64Type))


def is_simple(expr: TypeExpr) -> bool:
    """Whether values are scalars, or lists of them. An array of such values is a `List` in requests too."""
    match expr:
        case Scalar(primitive):
            return primitive is not Primitive.OBJECT
        case LiteralType() | Base64Type() | FileType():
            return True
        case UnionType(members):
            return all(is_simple(member) for member in members)
        case OptionalType(inner) | ListType(inner):
            return is_simple(inner)
        case _:
            return False
