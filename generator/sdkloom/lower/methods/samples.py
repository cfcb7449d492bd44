"""Values for tests: for every parameter one that the API takes, and responses; the same ones in every run.

Examples and defaults of the spec come first. Otherwise the value is built from the schema: the first of an enum, a text
of the right format, a number within its bounds, objects with their required keys or with all of them.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Union

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import Bounds, JsonValue, Missing, Schema, SchemaOrRef
from ...ir.direction import Direction
from ...ir.resources import JsonLike, JsonMapping, ParamLocation
from ..types.discriminators import Discriminators, UnionTags
from ..types.examples import Fitting, json_like
from ..types.shape_kinds import (
    AnyShape,
    ArrayShape,
    LiteralShape,
    MapShape,
    NullShape,
    ObjectShape,
    RefShape,
    ScalarShape,
    UnionShape,
)
from ..types.shapes import Resolved, Shapes
from .raw_params import RawParam
from .sample_scalars import LONGEST, sample_number, sample_text

_DEEP = 3
"""Objects that lie deeper get their required keys only."""

_MANY = 100
"""Arrays that must be longer get so many items."""

_LARGEST = 10_000
"""An argument has at most so many values inside; a long text counts as several."""


_ROOM = 2_000_000
"""All arguments of an SDK together have at most so many."""


class _Nothing(enum.Enum):
    """There is no finite value, since the schema contains itself, or only one that is too large to show."""

    NOTHING = "nothing"


_NOTHING = _Nothing.NOTHING
_Sample = Union[JsonLike, _Nothing]


@attrs.frozen(kw_only=True)
class _Position:
    """Where a value stands: the name to call a text by, the named schemas around it, how deep it lies."""

    name: str
    full: bool
    several: bool = False
    """Whether an array gets two items, so that one can see how they are joined."""
    around: tuple[str, ...] = ()
    depth: int = 0

    def inside(self, name: str) -> _Position:
        return attrs.evolve(self, name=name, several=False, depth=self.depth + 1)

    def below(self, schema: str) -> _Position:
        return attrs.evolve(self, around=(*self.around, schema))


class Samples:
    """Makes arguments for the parameters of methods.

    Their sizes are bounded: a schema may ask for a text of a billion characters, or for arrays of arrays of arrays.
    """

    def __init__(self, shapes: Shapes, discriminators: Discriminators, sink: DiagnosticSink) -> None:
        self._shapes = shapes
        self._discriminators = discriminators
        self._sink = sink
        self._room = _ROOM
        self._left = 0
        self._is_short = False
        self._direction = Direction.REQUEST
        self._fitting = Fitting(shapes, self._direction, formats=True)

    def of(self, param: RawParam) -> JsonLike:
        """Return the argument for `param`: the first example of the right kind, or else a value made of its schema.

        One that had to be made smaller than its schema allows is reported.
        """
        self._left = min(_LARGEST, self._room)
        self._is_short = False
        self._direction = Direction.REQUEST
        self._fitting = Fitting(self._shapes, self._direction, formats=True)
        for example in param.examples:
            if self._fitting.fits(example, param.schema):
                return json_like(example)
        in_body = param.location is ParamLocation.BODY
        full = not param.required or param.location is ParamLocation.PATH  # a path has room for no empty value
        position = _Position(name=param.wire_name or "body", full=full, several=not in_body)
        sample = self._value(param.schema, position)
        self._room -= _LARGEST - self._left
        if self._is_short:
            self._sink.report(catalog.SAMPLE_TOO_LARGE, param.span, name=param.wire_name or "body")
        return JsonMapping() if sample is _NOTHING else sample

    def response(self, schema: SchemaOrRef, examples: Iterable[JsonValue]) -> JsonLike:
        """Return what a response of a schema may say: the first example that fits, or else a value made of the schema.
        Objects in it have all their keys, those inside of them the required ones."""
        self._left = min(_LARGEST, self._room)
        self._direction = Direction.RESPONSE
        self._fitting = Fitting(self._shapes, self._direction, formats=True)
        found = next((json_like(example) for example in examples if self._fitting.fits(example, schema)), _NOTHING)
        if found is _NOTHING:
            found = self._value(schema, _Position(name="text", full=True, depth=_DEEP - 1))
        self._room -= _LARGEST - self._left
        return JsonMapping() if found is _NOTHING else found

    def _value(self, node: SchemaOrRef, position: _Position) -> _Sample:
        resolved = self._shapes.of(node)
        if self._left <= 0:
            self._is_short = True
            return _NOTHING
        for value in (*resolved.keywords.examples, resolved.keywords.default):
            if value is not None and not isinstance(value, Missing) and self._fitting.fits(value, node):
                return self._charged(json_like(value))
        self._left -= 1
        built = self._built(resolved, position)
        return None if built is _NOTHING and resolved.nullable else built

    def _charged(self, value: JsonLike, times: int = 1) -> _Sample:
        """`value`, if there is room for it so many times."""
        self._left -= times * _size(value)
        self._is_short |= self._left < 0
        return value if self._left >= 0 else _NOTHING

    def _built(self, resolved: Resolved, position: _Position) -> _Sample:
        shape, keywords = resolved.shape, resolved.keywords
        match shape:
            case RefShape(target):
                return (
                    _NOTHING
                    if target.name in position.around
                    else self._value(target.schema, position.below(target.name))
                )
            case LiteralShape(values):
                return values[0]
            case NullShape():
                return None
            case ScalarShape("string"):
                return self._text(shape, keywords.bounds, position.name)
            case ScalarShape("boolean"):
                return True
            case ScalarShape(kind):
                return sample_number(kind, keywords.bounds)
            case ArrayShape(items):
                return self._array(items, keywords, position)
            case ObjectShape():
                return self._object(shape, keywords, position)
            case MapShape(value):
                return self._map(value, keywords, position)
            case UnionShape():
                return self._union(shape, position)
            case AnyShape():
                return JsonMapping()

    def _text(self, shape: ScalarShape, bounds: Bounds, name: str) -> _Sample:
        text = sample_text(shape, bounds, name)
        self._is_short |= (bounds.min_length or 0) > max(len(text), LONGEST)
        return self._charged(text)

    def _array(self, items: tuple[SchemaOrRef, ...], keywords: Schema, position: _Position) -> _Sample:
        least = min(keywords.bounds.min_items or 0, _MANY)
        self._is_short |= (keywords.bounds.min_items or 0) > _MANY
        if not items or keywords.bounds.max_items == 0:
            return ()
        if keywords.prefix_items:
            values = [self._value(item, position) for item in keywords.prefix_items]
        else:
            item = self._value(items[0], attrs.evolve(position, several=False))
            if position.several and not keywords.bounds.unique_items and keywords.bounds.max_items != 1:
                least = max(least, 2)
            if least > 1 and not isinstance(item, _Nothing):
                item = self._charged(item, least - 1)
            values = [item] * max(1, least)
        found = tuple(value for value in values if not isinstance(value, _Nothing))
        return found if len(found) >= least else _NOTHING

    def _object(self, shape: ObjectShape, keywords: Schema, position: _Position) -> _Sample:
        required = shape.required | _required_by_variant(keywords)
        full = position.depth < _DEEP and position.full or (keywords.bounds.min_properties or 0) > len(required)
        members: list[tuple[str, JsonLike]] = []
        for prop in shape.properties:
            if not (full or prop.name in required) or not self._shapes.is_visible(prop, self._direction):
                continue
            value = self._value(prop.schema, position.inside(prop.name))
            if not isinstance(value, _Nothing):
                members.append((prop.name, value))
            elif prop.name in required:
                return _NOTHING
        return JsonMapping(tuple(members))

    def _map(self, value: SchemaOrRef | None, keywords: Schema, position: _Position) -> _Sample:
        if not position.full and not keywords.bounds.min_properties:
            return JsonMapping()
        bounds = _bounds_of_keys(keywords)
        key = sample_text(ScalarShape("string"), bounds, "key")
        self._is_short |= (bounds.min_length or 0) > max(len(key), LONGEST)
        member = "value" if value is None else self._value(value, position.inside(key))
        return JsonMapping() if isinstance(member, _Nothing) else JsonMapping(((key, member),))

    def _union(self, shape: UnionShape, position: _Position) -> _Sample:
        for member in shape.members:
            value = self._value(member, position)
            if isinstance(value, _Nothing):
                continue
            tags = self._discriminators.of(shape) if isinstance(value, JsonMapping) else None
            return value if tags is None or not isinstance(value, JsonMapping) else _tagged(value, tags, member)
        return _NOTHING


def _size(value: JsonLike) -> int:
    """How many values there are in `value`."""
    if isinstance(value, str):
        return 1 + len(value) // 100
    if isinstance(value, JsonMapping):
        return 1 + sum(_size(inner) for _, inner in value.items)
    return 1 + sum(map(_size, value)) if isinstance(value, tuple) else 1


def _tagged(value: JsonMapping, union: UnionTags, member: SchemaOrRef) -> JsonMapping:
    """The variant with the first of its tags, unless it has one already."""
    tags = next((one.tags for one in union.members if one.node is member), ())
    if not tags or dict(value.items).get(union.property_name) in tags:
        return value
    others = tuple(pair for pair in value.items if pair[0] != union.property_name)
    return JsonMapping(((union.property_name, tags[0]), *others))


def _required_by_variant(keywords: Schema) -> frozenset[str]:
    """What the first of several sets of required keys asks for: `anyOf: [{required: [a]}, {required: [b]}]`."""
    for member in (*keywords.any_of, *keywords.one_of):
        return frozenset(member.required) if isinstance(member, Schema) else frozenset()
    return frozenset()


def _bounds_of_keys(keywords: Schema) -> Bounds:
    keys = keywords.property_names
    return keys.bounds if isinstance(keys, Schema) else Bounds()
