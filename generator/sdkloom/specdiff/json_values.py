"""Values that schemas list, and conditions, as comparable data."""

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
    members = schema.any_of or schema.one_of
    bare = attrs.evolve(schema, any_of=(), one_of=(), title=None, description=None, extensions=JsonObject())
    found = [constants(member) for member in members]
    if not members or bare != Schema() or None in found:
        return None
    return tuple(value for values in found for value in values or ())


def text_of(value: JsonValue) -> str:
    """Return a value as a text with its kind, which tells `true` from `1`."""
    if isinstance(value, (tuple, JsonObject)):
        return f"{kind_of(value)} {value!r}"
    return "null" if value is None else f"{kind_of(value)} {json.dumps(value, ensure_ascii=False)}"


_TEXTS = frozenset({"title", "description", "$comment", "example", "examples"})
_NAMED = frozenset(
    {"properties", "patternProperties", "dependentSchemas", "dependentRequired", "dependencies", "$defs"}
)
"""Keywords below which stand names, not keywords."""


def without_texts(key: str, value: JsonValue) -> JsonValue:
    """Return what stands under a keyword in its normal form: without texts for people, keys in order."""
    if isinstance(value, JsonObject):
        dropped = frozenset[str]() if key in _NAMED else _TEXTS
        below = "" if key in _NAMED else None
        kept = [
            (name, without_texts(name if below is None else below, inner))
            for name, inner in value.items
            if name not in dropped
        ]
        return JsonObject(tuple(sorted(kept, key=_name)))
    return tuple(without_texts("", item) for item in value) if isinstance(value, tuple) else value


def _name(item: tuple[str, JsonValue]) -> str:
    return item[0]
