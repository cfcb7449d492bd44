"""What tells the variants of a union apart: the values of one property."""

from __future__ import annotations

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import Discriminator, SchemaOrRef
from ...ir.types import LiteralValue
from .named_schemas import NamedSchemas
from .shape_kinds import ObjectShape, RefShape, UnionShape
from .shapes import Shapes, distinct
from .tag_checks import TagChecks, as_literal


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


@attrs.frozen(eq=False)
class _Leaves:
    """The objects of a union, each of them once. `repeated`: one of them is a variant in more than one way."""

    nodes: tuple[SchemaOrRef, ...]
    repeated: bool


class Discriminators:
    """Finds the tags of unions: those that the discriminator declares, or else those that the literals imply, or else
    those that a common base of the variants declares."""

    def __init__(self, shapes: Shapes, schemas: NamedSchemas, sink: DiagnosticSink) -> None:
        self._shapes = shapes
        self._schemas = schemas
        self._sink = sink
        self._checks = TagChecks(shapes, schemas, sink)
        self._known: dict[int, tuple[UnionShape, _Leaves | None]] = {}
        self._found: dict[int, tuple[UnionShape, UnionTags | None]] = {}
        self._in_progress: set[int] = set()

    def of(self, union: UnionShape) -> UnionTags | None:
        """Return the tags of `union`, or `None` if nothing tells its variants apart (OpenAPI 3.1 §4.8.25).

        A tag that the `mapping` doesn't name is the variant's own literal, or else the name of its schema.
        """
        known = self._found.get(id(union))
        if known is None:
            known = self._found[id(union)] = (union, self._find(union))
        return known[1]

    def _find(self, union: UnionShape) -> UnionTags | None:
        leaves = self._leaves(union)
        declared = union.discriminator
        nodes = None if leaves is None or leaves.repeated else leaves.nodes
        if declared is None:
            return None if nodes is None else self._inferred(nodes) or self._inherited(nodes)
        self._checks.check(union, declared, leaves.nodes if leaves is not None else ())
        found = self._declared(declared, nodes) if nodes is not None else None
        if found is None:
            self._sink.report(catalog.DISCRIMINATOR_IGNORED, declared.span, name=declared.property_name)
        return found

    def is_object(self, node: SchemaOrRef) -> bool:
        """Whether every value of `node` is an object with declared properties."""
        return self._leaves_of((node,)) is not None

    def _literals(self, node: SchemaOrRef, property_name: str) -> tuple[LiteralValue, ...]:
        shape = self._shapes.dereferenced(node).shape
        return self._shapes.literals(shape, property_name) if isinstance(shape, ObjectShape) else ()

    def _leaves(self, union: UnionShape) -> _Leaves | None:
        """The objects of a union and of the named unions inside of it; `None` if it holds anything else, or itself.

        Each union is looked at once.
        """
        known = self._known.get(id(union))
        if known is None:
            if id(union) in self._in_progress:
                return None
            self._in_progress.add(id(union))
            found = self._leaves_of(union.members)
            self._in_progress.discard(id(union))
            known = self._known[id(union)] = (union, found)
        return known[1]

    def _leaves_of(self, members: tuple[SchemaOrRef, ...]) -> _Leaves | None:
        leaves: dict[str | int, SchemaOrRef] = {}
        count = 0
        repeated = False
        for member in members:
            shape = self._shapes.dereferenced(member).shape
            name = self._name(member)
            if isinstance(shape, ObjectShape):
                leaves.setdefault(name or id(member), member)
                count += 1
                continue
            inner = self._leaves(shape) if isinstance(shape, UnionShape) and name is not None else None
            if inner is None:
                return None
            for leaf in inner.nodes:
                inner_name = self._name(leaf)
                if inner_name is None:
                    return None
                leaves.setdefault(inner_name, leaf)
            count += len(inner.nodes)
            repeated = repeated or inner.repeated
        return _Leaves(tuple(leaves.values()), repeated or count > len(leaves))

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
        literals_of = [self._literals(leaf, discriminator.property_name) for leaf in leaves]
        for leaf, literals in zip(leaves, literals_of):
            name = self._name(leaf) or self._shapes.families.name_of_base(leaf)
            named: tuple[LiteralValue, ...] = tuple([as_literal(tag, literals) for tag in mapped.get(name or "", ())])
            if literals and not set(named) & set(literals):  # where they contradict each other, the schema is believed
                named = (*literals, *(tag for tag in named if all(tag not in others for others in literals_of)))
            tags = named or literals or ((name,) if name else ())
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

    def _inherited(self, leaves: tuple[SchemaOrRef, ...]) -> UnionTags | None:
        """What the discriminator of a base says of its children, where all variants are such."""
        names = [name for name in map(self._name, leaves) if name is not None]
        if len(leaves) < 2 or len(names) < len(leaves):
            return None
        declared = self._shapes.families.shared_discriminator(names)
        return None if declared is None else self._declared(declared, leaves)

    def _requires(self, node: SchemaOrRef, name: str) -> bool:
        shape = self._shapes.dereferenced(node).shape
        return isinstance(shape, ObjectShape) and name in shape.required


def _are_distinct(members: list[TaggedMember]) -> bool:
    tags = [tag for member in members for tag in member.tags]
    return len(tags) == len(distinct(tags))
