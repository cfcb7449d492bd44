"""The shapes that schemas have: a closed family."""

from __future__ import annotations

from typing import Union

import attrs

from ...document.model import Discriminator, NamedSchema, Property, SchemaOrRef
from ...ir.types import LiteralValue


@attrs.frozen
class AnyShape:
    """Any JSON value."""


@attrs.frozen
class NullShape:
    """Nothing but null."""


@attrs.frozen
class ScalarShape:
    """`string`, `integer`, `number` or `boolean`, with its format."""

    kind: str
    format: str | None = None
    base64: bool = False
    binary: bool = False


@attrs.frozen
class LiteralShape:
    """One of some texts, integers and booleans: `enum` or `const`."""

    values: tuple[LiteralValue, ...]


@attrs.frozen(eq=False)
class ArrayShape:
    """An array. `items` has several members where `prefixItems` is read as a list of any of its types, and none for an
    array of anything."""

    items: tuple[SchemaOrRef, ...]


@attrs.frozen(eq=False)
class MapShape:
    """An object whose keys are data. `value` is `None` for any JSON."""

    value: SchemaOrRef | None


@attrs.frozen(eq=False)
class ObjectShape:
    """An object with declared properties; `extra` tells whether and as what other keys are declared too."""

    properties: tuple[Property, ...]
    required: frozenset[str]
    extra: SchemaOrRef | bool | None


@attrs.frozen(eq=False)
class UnionShape:
    """One of several schemas: `oneOf`, `anyOf`, or several types."""

    members: tuple[SchemaOrRef, ...]
    discriminator: Discriminator | None


@attrs.frozen(eq=False)
class RefShape:
    """A named schema, to which a `$ref` refers."""

    target: NamedSchema


Shape = Union[AnyShape, NullShape, ScalarShape, LiteralShape, ArrayShape, MapShape, ObjectShape, UnionShape, RefShape]


def scalar_of(shape: Shape) -> ScalarShape | None:
    """Return the scalar that a value is, also where only some integers or one boolean are allowed."""
    if isinstance(shape, LiteralShape) and shape.values:
        kinds = set(map(type, shape.values))
        return ScalarShape("integer") if kinds == {int} else ScalarShape("boolean") if kinds == {bool} else None
    return shape if isinstance(shape, ScalarShape) else None
