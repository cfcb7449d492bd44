"""An OpenAPI document from its nodes: the entry, and the top-level objects."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink, Related
from ..diagnostics.nearest import nearest
from ..diagnostics.span import Span
from ..source.limits import DEFAULT_LIMITS, Limits
from ..source.load import without_gc
from ..source.nodes import MappingNode, Node, ScalarNode
from .files import Files, Target, ref_node
from .http_messages import (
    memoized,
    parse_header,
    parse_parameter,
    parse_request_body,
    parse_response,
)
from .keys import Version
from .model import Contact, Document, Info, License, NamedSchema, Tag
from .naming import name_targets
from .operations import (
    check_ambiguous_paths,
    check_operation_ids,
    parse_path_item,
    parse_paths,
    parse_security,
    parse_servers,
)
from .reader import Context, Obj
from .schemas import canonical, parse_schema
from .security import check_security, parse_security_schemes

_VERSION = re.compile(r"(\d+)\.(\d+)(?:\.\d+.*)?")
_SUPPORTED = ((3, 0), (3, 1), (3, 2))
_COMPONENT_NAME = re.compile(r"[A-Za-z0-9._-]+")
_NO_INFO = "sdk.yaml can give the name and the version of the package"


def parse_document(
    path: str,
    read: Callable[[str], str],
    sink: DiagnosticSink,
    limits: Limits = DEFAULT_LIMITS,
    overlays: Sequence[str] = (),
) -> Document | None:
    """Read the document at `path`, lay the overlays over it in their order, and read the files that it refers to.

    All are read through `read`, which returns the text of a file. `None` if it isn't an OpenAPI document at all.
    Whether there are mistakes in it, `sink.has_errors` tells.
    """
    with without_gc():
        return _parse(Context(path, Files(read, sink, limits, {path: tuple(overlays)}), sink))


def document_root(
    path: str, read: Callable[[str], str], limits: Limits = DEFAULT_LIMITS, overlays: Sequence[str] = ()
) -> Node | None:
    """Return the nodes of the document at `path`, with the overlays laid over it; `None` if they can't be read."""
    return Files(read, DiagnosticSink(), limits, {path: tuple(overlays)}).root(path)


def _parse(context: Context) -> Document | None:
    root = context.files.root(context.path)
    if root is None:
        return None
    if not isinstance(root, MappingNode):
        context.wrong_shape(root, "an OpenAPI document", "a mapping")
        return None
    version = _version(root, context)
    if version is None:
        return None
    context.version = version
    openapi = root.entries["openapi"]
    obj = Obj(context, "OpenAPI", root, "", root.key_span("openapi"))
    obj.check_keys()
    return _parse_root(obj, openapi.text if isinstance(openapi, ScalarNode) else "")


def _version(root: MappingNode, context: Context) -> Version | None:
    node = root.entries.get("openapi")
    if node is None:
        if "swagger" in root.entries:
            context.sink.report(catalog.SWAGGER, root.key_span("swagger"))
        else:
            similar = nearest("openapi", root.entries)
            hint = f"write `{similar}` as `openapi`" if similar else None
            context.sink.report(catalog.NOT_OPENAPI, root.key_span(similar or ""), hint=hint)
        return None
    found = _VERSION.fullmatch(node.text) if isinstance(node, ScalarNode) else None
    version = (int(found[1]), int(found[2])) if found else None
    if version not in _SUPPORTED:
        text = node.text if isinstance(node, ScalarNode) else "this"
        context.sink.report(catalog.UNSUPPORTED_VERSION, node.span, version=text)
        return None
    return version


def _parse_root(obj: Obj, version: str) -> Document:
    context = obj.context
    if not obj.has("paths") and (context.version < (3, 1) or not (obj.has("components") or obj.has("webhooks"))):
        obj.missing("paths")
    components = obj.child("components", "Components")
    operations = parse_paths(obj, "paths")
    webhooks = parse_paths(obj, "webhooks")
    check_operation_ids(operations + webhooks, context)
    check_ambiguous_paths(operations, context)
    schemes = parse_security_schemes(components) if components else ()
    documentation = obj.child("externalDocs", "External Documentation")
    security = parse_security(obj)
    check_security([security, *(operation.security or () for operation in operations)], schemes, context)
    if components:
        components.check_keys()
        _read_unused(components)
    return Document(
        file=context.path,
        version=version,
        info=_parse_info(obj),
        servers=parse_servers(obj),
        operations=operations,
        webhooks=webhooks,
        schemas=_parse_schemas(components, context),
        security_schemes=schemes,
        security=security,
        tags=tuple([tag for tag in map(_parse_tag, obj.children("tags", "Tag")) if tag.name]),
        documentation=documentation.text("url") if documentation else None,
        documentation_span=documentation.span if documentation else obj.span,
        span=obj.span,
    )


