"""The resource tree: what sdk.yaml says, or what was derived, with methods and hooked methods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink, Related
from ...diagnostics.nearest import did_you_mean
from ...diagnostics.span import Span
from ...document.config import HookedMethodConfig, MethodConfig, ResourceConfig
from ...document.lock import Section
from ...document.model import Operation
from ...document.pointers import operation_pointer
from ...ir.resources import CLIENT_METHODS, Method, Resource
from ...ir.types import TypeName
from ...ir.walk import named_types
from ..names import identifiers as names
from ..names.locked_names import LockedNames
from ..types.registry import SHARED_TYPES, TYPES
from .hooks import Hooks
from .methods import Methods
from .scope import Scope

Operations = Mapping[tuple[str, str], Operation]
"""Operations by verb (in lower case) and path."""


def operations_by_endpoint(operations: Iterable[Operation]) -> Operations:
    """Return the operations by verb (in lower case) and path."""
    return {endpoint_of(operation): operation for operation in operations}


def endpoint_of(operation: Operation) -> tuple[str, str]:
    """Return the verb (in lower case) and the path."""
    return (operation.method.lower(), operation.path)


def walk_configs(
    resources: Iterable[ResourceConfig], parents: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], ResourceConfig]]:
    """Yield every resource with its path, parents first. The client itself has the path `()`."""
    for resource in resources:
        path = (*parents, resource.name) if resource.name else parents
        yield path, resource
        yield from walk_configs(resource.resources, path)


def method_configs(resources: Iterable[ResourceConfig]) -> list[MethodConfig]:
    """Return the generated methods of `resources` and of their children."""
    return list(_generated(resource for _, resource in walk_configs(resources)))


def endpoints(resources: Iterable[ResourceConfig]) -> set[tuple[str, str]]:
    """Return the verbs and paths of the generated methods of `resources`, without those of their children."""
    return {(method.verb, method.path) for method in _generated(resources)}


def streamed_schemas(resources: Iterable[ResourceConfig]) -> list[str]:
    """Return the schemas of which sdk.yaml says that a method of `resources` streams them."""
    return [method.stream_item.text for method in _generated(resources) if method.stream_item is not None]


def _generated(resources: Iterable[ResourceConfig]) -> Iterator[MethodConfig]:
    for resource in resources:
        yield from (method for method in resource.methods if isinstance(method, MethodConfig))


def types_package(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return where the types of a resource live: in the package of its parent."""
    return TYPES + path[:-1]


