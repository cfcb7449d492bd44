"""The pieces of the reference page `api.md`."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ..ir.api import Api
from ..ir.resources import ApiMdLink, HookedMethod, Method, ParamLocation, Resource, ResponseKind
from ..ir.streams import StreamFormat
from ..ir.symbols import resource_symbol
from ..ir.types import (
    DictType,
    IterableType,
    ListType,
    NamedType,
    OptionalType,
    Primitive,
    Scalar,
    TypeExpr,
    TypeName,
    UnionType,
)
from ..ir.walk import all_resources, resource_module
from .streams import format_of
from .texts import html_attribute, html_text


@attrs.frozen(kw_only=True)
class MethodLine:
    """One line of a list of methods, in pieces."""

    title: str | None
    """What the mouse shows: `post /v1/messages`."""
    owner: str
    href: str
    name: str
    arguments: list[str]
    returns: str


WIDTH = 88
"""Columns of an import that stands on one line."""


_SHOWN = (ParamLocation.QUERY, ParamLocation.BODY)
"""Parameters that the page mentions besides those of the path: the others say how to call, not what."""


def import_lines(package: str, names: Sequence[str]) -> list[str]:
    """Return `from package import A, B`, with a line for each name where there are too many for one."""
    line = f"from {package} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return [line]
    return [f"from {package} import (", *(f"    {name}," for name in names), ")"]


class ApiMdPage:
    """Headings, type lists and links, as the page prints them."""

    def __init__(self, api: Api) -> None:
        self._root = f"src/{api.package.import_name}"
        self._package = api.package.import_name
        self.resources = list(all_resources(api.resources))
        self.shared_types = api.shared_types
        self._webhooks = api.webhooks

    def heading(self, resource: Resource) -> str:
        """`### Messages`: the depth is that of the path. That of the methods of the client itself is `# Client`."""
        return f"{'#' * len(resource.path)} {resource.class_name}" if resource.path else "# Client"

    def shared_import(self) -> list[str]:
        """The import of the types that belong to no resource, in lines."""
        return import_lines(f"{self._package}.types", self.shared_types)

    def types_import(self, resource: Resource) -> list[str]:
        """The import of the types of a resource, from `anthropic.types`, in lines."""
        return import_lines(".".join((self._package, *resource.types_package)), resource.listed_types)

    def methods(self, resource: Resource) -> list[MethodLine]:
        """The list of methods, generated ones first."""
        lines = [self._generated(resource, method) for method in resource.methods]
        return [*lines, *(self._hooked(resource, method) for method in resource.hooked)]

    def webhooks(self) -> list[MethodLine]:
        """The parsers of the requests that the API sends."""
        return [
            MethodLine(
                title=None,
                owner="webhooks",
                href=f"./{self._root}/webhooks.py",
                name=f"{webhook.attribute}.parse",
                arguments=["body", "headers", "\\*", "secret"],
                returns=self._type(webhook.type),
            )
            for webhook in self._webhooks
        ]

    def _generated(self, resource: Resource, method: Method) -> MethodLine:
        arguments = [param.name for param in method.params if param.positional]
        named = [param for param in method.params if param.location is ParamLocation.PATH and not param.positional]
        arguments += ["\\*", *(param.name for param in named)] if named else []
        if method.params_type is not None and any(param.location in _SHOWN for param in method.params):
            arguments.append(self._params_link(method.params_type))
        return MethodLine(
            title=_title(method),
            owner=resource_symbol(resource.path),
            href=self._file(resource),
            name=method.name,
            arguments=arguments,
            returns=self._response(method),
        )

    def _hooked(self, resource: Resource, method: HookedMethod) -> MethodLine:
        """The same for a hand-written method, with what sdk.yaml says instead."""
        like = next((found for found in resource.methods if found.name == method.like), None)
        shown = method.api_md
        arguments = [html_text(shown.args)]
        if shown.params_link and like is not None and like.params_type is not None:
            arguments = [self._params_link(like.params_type)]
        return MethodLine(
            title=_title(like) if shown.title and like is not None else None,
            owner=resource_symbol(resource.path),
            href=self._file(resource),
            name=method.name,
            arguments=arguments,
            returns=_link(shown.returns),
        )

    def _file(self, resource: Resource) -> str:
        return f"./{self._root}/resources/{'/'.join(resource_module(resource))}.py"

    def _params_link(self, name: TypeName) -> str:
        return f'\\*\\*<a href="{self._root}/{"/".join((*name.package, name.module))}.py">params</a>'

    def _response(self, method: Method) -> str:
        if method.response_kind is ResponseKind.NONE:
            return "None"
        if method.response_kind is ResponseKind.HEADERS and method.response == Scalar(Primitive.NONE):
            return "Headers"
        if method.page is not None:
            return self._generic(f"Sync{method.page.scheme}", method.response)
        if method.response_kind is ResponseKind.BINARY:
            return "BinaryAPIResponse"
        if method.response_kind is ResponseKind.STREAM:
            return self._generic(
                "JSONLDecoder" if format_of(method) is StreamFormat.LINES else "Stream", method.response
            )
        return self._type(method.response)

    def _generic(self, name: str, item: TypeExpr) -> str:
        """A class of pages or of a stream, with a link to the type of its items."""
        if not isinstance(item, NamedType):
            return f"{name}[{self._type(item)}]"
        return _link(ApiMdLink(text=f"{name}[{item.name.name}]", href=self._href(item.name)))

    def _href(self, name: TypeName) -> str:
        return f"./{self._root}/{'/'.join((*name.package, name.module))}.py"

    def _type(self, type: TypeExpr) -> str:
        if isinstance(type, NamedType):
            return _link(ApiMdLink(text=type.name.name, href=self._href(type.name)))
        if isinstance(type, (ListType, IterableType)):
            return f"List[{self._type(type.item)}]"
        if isinstance(type, DictType):
            return f"Dict[str, {self._type(type.value)}]"
        if isinstance(type, OptionalType):
            return f"Optional[{self._type(type.inner)}]"
        if isinstance(type, UnionType):
            return " | ".join(self._type(member) for member in type.members)
        return type.primitive.spelling if isinstance(type, Scalar) else "object"


def _title(method: Method) -> str:
    return html_attribute(f"{method.verb.lower()} {method.path}")


def _link(link: ApiMdLink) -> str:
    text = html_text(link.text)
    return text if link.href is None else f'<a href="{html_attribute(link.href)}">{text}</a>'
