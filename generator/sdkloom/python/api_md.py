"""The lines of the reference page `api.md`."""

from __future__ import annotations

from ..ir.api import Api
from ..ir.resources import ApiMdLink, HookedMethod, Method, ParamLocation, Resource, ResponseKind
from ..ir.types import DictType, IterableType, ListType, NamedType, OptionalType, Scalar, TypeExpr, TypeName, UnionType
from ..ir.walk import all_resources, resource_module


class ApiMdPage:
    """Headings, type lists and links, as the page prints them."""

    def __init__(self, api: Api) -> None:
        self._root = f"src/{api.package.import_name}"
        self._package = api.package.import_name
        self.resources = list(all_resources(api.resources))

    def heading(self, resource: Resource) -> str:
        """`### Messages`: the depth is that of the path."""
        return f"{'#' * len(resource.path)} {resource.class_name}"

    def types_package(self, resource: Resource) -> str:
        return ".".join((self._package, *resource.types_package))

    def methods(self, resource: Resource) -> list[str]:
        """The list of methods, generated ones first."""
        lines = [self.method(resource, method) for method in resource.methods]
        return [*lines, *(self.hooked(resource, method) for method in resource.hooked)]

    def method(self, resource: Resource, method: Method) -> str:
        """One line of the list of methods."""
        arguments = [param.name for param in method.params if param.location is ParamLocation.PATH]
        arguments += [self._params_link(method.params_type)] if method.params_type is not None else []
        call = f"{self._title(method)}{self._callee(resource, method.name)}({', '.join(arguments)})"
        return f"- {call} -> {self._response(method)}</code>"

    def hooked(self, resource: Resource, method: HookedMethod) -> str:
        """The same for a hand-written method, with what sdk.yaml says instead."""
        like = next((found for found in resource.methods if found.name == method.like), None)
        shown = method.api_md
        title = self._title(like) if shown.title and like is not None else "<code>"
        args = shown.args
        if shown.params_link and like is not None and like.params_type is not None:
            args = self._params_link(like.params_type)
        return f"- {title}{self._callee(resource, method.name)}({args}) -> {_link(shown.returns)}</code>"

    def _title(self, method: Method) -> str:
        return f'<code title="{method.verb.lower()} {method.path}">'

    def _callee(self, resource: Resource, method: str) -> str:
        file = f"./{self._root}/resources/{'/'.join(resource_module(resource))}.py"
        return f'client.{".".join(resource.path)}.<a href="{file}">{method}</a>'

    def _params_link(self, name: TypeName) -> str:
        return f'\\*\\*<a href="{self._root}/{"/".join((*name.package, name.module))}.py">params</a>'

    def _response(self, method: Method) -> str:
        if method.response_kind is ResponseKind.NONE:
            return "None"
        if method.response_kind is ResponseKind.BINARY:
            return "BinaryAPIResponse"
        return self._type(method.response)

    def _type(self, type: TypeExpr) -> str:
        if isinstance(type, NamedType):
            href = f"./{self._root}/{'/'.join((*type.name.package, type.name.module))}.py"
            return _link(ApiMdLink(text=type.name.name, href=href))
        if isinstance(type, (ListType, IterableType)):
            return f"List[{self._type(type.item)}]"
        if isinstance(type, DictType):
            return f"Dict[str, {self._type(type.value)}]"
        if isinstance(type, OptionalType):
            return f"Optional[{self._type(type.inner)}]"
        if isinstance(type, UnionType):
            return " | ".join(self._type(member) for member in type.members)
        return type.primitive.value if isinstance(type, Scalar) else "object"


def _link(link: ApiMdLink) -> str:
    return link.text if link.href is None else f'<a href="{link.href}">{link.text}</a>'
