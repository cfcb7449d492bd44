"""What sdk.yaml says about types: which resource owns which schema, aliases, types without a twin for requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink, Related
from ..diagnostics.nearest import did_you_mean
from ..document.config import AliasConfig, AliasModule, Name, ResourceConfig, SdkConfig
from ..ir.definitions import Alias, TypeModule
from ..ir.direction import Direction
from ..ir.types import NamedType, TypeName
from .methods.resources import types_package, walk_configs
from .names import identifiers as names
from .types.builder import TypeBuilder
from .types.modules import ModuleBuilder
from .types.refs import SchemaIndex
from .types.registry import TYPES, TypeRules
from .types.usage import Usage


@attrs.frozen(kw_only=True)
class Claims:
    """Schemas and aliases by the package of the resource that lists them."""

    rules: TypeRules
    listed: Mapping[tuple[str, ...], tuple[str, ...]]
    schemas: tuple[str, ...]


def claims(config: SdkConfig, resources: Iterable[ResourceConfig], index: SchemaIndex, sink: DiagnosticSink) -> Claims:
    aliases = {alias.name for alias in config.aliases}
    known = [*index.names, *sorted(aliases)]
    packages: dict[str, tuple[str, ...]] = {}
    first: dict[str, Name] = {}
    listed: dict[tuple[str, ...], tuple[str, ...]] = {}
    for path, resource in walk_configs(resources):
        for name in resource.types:
            if index.named(name.text) is None and name.text not in aliases:
                sink.report(catalog.NO_SCHEMA, name.span, name=name.text, hint=did_you_mean(name.text, known))
            elif name.text in first:
                related = [Related(message="the first claim", span=first[name.text].span)]
                sink.report(catalog.CLAIMED_TWICE, name.span, related=related, name=name.text)
            else:
                first[name.text] = name
                packages[name.text] = types_package(path)
        listed[path] = tuple(sorted(name.text for name in resource.types))
    for given in config.types:
        if index.named(given.name.text) is None:
            hint = did_you_mean(given.name.text, index.names)
            sink.report(catalog.NO_SCHEMA, given.name.span, name=given.name.text, hint=hint)
    renamed = {given.name.text: given.rename for given in config.types if given.rename is not None}
    response_only = frozenset(given.name.text for given in config.types if not given.param)
    rules = TypeRules(packages=packages, renamed=renamed, response_only=response_only)
    return Claims(rules=rules, listed=listed, schemas=tuple(name for name in first if name not in aliases))


def require_claimed(claimed: Claims, usage: Usage, index: SchemaIndex, builder: TypeBuilder) -> None:
    """Build every schema that a resource lists, in the directions in which it is used (else as a response)."""
    for name in claimed.schemas:
        named = index.named(name)
        if named is not None:
            for direction in usage.directions(name) or (Direction.RESPONSE,):
                builder.registry.type_of(named, direction)


def add_aliases(
    config: SdkConfig, claimed: Claims, usage: Usage, index: SchemaIndex, builder: TypeBuilder, sink: DiagnosticSink
) -> dict[TypeName, list[Alias]]:
    """Build the aliases with a module of their own; gives the others by the type beside which they belong."""
    beside: dict[TypeName, list[Alias]] = {}
    for alias in config.aliases:
        named = index.named(alias.of.text)
        if named is None:
            hint = did_you_mean(alias.of.text, index.names)
            sink.report(catalog.NO_SCHEMA, alias.of.span, name=alias.of.text, hint=hint)
            continue
        direction = (usage.directions(named.name) or (Direction.RESPONSE,))[0]
        target = builder.registry.type_of(named, direction)
        if alias.module is AliasModule.SAME:
            own = attrs.evolve(target, name=alias.name)
            beside.setdefault(target, []).append(Alias(name=own, type=NamedType(target), span=alias.span))
        else:
            _add_module(alias, target, claimed.rules.packages.get(alias.name, target.package or TYPES), builder)
    return beside


def _add_module(alias: AliasConfig, target: TypeName, package: tuple[str, ...], builder: TypeBuilder) -> None:
    name = TypeName(package=package, module=names.module_name(alias.name), name=alias.name)
    if builder.registry.claim_module(name, f"the alias `{alias.name}`", alias.span):
        module = ModuleBuilder(name, alias.span, "")
        module.claim(name.name)
        module.append(Alias(name=name, type=NamedType(target), span=alias.span))
        builder.publish(module)


def put_beside(modules: Iterable[TypeModule], beside: Mapping[TypeName, list[Alias]]) -> list[TypeModule]:
    """The modules with the aliases that stand beside their types."""
    by_module: dict[tuple[tuple[str, ...], str], list[Alias]] = {}
    for target, aliases in beside.items():
        by_module.setdefault((target.package, target.module), []).extend(aliases)
    return [
        attrs.evolve(module, definitions=(*module.definitions, *by_module.get((module.package, module.name), [])))
        for module in modules
    ]
