"""Arguments for tests: for every parameter a value that the API takes, the same one in every run.

Examples and defaults of the spec come first. Otherwise the value is built from the schema: the first of an enum, a text
of the right format, a number within its bounds, objects with their required keys or with all of them.
"""

from __future__ import annotations

import enum
from typing import Union

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import Bounds, Discriminator, JsonObject, JsonValue, Missing, Schema, SchemaOrRef, SchemaRef
from ...ir.direction import Form
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
from .sample_scalars import LONGEST, sample_number, sample_text

_DEEP = 3
"""Objects that lie deeper get their required keys only."""


_MANY = 100
"""Arrays that must be longer get so many items."""

_BUDGET = 100_000
"""Values and characters of one sample."""

_ROOM = 20_000_000
"""Values and characters of all samples."""


class _Nothing(enum.Enum):
    """There is no finite value: the schema contains itself."""

    NOTHING = "nothing"


class _TooLarge(Exception):
    """The sample has become larger than the budget."""


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
    """Makes the samples of one SDK. Their sizes are bounded: a schema may ask for a text of a billion characters, or
    for arrays of arrays of arrays."""

    def __init__(self, shapes: Shapes, fields: Fields, sink: DiagnosticSink) -> None:
        self._shapes = shapes
        self._fields = fields
        self._sink = sink
        self._room = _ROOM
        self._spent = 0
        self._is_short = False

    def of(self, param: RawParam) -> JsonLike:
        """The argument for `param`. One that had to be made smaller than it is allowed is reported."""
        for example in param.examples:
            if self._fits(example, param.schema):
                return json_like(example)
        self._spent, self._is_short = 0, False
        try:
            sample = self._value(param.schema, _Place(name=param.wire_name or "body", full=not param.required))
        except _TooLarge:
            sample, self._is_short = _NOTHING, True
        self._room -= self._spent
        if self._is_short:
            self._sink.report(catalog.SAMPLE_TOO_LARGE, param.span, name=param.wire_name or "body")
        return JsonMapping() if sample is _NOTHING else sample

    def _spend(self, size: int) -> None:
        """Account for so many values or characters.

        Raises:
            _TooLarge: the sample, or all of them, have become too large.
        """
        self._spent += size
        if self._spent > min(_BUDGET, self._room):
            raise _TooLarge

    def _given(self, value: JsonValue) -> JsonLike:
        """A value of the document, accounted for."""
        self._spend(_size(value))
        return json_like(value)

    def _value(self, node: SchemaOrRef, place: _Place) -> _Sample:
        self._spend(1)
        resolved = self._shapes.of(node)
        for given in (*resolved.notes.examples, resolved.notes.default):
            if given is not None and not isinstance(given, Missing) and self._fits(given, node):
                return self._given(given)
        value = self._built(resolved, place)
        return None if value is _NOTHING and resolved.nullable else value

    def _built(self, resolved: Resolved, place: _Place) -> _Sample:
        shape, notes = resolved.shape, resolved.notes
        match shape:
            case RefShape(target):
                return _NOTHING if target.name in place.around else self._value(target.schema, place.below(target.name))
            case LiteralShape(values):
                return self._given(values[0]) if values else None
            case ScalarShape("string"):
                return self._text(shape, notes.bounds, place.name)
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

    def _text(self, shape: ScalarShape, bounds: Bounds, name: str) -> str:
        text = sample_text(shape, bounds, name)
        self._spend(len(text))
        self._is_short |= (bounds.min_length or 0) > max(len(text), LONGEST)
        return text

    def _array(self, items: tuple[SchemaOrRef, ...], notes: Schema, place: _Place) -> _Sample:
        least = min(notes.bounds.min_items or 0, _MANY)
        self._is_short |= (notes.bounds.min_items or 0) > _MANY
        if not items or notes.bounds.max_items == 0:
            return ()
        if notes.prefix_items:
            values = [self._value(item, place) for item in notes.prefix_items]
        else:
            before = self._spent
            values = [self._value(items[0], place)] * max(1, least)
            self._spend((self._spent - before) * (len(values) - 1))
        found = tuple(value for value in values if not isinstance(value, _Nothing))
        return found if len(found) >= least else _NOTHING

    def _object(self, shape: ObjectShape, notes: Schema, place: _Place) -> _Sample:
        required = shape.required | _required_by_variant(notes)
        full = place.depth < _DEEP and place.full or (notes.bounds.min_properties or 0) > len(required)
        members: list[tuple[str, JsonLike]] = []
        for prop in shape.properties:
            if not (full or prop.name in required) or not self._fields.is_visible(prop, Form.REQUEST):
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
        key = self._text(ScalarShape("string"), _bounds_of_keys(notes), "key")
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


def _size(value: JsonValue) -> int:
    """The values and characters of a value of the document."""
    if isinstance(value, JsonObject):
        return sum(len(name) + _size(item) for name, item in value.items)
    if isinstance(value, tuple):
        return 1 + sum(map(_size, value))
    return len(value) if isinstance(value, str) else 1


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
