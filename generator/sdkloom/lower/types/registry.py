"""The types of named schemas: their names, and which of them are still to be built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from ...diagnostics.model import DiagnosticSink
from ...document.model import NamedSchema
from ...ir.direction import Direction
from ...ir.types import TypeName
from ..names import identifiers as names
from .named_schemas import NamedSchemas
from .naming_context import MainType
from .type_names import TypeNames
from .type_rules import TypeRules
from .usage import Usage

TYPES = ("types",)
SHARED_TYPES = ("types", "shared")
"""The package of types that belong to no resource."""


class TypeRegistry:
    """Names the types of named schemas. A type that is asked for the first time also waits for being built."""

    def __init__(
        self,
        rules: TypeRules,
        packages: Mapping[str, tuple[str, ...]],
        inferred: Collection[str],
        usage: Usage,
        schemas: NamedSchemas,
        type_names: TypeNames,
        sink: DiagnosticSink,
    ) -> None:
        """`packages` are those of the types of schemas, where they aren't in `types` itself. Those of the `inferred`
        ones are kept in names.lock."""
        self._rules = rules
        self._packages = packages
        self._inferred = inferred
        self._usage = usage
        self._schemas = schemas
        self._type_names = type_names
        self._sink = sink
        self._base_names = Counter(self.base_name(schema) for schema in schemas.names)
        self._names: dict[tuple[str, Direction], TypeName] = {}
        self._claimed: dict[tuple[str, Direction], TypeName] = {}
        self._pending: list[tuple[NamedSchema, Direction, TypeName]] = []
        for schema in schemas.all:
            for direction in Direction:
                self._put(schema, direction)
                self._type_names.keep_locked(
                    self._package(schema), direction, self._place_of(schema), self._chosen(schema.name, direction)
                )

        self._claim_names()

    def _put(self, schema: NamedSchema, direction: Direction) -> None:
        """Put a type into the module that sdk.yaml gives. That of requests stands beside that of responses."""
        module = self._rules.modules.get(schema.name)
        if module is not None:
            is_second = direction is Direction.REQUEST and len(self._usage.directions(schema.name)) > 1
            for text in self._wanted(schema.name, self.base_name(schema.name), direction):
                self._type_names.put(self._package(schema), text, f"{module}_param" if is_second else module)

    def _claim_names(self) -> None:
        """Give names to the types that operations use, before any of them is made: those of sdk.yaml first, then
        those that are written as in the document. The order of the schemas doesn't count."""
        is_chosen = self._rules.is_chosen
        order = sorted(
            self._schemas.all,
            key=lambda named: (not is_chosen(named.name), self.base_name(named.name) != named.name, named.name),
        )
        for named in order:
            if named.name in self._rules.inlined:
                continue
            for direction in self._usage.directions(named.name):
                main = self._main_type(named, direction)
                self._claimed[named.name, direction] = main.name
                self._type_names.claim(main, chosen=is_chosen(named.name))

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

    def base_name(self, schema: str) -> str:
        """Return the Python name of a schema, without a suffix for a direction: `Pet` for `pet`."""
        exact = self._rules.exact
        given = self._rules.renamed.get(schema) or exact.get((schema, Direction.RESPONSE))
        return given or exact.get((schema, Direction.REQUEST)) or names.type_name(schema) or "Unnamed"

    def listed_name(self, schema: str) -> str:
        """Return the name under which api.md lists a schema: that of its type for responses. A type that is only for
        requests is listed without its suffix, unless another schema has that name."""
        response, request = (
            self._names.get((schema, direction)) for direction in (Direction.RESPONSE, Direction.REQUEST)
        )
        base = self.base_name(schema)
        if response is None and request is not None and self._base_names[base] > 1:
            return request.name
        return base if response is None else response.name

    def listed_place(self, schema: str) -> str:
        """Return what sorts the names that api.md lists: their modules, word by word (`tool_kit` before `tool2`)."""
        module = self._rules.modules.get(schema) or names.module_name(self.listed_name(schema))
        return module.replace("_", " ")

    def _wanted(self, schema: str, base: str, direction: Direction) -> list[str]:
        """The names for the type of a schema. All but the first are there because another type may keep that one.

        Requests: `ToolParam` for `Tool`; `ToolRequest` if a schema is called `ToolParam`. `TextParam` and
        `TextParams` stay, unless there is a type for responses of that name.
        """
        exact = self._rules.exact.get((schema, direction))
        if exact is not None:
            return [exact]
        if direction is Direction.RESPONSE:
            return [base] if schema in self._rules.renamed else [base, base + "Response"]
        suffixes = ["Request", "Param"] if base + "Param" in self._base_names else ["Param", "Request"]
        stays = base.endswith(("Param", "Params")) and schema not in self._usage.responses
        return [base + suffix for suffix in (["", *suffixes] if stays else suffixes)]

    def _chosen(self, schema: str, direction: Direction) -> list[str]:
        """The names that the type can have if somebody renamed the schema in sdk.yaml; none if nobody did."""
        exact = self._rules.exact.get((schema, direction))
        if exact is not None:
            return [exact]
        name = self._rules.renamed.get(schema)
        suffixes = ("",) if direction is Direction.RESPONSE else ("", "Param", "Request")
        return [] if name is None else [name + suffix for suffix in suffixes]

    def _package(self, schema: NamedSchema) -> tuple[str, ...]:
        return self._packages.get(schema.name, TYPES)

    def _place_of(self, schema: NamedSchema) -> str:
        return self._schemas.pointer_in(schema.file, schema.pointer)

    def is_built(self, schema: str) -> bool:
        """Whether the schema has become a type."""
        return any((schema, direction) in self._names for direction in Direction)

    def built(self) -> frozenset[TypeName]:
        """Return the types of schemas that were asked for."""
        return frozenset(self._names.values())

    def by_schema(self) -> dict[str, TypeName]:
        """Return the type of each schema that has one; that of responses if it has two."""
        requests = {schema: name for (schema, use), name in self._names.items() if use is Direction.REQUEST}
        return requests | {schema: name for (schema, use), name in self._names.items() if use is Direction.RESPONSE}

    def _main_type(self, named: NamedSchema, direction: Direction) -> MainType:
        place = self._place_of(named)
        name = self._claimed.get((named.name, direction))
        if name is None:
            wanted = self._wanted(named.name, self.base_name(named.name), direction)
            chosen = self._chosen(named.name, direction)
            name = self._type_names.name_of(self._package(named), direction, place, wanted, chosen, gives_way=False)
        return MainType(name=name, direction=direction, place=place)

    def _make(self, named: NamedSchema, direction: Direction) -> TypeName:
        main = self._main_type(named, direction)
        if named.name in self._inferred and main.name.package != TYPES:
            self._type_names.record_package(main.place, main.name.package)
        what = f"the schema `{named.name}` ({direction.value})"
        if self._type_names.reserve_name(main, what, named.span):
            self._pending.append((named, direction, main.name))
        return main.name
