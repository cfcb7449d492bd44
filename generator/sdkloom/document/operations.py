"""Paths, path items and operations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..diagnostics import catalog
from ..diagnostics.model import Related
from ..diagnostics.nearest import did_you_mean
from ..diagnostics.span import Span
from ..source.nodes import MappingNode, ScalarNode, SequenceNode
from .files import ref_node
from .http_messages import memoized, parse_parameters, parse_request_body, parse_responses
from .keys import METHODS
from .model import (
    MediaType,
    Operation,
    Parameter,
    RequestBody,
    Schema,
    SecurityRequirement,
    Server,
    ServerVariable,
)
from .path_templates import TEMPLATE, with_path_parameters
from .reader import Context, Obj
from .swagger_parameters import with_body_parameters

_DOUBLE_BRACES = re.compile(r"\{\{([^{}]*)\}\}")
"""A variable as the collections of HTTP clients have it: `{{host}}`."""
_NO_DEFAULT = "the clients can't do without the option"


def parse_paths(owner: Obj, key: str) -> tuple[Operation, ...]:
    """Read the operations below `paths` or `webhooks`, in source order (OpenAPI 3.1 §4.8.8)."""
    operations: list[Operation] = []
    items = list(owner.members(key, "Path Item"))
    taken = {(method, path) for path, obj in items for method in METHODS if obj.has(method)}
    for path, obj in items:
        if key == "paths" and not path.startswith("/"):
            hint = owner.belongs_inside(key, path, "Path Item")
            rule = catalog.PATH_MISPLACED if hint else catalog.PATH_WITHOUT_SLASH
            obj.context.sink.report(rule, obj.span, hint=hint, path=path)
            if hint:
                continue  # what is inside of it belongs elsewhere too
            path = f"/{path}"
        found = list(parse_path_item(path, obj, taken, is_path=key == "paths"))
        taken |= {(operation.method, operation.path) for operation in found}
        operations.extend(found)
    return tuple(operations)


def parse_path_item(
    path: str, obj: Obj, taken: Collection[tuple[str, str]] = (), *, is_path: bool = True
) -> Iterator[Operation]:
    """Yield the operations of a Path Item Object (OpenAPI 3.1 §4.8.9). `taken` are the methods and paths
    that there are.

    `is_path` is false where `path` is the name of a webhook or a component, which has no parameters in it.
    """
    obj.check_keys()
    shared, in_body = parse_parameters(obj)
    servers = parse_servers(obj)
    for method in METHODS:
        operation = obj.child(method, "Operation")
        if operation:
            yield _parse_operation(method, path, operation, shared, in_body, servers, taken if is_path else None)
    for method, operation in obj.members("additionalOperations", "Operation"):
        if method.lower() in METHODS:
            obj.context.sink.report(catalog.ADDITIONAL_METHOD, operation.span, method=method, key=method.lower())
        yield _parse_operation(method, path, operation, shared, in_body, servers, taken if is_path else None)


def _parse_operation(
    method: str,
    path: str,
    obj: Obj,
    shared: tuple[Parameter, ...],
    in_body: tuple[Obj, ...],
    servers: tuple[Server, ...],
    taken: Collection[tuple[str, str]] | None,
) -> Operation:
    """`shared` and `in_body` are the parameters of the path item; `taken` are the methods and paths that there are,
    `None` where `path` is none."""
    obj.check_keys()
    own, own_in_body = parse_parameters(obj)
    parameters = _merged(shared, own)
    if taken is not None:
        path, parameters = with_path_parameters(method, path, obj, parameters, taken)
    if not obj.has("responses") and obj.context.version < (3, 1):
        obj.expected_text("responses", "nothing is known of what comes back")
    return Operation(
        method=method,
        path=path,
        operation_id=obj.text("operationId"),
        summary=obj.text("summary"),
        description=obj.text("description"),
        tags=obj.texts("tags"),
        deprecated=obj.flag("deprecated") or False,
        parameters=parameters,
        request_body=with_body_parameters(_request_body(obj), (*in_body, *own_in_body)),
        responses=parse_responses(obj),
        security=parse_security(obj) if obj.has("security") else None,
        servers=parse_servers(obj) or servers,
        callbacks=tuple(name for name, *_ in obj.entries("callbacks")),
        callback_operations=tuple(_callbacks(obj)) if taken is not None else (),
        documentation=_documentation(obj),
        extensions=obj.extensions(),
        pointer=obj.pointer,
        span=obj.span,
    )


def _documentation(operation: Obj) -> str | None:
    obj = operation.child("externalDocs", "External Documentation")
    if obj is None:
        return None
    text, url = (" ".join((obj.text(key) or "").split()) for key in ("description", "url"))
    return f"{text.rstrip('.:')} ({url})" if text and url else text or url or None


def _callbacks(owner: Obj) -> Iterator[Operation]:
    """Yield the requests of Callback Objects (OpenAPI 3.1 §4.8.18). Callbacks of callbacks aren't looked at."""
    for name, callback in owner.members("callbacks", "Callback"):
        for expression in callback.node.entries:
            item = None if expression.startswith("x-") else callback.child(expression, "Path Item")
            for method in METHODS if item is not None else ():
                operation = item.child(method, "Operation") if item is not None else None
                if operation is not None:
                    yield _parse_operation(method, name, operation, (), (), (), None)


