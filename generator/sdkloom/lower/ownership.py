"""What sdk.yaml says about types: the resource that lists each schema, new names, aliases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink, Related
from ..diagnostics.nearest import did_you_mean
from ..document.config import AliasConfig, AliasModule, Name, ResourceConfig, SdkConfig
from ..document.model import NamedSchema
from ..ir.definitions import Alias, TypeModule
from ..ir.direction import Direction
from ..ir.types import NamedType, TypeName
from .methods.resources import types_package, walk_configs
from .types.builder import TypeBuilder
from .types.modules import ModuleBuilder
from .types.named_schemas import NamedSchemas
from .types.registry import TYPES, TypeRegistry, TypeRules
from .types.usage import Usage


@attrs.frozen(kw_only=True)
class Ownership:
    """The schemas and aliases that belong to resources, because their `types` in sdk.yaml list them."""

    rules: TypeRules
    listed: Mapping[tuple[str, ...], tuple[str, ...]]
    """The names that each resource lists, sorted, by the path of the resource."""
    schemas: tuple[str, ...]
    """The schemas among them."""


def find_ownership(
    config: SdkConfig, resources: Iterable[ResourceConfig], schemas: NamedSchemas, sink: DiagnosticSink
) -> Ownership:
    """Return what belongs to which resource. Names that don't exist or are listed twice are reported."""
    aliases = {alias.name for alias in config.aliases}
    packages: dict[str, tuple[str, ...]] = {}
    first: dict[str, Name] = {}
    listed: dict[tuple[str, ...], tuple[str, ...]] = {}
    for path, resource in walk_configs(resources):
        for name in resource.types:
            if name.text not in aliases and _schema(name, schemas, sink, aliases) is None:
                continue
            if name.text in first:
                related = [Related(message="first listed here", span=first[name.text].span)]
                sink.report(catalog.TYPE_LISTED_TWICE, name.span, related=related, name=name.text)
            else:
                first[name.text] = name
                packages[name.text] = types_package(path)
        listed[path] = tuple(sorted(name.text for name in resource.types))
    for given in config.types:
        _schema(given.name, schemas, sink)
    rules = TypeRules(
        packages=packages,
        renamed={given.name.text: given.rename for given in config.types if given.rename is not None},
        response_only=frozenset(given.name.text for given in config.types if not given.param),
    )
    return Ownership(rules=rules, listed=listed, schemas=tuple(name for name in first if name not in aliases))


def _schema(name: Name, schemas: NamedSchemas, sink: DiagnosticSink, aliases: Iterable[str] = ()) -> NamedSchema | None:
    """The schema called `name`; `None`, after a report, if there is none."""
    schema = schemas.get(name.text)
    if schema is None:
        hint = did_you_mean(name.text, [*schemas.names, *sorted(aliases)])
        sink.report(catalog.NO_SCHEMA, name.span, name=name.text, hint=hint)
    return schema


def listed_names(ownership: Ownership, registry: TypeRegistry) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The names that users import for the types that each resource lists, by its path."""
    schemas = set(ownership.schemas)
    return {
        path: tuple(sorted(registry.base_name(name) if name in schemas else name for name in listed))
        for path, listed in ownership.listed.items()
    }


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
        named = _schema(alias.of, schemas, sink)
        if named is None:
            continue
        direction = (usage.directions(named.name) or (Direction.RESPONSE,))[0]
        target = builder.registry.type_of(named, direction)
        if alias.module is AliasModule.SAME:
            name = attrs.evolve(target, name=alias.name)
            inserted.setdefault(target, []).append(Alias(name=name, type=NamedType(target), span=alias.span))
        else:
            _add_module(alias, target, ownership.rules.packages.get(alias.name, target.package or TYPES), builder)
    return inserted


def _add_module(alias: AliasConfig, target: TypeName, package: tuple[str, ...], builder: TypeBuilder) -> None:
    name = TypeName(package=package, module=builder.type_names.module_of(package, alias.name), name=alias.name)
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
