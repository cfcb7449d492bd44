"""Keys of sdk.yaml that stand one level too high or too deep: where its JSON Schema has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from ..source.nodes import MappingNode, Node

Schema = dict[str, Any]


def level_hint(name: str, value: Node, here: Schema, root: Schema) -> str | None:
    """Say where the unknown key `name` of a mapping belongs, whose schema is `here`."""
    for key, inner in _parts(here, root):
        if name in _properties(inner, root):
            return f"`{name}` belongs below `{key}`"
        one = _followed(inner.get("additionalProperties"), root)
        keys = set(value.entries) if isinstance(value, MappingNode) else set[str]()
        if keys and keys <= set(_properties(one, root)):
            return f"it reads like one of `{key}`, below which they stand"
    for outer in (root, *root.get("$defs", {}).values()):
        if name not in _properties(outer, root):
            continue
        for key, inner in _parts(outer, root):
            below = (inner, _followed(inner.get("additionalProperties"), root))
            if any(here is schema for part in below for schema in _alternatives(part, root)):
                return f"it stands too deep: `{name}` belongs beside `{key}`"
    return None


def _parts(schema: Schema, root: Schema) -> Iterator[tuple[str, Schema]]:
    for key, inner in _properties(schema, root).items():
        found = _followed(inner, root)
        if found:
            yield key, found


def _properties(schema: Schema, root: Schema) -> Schema:
    found: Schema = {}
    for each in _alternatives(schema, root):
        found.update(each.get("properties", {}))
    return found


def _alternatives(schema: Schema, root: Schema) -> list[Schema]:
    """The schema itself, and what it is in one case and in the other."""
    return [schema, *(_followed(schema[key], root) for key in ("then", "else") if key in schema)]


def _followed(schema: object, root: Schema) -> Schema:
    found = cast("Schema", schema) if isinstance(schema, dict) else {}
    while "$ref" in found:
        found = cast("Schema", root["$defs"][str(found["$ref"]).rpartition("/")[2]])
    return found
