"""What schemas ask of values, however they are written: references followed, `allOf` put together, null in one way."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

import attrs

from ..document.model import MISSING, Bounds, JsonObject, JsonValue, Missing, Schema, SchemaOrRef, SchemaRef

Nodes = tuple[SchemaOrRef, ...]
"""Schemas that hold together: a reference and what stands beside it, the same property in the halves of an `allOf`."""


@attrs.frozen(kw_only=True)
class Meaning:
    """What is asked of a value, facet by facet. What a value holds is no part of equality: it is a place of its own."""

    kinds: frozenset[str] | None = None
    """Types of JSON but for `null`; `None` if all are allowed."""
    nullable: bool = True
    values: frozenset[str] | None = None
    alternatives: frozenset[str] = frozenset()
    """Values that are listed beside values of other kinds."""
    known: frozenset[str] = frozenset()
    """Values that are listed beside all others of their kind."""
    deprecated_values: frozenset[str] = frozenset()
    bounds: Bounds = Bounds()
    patterns: frozenset[str] = frozenset()
    format: str | None = None
    content_encoding: str | None = None
    content_media_type: str | None = None
    default: JsonValue | Missing = MISSING
    required: frozenset[str] = frozenset()
    closed: bool = False
    is_map: bool = False
    """Whether undeclared keys have a type."""
    tuple_length: int = 0
    held: frozenset[str] = frozenset()
    """Keywords under which stands what a value holds."""
    names_keys: bool = False
    """Whether `propertyNames` says something."""
    key_patterns: frozenset[str] = frozenset()
    unions: tuple[str, ...] = ()
    """The keyword of each union: `anyOf` or `oneOf`."""
    discriminator: str | None = None
    conditions: frozenset[tuple[str, Hashable]] = frozenset()
    """What stands under `contains`, `if` and other keywords that no Python type can express, as what it asks."""
    negated: frozenset[Hashable] = frozenset()
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    texts: tuple[object, ...] = ()
    """Titles and examples, as far as they stand here."""
    descriptions: tuple[str | None, ...] = ()
    extensions: JsonObject = JsonObject()

    properties: Mapping[str, Nodes] = attrs.field(factory=dict[str, Nodes], eq=False)
    pattern_properties: Mapping[str, Nodes] = attrs.field(factory=dict[str, Nodes], eq=False)
    parts: Mapping[str, Nodes] = attrs.field(factory=dict[str, Nodes], eq=False)
    """Items, undeclared keys, names of keys, by keyword; the items of a tuple by their position."""
    members: tuple[Nodes, ...] = attrs.field(default=(), eq=False)
    """Of each union."""


FACETS = tuple(field.name for field in attrs.fields(Meaning) if field.eq)


def changed_facets(old: Meaning, new: Meaning) -> frozenset[str]:
    """Return the names of the facets that differ."""
    return frozenset(name for name in FACETS if getattr(old, name) != getattr(new, name))


def is_anything(node: SchemaOrRef) -> bool:
    """Return whether every value fits a schema: `{}`, `true`."""
    if not isinstance(node, Schema):
        return False
    nullable = None if node.nullable else node.nullable
    bare = attrs.evolve(node, nullable=nullable, title=None, description=None, examples=(), extensions=JsonObject())
    return bare in (Schema(), Schema(boolean=True))


def refs_of(nodes: Nodes) -> Iterator[SchemaRef]:
    """Return the references that are about the value itself, not about what it holds."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if isinstance(node, SchemaRef):
            yield node
            waiting += [] if node.siblings is None else [node.siblings]
        else:
            waiting += node.all_of
            waiting += node.any_of
            waiting += node.one_of


def with_integers(kinds: frozenset[str]) -> frozenset[str]:
    """Return kinds with `integer` where there is `number`."""
    return kinds | {"integer"} if "number" in kinds else kinds