def types_packages(paths: Iterable[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    """Return every package that holds types of the resources at `paths`, or packages with such."""
    packages = {types_package(path) for path in paths} | {SHARED_TYPES}
    return frozenset(package[:length] for package in packages for length in range(1, len(package) + 1))


def scopes(resources: Iterable[ResourceConfig]) -> dict[tuple[str, ...], Scope]:
    """Return what the types of the methods of each resource are named after.

    That is the name of the resource in the singular, unless a neighbour has that.
    """
    configs = dict(walk_configs(resources))
    singulars = {path: names.pascal(names.singular(config.name)) for path, config in configs.items()}
    counts = Counter((types_package(path), stem) for path, stem in singulars.items())
    stems = {
        path: stem if counts[types_package(path), stem] == 1 else names.pascal(configs[path].name)
        for path, stem in singulars.items()
    }
    bases = Counter(
        (types_package(path), stems[path] + names.pascal(method.name))
        for path, config in configs.items()
        for method in config.methods
    )
    ambiguous = frozenset(base for (_, base), count in bases.items() if count > 1)
    return {
        path: Scope(path=path, stem=stem, package=types_package(path), ambiguous=ambiguous)
        for path, stem in stems.items()
    }


class Resources:
    """Lowers resources."""

    def __init__(
        self,
        methods: Methods,
        hooks: Hooks,
        operations: Operations,
        scopes: Mapping[tuple[str, ...], Scope],
        locked_names: LockedNames,
        sink: DiagnosticSink,
    ) -> None:
        self._methods = methods
        self._hooks = hooks
        self._operations = operations
        self._scopes = scopes
        self._locked_names = locked_names
        self._sink = sink
        self._first: dict[tuple[str, str], tuple[str, MethodConfig]] = {}

    def lower(self, config: ResourceConfig, parents: tuple[str, ...] = ()) -> Resource:
        """Return the resource with its children. Which types they list is known later."""
        path = (*parents, config.name) if config.name else parents
        scope = self._scopes[path]
        generated = [method for method in config.methods if isinstance(method, MethodConfig)]
        hooked = [method for method in config.methods if isinstance(method, HookedMethodConfig)]
        methods = [lowered for method in generated if (lowered := self._method(method, scope)) is not None]
        hooks = [lowered for hook in hooked if (lowered := self._hooks.lower(hook, methods, scope)) is not None]
        resource = Resource(
            path=path,
            class_name=names.type_name(config.name) if path else CLIENT_METHODS,
            methods=tuple(methods),
            hooked=tuple(hooks),
            children=tuple(self.lower(child, path) for child in config.resources),
            types_package=scope.package,
            doc=config.doc,
            span=config.span,
        )
        if path:
            self._check_name(config, path)
        self._check_members(config, path)
        return resource

    def _method(self, config: MethodConfig, scope: Scope) -> Method | None:
        key = (config.verb, config.path)
        operation = self._operations.get(key)
        if operation is None:
            known = [f"{verb} {path}" for verb, path in self._operations]
            hint = did_you_mean(config.endpoint.text, known)
            self._sink.report(catalog.NO_ENDPOINT, config.endpoint.span, endpoint=config.endpoint.text, hint=hint)
            return None
        self._check_twice(config, key, scope)
        method = self._methods.lower(operation, config, scope)
        self._locked_names.record(Section.METHODS, operation_pointer(operation), ".".join((*scope.path, method.name)))
        return method

    def _check_twice(self, config: MethodConfig, key: tuple[str, str], scope: Scope) -> None:
        """One operation under two names is a slip, unless the two methods ask for different things."""
        name = scope.symbol(config.name)
        first_name, first = self._first.setdefault(key, (name, config))
        if first is not config and _asks_for(first) == _asks_for(config):
            related = [Related(message="the other method", span=first.span)]
            self._sink.report(
                catalog.OPERATION_TWICE,
                config.endpoint.span,
                related=related,
                endpoint=config.endpoint.text,
                name=name,
                other=first_name,
            )

    def _check_name(self, config: ResourceConfig, path: tuple[str, ...]) -> None:
        """Neither Python nor the class that has the resource as an attribute may use its name otherwise."""
        owner, taken = ("client", names.CLIENT_MEMBERS)
        if path[:-1]:
            owner, taken = f"resource `{path[-2]}`", names.RESOURCE_MEMBERS | {path[-2]}
        other = names.resource_name(config.name, taken)
        if other != config.name:
            why = names.why_not(config.name)
            self._sink.report(catalog.RESERVED_NAME, config.span, name=config.name, owner=owner, other=other, why=why)

    def _check_members(self, config: ResourceConfig, path: tuple[str, ...]) -> None:
        """Methods and children share the attributes of one class."""
        taken: dict[str, Span] = {}
        reserved = names.RESOURCE_MEMBERS if path else names.CLIENT_MEMBERS
        for member in (*config.methods, *config.resources):
            name = names.attribute(member.name, reserved)
            if name != member.name and not isinstance(member, ResourceConfig):
                why = names.why_not(member.name)
                self._sink.report(catalog.METHOD_RENAMED, member.span, name=member.name, other=name, why=why)
            if name in taken:
                related = [Related(message=f"the other `{name}`", span=taken[name])]
                owner = ".".join(path) or "client"
                self._sink.report(catalog.MEMBER_TWICE, member.span, related=related, name=name, resource=owner)
            taken.setdefault(name, member.span)


def _asks_for(config: MethodConfig) -> object:
    stream = config.stream_param.text if config.stream_param else None
    return (stream, config.headers, bool(config.deprecated_values))


def with_listed(
    resources: Iterable[Resource], listed: Mapping[tuple[str, ...], tuple[str, ...]], of_schemas: Collection[TypeName]
) -> tuple[Resource, ...]:
    """Return `resources` and their children with the types that they list: by their paths, and then those that
    responses of their methods have alone. `of_schemas` are the others."""
    return tuple(_with_listed(resource, listed, of_schemas) for resource in resources)


def _with_listed(
    resource: Resource, listed: Mapping[tuple[str, ...], tuple[str, ...]], of_schemas: Collection[TypeName]
) -> Resource:
    found = dict.fromkeys(listed.get(resource.path, ()))
    for method in resource.methods:
        found.update((name.name, None) for name in named_types(method.response) if name not in of_schemas)
    return attrs.evolve(
        resource, children=with_listed(resource.children, listed, of_schemas), listed_types=tuple(found)
    )
