"""Where types belong: to the resource that sdk.yaml names, or to the first one that uses them. Also aliases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink, Related
from ..document.config import AliasConfig, AliasModule, Name, ResourceConfig, SdkConfig
from ..document.lock import Section
from ..ir.definitions import Alias, TypeModule
from ..ir.direction import Direction
from ..ir.types import NamedType, TypeName
from .methods.resources import Operations, endpoints, streamed_schemas, types_package, walk_configs
from .names.locked_names import LockedNames, types_section
from .names.name_patterns import is_pattern
from .types.builder import TypeBuilder
from .types.modules import ModuleBuilder
from .types.named_schemas import NamedSchemas
from .types.registry import SHARED_TYPES, TYPES, TypeRegistry
from .types.type_rules import report_missing, selected
from .types.usage import Usage, add_reachable


@attrs.frozen(kw_only=True)
class Ownership:
    """To which resource each schema and alias belongs: the one whose `types` in sdk.yaml name it, or else the first one
    that uses it."""

    packages: Mapping[str, tuple[str, ...]]
    """The packages of their types."""
    inferred: frozenset[str]
    """The schemas whose packages follow from use."""
    used: Mapping[tuple[str, ...], tuple[str, ...]]
    """The schemas that each resource is the first to use, and those that its patterns fit, by its path."""
    listed: Mapping[tuple[str, ...], tuple[str, ...]]
    """The names that each resource lists one by one, in their order, by the path of the resource."""
    shared: tuple[str, ...]
    """The schemas that belong to none."""
    schemas: tuple[str, ...]
    """The schemas among those that sdk.yaml lists."""


def find_ownership(
    config: SdkConfig,
    resources: Iterable[ResourceConfig],
    operations: Operations,
    schemas: NamedSchemas,
    locked_names: LockedNames,
    sink: DiagnosticSink,
) -> Ownership:
    """Return what belongs to which resource. Names that don't exist or are listed twice are reported.

    A type that has a name in names.lock stays in its package.
    """
    configs = list(walk_configs(resources))
    aliases = {alias.name for alias in config.aliases}
    packages: dict[str, tuple[str, ...]] = {}
    first: dict[str, Name] = {}
    listed: dict[tuple[str, ...], tuple[str, ...]] = {}
    selected_by_pattern: dict[tuple[str, ...], tuple[str, ...]] = {}
    shared = _claim(config.shared_types, SHARED_TYPES, schemas, sink, first, packages, ())
    for path, resource in configs:
        claimed = _claim(resource.types, types_package(path), schemas, sink, first, packages, aliases)
        listed[path] = tuple(name for name in claimed if not is_pattern(first[name].text))
        selected_by_pattern[path] = tuple(name for name in claimed if is_pattern(first[name].text))
    used: dict[tuple[str, ...], set[str]] = {path: set(found) for path, found in selected_by_pattern.items()}
    homes = {types_package(path): path for path, _ in reversed(configs)}
    inferred: set[str] = set()
    seen: set[str] = set()
    for path, resource in configs:
        here = [operations[key] for key in endpoints([resource]) if key in operations]
        streamed = [name for name in streamed_schemas([resource]) if schemas.get(name) is not None]
        found = add_reachable(here, schemas, seen, streamed, errors=config.client.error_bodies == "model")
        for name in found.difference(first):
            package = _locked_package(name, schemas, locked_names) or types_package(path)
            packages[name] = package
            inferred.add(name)
            if package == types_package(path):
                used[path].add(name)
            elif package in homes:
                used[homes[package]].add(name)
    for path, names_ in used.items():
        listed[path] += tuple(_aliases_of({*names_, *listed[path]}, config, first))
    return Ownership(
        packages=packages,
        inferred=frozenset(inferred),
        used={path: tuple(sorted(names_)) for path, names_ in used.items()},
        listed=listed,
        shared=shared,
        schemas=tuple(name for name in first if name not in aliases),
    )


def _locked_package(name: str, schemas: NamedSchemas, locked_names: LockedNames) -> tuple[str, ...] | None:
    """The package of a type of which names.lock has the name: it says so, or it is `types`."""
    named = schemas.get(name)
    place = "" if named is None else schemas.pointer_in(named.file, named.pointer)
    if not any(locked_names.lock.get(section, place) for section in map(types_section, Direction)):
        return None
    package = locked_names.lock.get(Section.PACKAGES, place)
    return TYPES if package is None else tuple(package.text.split("."))


def _aliases_of(schemas: Collection[str], config: SdkConfig, listed: Collection[str]) -> Iterator[str]:
    """The aliases of `schemas` that no resource lists: they belong where their schema does."""
    for alias in config.aliases:
        if alias.module is AliasModule.OWN and alias.of.text in schemas and alias.name not in listed:
            yield alias.name


def _claim(
    names: tuple[Name, ...],
    package: tuple[str, ...],
    schemas: NamedSchemas,
    sink: DiagnosticSink,
    first: dict[str, Name],
    packages: dict[str, tuple[str, ...]],
    aliases: Iterable[str],
) -> tuple[str, ...]:
    """Give to `package` what a list in sdk.yaml selects, and return it. A pattern leaves what others have."""
    found: list[str] = []
    for name in names:
        for text in selected([name], schemas, sink, aliases):
            if text not in first:
                first[text] = name
                packages[text] = package
                found.append(text)
            elif not is_pattern(name.text):
                related = [Related(message="first listed here", span=first[text].span)]
                sink.report(catalog.TYPE_LISTED_TWICE, name.span, related=related, name=text)
    return tuple(found)


def listed_names(ownership: Ownership, registry: TypeRegistry) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The names that users import for the types of each resource, by its path, once all types are built.

    First come those that follow from use, by the names of their modules, then what sdk.yaml lists, in its order.
    """
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    schemas = set(ownership.schemas)
    for path, listed in ownership.listed.items():
        built = sorted(filter(registry.is_built, ownership.used[path]), key=registry.listed_place)
        used = [registry.listed_name(name) for name in built]
        chosen = [registry.listed_name(name) if name in schemas else name for name in listed]
        found[path] = (*used, *chosen)
    return found


