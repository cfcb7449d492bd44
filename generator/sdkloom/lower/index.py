"""Finds the schema that a `$ref` points at."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from ..document.files import escape
from ..document.model import Document, NamedSchema, Operation, Property, Ref, Schema, SchemaOrRef, SchemaRef
from ..source.span import NOWHERE


class SchemaIndex:
    """Named schemas by the place that refs name. The parser has named every target of a ref."""

    def __init__(self, document: Document) -> None:
        self._by_place = {f"{schema.file}#{schema.pointer}": schema for schema in document.schemas}
        self._by_name = {schema.name: schema for schema in document.schemas}
        self._needs: dict[str, tuple[NamedSchema, ...]] = {}
        self._file = document.file

    def place(self, file: str, pointer: str) -> str:
        """`#/components/schemas/Pet`, or with the file in front if that isn't the document's own."""
        if file in (self._file, NOWHERE.file):
            return f"#{pointer}"
        return f"{posixpath.relpath(file, posixpath.dirname(self._file) or '.')}#{pointer}"

    def named(self, name: str) -> NamedSchema | None:
        return self._by_name.get(name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._by_name))

    def find(self, ref: Ref) -> NamedSchema | None:
        """The target of `ref`, or `None` if the parser found none either."""
        return self._by_place.get(ref.target)

    def targets(self, node: SchemaOrRef) -> tuple[NamedSchema, ...]:
        """The named schemas that `node` refers to, anywhere inside."""
        refs = [inner.ref for inner in walk(node) if isinstance(inner, SchemaRef)]
        found = {target.name: target for ref in refs if (target := self.find(ref)) is not None}
        return tuple(found.values())

    def needs(self, named: NamedSchema) -> tuple[NamedSchema, ...]:
        """The named schemas that `named` refers to; looked up once."""
        known = self._needs.get(named.name)
        if known is None:
            known = self._needs[named.name] = self.targets(named.schema)
        return known


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
