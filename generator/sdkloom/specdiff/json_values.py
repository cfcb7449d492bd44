"""Values that schemas list, as comparable data."""

from __future__ import annotations

import json

import attrs

from ..document.json_kinds import kind_of
from ..document.model import MISSING, JsonObject, JsonValue, Schema, SchemaOrRef


def constants(node: SchemaOrRef) -> tuple[JsonValue, ...] | None:
    """Return the values that a schema lists, itself or by a union of constants, if it says nothing else."""
    if not isinstance(node, Schema):
        return None
    if node.const is MISSING and node.enum is None:
        return _of_union(node)
    bare = attrs.evolve(
        node,
        const=MISSING,
        enum=None,
        types=(),
        nullable=None,
        title=None,
        description=None,
        examples=(),
        deprecated=False,
        default=MISSING,
        extensions=JsonObject(),
    )
    if bare != Schema():
        return None
    values = node.enum if node.enum is not None else ()
    return values if node.const is MISSING else (node.const,)


def _of_union(schema: Schema) -> tuple[JsonValue, ...] | None:
    members = schema.any_of or schema.one_of or (schema.all_of if len(schema.all_of) == 1 else ())
    found = [(None,) if is_null(member) else constants(member) for member in members]
    if not found or None in found or not is_bare(schema):
        return None
    return tuple(value for values in found for value in values or ())


def alone_in(node: SchemaOrRef) -> tuple[SchemaOrRef, ...] | None:
    """Return the members of a schema that is nothing but a composition of one schema, perhaps beside null."""
    if not isinstance(node, Schema):
        return None
    members = node.all_of or node.any_of or node.one_of
    rest = (member for member in members if node.all_of or not is_null(member))
    return members if members and len([*rest]) == 1 and is_bare(node) else None


def is_bare(node: Schema) -> bool:
    """Return whether a schema asks nothing but by one composition."""
    used = [found for found in (node.all_of, node.any_of, node.one_of) if found]
    bare = attrs.evolve(node, any_of=(), one_of=(), all_of=(), title=None, description=None, extensions=JsonObject())
    return len(used) <= 1 and bare == Schema()


def is_null(node: SchemaOrRef) -> bool:
    """Return whether only `null` fits a schema."""
    if not isinstance(node, Schema):
        return False
    return node.types == ("null",) or node.const is None or node.enum == (None,)


def text_of(value: JsonValue) -> str:
    """Return a value as a text with its kind, which tells `true` from `1`."""
    if isinstance(value, (tuple, JsonObject)):
        return f"{kind_of(value)} {value!r}"
    return "null" if value is None else f"{kind_of(value)} {json.dumps(value, ensure_ascii=False)}"
