"""What tells the variants of a union apart: the values of one property."""

from __future__ import annotations

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import Discriminator, SchemaOrRef
from ...ir.types import LiteralValue
from .named_schemas import NamedSchemas
from .shapes import ObjectShape, RefShape, Shapes, UnionShape, distinct


@attrs.frozen(kw_only=True, eq=False)
class TaggedMember:
    """A variant that is an object, and the wire values that stand for it."""

    node: SchemaOrRef
    tags: tuple[LiteralValue, ...]


@attrs.frozen(kw_only=True, eq=False)
class UnionTags:
    """The property that tells the variants of a union apart, and its values for each of them.

    `explicit` says that some tags don't stand in the variants' own literals.
    """

    property_name: str
    members: tuple[TaggedMember, ...]
    explicit: bool


class Discriminators:
    """Finds the tags of unions: those that the discriminator declares, or else those that the literals imply."""

    def __init__(self, shapes: Shapes, schemas: NamedSchemas, sink: DiagnosticSink) -> None:
        self._shapes = shapes
        self._schemas = schemas
        self._sink = sink

    def of(self, union: UnionShape) -> UnionTags | None:
        """Return the tags of `union`, or `None` if nothing tells its variants apart (OpenAPI 3.1 §4.8.25).

        A tag that the `mapping` doesn't name is the variant's own literal, or else the name of its schema.
        """
        leaves = self._leaves(union.members, set())
        declared = union.discriminator
        if declared is None:
            return self._inferred(leaves) if leaves is not None else None
        found = self._declared(declared, leaves) if leaves is not None else None
        if found is None:
            self._sink.report(catalog.DISCRIMINATOR_IGNORED, declared.span, name=declared.property_name)
        return found

    def is_object(self, node: SchemaOrRef) -> bool:
        """Whether every value of `node` is an object with declared properties."""
        return self._leaves((node,), set()) is not None

    def _literals(self, node: SchemaOrRef, property_name: str) -> tuple[LiteralValue, ...]:
        shape = self._shapes.dereferenced(node).shape
        return self._shapes.literals(shape, property_name) if isinstance(shape, ObjectShape) else ()

    def _leaves(self, members: tuple[SchemaOrRef, ...], seen: set[str]) -> tuple[SchemaOrRef, ...] | None:
        """The objects of a union and of the named unions inside of it; `None` if it holds anything else."""
        leaves: list[SchemaOrRef] = []
        for member in members:
            resolved = self._shapes.dereferenced(member)
            if isinstance(resolved.shape, ObjectShape):
                leaves.append(member)
                continue
            if not isinstance(resolved.shape, UnionShape):
                return None
            name = self._name(member)
            if name is None or name in seen:
                return None
            inner = self._leaves(resolved.shape.members, seen | {name})
            if inner is None or any(self._name(leaf) is None for leaf in inner):
                return None
            leaves += inner
        return tuple(leaves)

    def _name(self, node: SchemaOrRef) -> str | None:
        shape = self._shapes.of(node).shape
        return shape.target.name if isinstance(shape, RefShape) else None

    def _declared(self, discriminator: Discriminator, leaves: tuple[SchemaOrRef, ...]) -> UnionTags | None:
        mapped: dict[str, list[str]] = {}
        for entry in discriminator.mapping:
            target = self._schemas.target_of(entry.target)
            if target is not None:
                mapped.setdefault(target.name, []).append(entry.value)
        members: list[TaggedMember] = []
        explicit = False
        for leaf in leaves:
            name = self._name(leaf)
            literals = self._literals(leaf, discriminator.property_name)
            tags: tuple[LiteralValue, ...] = tuple(mapped.get(name or "", ())) or literals or ((name,) if name else ())
            if not tags:
                return None
            explicit = explicit or set(tags) != set(literals)
            members.append(TaggedMember(node=leaf, tags=tags))
        if not _are_distinct(members):
            return None
        return UnionTags(property_name=discriminator.property_name, members=tuple(members), explicit=explicit)

    def _inferred(self, leaves: tuple[SchemaOrRef, ...]) -> UnionTags | None:
        """The required property that is a literal in every variant, with no value in two of them. `type` goes first."""
        if len(leaves) < 2:
            return None
        shape = self._shapes.dereferenced(leaves[0]).shape
        if not isinstance(shape, ObjectShape):
            return None
        candidates = [prop.name for prop in shape.properties]
        for name in sorted(candidates, key=lambda candidate: candidate != "type"):
            if all(self._requires(leaf, name) for leaf in leaves):
                members = [TaggedMember(node=leaf, tags=self._literals(leaf, name)) for leaf in leaves]
                if all(member.tags for member in members) and _are_distinct(members):
                    return UnionTags(property_name=name, members=tuple(members), explicit=False)
        return None

    def _requires(self, node: SchemaOrRef, name: str) -> bool:
        shape = self._shapes.dereferenced(node).shape
        return isinstance(shape, ObjectShape) and name in shape.required


def _are_distinct(members: list[TaggedMember]) -> bool:
    tags = [tag for member in members for tag in member.tags]
    return len(tags) == len(distinct(tags))
