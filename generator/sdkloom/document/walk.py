"""Walks over schemas, and the names of places in a document."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from ..diagnostics.span import NOWHERE
from .files import escape
from .model import Operation, Property, Schema, SchemaOrRef, SchemaRef


def place(main: str, file: str, pointer: str) -> str:
    """`#/components/schemas/Pet`, or with the file in front if that isn't the document's first one, `main`."""
    if file in (main, NOWHERE.file):
        return f"#{pointer}"
    return f"{posixpath.relpath(file, posixpath.dirname(main) or '.')}#{pointer}"


def operation_place(operation: Operation) -> str:
    """`#/paths/~1pets/get`: where the document lists the operation, even if the path item stands in another file."""
    return f"#/paths/{escape(operation.path)}/{operation.method.lower()}"


def walk(node: SchemaOrRef) -> Iterator[SchemaOrRef]:
    """`node` and every schema that is written inside of it; refs are not followed."""
    stack: list[SchemaOrRef] = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(children(current))


def children(node: SchemaOrRef) -> list[SchemaOrRef]:
    """The schemas written directly inside of `node`."""
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
