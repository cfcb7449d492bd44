"""The named schemas of a document, and what a `$ref` refers to."""

from __future__ import annotations

from ...document.model import Document, NamedSchema, Ref, SchemaOrRef, SchemaRef
from ...document.pointers import pointer_from
from ...document.walk import walk


class NamedSchemas:
    """The schemas of a document that have a name, by name and by what refs say. The parser has named every target."""

    def __init__(self, document: Document) -> None:
        self.all = document.schemas
        self._by_target = {f"{schema.file}#{schema.pointer}": schema for schema in document.schemas}
        self._by_name = {schema.name: schema for schema in document.schemas}
        self._needed: dict[str, tuple[NamedSchema, ...]] = {}
        self._file = document.file

    def pointer_in(self, file: str, pointer: str) -> str:
        """Return `#/components/schemas/Pet`, or with the file in front if that isn't the document's own."""
        return pointer_from(self._file, file, pointer)

    def get(self, name: str) -> NamedSchema | None:
        """Return the schema called `name`, if there is one."""
        return self._by_name.get(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all schemas, sorted."""
        return tuple(sorted(self._by_name))

    def target_of(self, ref: Ref) -> NamedSchema | None:
        """Return the schema that `ref` refers to, or `None` if the parser found none either."""
        return self._by_target.get(ref.target)

    def referred_by(self, node: SchemaOrRef) -> tuple[NamedSchema, ...]:
        """Return the named schemas that `node` refers to, anywhere inside."""
        refs = [inner.ref for inner in walk(node) if isinstance(inner, SchemaRef)]
        found = {target.name: target for ref in refs if (target := self.target_of(ref)) is not None}
        return tuple(found.values())

    def needed_by(self, named: NamedSchema) -> tuple[NamedSchema, ...]:
        """Return the named schemas that `named` refers to. They are looked up once."""
        known = self._needed.get(named.name)
        if known is None:
            known = self._needed[named.name] = self.referred_by(named.schema)
        return known
