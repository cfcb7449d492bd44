"""From a schema to what stands in an annotation. Inline types are defined on the way, in the module of the place."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink, Related
from ...diagnostics.span import Span
from ...document.model import Schema, SchemaOrRef
from ...ir.direction import Direction
from ...ir.types import (
    Base64Type,
    DictType,
    FileType,
    IterableType,
    ListType,
    LiteralType,
    NamedType,
    OptionalType,
    Primitive,
    Scalar,
    TypeExpr,
    TypeName,
    UnionType,
)
from ..names.locked_names import Ledger, types_of
from .naming_context import Place
from .registry import Registry
from .shapes import (
    AnyShape,
    ArrayShape,
    LiteralShape,
    MapShape,
    ObjectShape,
    RefShape,
    Resolved,
    ScalarShape,
    Shape,
    Shapes,
    UnionShape,
)

OBJECT = Scalar(Primitive.OBJECT)
NONE = Scalar(Primitive.NONE)
TEXT = Scalar(Primitive.STR)
BYTES = Scalar(Primitive.BYTES)

_SCALARS = {"integer": Primitive.INT, "number": Primitive.FLOAT, "boolean": Primitive.BOOL}
_MOMENTS = {"date-time": Primitive.DATETIME, "date": Primitive.DATE}


@attrs.define(eq=False)
class Annotator:
    """Makes type expressions. What an object or a union at a place becomes is told by `models` and `unions`."""

    shapes: Shapes
    registry: Registry
    ledger: Ledger
    sink: DiagnosticSink
    define_object: Callable[[Resolved, ObjectShape, Place], TypeExpr]
    define_union: Callable[[Resolved, UnionShape, Place], TypeExpr]

    def annotate(self, node: SchemaOrRef, place: Place) -> TypeExpr:
        """The annotation for `node`, with `Optional` if null is allowed."""
        resolved = self.shapes.of(node)
        bare = self.bare(resolved, place)
        return optional(bare) if resolved.nullable else bare

    def bare(self, resolved: Resolved, place: Place) -> TypeExpr:
        """The annotation without regard to null."""
        shape: Shape = resolved.shape
        match shape:
            case RefShape(target):
                return NamedType(self.registry.type_of(target, place.direction))
            case AnyShape():
                return OBJECT
            case ScalarShape():
                return _scalar(shape, place)
            case LiteralShape(values):
                return LiteralType(values)
            case ArrayShape():
                return self._array(shape, place)
            case MapShape(value):
                return DictType(OBJECT if value is None else self.annotate(value, place.value()))
            case ObjectShape():
                return self.define_object(resolved, shape, place)
            case UnionShape():
                return self.define_union(resolved, shape, place)

    def pointer(self, notes: Schema, place: Place) -> str:
        """Where the type at `place` stands in the spec."""
        return place.module.pointer if place.is_root else self.shapes.place(notes)

    def claim(self, place: Place, span: Span, *, exported: bool = True) -> TypeName:
        """A name for the inline type at `place`; an error if none is free."""
        if place.is_root:
            return place.module.claim(place.names[0], exported=exported)
        section = types_of(place.direction)
        kept = self.ledger.locked(section, place.path)
        if kept is not None:
            name = kept.text
            if not place.module.is_free(name, reserved=True):
                related = [Related(message="it stands in the same module as this", span=span)]
                self.sink.report(catalog.LOCK_TAKEN, kept.span, related=related, name=name)
        else:
            name = next((name for name in place.names if place.module.is_free(name)), "")
        if not name:
            self.sink.report(catalog.NO_NAME, span, what=f"this part of `{place.module.root.name}`")
            return place.module.name(place.names[0] if place.names else "Unnamed")
        self.ledger.give(section, place.path, name)
        return place.module.claim(name, exported=exported)

    def _array(self, shape: ArrayShape, place: Place) -> TypeExpr:
        several = len(shape.items) > 1
        members = [
            self.annotate(item, place.item(position if several else None)) for position, item in enumerate(shape.items)
        ]
        item = union(members) if members else OBJECT
        return ListType(item) if place.direction is Direction.RESPONSE or is_simple(item) else IterableType(item)


def _scalar(shape: ScalarShape, place: Place) -> TypeExpr:
    if shape.kind != "string":
        return Scalar(_SCALARS[shape.kind])
    request = place.direction is Direction.REQUEST
    if shape.binary and (place.multipart or place.raw):
        return FileType(is_part=place.multipart)
    if shape.base64 and request:
        return Base64Type()
    if shape.format in _MOMENTS:
        moment = Scalar(_MOMENTS[shape.format])
        return UnionType((TEXT, moment)) if request else moment
    return TEXT


def optional(expr: TypeExpr) -> TypeExpr:
    return expr if isinstance(expr, OptionalType) or expr == NONE else OptionalType(expr)


def union(members: list[TypeExpr]) -> TypeExpr:
    """A union without repetitions and without unions or `Optional` right inside; all its literals are one."""
    flat: list[TypeExpr] = []
    null = _flatten(members, flat)
    literals = [value for member in flat if isinstance(member, LiteralType) for value in member.values]
    merged: dict[TypeExpr, None] = {}
    for member in flat:
        if isinstance(member, LiteralType):
            member = LiteralType(tuple({(type(value), value): value for value in literals}.values()))
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


def is_simple(expr: TypeExpr) -> bool:
    """Whether values are scalars: lists of them are spelled `List` also in requests."""
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
