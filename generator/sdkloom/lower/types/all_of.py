"""`allOf`: several schemas as one schema that says the same (JSON Schema 2020-12 core §10.2.1.1)."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import MISSING, Property, Schema, SchemaOrRef, SchemaRef
from .families import Families
from .named_schemas import NamedSchemas

_LAST_WINS = (
    "format",
    "content_encoding",
    "content_media_type",
    "content_schema",
    "title",
    "description",
    "enum",
    "additional_properties",
    "property_names",
    "items",
    "negated",
    "discriminator",
)


class AllOfMerger:
    """Merges the members of `allOf`. Each schema is merged once: what came of it is remembered by its identity."""

    def __init__(self, schemas: NamedSchemas, families: Families, sink: DiagnosticSink) -> None:
        self._schemas = schemas
        self._families = families
        self._sink = sink
        self._merged: dict[int, tuple[SchemaOrRef, Schema]] = {}
        self._in_progress: set[int] = set()

    def merged(self, node: SchemaOrRef) -> Schema:
        """Return a schema without `allOf` that allows the same values, a `$ref` followed.

        What can't be merged is reported; so is a schema that is a part of itself.
        """
        if isinstance(node, Schema) and not node.all_of:
            return node
        known = self._merged.get(id(node))
        if known is None:
            if id(node) in self._in_progress:
                self._sink.report(catalog.ALL_OF_CYCLE, node.span)
                return Schema()
            self._in_progress.add(id(node))
            made = self._followed(node) if isinstance(node, SchemaRef) else self._merge(node)
            self._in_progress.discard(id(node))
            known = self._merged[id(node)] = (node, made)
        return known[1]

    def _followed(self, node: SchemaRef) -> Schema:
        target = self._schemas.target_of(node.ref)
        followed = self.merged(self._families.as_part(target)) if target is not None else Schema()
        return followed if node.siblings is None else overlay(followed, self.merged(node.siblings))

    def _merge(self, schema: Schema) -> Schema:
        alone = attrs.evolve(schema, all_of=())
        parts = [*map(self._part, schema.all_of), alone]
        merged = Schema(pointer=schema.pointer, span=schema.span)
        for part in parts:
            merged = overlay(merged, part)
        merged = attrs.evolve(
            merged,
            title=schema.title,
            description=schema.description,
            nullable=self._nullable(schema, parts),
            types=_types(parts),
            discriminator=alone.discriminator,
        )
        return self._with_unions(merged, parts)

    def _part(self, node: SchemaOrRef) -> Schema:
        """A member as one schema: null as a variant beside another one is a mark of that."""
        merged = self.merged(node)
        members = structural_members(merged)
        others = [member for member in members if not is_null(member)]
        if len(members) != 2 or len(others) != 1 or has_structure(attrs.evolve(merged, one_of=(), any_of=())):
            return merged
        return attrs.evolve(self.merged(others[0]), nullable=True)

    @staticmethod
    def _nullable(schema: Schema, parts: list[Schema]) -> bool | None:
        """Null is allowed if the composition says so, or else if every part does."""
        if schema.nullable is not None or "null" in schema.types:
            return schema.nullable is not False
        inherited = [part for part in parts[:-1] if has_structure(part)]
        return bool(inherited) and all(part.nullable or "null" in part.types for part in inherited) or None

    def _with_unions(self, merged: Schema, parts: list[Schema]) -> Schema:
        """Put back `oneOf` and `anyOf`: as they are if nothing else has structure, else folded into the object."""
        unions = [part for part in parts if structural_members(part)]
        if not unions:
            return attrs.evolve(merged, one_of=(), any_of=())
        if len(unions) == 1 and not merged.properties and merged.additional_properties is None:
            only = unions[0]
            discriminator = only.discriminator or merged.discriminator
            return attrs.evolve(merged, one_of=only.one_of, any_of=only.any_of, discriminator=discriminator)
        return self.folded(attrs.evolve(merged, one_of=(), any_of=()), unions)

    def folded(self, schema: Schema, unions: Iterable[Schema]) -> Schema:
        """Return `schema` with the properties of the variants of `unions` as optional ones. The loss is reported."""
        properties = {prop.name: prop for prop in schema.properties}
        seen: set[int] = set()
        for union in unions:
            for member in structural_members(union):
                variant = self.merged(member)
                if id(variant) in seen:
                    continue
                seen.add(id(variant))
                for inner in (variant, *map(self.merged, structural_members(variant))):
                    for prop in inner.properties:
                        properties.setdefault(prop.name, prop)
            self._sink.report(catalog.UNION_FOLDED, union.span)
        return attrs.evolve(schema, properties=tuple(properties.values()))


def overlay(base: Schema, top: Schema) -> Schema:
    """Return both schemas as one. Where they contradict each other `top` wins; `allOf` is left to the caller."""
    changes = {name: getattr(top, name) for name in _LAST_WINS if getattr(top, name) is not None}
    for name in ("const", "default"):
        if getattr(top, name) is not MISSING:
            changes[name] = getattr(top, name)
    return attrs.evolve(
        base,
        **changes,
        types=top.types or base.types,
        boolean=False if top.boolean is False else base.boolean,
        deprecated=base.deprecated or top.deprecated,
        read_only=base.read_only or top.read_only,
        write_only=base.write_only or top.write_only,
        properties=_properties(base.properties, top.properties),
        pattern_properties=_distinct(base.pattern_properties, top.pattern_properties),
        prefix_items=top.prefix_items or base.prefix_items,
        required=tuple(dict.fromkeys(base.required + top.required)),
        unmodelled=tuple(dict.fromkeys(base.unmodelled + top.unmodelled)),
        one_of=top.one_of or base.one_of,
        any_of=top.any_of or base.any_of,
        span=top.span if not has_structure(base) else base.span,
    )


def has_structure(schema: Schema) -> bool:
    """Whether `schema` says anything about the shape of a value, not only about its documentation."""
    return bool(
        schema.types
        or schema.properties
        or schema.required
        or schema.enum is not None
        or schema.const is not MISSING
        or schema.items is not None
        or schema.prefix_items
        or schema.additional_properties is not None
        or schema.pattern_properties
        or schema.all_of
        or schema.one_of
        or schema.any_of
        or schema.boolean is not None
        or schema.format is not None
        or schema.content_encoding is not None
    )


def is_null(node: SchemaOrRef) -> bool:
    """Whether only `null` fits a schema."""
    if isinstance(node, SchemaRef):
        return False
    return node.types == ("null",) or node.const is None or (node.enum is not None and set(node.enum) == {None})


def structural_members(schema: Schema) -> list[SchemaOrRef]:
    """Return the variants of a union, without those that only narrow (`anyOf: [{required: [a]}, {required: [b]}]`)."""
    return [member for member in schema.one_of + schema.any_of if not _only_narrows(member)]


def _only_narrows(node: SchemaOrRef) -> bool:
    """Whether a variant only says which properties are required, or forbids something."""
    if isinstance(node, SchemaRef) or not (node.required or node.negated):
        return False
    bare = attrs.evolve(node, required=(), types=() if node.types == ("object",) else node.types, negated=None)
    return not has_structure(bare)


def _types(parts: list[Schema]) -> tuple[str, ...]:
    """The types that all parts allow; those of the last part if they contradict each other."""
    allowed: tuple[str, ...] = ()
    for part in parts:
        if not part.types:
            continue
        common = tuple(kind for kind in allowed if kind in part.types or (kind, part.types) == ("number", ("integer",)))
        allowed = common if common else part.types
    return allowed


def _properties(base: tuple[Property, ...], top: tuple[Property, ...]) -> tuple[Property, ...]:
    """Those of `base` in their order, then the new ones. A redefinition wins unless it is only documentation."""
    merged = {prop.name: prop for prop in base}
    for prop in top:
        known = merged.get(prop.name)
        merged[prop.name] = prop if known is None else _property(known, prop)
    return tuple(merged.values())


def _distinct(base: tuple[Property, ...], top: tuple[Property, ...]) -> tuple[Property, ...]:
    """Both, without what came twice from one schema."""
    return tuple({id(prop): prop for prop in base + top}.values())


def _property(base: Property, top: Property) -> Property:
    if isinstance(top.schema, SchemaRef) or has_structure(top.schema):
        return top
    schema = Schema(all_of=(base.schema, top.schema), description=top.schema.description)
    schema = attrs.evolve(schema, pointer=top.schema.pointer, span=top.schema.span)
    return attrs.evolve(base, schema=schema)
