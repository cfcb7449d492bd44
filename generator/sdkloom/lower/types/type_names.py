"""The names of the main types of modules: none twice, and those of names.lock for the types that have them."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink, Related
from ...diagnostics.span import Span
from ...document.lock import LockedName, Section
from ...ir.direction import Direction
from ...ir.types import TypeName
from ..names import identifiers as names
from ..names.locked_names import LockedNames, types_section
from .naming_context import MainType

ModuleKey = tuple[tuple[str, ...], str]
"""The package and the name of a module."""


class TypeNames:
    """Gives names to the types of named schemas and of methods, each of which has a module of its own."""

    def __init__(
        self,
        locked_names: LockedNames,
        sink: DiagnosticSink,
        packages: Collection[tuple[str, ...]] = frozenset(),
    ) -> None:
        """`packages` are those that hold types: no module stands where one of them is."""
        self._packages = packages
        self._locked_names = locked_names
        self._sink = sink
        self._modules: dict[ModuleKey, tuple[str, Span]] = {}
        """What has each module that is reserved, as messages say it, and its span."""
        self._owners: dict[ModuleKey, tuple[Direction, str]] = {}
        """The places of the types that have the modules, or are to have them."""
        self._chosen: set[ModuleKey] = set()
        """Of these, the modules of types that sdk.yaml renames."""
        self._locked_modules: dict[ModuleKey, LockedName] = {}
        """The modules of types whose names stand in names.lock."""
        self._given_modules: dict[tuple[tuple[str, ...], str], str] = {}
        """The modules that sdk.yaml gives to types, by package and name."""

    def put(self, package: tuple[str, ...], text: str, module: str) -> None:
        """Put the type that is called `text` into a module, before it gets its address."""
        self._given_modules[package, text] = module

    def keep_locked(
        self, package: tuple[str, ...], direction: Direction, place: str, among: Sequence[str] = ()
    ) -> None:
        """Give the name that names.lock has for `place` to no other type. `among` is as for `name_of`."""
        locked = self._locked(direction, place, among)
        if locked is not None:
            self._locked_modules.setdefault((package, self.address(package, locked.text).module), locked)

    def name_of(
        self,
        package: tuple[str, ...],
        direction: Direction,
        place: str,
        wanted: Sequence[str],
        among: Sequence[str] = (),
        *,
        gives_way: bool = True,
    ) -> TypeName:
        """Return the name that names.lock has for `place`, or the first one `wanted` that no other type has.

        Where others have them all, the first one gets a number, unless it `gives_way` to nothing that sdk.yaml says.
        Where sdk.yaml leaves only some names, it gets none, and the locked one counts only if it is `among` those.
        """
        locked = self._locked(direction, place, among)
        texts = wanted if locked is None else [locked.text]
        found = [self.address(package, text) for text in texts]
        if locked is not None or among:
            return next((name for name in found if (package, name.module) not in self._locked_modules), found[0])
        chosen = frozenset[ModuleKey]() if gives_way else self._chosen
        owner = (direction, place)
        return next(
            name
            for name in self._numbered(found)
            if (package, name.module) in chosen or self._is_open((package, name.module), owner)
        )

    def claim(self, main: MainType, *, chosen: bool) -> None:
        """Keep a name from other types before its own is made. `chosen` says that sdk.yaml gives it."""
        key = (main.name.package, main.name.module)
        self._owners.setdefault(key, (main.direction, main.place))
        if chosen:
            self._chosen.add(key)

    def _is_open(self, key: ModuleKey, owner: tuple[Direction, str]) -> bool:
        if key in self._locked_modules:
            return False
        known = self._owners.get(key)
        return known == owner if known is not None else key not in self._modules

    def _locked(self, direction: Direction, place: str, among: Sequence[str]) -> LockedName | None:
        locked = self._locked_names.get(types_section(direction), place)
        return None if locked is not None and among and locked.text not in among else locked

    def reserve_name(self, main: MainType, what: str, span: Span) -> bool:
        """Record the name of a type for names.lock and reserve its module. Return whether that was free.

        `what` says what has the name in the message: "the schema `Pet` (response)".
        """
        self._locked_names.record(types_section(main.direction), main.place, main.name.name)
        self._owners.setdefault((main.name.package, main.name.module), (main.direction, main.place))
        return self.reserve_module(main.name, what, span)

    def record_package(self, place: str, package: tuple[str, ...]) -> None:
        """Record for names.lock where the types of a schema live."""
        self._locked_names.record(Section.PACKAGES, place, ".".join(package))

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

    def address(self, package: tuple[str, ...], text: str) -> TypeName:
        """Return the type called `text` with its module, which gets a `_` where a package has that name."""
        given = self._given_modules.get((package, text))
        module = names.module_name(text) if given is None else names.resource_name(given, frozenset())
        module += "_" if (*package, module) in self._packages else ""
        return TypeName(package=package, module=module, name=text)

    def _numbered(self, found: Sequence[TypeName]) -> Iterator[TypeName]:
        """The names that are wanted, then the first one with numbers."""
        yield from found
        first = found[0]
        yield from (self.address(first.package, f"{first.name}{number}") for number in itertools.count(2))
