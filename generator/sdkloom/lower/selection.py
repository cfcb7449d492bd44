"""A part of an SDK: the methods that are asked for, and the types that they use.

What stays has the names that it has in the whole SDK, so that a part can grow without renaming anything.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

import attrs

from ..diagnostics import config_catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.nearest import did_you_mean
from ..document.config import Name
from ..document.model import Document, Operation
from ..document.pointers import operation_pointer
from ..ir.api import Api
from ..ir.definitions import TypeModule, TypePackage
from ..ir.old_names import OldResource
from ..ir.resources import Method, Resource
from ..ir.types import TypeExpr, TypeName
from ..ir.walk import all_definitions, all_resources, at_import, in_annotations, named_types
from .methods.resources import operations_by_endpoint
from .methods.skipped import fits, names_in_document, names_of
from .types.named_schemas import NamedSchemas
from .types.usage import add_reachable

Path = tuple[str, ...]
MethodKey = tuple[Path, str]
"""The path of a resource, and the name of a method."""


@attrs.frozen(kw_only=True)
class Selection:
    """Patterns of the methods that are wanted, and of those that are not. Without `only` all are wanted."""

    only: tuple[Name, ...] = ()
    skip: tuple[Name, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.only or self.skip)


def select(api: Api, selection: Selection, document: Document, sink: DiagnosticSink) -> Api:
    """Return the part of `api` that is asked for. A pattern that fits no method is an error, and so is an empty part.

    A pattern is a tag, a path (`/pets/*`, `get /pets`), an operation id, a method (`pets.list`) or a resource
    (`pets`); `*` stands for any text. Types that nothing in the part uses are left out, unless there is hand-written
    code, which may use any.
    """
    if not selection:
        return api
    methods = _Methods(api, document.operations)
    kept = methods.fitting(selection.only, sink) if selection.only else set(methods.every)
    kept -= methods.fitting(selection.skip, sink)
    if not kept and not sink.has_errors:
        first = (*selection.only, *selection.skip)[0]
        sink.report(config_catalog.NOTHING_SELECTED, first.span)
    if sink.has_errors:
        return api
    resources = _kept(api.resources, kept)
    if selection.only:
        api = attrs.evolve(api, webhooks=())
    return _Part(api, resources).api()


def left_out(part: Api, document: Document) -> list[str]:
    """Return the pointers of the operations that have no method in a part, and of the schemas that only they use."""
    found = operations_by_endpoint(document.operations)
    methods = {
        (method.verb.lower(), method.path) for resource in all_resources(part.resources) for method in resource.methods
    }
    kept = [operation for key, operation in found.items() if key in methods]
    kept += document.webhooks if part.webhooks else ()
    used = add_reachable(kept, NamedSchemas(document), set(), errors=True)
    pointers = [operation_pointer(operation)[1:] for key, operation in found.items() if key not in methods]
    own = (named for named in document.schemas if named.file == document.file)
    return [*pointers, *(named.pointer for named in own if named.name not in used)]


class _Methods:
    """The methods of an SDK, and what they can be called by."""

    def __init__(self, api: Api, operations: Iterable[Operation]) -> None:
        found = operations_by_endpoint(operations)
        self.every: dict[MethodKey, set[str]] = {}
        self._endpoints: dict[MethodKey, tuple[str, str]] = {}
        for resource in all_resources(api.resources):
            for method in resource.methods:
                key = (resource.path, method.name)
                self._endpoints[key] = (method.verb.lower(), method.path)
                operation = found.get(self._endpoints[key])
                of_document = () if operation is None else names_in_document(operation)
                self.every[key] = {*names_of(resource.path, method.name), *of_document}

    def fitting(self, patterns: Iterable[Name], sink: DiagnosticSink) -> set[MethodKey]:
        """Return the methods that one of the patterns fits. A pattern that fits none is reported."""
        found: set[MethodKey] = set()
        for pattern in patterns:
            fitting = {key for key, names in self.every.items() if fits(pattern.text, names, self._endpoints[key])}
            found |= fitting
            if not fitting:
                known = set(map(" ".join, self._endpoints.values())).union(*self.every.values())
                hint = did_you_mean(pattern.text, sorted(known), config_catalog.SELECTS_NOTHING.hint)
                sink.report(config_catalog.SELECTS_NOTHING, pattern.span, hint=hint, pattern=pattern.text)
        return found


def _kept(resources: Iterable[Resource], kept: set[MethodKey]) -> tuple[Resource, ...]:
    """The resources with the methods that are kept; those that have none at all are left out."""
    found: list[Resource] = []
    for resource in resources:
        methods = tuple(method for method in resource.methods if (resource.path, method.name) in kept)
        names = {method.name for method in methods}
        children = _kept(resource.children, kept)
        if methods or children:
            part = attrs.evolve(
                resource,
                methods=methods,
                hooked=tuple(hook for hook in resource.hooked if hook.like in names),
                children=children,
            )
            found.append(part)
    return tuple(found)


class _Part:
    """Leaves out of an SDK what its remaining resources don't need."""

    def __init__(self, api: Api, resources: tuple[Resource, ...]) -> None:
        self._api = api
        self._resources = resources
        self._every = list(all_resources(resources))
        self._paths = {resource.path for resource in self._every}
        self._definitions = all_definitions(api)
        self._methods = {
            (resource.path, method.name) for resource in self._every for method in (*resource.methods, *resource.hooked)
        }

    def api(self) -> Api:
        api = self._api
        schemes = {method.page.scheme for resource in self._every for method in resource.methods if method.page}
        pages = tuple(scheme for scheme in api.pages if scheme.name in schemes)
        api = attrs.evolve(api, pages=pages)
        has_own_code = any(one.hooked for one in all_resources(api.resources)) or bool(api.package.extra_exports)
        used = set(self._definitions) if has_own_code else self._used(api)
        modules = tuple(module for found in api.type_modules if (module := _module(found, used)) is not None)
        packages = _packages(api.type_packages, used, self._every)
        offered = {package.path for package in packages} | {("resources", *path) for path in self._paths}
        gone = {name.name for name in self._definitions if name not in used} - {name.name for name in used}
        example = api.example
        has_example = example is not None and (example.resource, example.method) in self._methods
        exports = (name for name in api.package.extra_exports if not name.package or name.package in offered)
        return attrs.evolve(
            api,
            package=attrs.evolve(api.package, extra_exports=tuple(exports)),
            client=attrs.evolve(api.client, old_resources=self._old(api.client.old_resources)),
            resources=tuple(self._resource(resource, gone) for resource in self._resources),
            type_modules=modules,
            type_packages=packages,
            shared_types=tuple(name for name in api.shared_types if name not in gone),
            example=example if has_example else None,
        )

    def _used(self, api: Api) -> set[TypeName]:
        """The types that can be reached from the methods."""
        exprs = [expr for resource in self._every for method in resource.methods for expr in _exprs(method)]
        exprs += [webhook.type for webhook in api.webhooks]
        exprs += [field.type for scheme in api.pages for field in scheme.fields]
        waiting = deque(name for expr in exprs for name in named_types(expr))
        for resource in self._every:
            waiting.extend(method.params_type for method in resource.methods if method.params_type is not None)
        used: set[TypeName] = set()
        while waiting:
            name = waiting.popleft()
            definition = self._definitions.get(name)
            if name in used or definition is None:
                continue
            used.add(name)
            waiting.extend(at_import(definition))
            waiting.extend(in_annotations(definition))
        return used

    def _resource(self, resource: Resource, gone: set[str]) -> Resource:
        moved = (method for method in resource.moved_methods if (method.resource, method.of) in self._methods)
        names = {name for path, name in self._methods if path == resource.path}
        return attrs.evolve(
            resource,
            children=tuple(self._resource(child, gone) for child in resource.children),
            listed_types=tuple(name for name in resource.listed_types if name not in gone),
            old_methods=tuple(method for method in resource.old_methods if method.of in names),
            moved_methods=tuple(moved),
            old_resources=self._old(resource.old_resources),
        )

    def _old(self, resources: tuple[OldResource, ...]) -> tuple[OldResource, ...]:
        return tuple(old for old in resources if old.of in self._paths)


