"""Slips in a discriminator: a mapping that contradicts the variants, or names none, and variants without the tag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink, Related
from ...diagnostics.nearest import did_you_mean
from ...document.model import Discriminator, DiscriminatorMapping, NamedSchema, SchemaOrRef
from ...ir.types import LiteralValue
from .named_schemas import NamedSchemas
from .shape_kinds import ObjectShape, RefShape, UnionShape
from .shapes import Shapes

_SHOWN = 5
"""So many names or values are shown."""


class TagChecks:
    """Compares what a discriminator says with its variants (OpenAPI 3.1 §4.8.25)."""

    def __init__(self, shapes: Shapes, schemas: NamedSchemas, sink: DiagnosticSink) -> None:
        self._shapes = shapes
        self._schemas = schemas
        self._sink = sink

    def check(self, union: UnionShape, declared: Discriminator, leaves: Sequence[SchemaOrRef]) -> None:
        """Report the slips of one union. `leaves` are its objects, those of unions inside of it too."""
        variants = self._variants(union.members, set())
        for entry in declared.mapping:
            target = self._schemas.target_of(entry.target)
            if target is None:
                continue  # the parser has said so
            if not variants.intersection(self._same_as(target)):
                hint = f"the variants are {_listed(sorted(variants), ', ')}" if variants else None
                self._sink.report(
                    catalog.MAPPING_TO_NO_VARIANT, entry.span, hint=hint, tag=entry.value, name=target.name
                )
            else:
                self._check_literals(entry, target, declared)
        self._check_properties(declared, leaves)

    def _check_literals(self, entry: DiscriminatorMapping, target: NamedSchema, declared: Discriminator) -> None:
        """The tag that the mapping gives a variant must be one that its own `const` or `enum` allows."""
        resolved = self._shapes.of(target.schema)
        if isinstance(resolved.shape, RefShape):
            resolved = self._shapes.dereferenced(target.schema)
        if not isinstance(resolved.shape, ObjectShape):
            return
        literals = self._shapes.literals(resolved.shape, declared.property_name)
        if literals and entry.value not in map(_text, literals):
            place = next(prop.span for prop in resolved.shape.properties if prop.name == declared.property_name)
            allowed = _listed([_text(literal) for literal in literals], " or ")
            self._sink.report(
                catalog.MAPPING_CONTRADICTS,
                entry.span,
                related=[Related(message=f"`{target.name}` says {allowed} here", span=place)],
                hint=did_you_mean(entry.value, map(_text, literals)),
                tag=entry.value,
                name=target.name,
                property=declared.property_name,
                allowed=allowed,
            )

    def _check_properties(self, declared: Discriminator, leaves: Sequence[SchemaOrRef]) -> None:
        """Every variant must have the property that holds the tag."""
        name = declared.property_name
        without = [leaf for leaf in leaves if name not in self._properties(leaf)]
        if not name or not without:
            return
        if len(without) == len(leaves):
            known = {prop for leaf in leaves for prop in self._properties(leaf)}
            shared = sorted(prop for prop in known if all(prop in self._properties(leaf) for leaf in leaves))
            hint = did_you_mean(name, known, f"all of them have `{shared[0]}`" if len(shared) == 1 else None)
            self._sink.report(catalog.TAG_UNKNOWN, declared.span, hint=hint, name=name)
            return
        for leaf in without:
            span = self._shapes.dereferenced(leaf).keywords.span
            related = [Related(message="the discriminator is here", span=declared.span)]
            hint = did_you_mean(name, self._properties(leaf), "add it to the properties, with its value as `const`")
            self._sink.report(
                catalog.VARIANT_WITHOUT_TAG, span, related=related, hint=hint, name=name, variant=self._label(leaf)
            )

    def _properties(self, leaf: SchemaOrRef) -> tuple[str, ...]:
        shape = self._shapes.dereferenced(leaf).shape
        return tuple([prop.name for prop in shape.properties]) if isinstance(shape, ObjectShape) else ()

    def _label(self, leaf: SchemaOrRef) -> str:
        resolved = self._shapes.of(leaf)
        if isinstance(resolved.shape, RefShape):
            return f"the variant `{resolved.shape.target.name}`"
        return f"the variant `{resolved.keywords.title}`" if resolved.keywords.title else "this variant"

    def _variants(self, members: Iterable[SchemaOrRef], seen: set[int]) -> set[str]:
        """The names of all variants, and of the unions inside of the union."""
        found: set[str] = set()
        for member in members:
            shape = self._shapes.of(member).shape
            base = self._shapes.families.name_of_base(member)
            if base is not None:
                found.add(base)
            if isinstance(shape, RefShape):
                found.update(self._same_as(shape.target))
            inner = self._shapes.dereferenced(member).shape
            if isinstance(inner, UnionShape) and id(inner) not in seen:
                seen.add(id(inner))
                found.update(self._variants(inner.members, seen))
        return found

    def _same_as(self, named: NamedSchema) -> list[str]:
        """The name of a schema, and of those to which it refers and is nothing else."""
        found = [named.name]
        shape = self._shapes.of(named.schema).shape
        while isinstance(shape, RefShape) and shape.target.name not in found:
            found.append(shape.target.name)
            shape = self._shapes.of(shape.target.schema).shape
        return found


def as_literal(tag: str, literals: Iterable[LiteralValue]) -> LiteralValue:
    """Return the key of a mapping as the value that the variant itself has: `1` is an integer if it is one there."""
    return next((literal for literal in literals if _text(literal) == tag), tag)


def _listed(texts: Sequence[str], joint: str) -> str:
    return joint.join(f"`{text}`" for text in texts[:_SHOWN]) + (" …" if len(texts) > _SHOWN else "")


def _text(value: LiteralValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
