"""The call that a README shows where sdk.yaml names none: short, and with something to print."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator

from ..ir.api import Api
from ..ir.definitions import Definitions, Model
from ..ir.resources import BodyFormat, Example, Method, MethodParam, ParamLocation, Resource, ResponseKind
from ..ir.types import NamedType
from ..ir.walk import all_resources, type_exprs_of, type_parts
from .literals import literal
from .samples import is_file

_SHOWN = (ResponseKind.JSON, ResponseKind.PAGE)
_PLAIN = re.compile(r"[\w\s\"'{}\[\]:,.@/+=-]{0,200}", re.ASCII)
"""Arguments that mean nothing in Markdown, and are short."""
_MANY = 3
"""Calls with more arguments come behind all others."""
_TAKEN = {"asyncio", "client", "error", "event", "events", "main", "response"}
"""Names of the programs."""


def best_example(api: Api, definitions: Definitions) -> Example | None:
    """Return the call: of those with the fewest arguments one that reads, pages first; `None` if none can be shown."""
    found = [
        (_rank(resource, method, number), resource, method)
        for number, (resource, method) in enumerate(methods_of(api))
        if _is_shown(method, definitions)
    ]
    if not found:
        return None
    _, resource, method = min(found, key=lambda one: one[0])
    arguments = tuple((param.name, param.sample) for param in needed(method))
    return Example(
        resource=resource.path,
        method=method.name,
        arguments=arguments,
        output=_variable(resource, method, definitions, api.package.import_name),
    )


def needed(method: Method) -> list[MethodParam]:
    """Return the parameters that every call gives. Where each type of the body needs other members, those of the first
    type are among them."""
    required = [param for param in method.params if param.required]
    members = {param.wire_name for param in required if param.location is ParamLocation.BODY}
    is_sent = bool(members) or method.body_required
    if not is_sent or any(members.issuperset(one.required) for one in method.body_formats):
        return required
    return needed_in(method, method.body_formats[0]) if method.body_formats else required


def needed_in(method: Method, body: BodyFormat) -> list[MethodParam]:
    """Return the parameters of a call that sends a body of this type."""
    return [
        param
        for param in method.params
        if param.required or (param.location is ParamLocation.BODY and param.wire_name in body.required)
    ]


def methods_of(api: Api) -> Iterator[tuple[Resource, Method]]:
    """Yield every method, with the resource that has it."""
    for resource in all_resources(api.resources):
        for method in resource.methods:
            yield resource, method


def _rank(resource: Resource, method: Method, number: int) -> tuple[object, ...]:
    count = len(needed(method))
    return (count > _MANY, method.page is None, method.verb != "get", count, len(resource.path), number)


def _is_shown(method: Method, definitions: Definitions) -> bool:
    if method.response_kind not in _SHOWN or method.deprecated or method.stream_content is not None:
        return False
    return all(
        _PLAIN.fullmatch(literal(param.sample)) and not _holds_file(param, definitions) for param in needed(method)
    )


def _holds_file(param: MethodParam, definitions: Definitions) -> bool:
    inner = [
        part
        for part in type_parts(param.type)
        for found in ([definitions[part.name]] if isinstance(part, NamedType) and part.name in definitions else [])
        for part in type_exprs_of(found)
    ]
    return any(is_file(part, definitions) for part in (*type_parts(param.type), *inner))


def _variable(resource: Resource, method: Method, definitions: Definitions, package: str) -> str:
    """What the result is called: `pet`, after its class; a page `page`, a list as the resource."""
    name = "result"
    if method.page is not None:
        name = "page"
    elif isinstance(method.response, NamedType):
        found = definitions.get(method.response.name)
        name = found.snake_name if isinstance(found, Model) else name
    elif resource.path:
        name = resource.path[-1]
    is_free = not keyword.iskeyword(name) and not hasattr(builtins, name) and name not in {*_TAKEN, package}
    return name if is_free else "result"
