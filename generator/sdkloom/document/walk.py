"""Walks over schemas."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Property, Schema, SchemaOrRef, SchemaRef


def walk(node: SchemaOrRef) -> Iterator[SchemaOrRef]:
    """Yield `node` and every schema that is written inside of it. A `$ref` is not followed."""
    stack: list[SchemaOrRef] = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(children(current))


def children(node: SchemaOrRef) -> list[SchemaOrRef]:
    """Return the schemas that are written directly inside of `node`, of all keywords that hold schemas."""
    if isinstance(node, SchemaRef):
        return [node.siblings] if node.siblings is not None else []
    found: list[SchemaOrRef] = [prop.schema for prop in _properties(node)]
    found += [*node.prefix_items, *node.all_of, *node.any_of, *node.one_of]
    for single in (node.items, node.additional_properties, node.negated, node.content_schema, node.property_names):
        if isinstance(single, (Schema, SchemaRef)):
            found.append(single)
    return found


def _properties(schema: Schema) -> tuple[Property, ...]:
    return schema.properties + schema.pattern_properties
