"""Properties of an object as fields of a class."""

from __future__ import annotations

from collections.abc import Sequence

from ...diagnostics.model import DiagnosticSink
from ...document.lock import Section
from ...document.model import JsonValue, Missing, Property
from ...ir.definitions import Field
from ...ir.direction import Direction
from ...ir.types import (
    LiteralType,
    LiteralValue,
    NamedType,
    Primitive,
    Scalar,
    TypeExpr,
    may_be_null,
    without_null,
)
from ..names import identifiers as names
from ..names.locked_names import below
from .examples import assumed_of, example_of
from .naming_context import NamingContext
from .shape_kinds import LiteralShape, ObjectShape, RefShape
from .type_exprs import TypeExprs, optional


class Fields:
    """Makes the fields of models and of `TypedDict`s."""

    def __init__(self, type_exprs: TypeExprs, sink: DiagnosticSink) -> None:
        self._type_exprs = type_exprs
        self._sink = sink

    def of_model(self, shape: ObjectShape, owner: str, context: NamingContext) -> tuple[Field, ...]:
        """Return the fields of a model: attributes in snake case. One that may be missing or null has a default."""
        properties = self._visible(shape, Direction.RESPONSE)
        attributes = self._attributes(properties, context)
        return tuple(
            self._model_field(prop, attributes[prop.name], prop.name in shape.required, context.field(owner, prop.name))
            for prop in properties
        )

    def of_params(self, shape: ObjectShape, owner: str, context: NamingContext) -> tuple[Field, ...]:
        """Return the fields of a `TypedDict`: keys as they stand in the JSON, since a dictionary is sent as it is."""
        return tuple(
            self._key(prop, shape, context.field(owner, prop.name)) for prop in self._visible(shape, Direction.REQUEST)
        )

    def _key(self, prop: Property, shape: ObjectShape, context: NamingContext) -> Field:
        type = self._type_exprs.of(prop.schema, context)
        return Field(
            name=prop.name,
            wire_name=prop.name,
            type=type,
            required=prop.name in shape.required,
            doc=self._doc(prop),
            example=example_of(prop.schema, self._type_exprs.shapes, Direction.REQUEST),
            assumed=assumed_of(prop.schema, self._type_exprs.shapes, Direction.REQUEST),
            limits=self._type_exprs.limits(prop.schema, type),
            deprecated=self._deprecated(prop),
            pointer=self._type_exprs.shapes.pointer_of(prop.schema),
            span=prop.span,
        )

    def _attributes(self, properties: Sequence[Property], context: NamingContext) -> dict[str, str]:
        """The attribute of each property of a model."""
        locked_names = self._type_exprs.locked_names
        places = {prop.name: below(context.place, "properties", prop.name) for prop in properties}
        locked = locked_names.get_all(Section.FIELDS, places.values(), names.MODEL_MEMBERS.__contains__)
        by_text = {text: locked[place] for text, place in places.items() if place in locked}
        wanted = names.attributes(places, names.MODEL_MEMBERS, by_text)
        for prop in properties:
            if not names.is_plain(prop.name, wanted[prop.name]):
                locked_names.record(Section.FIELDS, places[prop.name], wanted[prop.name])
        return wanted

    def _visible(self, shape: ObjectShape, direction: Direction) -> list[Property]:
        return [prop for prop in shape.properties if self._type_exprs.shapes.is_visible(prop, direction)]

    def _model_field(self, prop: Property, name: str, declared: bool, context: NamingContext) -> Field:
        annotation = self._type_exprs.of(prop.schema, context)
        required = declared and not may_be_null(annotation)
        default = None if required else self._default(prop, annotation)
        return Field(
            name=name,
            wire_name=prop.name,
            type=annotation if required or default is not None else optional(annotation),
            required=required,
            default=default,
            doc=self._doc(prop),
            example=example_of(prop.schema, self._type_exprs.shapes, Direction.RESPONSE),
            limits=self._type_exprs.limits(prop.schema, annotation),
            deprecated=self._deprecated(prop),
            pointer=self._type_exprs.shapes.pointer_of(prop.schema),
            span=prop.span,
        )

    def _default(self, prop: Property, annotation: TypeExpr) -> LiteralValue | float | None:
        """The default of a field, where it is a scalar of the field's type or a member of its enum class."""
        resolved = self._type_exprs.shapes.of(prop.schema)
        value = resolved.keywords.default
        listed = self._type_exprs.shapes.dereferenced(prop.schema).shape
        if isinstance(without_null(annotation), NamedType) and isinstance(listed, LiteralShape):
            schema = resolved.shape.target.name if isinstance(resolved.shape, RefShape) else ""
            if not self._type_exprs.is_class(schema, listed.values):
                return None
            annotation = LiteralType(listed.values)
        return _scalar_default(value, annotation)

    def _doc(self, prop: Property) -> str | None:
        return self._type_exprs.shapes.of(prop.schema).keywords.description

    def _deprecated(self, prop: Property) -> bool:
        return self._type_exprs.shapes.of(prop.schema).keywords.deprecated


def _scalar_default(value: JsonValue | Missing, annotation: TypeExpr) -> LiteralValue | float | None:
    expected = without_null(annotation)
    if isinstance(expected, LiteralType):
        return value if isinstance(value, (str, int)) and value in expected.values else None
    if not isinstance(expected, Scalar):
        return None
    match expected.primitive, value:
        case Primitive.BOOL, bool():
            return value
        case ((Primitive.INT | Primitive.FLOAT | Primitive.NUMBER), int()) if not isinstance(value, bool):
            return value
        case ((Primitive.FLOAT | Primitive.NUMBER), float()):
            return value
        case Primitive.STR, str():
            return value
        case _:
            return None