def _request_body(operation: Obj) -> RequestBody | None:
    """The body of a request. Of one that is a reference to nothing (which is reported), anything can be sent."""
    obj = operation.child("requestBody", "Request Body")
    if obj is not None:
        return memoized(obj, parse_request_body)
    if ref_node(operation.node.entries.get("requestBody")) is None:
        return None
    anything = MediaType(media_type="application/json", schema=Schema(span=operation.span), span=operation.span)
    return RequestBody(content=(anything,), pointer=operation.pointer, span=operation.span)


def _merged(shared: tuple[Parameter, ...], own: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    """The operation's parameters override those of the path item with the same name and location."""
    by_key = {(parameter.name, parameter.location): parameter for parameter in shared}
    by_key.update({(parameter.name, parameter.location): parameter for parameter in own})
    return tuple(by_key.values())


def check_operation_ids(operations: tuple[Operation, ...], context: Context) -> None:
    """Report operations that share an `operationId` (OpenAPI 3.1 §4.8.10)."""
    first: dict[str, Span] = {}
    for operation in operations:
        name = operation.operation_id
        if name is None:
            continue
        if name in first:
            related = [Related(message="first used here", span=first[name])]
            context.sink.report(catalog.DUPLICATE_OPERATION_ID, operation.span, related=related, name=name)
        else:
            first[name] = operation.span


def check_ambiguous_paths(operations: tuple[Operation, ...], context: Context) -> None:
    """Report paths that differ only in the names of their parameters: they are the same (OpenAPI 3.1 §4.8.8)."""
    first: dict[tuple[str, str], Operation] = {}
    for operation in operations:
        key = (operation.method, TEMPLATE.sub("{}", operation.path))
        other = first.setdefault(key, operation)
        if other is not operation:
            related = [Related(message=f"`{other.path}` is here", span=other.span)]
            path = operation.path
            context.sink.report(catalog.AMBIGUOUS_PATH, operation.span, related=related, path=path, other=other.path)


def parse_security(owner: Obj) -> tuple[SecurityRequirement, ...]:
    """Read the `security` of the document or of an operation (OpenAPI 3.1 §4.8.30)."""
    found: list[SecurityRequirement] = []
    node = owner.node.entries.get("security")
    if isinstance(node, MappingNode):
        owner.context.odd(node, "`security`", "a list", "a list of one")
    elif not isinstance(node, SequenceNode):
        if node is not None:
            owner.context.wrong_shape(node, "`security`", "a list")
        return ()
    for item in [node] if isinstance(node, MappingNode) else node.items:
        if not isinstance(item, MappingNode):
            owner.context.wrong_shape(item, "each item of `security`", "a mapping")
            continue
        schemes: list[tuple[str, tuple[str, ...]]] = []
        for name, scopes in item.entries.items():
            if not isinstance(scopes, SequenceNode):
                owner.context.odd(scopes, f"`{name}`", "a list of scopes", "an empty one")
            items = scopes.items if isinstance(scopes, SequenceNode) else ()
            schemes.append((name, tuple([scope.text for scope in items if isinstance(scope, ScalarNode)])))
        found.append(SecurityRequirement(schemes=tuple(schemes), span=item.span))
    return tuple(found)


def parse_servers(owner: Obj) -> tuple[Server, ...]:
    """Read the `servers` of the document, a path item or an operation (OpenAPI 3.1 §4.8.5)."""
    return tuple([_parse_server(obj) for obj in owner.children("servers", "Server")])


def _parse_server(obj: Obj) -> Server:
    obj.check_keys()
    given = obj.expected_text("url", "it is taken as `/`")
    url = _DOUBLE_BRACES.sub(lambda match: "{" + match[1].strip() + "}", given) if obj.has("url") else "/"
    variables: list[ServerVariable] = []
    for name, variable in obj.members("variables", "Server Variable"):
        variable.check_keys()
        default = variable.expected_text("default", _NO_DEFAULT)
        variables.append(
            ServerVariable(
                name=name,
                default=default if variable.has("default") else None,
                enum=variable.texts("enum"),
                description=variable.text("description"),
            )
        )
    known = [variable.name for variable in variables]
    for name in dict.fromkeys(TEMPLATE.findall(url)):
        if name not in known:
            span = obj.node.entries["url"].span
            rest = url.removeprefix("{" + name + "}")
            if rest != url and rest[:1] in ("", "/"):
                obj.context.sink.report(catalog.UNKNOWN_SERVER, span, name=name)
                url = rest or "/"
                continue
            obj.context.sink.report(catalog.UNKNOWN_SERVER_VARIABLE, span, hint=did_you_mean(name, known), name=name)
            variables.append(ServerVariable(name=name, default=None))
    span = obj.node.entries["url"].span if obj.has("url") else obj.span
    name = obj.text("name") or obj.text("x-name")
    return Server(url=url, name=name, description=obj.text("description"), variables=tuple(variables), span=span)
