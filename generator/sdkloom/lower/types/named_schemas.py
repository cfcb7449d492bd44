"""The named schemas of a document, and what a `$ref` refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ...document.model import Document, NamedSchema, Ref, Schema, SchemaOrRef, SchemaRef
from ...document.pointers import pointer_from
from ...document.walk import walk

_COMPONENT = re.compile(r"/components/schemas/[^/]+")


class NamedSchemas:
    """The schemas of a document that have a name, by name and by what refs say. The parser has named every target."""

    def __init__(self, document: Document, chosen: Mapping[str, NamedSchema] = MappingProxyType({})) -> None:
        """`chosen` are the schemas without a name to which sdk.yaml gives one, by their pointers."""
        self.all = (*document.schemas, *chosen.values())
        self.chosen = chosen
        self._chosen_at = {f"{schema.file}#{schema.pointer}": schema for schema in chosen.values()}
        self._by_target = {f"{schema.file}#{schema.pointer}": schema for schema in document.schemas}
        self._by_name = {schema.name: schema for schema in self.all}
        self._inside = {
            target: named for target, named in self._by_target.items() if not _COMPONENT.fullmatch(named.pointer)
        }
        self._children: dict[str, tuple[NamedSchema, ...]] | None = None
        self._needed: dict[str, tuple[NamedSchema, ...]] = {}
        self._file = document.file

    def pointer_in(self, file: str, pointer: str) -> str:
        """Return `#/components/schemas/Pet`, or with the file in front if that isn't the document's own."""
        return pointer_from(self._file, file, pointer)

    def get(self, name: str) -> NamedSchema | None:
        """Return the schema called `name`, if there is one."""
        return self._by_name.get(name)

    def chosen_at(self, schema: Schema) -> NamedSchema | None:
        """Return what has a name in sdk.yaml, where `schema` is that."""
        found = self._chosen_at.get(f"{schema.span.file}#{schema.pointer}") if self._chosen_at else None
        return found if found is not None and found.schema is not schema and found.schema == schema else None

    def holds_itself(self, name: str) -> bool:
        """Return whether the schema called `name` refers to itself, directly or through others."""
        seen: set[str] = set()
        pending = [self._by_name[name]]
        while pending:
            for needed in self.needed_by(pending.pop()):
                if needed.name == name:
                    return True
                if needed.name not in seen:
                    seen.add(needed.name)
                    pending.append(needed)
        return False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all schemas, sorted."""
        return tuple(sorted(self._by_name))

    def target_of(self, ref: Ref) -> NamedSchema | None:
        """Return the schema that `ref` refers to, or `None` if the parser found none either."""
        return self._by_target.get(ref.target)

    def standing_at(self, schema: Schema) -> NamedSchema | None:
        """Return the named schema that `schema` itself is: a `$ref` elsewhere points at where it stands."""
        if not self._inside:
            return None
        named = self._inside.get(f"{schema.span.file}#{schema.pointer}")
        return named if named is not None and named.schema is not schema and named.schema == schema else None

    def referred_by(self, node: SchemaOrRef) -> tuple[NamedSchema, ...]:
        """Return the named schemas that `node` refers to, anywhere inside."""
        found: dict[str, NamedSchema] = {}
        for inner in walk(node):
            target = self.target_of(inner.ref) if isinstance(inner, SchemaRef) else self.chosen_at(inner)
            if target is not None:
                found[target.name] = target
        return tuple(found.values())

    def needed_by(self, named: NamedSchema) -> tuple[NamedSchema, ...]:
        """Return the named schemas that `named` refers to. They are looked up once."""
        known = self._needed.get(named.name)
        if known is None:
            children = self.children_of(named) if _finds_children(named.schema) else ()
            known = self._needed[named.name] = (*self.referred_by(named.schema), *children)
        return known

    def children_of(self, base: NamedSchema) -> tuple[NamedSchema, ...]:
        """Return the named schemas that are `allOf` of `base`, directly or through others, in the document's order."""
        if self._children is None:
            found: dict[str, list[NamedSchema]] = {}
            for named in self.all:
                for parent in self._parents(named.schema):
                    found.setdefault(parent, []).append(named)
            self._children = {name: tuple(children) for name, children in found.items()}
        below: set[str] = set()
        pending = [base.name]
        while pending:
            new = [child.name for child in self._children.get(pending.pop(), ()) if child.name not in below]
            below.update(new)
            pending += new
        return tuple(named for named in self.all if named.name in below and named is not base) if below else ()

    def _parents(self, node: SchemaOrRef) -> Iterator[str]:
        for part in node.all_of if isinstance(node, Schema) else ():
            target = self.target_of(part.ref) if isinstance(part, SchemaRef) else None
            if target is not None:
                yield target.name
            else:
                yield from self._parents(part)


def _finds_children(schema: SchemaOrRef) -> bool:
    """Whether a schema has a discriminator and lists no alternatives: they are found by their `allOf`."""
    return isinstance(schema, Schema) and schema.discriminator is not None and not (schema.one_of or schema.any_of)
