"""Examples and defaults of the document, as far as they are values of their schemas: documents hold wrong ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...document.model import JsonObject, JsonValue, Missing, Schema, SchemaOrRef
from ...ir.direction import Direction
from ...ir.json_like import JsonLike, JsonMapping
from .shape_kinds import ArrayShape, LiteralShape, MapShape, NullShape, ObjectShape, ScalarShape, Shape, UnionShape
from .shapes import Shapes

_KINDS: dict[str, type | tuple[type, ...]] = {"string": str, "integer": int, "number": (int, float), "boolean": bool}

_DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_FORMATS = {
    "date": re.compile(_DATE, re.ASCII),
    "date-time": re.compile(_DATE + r"[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?", re.ASCII),
    "uuid": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I | re.ASCII),
}
"""How formats are written that documents get wrong and that may be classes in Python (RFC 3339 §5.6, RFC 9562 §4)."""

_LARGEST_WHOLE = 2**53
"""Up to here a float is the integer that it is written as (RFC 8259 §6)."""


class Fitting:
    """Tells whether values are such as schemas describe. For the time of one question or a few: it remembers by
    identity what it has looked at."""

    def __init__(self, shapes: Shapes, direction: Direction, *, formats: bool = False) -> None:
        """`formats` says that dates, times and UUIDs must be written as such: those are sent and received by tests."""
        self._shapes = shapes
        self._direction = direction
        self._formats = _FORMATS if formats else {}
        self._known: dict[tuple[int, int], bool] = {}

    def fits(self, value: JsonValue, node: SchemaOrRef) -> bool:
        """Return whether a value is of the right kind. Each pair is looked at once."""
        key = (id(value), id(node))
        if key not in self._known:
            self._known[key] = self._looks_like(value, node)
        return self._known[key]

    def _looks_like(self, value: JsonValue, node: SchemaOrRef) -> bool:
        resolved = self._shapes.dereferenced(node)
        return resolved.nullable if value is None else self.fits_shape(value, resolved.shape)

    def fits_shape(self, value: JsonValue, shape: Shape) -> bool:
        """Return whether a value other than null has a shape. A `RefShape` says nothing."""
        match shape:
            case NullShape():
                return False
            case LiteralShape(values):
                return value in values
            case ScalarShape(kind):
                written = self._formats.get(shape.format or "")
                if written is not None and isinstance(value, str) and written.fullmatch(value) is None:
                    return False
                return isinstance(value, _KINDS[kind]) and isinstance(value, bool) is (kind == "boolean")
            case ArrayShape(items):
                return isinstance(value, tuple) and all(any(self.fits(it, node) for node in items) for it in value)
            case ObjectShape():
                return isinstance(value, JsonObject) and self._fits_object(dict(value.items), shape)
            case MapShape():
                return isinstance(value, JsonObject)
            case UnionShape():
                return any(self.fits(value, member) for member in self._shapes.variants_of(shape))
            case _:
                return True

    def _fits_object(self, members: dict[str, JsonValue], shape: ObjectShape) -> bool:
        """A type checker takes no key that isn't declared, unless the schema says that there are others."""
        sent = {prop.name: prop for prop in shape.properties if self._shapes.is_visible(prop, self._direction)}
        if not shape.required & set(sent) <= set(members) or not (shape.extra or set(members) <= set(sent)):
            return False
        return all(self.fits(value, sent[name].schema) for name, value in members.items() if name in sent)


def example_of(node: SchemaOrRef, shapes: Shapes, direction: Direction, examples: Iterable[JsonValue] = ()) -> JsonLike:
    """Return the first example that fits: of `examples`, else of the schema. `None` if there is none, or it is null.

    What an object or a union says that a `$ref` refers to is said where that type is.
    """
    fitting = Fitting(shapes, direction)
    keywords = shapes.of(node).keywords
    found = (*examples, *keywords.examples, *_named(node, shapes).examples)
    return next((json_like(value) for value in found if value is not None and fitting.fits(value, node)), None)


def example_of_type(keywords: Schema, shape: Shape, shapes: Shapes, direction: Direction) -> JsonLike:
    """Return the first example of a schema of this shape that fits; `None` if there is none, or it is null."""
    fitting = Fitting(shapes, direction)
    found = (value for value in keywords.examples if value is not None and fitting.fits_shape(value, shape))
    return next(map(json_like, found), None)


def assumed_of(node: SchemaOrRef, shapes: Shapes, direction: Direction) -> JsonLike:
    """Return the `default` of a schema. `None` if it has none, or null, or one that isn't its own value."""
    for value in (shapes.of(node).keywords.default, _named(node, shapes).default):
        if not isinstance(value, Missing) and value is not None:
            if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_WHOLE:
                value = int(value)  # `1.0` is an integer (JSON Schema 2020-12 core §4.2.3)
            return json_like(value) if Fitting(shapes, direction).fits(value, node) else None
    return None


def _named(node: SchemaOrRef, shapes: Shapes) -> Schema:
    """What stands in the schema that a `$ref` refers to, if its values are scalars or lists."""
    resolved = shapes.dereferenced(node)
    has_own_type = isinstance(resolved.shape, (ObjectShape, UnionShape))
    return Schema() if has_own_type else resolved.keywords


def json_like(value: JsonValue) -> JsonLike:
    """Return a value of the document as a value of the IR."""
    if isinstance(value, JsonObject):
        return JsonMapping(tuple((name, json_like(item)) for name, item in value.items))
    if isinstance(value, tuple):
        return tuple(json_like(item) for item in value)
    return value
