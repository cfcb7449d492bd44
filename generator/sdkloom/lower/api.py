"""The stage as a whole: from a document and sdk.yaml to the SDK as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.nearest import did_you_mean
from ..document.config import ExampleConfig, ResourceConfig, SdkConfig
from ..document.lock import NO_LOCK, NamesLock
from ..document.model import Document, Operation
from ..ir.api import Api
from ..ir.definitions import TypePackage
from ..ir.resources import Example, Method, Resource
from ..ir.types import TypeName
from ..ir.walk import all_definitions, all_resources
from .client import lower_client, lower_package
from .extra_exports import check_extra_exports
from .inference.infer import infer_resources
from .inference.rules import NamingRules
from .methods.configured import configured_by
from .methods.hooks import Hooks, KnownTypes
from .methods.merge import merge_resources
from .methods.methods import Methods, Needs, check_headers
from .methods.pages import Pages
from .methods.resources import (
    Resources,
    endpoint_of,
    endpoints,
    method_configs,
    operations_by_endpoint,
    scopes,
    streamed_schemas,
    types_packages,
    walk_configs,
    with_listed,
)
from .methods.scope import Scope
from .methods.sent_by_client import SentByClient
from .methods.skipped import method_names, skipped_operations
from .methods.styles import Styles
from .methods.vendor_parameters import report_vendor_extensions, without_vendor_extensions
from .methods.webhooks import bodies, lower_webhooks, sent_by_api
from .names.deprecated_names import with_deprecated_names
from .names.locked_names import LockedNames
from .names.options import OptionNames
from .names.reserved import check_lengths, check_names
from .ownership import build_aliases, build_listed, find_ownership, insert_aliases, listed_names
from .provenance import provenance
from .security import lower_security
from .servers import lower_servers
from .stream_events import with_delivered_events
from .types.builder import TypeBuilder
from .types.chosen_schemas import chosen_schemas
from .types.cycles import resolve_cycles
from .types.enums import inline_enums
from .types.examples import json_like
from .types.families import Families
from .types.named_schemas import NamedSchemas
from .types.registry import SHARED_TYPES, TYPES, TypeRegistry
from .types.shapes import Shapes
from .types.type_names import TypeNames
from .types.type_rules import type_rules
from .types.usage import find_usage


def lower(document: Document, config: SdkConfig, sink: DiagnosticSink, lock: NamesLock = NO_LOCK) -> Api | None:
    """Return the SDK for a document: every decision is made here. `None` if an error was reported, here or before.

    Names in `lock` are kept. Those of places that are gone are free again: if there are any, all is decided once more
    without them. What is odd in the input goes to `sink`.
    """
    check_names(document, config, sink)
    found = DiagnosticSink(strict=sink.strict)
    if config.vendor_extensions is None:
        report_vendor_extensions(document.operations, found)
    elif not config.vendor_extensions:
        document = without_vendor_extensions(document)
    locked_names = LockedNames(lock, found)
    api = None
    try:
        api = _lower(document, config, locked_names, found)
    except RecursionError:
        found.report(catalog.TOO_ENTANGLED, document.span)
    pruned = locked_names.pruned_lock()
    if api is not None and pruned is not None:
        return lower(document, config, sink, pruned)
    for diagnostic in found.diagnostics:
        sink.add(diagnostic)
    if api is None or sink.has_errors:
        return None
    return with_deprecated_names(api, config.deprecated_names, sink)


def _lower(document: Document, config: SdkConfig, locked_names: LockedNames, sink: DiagnosticSink) -> Api:
    chosen = chosen_schemas(document, config, sink)
    schemas = NamedSchemas(document, {**inline_enums(document, config, chosen), **chosen})
    rules = type_rules(document, config, schemas, sink)
    supported = document.operations
    configs = _tree(document, config, locked_names, sink)
    operations = operations_by_endpoint(supported)
    ownership = find_ownership(config, configs, operations, schemas, locked_names, sink)
    every = [resource for _, resource in walk_configs(configs)]
    used = [operations[key] for key in sorted(endpoints(every)) if key in operations]
    from_api = sent_by_api(document)
    errors = config.client.error_bodies == "model"
    configured = configured_by(config, walk_configs(configs), schemas, sink)
    received, streamed = (*bodies(from_api), *configured.responses.schemas), streamed_schemas(every)
    taken = configured.parameters.types
    usage = find_usage(used, schemas, rules.response_only, streamed, errors=errors, received=received, sent=taken)
    type_names = TypeNames(locked_names, sink, types_packages(path for path, _ in walk_configs(configs)))
    by_path = _scopes(configs, type_names)
    registry = TypeRegistry(rules, ownership.packages, ownership.inferred, usage, schemas, type_names, sink)
    shapes = Shapes(schemas, Families(schemas), sink, rules.inlined)
    builder = TypeBuilder(shapes, schemas, registry, type_names, locked_names, rules, sink)
    hooks = Hooks(sink)
    styles = Styles(shapes, config.styles, sink)
    options = OptionNames(_members(configs), locked_names, sink)
    security = lower_security(document, used, config, options, sink)
    servers = lower_servers(document, used, config, options, sink)
    needs = Needs(security=security.by_endpoint, servers=servers.by_endpoint, events=config.client.stream_events)
    sent = SentByClient(config, security.filled)
    pages = Pages(builder, operations, method_configs(configs), config, locked_names, sink)
    methods = Methods(builder, sent, styles, configured, pages, needs, sink, used, typed_errors=errors)
    lowering = Resources(methods, hooks, operations, by_path, locked_names, sink)
    resources = tuple(lowering.lower(resource) for resource in configs)
    styles.report_unused()
    configured.parameters.report_unused()
    methods.responses.report_silent()
    webhooks = lower_webhooks(from_api, methods.responses.typed, type_names, sink)
    build_listed(ownership, usage, schemas, builder)
    aliases = build_aliases(config, ownership, usage, schemas, builder, sink)
    builder.build_pending()
    modules = resolve_cycles(insert_aliases(builder.modules, aliases), sink)
    check_headers(config.client.header_names, supported, sink)
    resources = with_listed(resources, listed_names(ownership, registry), registry.built())
    packages = _packages(builder.exports, resources)
    api = Api(
        package=lower_package(document, config, sink),
        client=lower_client(config, security, servers),
        resources=resources,
        type_modules=tuple(sorted(modules, key=lambda module: (module.package, module.name))),
        type_packages=packages,
        provenance=provenance(document, config),
        shared_types=tuple(registry.listed_name(name) for name in ownership.shared),
        webhooks=webhooks,
        pages=pages.schemes(),
        example=_example(config.example, resources, sink),
        has_limits=rules.has_limits,
        names=locked_names.names,
    )
    _check(api, hooks, builder, sink)
    builder.close()
    return with_delivered_events(api, config.client.stream_events, methods.own_events, sink)


def _tree(
    document: Document, config: SdkConfig, locked_names: LockedNames, sink: DiagnosticSink
) -> tuple[ResourceConfig, ...]:
    """The resources with their methods: what follows from the document, and what sdk.yaml says about it."""
    claimed = endpoints(resource for _, resource in walk_configs(config.resources))
    schemas = NamedSchemas(document)
    rules = NamingRules.of(config)
    rules.report(document.operations, config, sink)

    def inferred(operations: Iterable[Operation]) -> tuple[ResourceConfig, ...]:
        return infer_resources(operations, document.tags, schemas, locked_names, claimed, rules)

    everything = inferred(document.operations)
    whole = merge_resources(config.resources, everything, everything, DiagnosticSink()) if config.skip else ()
    skipped = skipped_operations(config.skip, document.operations, method_names(whole), sink)
    skipped |= {endpoint_of(one) for one in document.operations if rules.leaves_out(one)}
    left = [operation for operation in document.operations if endpoint_of(operation) not in skipped - claimed]
    rest = everything if len(left) == len(document.operations) else inferred(left)
    return merge_resources(config.resources, rest, everything, sink)


def _scopes(configs: Iterable[ResourceConfig], type_names: TypeNames) -> dict[tuple[str, ...], Scope]:
    """The scopes of methods, once the names of their types that names.lock has are kept."""
    listed = list(configs)
    found = scopes(listed)
    for path, resource in walk_configs(listed):
        for method in resource.methods:
            found[path].keep_locked(method.name, type_names)
    return found


def _members(configs: Iterable[ResourceConfig]) -> Iterator[str]:
    """The names of the resources and methods of the client itself."""
    for resource in configs:
        yield from [resource.name] if resource.name else (method.name for method in resource.methods)


def _packages(exports: Iterable[TypeName], resources: Iterable[Resource]) -> tuple[TypePackage, ...]:
    """Every package from `types` down to those that hold types."""
    paths = {TYPES}
    of_resources = [resource.types_package for resource in all_resources(resources)]
    for package in [name.package for name in exports] + of_resources:
        paths |= {package[:length] for length in range(1, len(package) + 1)}
    by_package: dict[tuple[str, ...], list[TypeName]] = {}
    for name in exports:
        by_package.setdefault(name.package, []).append(name)
        if name.package == SHARED_TYPES:
            by_package.setdefault(TYPES, []).append(name)
    return tuple(
        TypePackage(path=path, exports=tuple(sorted(by_package.get(path, []), key=lambda name: name.name)))
        for path in sorted(paths)
    )


def _check(api: Api, hooks: Hooks, builder: TypeBuilder, sink: DiagnosticSink) -> None:
    """Report what can only be seen in the SDK as a whole."""
    check_lengths(api, sink)
    check_extra_exports(api, sink)
    types = {name.name: name for name in builder.exports} | builder.registry.by_schema()
    known = KnownTypes(types=types, definitions=all_definitions(api))
    for resource in all_resources(api.resources):
        for hook in resource.hooked:
            hooks.check(hook, known)
            hooks.check_handled(hook, known.definitions)


def _example(config: ExampleConfig | None, resources: Iterable[Resource], sink: DiagnosticSink) -> Example | None:
    if config is None:
        return None
    known = {
        ".".join((*resource.path, method.name)): (resource, method)
        for resource in all_resources(resources)
        for method in resource.methods
    }
    if config.method.text not in known:
        hint = did_you_mean(config.method.text, known)
        sink.report(catalog.NO_METHOD, config.method.span, name=config.method.text, hint=hint)
        return None
    resource, method = known[config.method.text]
    _check_arguments(config, method, sink)
    arguments = tuple((name, json_like(value)) for name, value in config.arguments.items)
    return Example(resource=resource.path, method=method.name, arguments=arguments, output=config.output or "")


def _check_arguments(config: ExampleConfig, method: Method, sink: DiagnosticSink) -> None:
    """Every argument of the example must be a parameter, and no required one may be missing."""
    known = [param.name for param in method.params]
    if method.streaming is not None:
        known.append(method.streaming.param)
    for name in config.names:
        if name.text not in known:
            hint = did_you_mean(name.text, known)
            sink.report(catalog.NO_ARGUMENT, name.span, hint=hint, name=name.text, method=config.method.text)
    given = {name.text for name in config.names}
    missing = [f"`{param.name}`" for param in method.params if param.required and param.name not in given]
    if missing:
        names = ", ".join(missing)
        sink.report(catalog.ARGUMENTS_MISSING, config.method.span, names=names, method=config.method.text)
