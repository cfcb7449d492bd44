"""Bases and their children: schemas that are `allOf` of another one (OpenAPI 3.1 §4.8.24.2.1, §4.8.25).

A base may list its children in its `oneOf`, or have a discriminator and leave them to be found. In both ways it is the
union of them; as a part of a child's `allOf` it means its properties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import attrs

from ...document.model import Discriminator, NamedSchema, Ref, Schema, SchemaOrRef, SchemaRef
from .named_schemas import NamedSchemas


class Families:
    """Which schemas are children of which."""

    def __init__(self, schemas: NamedSchemas) -> None:
        self._schemas = schemas
        self._bases = {id(named.schema): named for named in schemas.all}
        self._as_part: dict[str, Schema] = {}
        self._base_variants: dict[int, str] = {}
        self._variants: dict[str, tuple[SchemaOrRef, ...]] = {}

    def as_part(self, base: NamedSchema) -> SchemaOrRef:
        """Return what `base` means in an `allOf`: without its children, should it list some."""
        schema = base.schema
        if isinstance(schema, SchemaRef) or not (schema.one_of or schema.any_of):
            return schema
        known = self._as_part.get(base.name)
        if known is None:
            one_of, any_of = self._others(base, schema.one_of), self._others(base, schema.any_of)
            lists_some = (one_of, any_of) != (schema.one_of, schema.any_of)
            stripped = attrs.evolve(schema, one_of=one_of, any_of=any_of, discriminator=None)
            known = self._as_part[base.name] = stripped if lists_some else schema
        return known

    def lists_children(self, schema: Schema) -> bool:
        """Whether the alternatives of `schema` are its children, so that they have its properties already."""
        base = self._bases.get(id(schema))
        members = schema.one_of + schema.any_of
        return base is not None and bool(members) and not self._others(base, members)

    def variants(self, schema: Schema) -> tuple[SchemaOrRef, ...]:
        """Return the children of a base with a discriminator that lists none. The base is one of them if the mapping
        says so."""
        base = self._bases.get(id(schema))
        if base is None or schema.discriminator is None or schema.one_of or schema.any_of:
            return ()
        known = self._variants.get(base.name)
        if known is None:
            found: list[SchemaOrRef] = [_ref(child, schema) for child in self._schemas.children_of(base)]
            targets = [self._schemas.target_of(entry.target) for entry in schema.discriminator.mapping]
            if found and any(target is base for target in targets):
                found.insert(0, attrs.evolve(schema, title="Base", discriminator=None))
                self._base_variants[id(found[0])] = base.name
            known = self._variants[base.name] = tuple(found)
        return known

    def name_of_base(self, node: SchemaOrRef) -> str | None:
        """Return the name of the base, if `node` is the variant that stands for the base itself."""
        return self._base_variants.get(id(node))

    def shared_discriminator(self, children: Iterable[str]) -> Discriminator | None:
        """Return the discriminator of the first base that all these named schemas are children of, should one have
        any: it says what tells them apart wherever they meet."""
        names = frozenset(children)
        return next((found for found, below in self._declared if names <= below), None)

    @cached_property
    def _declared(self) -> list[tuple[Discriminator, frozenset[str]]]:
        """The discriminators of bases, each with the names of all children."""
        return [
            (named.schema.discriminator, frozenset(child.name for child in self._schemas.children_of(named)))
            for named in self._schemas.all
            if isinstance(named.schema, Schema) and named.schema.discriminator is not None
        ]

    def is_child(self, schema: Schema, part: SchemaOrRef) -> bool:
        """Whether `schema` is a named child of what `part` refers to, and that is a union of its children."""
        base = self._schemas.target_of(part.ref) if isinstance(part, SchemaRef) else None
        if base is None or id(schema) not in self._bases or not isinstance(base.schema, Schema):
            return False
        return self.lists_children(base.schema) or bool(self.variants(base.schema))

    def _others(self, base: NamedSchema, members: tuple[SchemaOrRef, ...]) -> tuple[SchemaOrRef, ...]:
        children = {child.name for child in self._schemas.children_of(base)}
        return tuple(member for member in members if not any(name in children for name in self._named(member)))

    def _named(self, member: SchemaOrRef) -> Iterator[str]:
        target = self._schemas.target_of(member.ref) if isinstance(member, SchemaRef) else None
        if target is not None:
            yield target.name


def _ref(child: NamedSchema, base: Schema) -> SchemaRef:
    target = f"{child.file}#{child.pointer}"
    return SchemaRef(ref=Ref(text=child.name, file=child.file, target=target, span=base.span), span=base.span)