def build_listed(ownership: Ownership, usage: Usage, schemas: NamedSchemas, builder: TypeBuilder) -> None:
    """Build every schema that a resource lists, in the directions in which it is used (else as a response)."""
    for name in ownership.schemas:
        named = schemas.get(name)
        if named is not None:
            for direction in usage.directions(name) or (Direction.RESPONSE,):
                builder.registry.type_of(named, direction)


def build_aliases(
    config: SdkConfig,
    ownership: Ownership,
    usage: Usage,
    schemas: NamedSchemas,
    builder: TypeBuilder,
    sink: DiagnosticSink,
) -> dict[TypeName, list[Alias]]:
    """Build the aliases of sdk.yaml that have a module of their own. Return the others, by the type that they name."""
    inserted: dict[TypeName, list[Alias]] = {}
    for alias in config.aliases:
        named = schemas.get(alias.of.text)
        if named is None:
            report_missing(alias.of, schemas, sink)
            continue
        direction = (usage.directions(named.name) or (Direction.RESPONSE,))[0]
        target = builder.registry.type_of(named, direction)
        if alias.module is AliasModule.SAME:
            name = attrs.evolve(target, name=alias.name)
            inserted.setdefault(target, []).append(Alias(name=name, type=NamedType(target), span=alias.span))
        else:
            _add_module(alias, target, ownership.packages.get(alias.name, target.package or TYPES), direction, builder)
    return inserted


def _add_module(
    alias: AliasConfig, target: TypeName, package: tuple[str, ...], direction: Direction, builder: TypeBuilder
) -> None:
    """An alias of a type of requests has the suffix of such types."""
    is_plain = direction is Direction.RESPONSE or alias.name.endswith(("Param", "Params"))
    text = alias.name if is_plain else f"{alias.name}Param"
    name = builder.type_names.address(package, text)
    if builder.type_names.reserve_module(name, f"the alias `{alias.name}`", alias.span):
        module = ModuleBuilder(name, alias.span, "")
        module.reserve_name(name.name)
        module.append(Alias(name=name, type=NamedType(target), span=alias.span))
        builder.publish(module)


def insert_aliases(modules: Iterable[TypeModule], aliases: Mapping[TypeName, list[Alias]]) -> list[TypeModule]:
    """Return the modules with the aliases that stand in the modules of the types that they name."""
    by_module: dict[tuple[tuple[str, ...], str], list[Alias]] = {}
    for target, found in aliases.items():
        by_module.setdefault((target.package, target.module), []).extend(found)
    return [
        attrs.evolve(module, definitions=(*module.definitions, *by_module.get((module.package, module.name), [])))
        for module in modules
    ]
