"""Arguments for tests: for every parameter a value that the API takes, the same one in every run.

Examples and defaults of the spec come first. Otherwise the value is built from the schema: the first of an enum, a text
of the right format, a number within its bounds, objects with their required keys or with all of them.
"""

from __future__ import annotations

import enum
from typing import Union

import attrs

from ...document.model import Bounds, Discriminator, JsonObject, JsonValue, Missing, Schema, SchemaOrRef, SchemaRef
from ...ir.direction import Direction
from ...ir.resources import JsonLike, JsonMapping
from ..types.fields import Fields
from ..types.shapes import (
    AnyShape,
    ArrayShape,
    LiteralShape,
    MapShape,
    ObjectShape,
    RefShape,
    Resolved,
    ScalarShape,
    Shapes,
    UnionShape,
)
from .parameters import RawParam
from .sample_scalars import sample_number, sample_text

_DEEP = 3
"""Objects that lie deeper get their required keys only."""


_MANY = 100
"""Arrays that must be longer get so many items."""


class _Nothing(enum.Enum):
    """There is no finite value: the schema contains itself."""

    NOTHING = "nothing"


_NOTHING = _Nothing.NOTHING
_Sample = Union[JsonLike, _Nothing]


@attrs.frozen(kw_only=True)
class _Place:
    """Where a value stands: the name to call a text by, the named schemas around it, how deep it lies."""

    name: str
    full: bool
    around: tuple[str, ...] = ()
    depth: int = 0

    def inside(self, name: str) -> _Place:
        return attrs.evolve(self, name=name, depth=self.depth + 1)

    def below(self, schema: str) -> _Place:
        return attrs.evolve(self, around=(*self.around, schema))


