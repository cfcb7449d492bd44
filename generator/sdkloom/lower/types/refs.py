"""Finds the schema that a `$ref` points at."""

from __future__ import annotations

from ...document.model import Document, NamedSchema, Ref, SchemaOrRef, SchemaRef
from ...document.walk import place, walk


class SchemaIndex:
    """Named schemas by the place that refs name. The parser has named every target of a ref."""

    def __init__(self, document: Document) -> None:
        self._by_place = {f"{schema.file}#{schema.pointer}": schema for schema in document.schemas}
        self._by_name = {schema.name: schema for schema in document.schemas}
        self.schemas = document.schemas
        self._needs: dict[str, tuple[NamedSchema, ...]] = {}
        self._file = document.file

    def place(self, file: str, pointer: str) -> str:
        """`#/components/schemas/Pet`, or with the file in front if that isn't the document's own."""
        return place(self._file, file, pointer)

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
