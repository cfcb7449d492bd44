"""Puts old names into the SDK, each where the new name is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from ...ir.api import Api
from ...ir.definitions import Definition, Model, Params, TypeModule, TypePackage
from ...ir.old_names import MovedMethod, OldName, OldResource, OldType, OldValue
from ...ir.resources import HookedMethod, Method, Resource
from ...ir.types import TypeName
from ...ir.walk import all_resources

Path = tuple[str, ...]
"""Of a resource; `()` is the client."""


def _lists() -> defaultdict[Any, list[Any]]:
    return defaultdict(list)


@attrs.define
class OldNames:
    """All old names by what has them."""

    types: list[OldType] = attrs.field(factory=list[OldType])
    exports: list[TypeName] = attrs.field(factory=list[TypeName])
    """Old types that were found in their package as well."""
    fields: defaultdict[TypeName, list[OldName]] = attrs.field(factory=_lists)
    resources: defaultdict[Path, list[OldResource]] = attrs.field(factory=_lists)
    methods: defaultdict[Path, list[OldName]] = attrs.field(factory=_lists)
    moved_methods: defaultdict[Path, list[MovedMethod]] = attrs.field(factory=_lists)
    """By the resource that had them."""
    params: defaultdict[tuple[Path, str], list[OldName]] = attrs.field(factory=_lists)
    """By resource and method."""
    values: defaultdict[tuple[Path, str], list[OldValue]] = attrs.field(factory=_lists)


def with_old_names(api: Api, old: OldNames) -> Api:
    """Return the SDK with the old names in `old`."""
    return attrs.evolve(
        api,
        client=attrs.evolve(api.client, old_resources=tuple(old.resources[()])),
        resources=tuple(_resource(resource, old) for resource in api.resources),
        type_modules=_modules(api, old),
        type_packages=_packages(api.type_packages, old.exports),
    )


def _resource(resource: Resource, old: OldNames) -> Resource:
    methods = {method.name: _method(resource, method, old) for method in resource.methods}
    return attrs.evolve(
        resource,
        methods=tuple(methods.values()),
        hooked=tuple(_hooked(hooked, methods[hooked.like]) for hooked in resource.hooked),
        children=tuple(_resource(child, old) for child in resource.children),
        old_methods=tuple(old.methods[resource.path]),
        moved_methods=tuple(old.moved_methods[resource.path]),
        old_resources=tuple(old.resources[resource.path]),
    )


def _method(resource: Resource, method: Method, old: OldNames) -> Method:
    key = (resource.path, method.name)
    return attrs.evolve(method, old_names=tuple(old.params[key]), old_values=tuple(old.values[key]))


def _hooked(hooked: HookedMethod, like: Method) -> HookedMethod:
    return attrs.evolve(hooked, old_names=like.old_names, old_values=like.old_values)


def _modules(api: Api, old: OldNames) -> tuple[TypeModule, ...]:
    """The modules with old names in their classes, and with old types; some hold nothing else."""
    modules = {(module.package, module.name): module for module in api.type_modules}
    types: defaultdict[tuple[Path, str], list[OldType]] = defaultdict(list)
    for found in old.types:
        types[found.name.package, found.name.module].append(found)
    for (package, name), listed in types.items():
        only_old = TypeModule(package=package, name=name, definitions=(), span=listed[0].span)
        modules.setdefault((package, name), only_old)
    of_params = dict(_by_dict(api))
    return tuple(
        attrs.evolve(
            modules[address],
            definitions=tuple(_definition(found, old, of_params) for found in modules[address].definitions),
            old_types=tuple(types[address]),
        )
        for address in sorted(modules)
    )


def dict_of_params(method: Method) -> TypeName | None:
    """Return the `TypedDict` that has the parameters of a method as keys; of a streaming method, the base of two."""
    if method.params_type is None or method.streaming is None:
        return method.params_type
    return attrs.evolve(method.params_type, name=method.params_type.name + "Base")


def _by_dict(api: Api) -> Iterator[tuple[TypeName, tuple[Path, str]]]:
    """The `TypedDict` of the parameters of each method → resource and method."""
    for resource in all_resources(api.resources):
        for method in resource.methods:
            name = dict_of_params(method)
            if name is not None:
                yield name, (resource.path, method.name)


def _definition(definition: Definition, old: OldNames, of_params: Mapping[TypeName, tuple[Path, str]]) -> Definition:
    if isinstance(definition, Model):
        return attrs.evolve(definition, old_names=tuple(old.fields[definition.name]))
    if isinstance(definition, Params) and definition.name in of_params:
        method = of_params[definition.name]
        keys = {field.wire_name for field in definition.fields}  # parameters of the path aren't among them
        return attrs.evolve(
            definition,
            old_names=tuple(found for found in old.params[method] if found.of in keys),
            old_values=tuple(found for found in old.values[method] if found.param in keys),
        )
    return definition


def _packages(packages: Iterable[TypePackage], exports: Iterable[TypeName]) -> tuple[TypePackage, ...]:
    by_path = {package.path: package for package in packages}
    for name in exports:
        package = by_path.get(name.package) or TypePackage(path=name.package)
        by_path[name.package] = attrs.evolve(package, old_exports=(*package.old_exports, name))
    return tuple(by_path[path] for path in sorted(by_path))