def _parse_info(root: Obj) -> Info:
    obj = root.child("info", "Info")
    if obj is None:
        if not root.has("info"):
            root.expected_text("info", _NO_INFO)
        return Info(title="", version="")
    obj.check_keys()
    return Info(
        title=obj.expected_text("title", "sdk.yaml can name the package"),
        version=obj.expected_text("version", "sdk.yaml can give the version of the package, which is 0.1.0 otherwise"),
        summary=obj.text("summary"),
        description=obj.text("description"),
        terms_of_service=obj.text("termsOfService"),
        license=_parse_license(obj.child("license", "License")),
        contact=_parse_contact(obj.child("contact", "Contact")),
        span=obj.span,
    )


def _parse_license(obj: Obj | None) -> License | None:
    if obj is None:
        return None
    obj.check_keys()
    return License(name=obj.text("name"), identifier=obj.text("identifier"), span=obj.span)


def _parse_contact(obj: Obj | None) -> Contact | None:
    if obj is None:
        return None
    obj.check_keys()
    return Contact(name=obj.text("name"), url=obj.text("url"), email=obj.text("email"), span=obj.span)


def _parse_tag(obj: Obj) -> Tag:
    obj.check_keys()
    span = obj.node.entries["name"].span if obj.has("name") else obj.span
    name = obj.expected_text("name", "it is left out")
    return Tag(name=name, summary=obj.text("summary"), description=obj.text("description"), span=span)


def _read_unused(components: Obj) -> None:
    """Look at the components that no operation uses too, so that their mistakes are reported."""
    for _, obj in components.members("parameters", "Parameter"):
        memoized(obj, parse_parameter)
    for _, obj in components.members("headers", "Header"):
        memoized(obj, parse_header)
    for _, obj in components.members("requestBodies", "Request Body"):
        memoized(obj, parse_request_body)
    for _, obj in components.members("responses", "Response"):
        memoized(obj, parse_response)
    for name, obj in components.members("pathItems", "Path Item"):
        list(parse_path_item(name, obj, is_path=False))


def _parse_schemas(components: Obj | None, context: Context) -> tuple[NamedSchema, ...]:
    """The components, then every other target of a schema ref, until no new one turns up."""
    found: dict[str, NamedSchema] = {}
    for name, node, span, pointer in components.entries("schemas") if components else ():
        if not _COMPONENT_NAME.fullmatch(name):
            context.sink.report(catalog.BAD_COMPONENT_NAME, span, name=name)
        file = node.file.base
        target = _other_file(node, file, context) or Target(file=file, pointer=pointer, node=node)
        schema = parse_schema(context, target.node, target.pointer, f"schema `{name}`")
        if target.key in found:
            _report_two_names(found[target.key], name, span, context)
            continue
        found[target.key] = NamedSchema(name=name, schema=schema, file=target.file, pointer=target.pointer, span=span)
    return (*found.values(), *_parse_targets(context, found))


def _other_file(node: Node, file: str, context: Context) -> Target | None:
    """The target of a component that only names another file."""
    ref = ref_node(node)
    target = canonical(context, ref) if ref else None
    return target if target and target.file != file else None


def _report_two_names(first: NamedSchema, name: str, span: Span, context: Context) -> None:
    related = [Related(message="the other name", span=first.span)]
    context.sink.report(catalog.TWO_NAMES, span, related=related, name=name, other=first.name)


def _parse_targets(context: Context, known: dict[str, NamedSchema]) -> list[NamedSchema]:
    parsed: dict[str, NamedSchema] = {}
    pending = [target for key, target in context.targets.items() if key not in known]
    while pending:
        for target in pending:
            schema = parse_schema(context, target.node, target.pointer, f"`{target.key}`")
            parsed[target.key] = NamedSchema(
                name="", schema=schema, file=target.file, pointer=target.pointer, span=target.node.span
            )
        pending = [target for key, target in context.targets.items() if key not in known and key not in parsed]
    targets = [context.targets[key] for key in parsed]
    names = name_targets(targets, [named.name for named in known.values()], context.path)
    return [
        NamedSchema(
            name=names[key],
            schema=parsed[key].schema,
            file=parsed[key].file,
            pointer=parsed[key].pointer,
            span=parsed[key].span,
        )
        for key in sorted(parsed)
    ]
