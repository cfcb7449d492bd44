"""Names and places of the types of named schemas, and the list of those that are still to be built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink, Related
from ...diagnostics.span import Span
from ...document.lock import LockedName
from ...document.model import NamedSchema
from ...ir.direction import Direction
from ...ir.types import TypeName
from ..names import identifiers as names
from ..names.locked_names import Ledger, types_of
from .naming_context import Root
from .refs import SchemaIndex
from .usage import Usage

TYPES = ("types",)

ModuleKey = tuple[tuple[str, ...], str]
"""The package and the name of a module."""


@attrs.frozen(kw_only=True)
class TypeRules:
    """What sdk.yaml says about the types of schemas."""

    packages: Mapping[str, tuple[str, ...]]
    """The package of a schema's types, where a resource claims it."""
    renamed: Mapping[str, str]
    response_only: frozenset[str]
    """Schemas whose response type is used in requests too."""


class Registry:
    """Every type is asked for here, which also queues it for building."""

    def __init__(
        self, rules: TypeRules, usage: Usage, index: SchemaIndex, ledger: Ledger, sink: DiagnosticSink
    ) -> None:
        self._rules = rules
        self._usage = usage
        self._index = index
        self._ledger = ledger
        self._sink = sink
        self._base_names = frozenset(self.base_name(schema) for schema in index.names)
        self._names: dict[tuple[str, Direction], TypeName] = {}
        self._pending: list[tuple[NamedSchema, Direction, TypeName]] = []
        self._modules: dict[ModuleKey, tuple[str, Span]] = {}
        self._reserved: dict[ModuleKey, LockedName] = {}
        """Modules of types that keep their names."""
        for schema in index.schemas:
            for direction in Direction:
                self.reserve(self._package(schema), direction, self._path(schema), self._chosen(schema.name, direction))

    def type_of(self, named: NamedSchema, direction: Direction) -> TypeName:
        """The name of the type of `named` in `direction`."""
        if named.name in self._rules.response_only:
            direction = Direction.RESPONSE
        known = self._names.get((named.name, direction))
        if known is None:
            known = self._names[named.name, direction] = self._make(named, direction)
        return known

    def take(self) -> tuple[NamedSchema, Direction, TypeName] | None:
        """The next type to build."""
        return self._pending.pop() if self._pending else None

    def reserve(self, package: tuple[str, ...], direction: Direction, path: str, among: Sequence[str] = ()) -> None:
        """See to it that no other type gets the name that the one at `path` keeps."""
        kept = self._kept(direction, path, among)
        if kept is not None:
            self._reserved.setdefault((package, names.module_name(kept.text)), kept)

    def name_of(
        self,
        package: tuple[str, ...],
        direction: Direction,
        path: str,
        wanted: Sequence[str],
        among: Sequence[str] = (),
    ) -> TypeName:
        """The name that the type at `path` keeps, or else the first of those `wanted` that no other type keeps.

        Where sdk.yaml leaves only some names, only one `among` those is kept.
        """
        kept = self._kept(direction, path, among)
        texts = wanted if kept is None else [kept.text]
        found = [TypeName(package=package, module=names.module_name(text), name=text) for text in texts]
        return next((name for name in found if (package, name.module) not in self._reserved), found[0])

    def _kept(self, direction: Direction, path: str, among: Sequence[str]) -> LockedName | None:
        kept = self._ledger.locked(types_of(direction), path)
        return None if kept is not None and among and kept.text not in among else kept

    def claim(self, root: Root, what: str, span: Span) -> bool:
        """Note the name of a type, and reserve its module; an error if another type has that already."""
        self._ledger.give(types_of(root.direction), root.path, root.name.name)
        return self.claim_module(root.name, what, span)

    def claim_module(self, name: TypeName, what: str, span: Span) -> bool:
        """Reserve the module of `name`; an error if another type has it already."""
        key = (name.package, name.module)
        taken = self._modules.setdefault(key, (what, span))
        if taken == (what, span):
            return True
        if key in self._reserved:
            kept = self._reserved[key]
            related = [Related(message=found, span=place) for found, place in (taken, (what, span))]
            self._sink.report(catalog.LOCK_TAKEN, kept.span, related=related, name=kept.text)
            return False
        related = [Related(message=f"the place of {taken[0]}", span=taken[1])]
        self._sink.report(catalog.NAME_TAKEN, span, related=related, what=what, name=name.name, other=taken[0])
        return False

    def check_package(self, path: tuple[str, ...]) -> None:
        """An error if a type's module stands where the package `path` must be."""
        taken = self._modules.get((path[:-1], path[-1]))
        if taken is not None:
            what, span = taken
            package = ".".join(path)
            self._sink.report(catalog.NAME_TAKEN, span, what=what, name=package, other=f"the package `{package}`")

    def base_name(self, schema: str) -> str:
        """The Python name of a schema, without a suffix for a direction."""
        return self._rules.renamed.get(schema) or names.type_name(schema)

    def _wanted(self, schema: str, base: str, direction: Direction) -> list[str]:
        """The names for the type of a schema. All but the first are there because another type may keep that one.

        Requests: `ToolParam` for `Tool`; `ToolRequest` if a schema is called `ToolParam`. `TextParam` stays, unless
        there is a type for responses of that name.
        """
        if direction is Direction.RESPONSE:
            return [base] if schema in self._rules.renamed else [base, base + "Response"]
        suffixes = ["Request", "Param"] if base + "Param" in self._base_names else ["Param", "Request"]
        stays = base.endswith("Param") and schema not in self._usage.responses
        return [base + suffix for suffix in (["", *suffixes] if stays else suffixes)]

    def _chosen(self, schema: str, direction: Direction) -> list[str]:
        """The names that the type can have if somebody renamed the schema in sdk.yaml; none if nobody did."""
        name = self._rules.renamed.get(schema)
        suffixes = ("",) if direction is Direction.RESPONSE else ("", "Param", "Request")
        return [] if name is None else [name + suffix for suffix in suffixes]

    def _package(self, schema: NamedSchema) -> tuple[str, ...]:
        return self._rules.packages.get(schema.name, TYPES)

    def _path(self, schema: NamedSchema) -> str:
        return self._index.place(schema.file, schema.pointer)

    def is_built(self, schema: str) -> bool:
        """Whether the schema has become a type."""
        return any((schema, direction) in self._names for direction in Direction)

    def by_schema(self) -> dict[str, TypeName]:
        """The type of each schema that has one; that of responses if it has two."""
        requests = {schema: name for (schema, use), name in self._names.items() if use is Direction.REQUEST}
        return requests | {schema: name for (schema, use), name in self._names.items() if use is Direction.RESPONSE}

    def _make(self, named: NamedSchema, direction: Direction) -> TypeName:
        base = self.base_name(named.name)
        if not base:
            self._sink.report(catalog.NO_NAME, named.span, what=f"the schema `{named.name}`")
            base = "Unnamed"
        wanted = self._wanted(named.name, base, direction)
        path = self._path(named)
        name = self.name_of(self._package(named), direction, path, wanted, self._chosen(named.name, direction))
        what = f"the schema `{named.name}` ({direction.value})"
        if self.claim(Root(name=name, direction=direction, path=path), what, named.span):
            self._pending.append((named, direction, name))
        return name
