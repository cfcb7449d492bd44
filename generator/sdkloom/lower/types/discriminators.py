"""What tells the variants of a union apart: the values of one property."""

from __future__ import annotations

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import Discriminator, SchemaOrRef
from ...ir.types import LiteralValue
from .refs import SchemaIndex
from .shapes import LiteralShape, ObjectShape, RefShape, Shapes, UnionShape


@attrs.frozen(kw_only=True, eq=False)
class TaggedMember:
    """A variant that is an object, and the wire values that stand for it."""

    node: SchemaOrRef
    tags: tuple[LiteralValue, ...]


@attrs.frozen(kw_only=True, eq=False)
class Tags:
    """`explicit` says that some tags don't stand in the variants' own literals."""

    property_name: str
    members: tuple[TaggedMember, ...]
    explicit: bool


class Tagger:
    """Finds the tags of unions: those that the discriminator declares, else those that the literals imply."""

    def __init__(self, shapes: Shapes, index: SchemaIndex, sink: DiagnosticSink) -> None:
        self._shapes = shapes
        self._index = index
        self._sink = sink

    def of(self, union: UnionShape) -> Tags | None:
        """The tags of `union`, or `None` if nothing tells its variants apart."""
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

    def literals(self, node: SchemaOrRef, property_name: str) -> tuple[LiteralValue, ...]:
        """The values that the schema of the property allows, if it lists them."""
        shape = self._shapes.followed(node).shape
        if not isinstance(shape, ObjectShape):
            return ()
        for prop in shape.properties:
            if prop.name == property_name:
                inner = self._shapes.followed(prop.schema).shape
                return inner.values if isinstance(inner, LiteralShape) else ()
        return ()

    def _leaves(self, members: tuple[SchemaOrRef, ...], seen: set[str]) -> tuple[SchemaOrRef, ...] | None:
        """The objects of a union and of the named unions inside of it; `None` if it holds anything else."""
        leaves: list[SchemaOrRef] = []
        for member in members:
            resolved = self._shapes.followed(member)
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

    def _declared(self, discriminator: Discriminator, leaves: tuple[SchemaOrRef, ...]) -> Tags | None:
        mapped: dict[str, list[str]] = {}
        for entry in discriminator.mapping:
            target = self._index.find(entry.target)
            if target is not None:
                mapped.setdefault(target.name, []).append(entry.value)
        members: list[TaggedMember] = []
        explicit = False
        for leaf in leaves:
            name = self._name(leaf)
            own = self.literals(leaf, discriminator.property_name)
            tags: tuple[LiteralValue, ...] = tuple(mapped.get(name or "", ())) or own or ((name,) if name else ())
            if not tags:
                return None
            explicit = explicit or set(tags) != set(own)
            members.append(TaggedMember(node=leaf, tags=tags))
        if not _distinct(members):
            return None
        return Tags(property_name=discriminator.property_name, members=tuple(members), explicit=explicit)

    def _inferred(self, leaves: tuple[SchemaOrRef, ...]) -> Tags | None:
        """The required property that is a literal in every variant, with no value in two of them. `type` goes first."""
        if len(leaves) < 2:
            return None
        shape = self._shapes.followed(leaves[0]).shape
        if not isinstance(shape, ObjectShape):
            return None
        candidates = [prop.name for prop in shape.properties]
        for name in sorted(candidates, key=lambda candidate: candidate != "type"):
            if all(self._requires(leaf, name) for leaf in leaves):
                members = [TaggedMember(node=leaf, tags=self.literals(leaf, name)) for leaf in leaves]
                if all(member.tags for member in members) and _distinct(members):
                    return Tags(property_name=name, members=tuple(members), explicit=False)
        return None

    def _requires(self, node: SchemaOrRef, name: str) -> bool:
        shape = self._shapes.followed(node).shape
        return isinstance(shape, ObjectShape) and name in shape.required


def _distinct(members: list[TaggedMember]) -> bool:
    tags = [(type(tag), tag) for member in members for tag in member.tags]
    return len(tags) == len(set(tags))
