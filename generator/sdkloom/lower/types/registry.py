"""The names of types and of their modules, and the types that are still to be built."""

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
from ..names.locked_names import LockedNames, types_section
from .named_schemas import NamedSchemas
from .naming_context import MainType
from .usage import Usage

TYPES = ("types",)

ModuleKey = tuple[tuple[str, ...], str]
"""The package and the name of a module."""


@attrs.frozen(kw_only=True)
class TypeRules:
    """What sdk.yaml says about the types of schemas."""

    packages: Mapping[str, tuple[str, ...]]
    """The package of a schema's types, where a resource lists it."""
    renamed: Mapping[str, str]
    """The Python names of schemas that sdk.yaml renames."""
    response_only: frozenset[str]
    """Schemas whose response type is used in requests too."""


class TypeRegistry:
    """Names the types of named schemas. A type that is asked for the first time also waits for being built."""

    def __init__(
        self, rules: TypeRules, usage: Usage, schemas: NamedSchemas, locked_names: LockedNames, sink: DiagnosticSink
    ) -> None:
        self._rules = rules
        self._usage = usage
        self._schemas = schemas
        self._locked_names = locked_names
        self._sink = sink
        self._base_names = frozenset(self.base_name(schema) for schema in schemas.names)
        self._names: dict[tuple[str, Direction], TypeName] = {}
        self._pending: list[tuple[NamedSchema, Direction, TypeName]] = []
        self._modules: dict[ModuleKey, tuple[str, Span]] = {}
        self._locked_modules: dict[ModuleKey, LockedName] = {}
        """The modules of types whose names stand in names.lock."""
        for schema in schemas.all:
            for direction in Direction:
                self.keep_locked(
                    self._package(schema), direction, self._place_of(schema), self._chosen(schema.name, direction)
                )

    def type_of(self, named: NamedSchema, direction: Direction) -> TypeName:
        """Return the name of the type of `named` in `direction`."""
        if named.name in self._rules.response_only:
            direction = Direction.RESPONSE
        known = self._names.get((named.name, direction))
        if known is None:
            known = self._names[named.name, direction] = self._make(named, direction)
        return known

    def next_pending(self) -> tuple[NamedSchema, Direction, TypeName] | None:
        """Return the next type to build, if any is left."""
        return self._pending.pop() if self._pending else None

    def keep_locked(
        self, package: tuple[str, ...], direction: Direction, place: str, among: Sequence[str] = ()
    ) -> None:
        """Give the name that names.lock has for `place` to no other type. `among` is as for `name_of`."""
        locked = self._locked(direction, place, among)
        if locked is not None:
            self._locked_modules.setdefault((package, names.module_name(locked.text)), locked)

    def name_of(
        self,
        package: tuple[str, ...],
        direction: Direction,
        place: str,
        wanted: Sequence[str],
        among: Sequence[str] = (),
    ) -> TypeName:
        """Return the name that names.lock has for `place`, or the first one `wanted` that it has for no other type.

        Where sdk.yaml leaves only some names, the locked one counts only if it is `among` those.
        """
        locked = self._locked(direction, place, among)
        texts = wanted if locked is None else [locked.text]
        found = [TypeName(package=package, module=names.module_name(text), name=text) for text in texts]
        return next((name for name in found if (package, name.module) not in self._locked_modules), found[0])

    def _locked(self, direction: Direction, place: str, among: Sequence[str]) -> LockedName | None:
        locked = self._locked_names.get(types_section(direction), place)
        return None if locked is not None and among and locked.text not in among else locked

    def reserve_name(self, main: MainType, what: str, span: Span) -> bool:
        """Record the name of a type for names.lock and reserve its module. Return whether that was free.

        `what` says what has the name in the message: "the schema `Pet` (response)".
        """
        self._locked_names.record(types_section(main.direction), main.place, main.name.name)
        return self.reserve_module(main.name, what, span)

    def reserve_module(self, name: TypeName, what: str, span: Span) -> bool:
        """Reserve the module of `name`. Return whether it was free; if not, that is reported."""
        key = (name.package, name.module)
        taken = self._modules.setdefault(key, (what, span))
        if taken == (what, span):
            return True
        if key in self._locked_modules:
            locked = self._locked_modules[key]
            related = [Related(message=message, span=where) for message, where in (taken, (what, span))]
            self._sink.report(catalog.LOCK_TAKEN, locked.span, related=related, name=locked.text)
            return False
        related = [Related(message=f"{taken[0]} is here", span=taken[1])]
        self._sink.report(catalog.NAME_TAKEN, span, related=related, what=what, name=name.name, other=taken[0])
        return False

    def check_package(self, path: tuple[str, ...]) -> None:
        """Report a type whose module stands where the package `path` must be."""
        taken = self._modules.get((path[:-1], path[-1]))
        if taken is not None:
            what, span = taken
            package = ".".join(path)
            self._sink.report(catalog.NAME_TAKEN, span, what=what, name=package, other=f"the package `{package}`")

    def base_name(self, schema: str) -> str:
        """Return the Python name of a schema, without a suffix for a direction: `Pet` for `pet`."""
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

    def _place_of(self, schema: NamedSchema) -> str:
        return self._schemas.pointer_in(schema.file, schema.pointer)

    def is_built(self, schema: str) -> bool:
        """Whether the schema has become a type."""
        return any((schema, direction) in self._names for direction in Direction)

    def by_schema(self) -> dict[str, TypeName]:
        """Return the type of each schema that has one; that of responses if it has two."""
        requests = {schema: name for (schema, use), name in self._names.items() if use is Direction.REQUEST}
        return requests | {schema: name for (schema, use), name in self._names.items() if use is Direction.RESPONSE}

    def _make(self, named: NamedSchema, direction: Direction) -> TypeName:
        base = self.base_name(named.name)
        if not base:
            self._sink.report(catalog.NO_NAME, named.span, what=f"the schema `{named.name}`")
            base = "Unnamed"
        wanted = self._wanted(named.name, base, direction)
        place = self._place_of(named)
        name = self.name_of(self._package(named), direction, place, wanted, self._chosen(named.name, direction))
        what = f"the schema `{named.name}` ({direction.value})"
        if self.reserve_name(MainType(name=name, direction=direction, place=place), what, named.span):
            self._pending.append((named, direction, name))
        return name