def _exprs(method: Method) -> Iterator[TypeExpr]:
    yield method.response
    yield from (param.type for param in (*method.params, *method.constants))
    yield from (case.type for case in (*method.response_cases, *method.errors))
    yield from [method.streaming.item] if method.streaming is not None else []
    yield from (expr for expr in (method.body_type, method.response_headers) if expr is not None)


def _module(module: TypeModule, used: set[TypeName]) -> TypeModule | None:
    definitions = tuple(found for found in module.definitions if found.name in used)
    old_types = tuple(old for old in module.old_types if old.of in used)
    if not definitions and not old_types:
        return None
    names = {found.name.name for found in definitions}
    left_out = {found.name.name for found in module.definitions} - names
    return attrs.evolve(
        module,
        definitions=definitions,
        exports=tuple(name for name in module.exports if name not in left_out),
        late_imports=tuple(name for name in module.late_imports if name in used),
        old_types=old_types,
    )


def _packages(
    packages: Iterable[TypePackage], used: set[TypeName], resources: Iterable[Resource]
) -> tuple[TypePackage, ...]:
    """The packages that still have types, or are those of a resource, and the ones above them."""
    homes = {resource.types_package for resource in resources} | {name.package for name in used}
    needed = {home[:length] for home in homes for length in range(1, len(home) + 1)}
    return tuple(
        attrs.evolve(package, exports=tuple(name for name in package.exports if name in used))
        for package in packages
        if package.path in needed
    )