class Samples:
    def __init__(self, shapes: Shapes, fields: Fields) -> None:
        self._shapes = shapes
        self._fields = fields

    def of(self, param: RawParam) -> JsonLike:
        """The argument for `param`."""
        for example in param.examples:
            if self._fits(example, param.schema):
                return json_like(example)
        sample = self._value(param.schema, _Place(name=param.wire_name or "body", full=not param.required))
        return JsonMapping() if sample is _NOTHING else sample

    def _value(self, node: SchemaOrRef, place: _Place) -> _Sample:
        resolved = self._shapes.of(node)
        for given in (*resolved.notes.examples, resolved.notes.default):
            if given is not None and not isinstance(given, Missing) and self._fits(given, node):
                return json_like(given)
        value = self._built(resolved, place)
        return None if value is _NOTHING and resolved.nullable else value

    def _built(self, resolved: Resolved, place: _Place) -> _Sample:
        shape, notes = resolved.shape, resolved.notes
        match shape:
            case RefShape(target):
                return _NOTHING if target.name in place.around else self._value(target.schema, place.below(target.name))
            case LiteralShape(values):
                return values[0] if values else None
            case ScalarShape("string"):
                return sample_text(shape, notes.bounds, place.name)
            case ScalarShape("boolean"):
                return True
            case ScalarShape(kind):
                return sample_number(kind, notes.bounds)
            case ArrayShape(items):
                return self._array(items, notes, place)
            case ObjectShape():
                return self._object(shape, notes, place)
            case MapShape(value):
                return self._map(value, notes, place)
            case UnionShape():
                return self._union(shape, place)
            case AnyShape():
                return JsonMapping()

    def _array(self, items: tuple[SchemaOrRef, ...], notes: Schema, place: _Place) -> _Sample:
        least = min(notes.bounds.min_items or 0, _MANY)
        if not items or notes.bounds.max_items == 0:
            return ()
        if notes.prefix_items:
            values = [self._value(item, place) for item in notes.prefix_items]
        else:
            values = [self._value(items[0], place)] * max(1, least)
        found = tuple(value for value in values if not isinstance(value, _Nothing))
        return found if len(found) >= least else _NOTHING

    def _object(self, shape: ObjectShape, notes: Schema, place: _Place) -> _Sample:
        required = shape.required | _required_by_variant(notes)
        full = place.depth < _DEEP and place.full or (notes.bounds.min_properties or 0) > len(required)
        members: list[tuple[str, JsonLike]] = []
        for prop in shape.properties:
            if not (full or prop.name in required) or not self._fields.is_visible(prop, Direction.REQUEST):
                continue
            value = self._value(prop.schema, place.inside(prop.name))
            if not isinstance(value, _Nothing):
                members.append((prop.name, value))
            elif prop.name in required:
                return _NOTHING
        return JsonMapping(tuple(members))

    def _map(self, value: SchemaOrRef | None, notes: Schema, place: _Place) -> _Sample:
        if not place.full and not notes.bounds.min_properties:
            return JsonMapping()
        key = sample_text(ScalarShape("string"), _bounds_of_keys(notes), "key")
        member = "value" if value is None else self._value(value, place.inside(key))
        return JsonMapping() if isinstance(member, _Nothing) else JsonMapping(((key, member),))

    def _union(self, shape: UnionShape, place: _Place) -> _Sample:
        for member in shape.members:
            value = self._value(member, place)
            if isinstance(value, _Nothing):
                continue
            if isinstance(value, JsonMapping) and shape.discriminator is not None:
                return _tagged(value, shape.discriminator, member)
            return value
        return _NOTHING

    def _fits(self, value: JsonValue, node: SchemaOrRef, unions: tuple[UnionShape, ...] = ()) -> bool:
        """Whether an example is of the right kind: specs hold wrong ones. `unions` are asked about it already."""
        resolved = self._shapes.followed(node)
        if value is None:
            return resolved.nullable
        match resolved.shape:
            case LiteralShape(values):
                return value in values
            case ScalarShape(kind):
                return isinstance(value, _KINDS[kind]) and isinstance(value, bool) is (kind == "boolean")
            case ArrayShape(items):
                return isinstance(value, tuple) and all(any(self._fits(it, node) for node in items) for it in value)
            case ObjectShape(properties, required):
                if not isinstance(value, JsonObject):
                    return False
                given = dict(value.items)
                declared = [prop for prop in properties if prop.name in given]
                return required <= set(given) and all(self._fits(given[prop.name], prop.schema) for prop in declared)
            case MapShape():
                return isinstance(value, JsonObject)
            case UnionShape(members):
                union = resolved.shape
                return union not in unions and any(self._fits(value, member, (*unions, union)) for member in members)
            case _:
                return True


_KINDS: dict[str, type | tuple[type, ...]] = {"string": str, "integer": int, "number": (int, float), "boolean": bool}


def json_like(value: JsonValue) -> JsonLike:
    """A value of the document as a value of the IR."""
    if isinstance(value, JsonObject):
        return JsonMapping(tuple((name, json_like(item)) for name, item in value.items))
    if isinstance(value, tuple):
        return tuple(json_like(item) for item in value)
    return value


def _tagged(value: JsonMapping, discriminator: Discriminator, member: SchemaOrRef) -> JsonMapping:
    """The variant with the tag that the mapping gives it."""
    if not isinstance(member, SchemaRef):
        return value
    tags = [mapping.value for mapping in discriminator.mapping if mapping.target.target == member.ref.target]
    if not tags:
        return value
    others = tuple(pair for pair in value.items if pair[0] != discriminator.property_name)
    return JsonMapping(((discriminator.property_name, tags[0]), *others))


def _required_by_variant(notes: Schema) -> frozenset[str]:
    """What the first of several sets of required keys asks for: `anyOf: [{required: [a]}, {required: [b]}]`."""
    for member in (*notes.any_of, *notes.one_of):
        return frozenset(member.required) if isinstance(member, Schema) else frozenset()
    return frozenset()


def _bounds_of_keys(notes: Schema) -> Bounds:
    keys = notes.property_names
    return keys.bounds if isinstance(keys, Schema) else Bounds()
