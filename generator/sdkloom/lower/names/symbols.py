"""Symbols of sdk.yaml: reading them, and finding what they name. `ir/symbols.py` has the notation."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterator, Mapping
from typing import Union

import attrs

from ...ir.api import Api
from ...ir.definitions import Alias, Definition, EnumClass, Field, Model, Params, TypeModule
from ...ir.resources import HookedMethod, Method, MethodParam, Resource, Streaming
from ...ir.symbols import field_symbol, method_symbol, param_symbol, resource_symbol, type_symbol, value_text
from ...ir.types import LiteralType, LiteralValue, NamedType, OptionalType, TypeExpr, TypeName, UnionType
from ...ir.walk import all_definitions, all_resources

_SYMBOL = re.compile(
    r"(?P<path>\w+(?:\.\w+)+)"
    r"(?:\((?P<param>\w+)=(?P<value>.*)\)|\[(?P<key>.+)\])?"
)


@attrs.frozen
class Symbol:
    """A symbol in its parts: `("client", "messages", "create")`, `model`, `"claude-2"`."""

    path: tuple[str, ...]
    param: str | None = None
    value: LiteralValue | None = None
    key: str | None = None

    def __str__(self) -> str:
        text = ".".join(self.path)
        if self.param is not None:
            return f"{text}({self.param}={'' if self.value is None else value_text(self.value)})"
        return text if self.key is None else f"{text}[{value_text(self.key)}]"

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path[-1]

    @property
    def last(self) -> str:
        """The name that the symbol ends in: of the parameter, if it has one."""
        return self.param or self.name

    @property
    def depth(self) -> tuple[int, bool, bool]:
        """Greater than that of its owner."""
        return len(self.path), self.param is not None or self.key is not None, self.value is not None

    @property
    def is_of_client(self) -> bool:
        """Whether it names a resource, or what belongs to one."""
        return self.path[0] == "client" and self.key is None

    def is_of_types(self, package: str) -> bool:
        """Whether it names a type of the package with that import name, or what belongs to one."""
        return self.path[:2] == (package, "types") and len(self.path) > 2 and self.param is None

    @property
    def shape(self) -> str:
        """What the symbol must name, as far as can be seen without looking anything up."""
        if self.param is not None:
            return "a parameter" if self.value is None else "a value"
        if self.key is not None:
            return "a key"
        return "a resource or a method" if self.is_of_client else "a type or an attribute"

    @property
    def owner(self) -> Symbol:
        """What it belongs to: the parameter of a value, the method of a parameter, the type of an attribute."""
        if self.value is not None:
            return Symbol(self.path, self.param)
        return Symbol(self.path if self.param is not None or self.key is not None else self.path[:-1])

    def below(self, owner: Symbol) -> Symbol:
        """Return the same symbol in another owner."""
        if self.value is not None:
            return attrs.evolve(owner, value=self.value)
        if self.param is not None or self.key is not None:
            return attrs.evolve(self, path=owner.path)
        return Symbol((*owner.path, self.name))

    def sibling(self, name: str) -> Symbol:
        """Return the symbol of another member of the same owner."""
        return Symbol((*self.path[:-1], name))


def parse_symbol(text: str) -> Symbol | None:
    """Read a symbol. `None` for a text that isn't written as one."""
    found = _SYMBOL.fullmatch(text.strip())
    if found is None:
        return None
    path, param = tuple(found["path"].split(".")), found["param"]
    if not all(_is_name(part) for part in (*path, *([param] if param else []))):
        return None
    try:
        value: object = json.loads(found["value"]) if found["value"] else None
        key: object = json.loads(found["key"]) if found["key"] else None
    except ValueError:
        return None
    if not isinstance(value, (str, int, bool, type(None))) or not isinstance(key, (str, type(None))):
        return None
    return Symbol(path, param, value, key)


def _is_name(text: str) -> bool:
    return text.isidentifier() and not text.startswith("_") and not keyword.iskeyword(text)


AnyMethod = Union[Method, HookedMethod]


@attrs.frozen
class TypeTarget:
    """A type: `anthropic.types.Message`."""

    definition: Definition


@attrs.frozen
class FieldTarget:
    """An attribute of a model: `anthropic.types.Usage.input_tokens`."""

    owner: Model
    field: Field


@attrs.frozen
class KeyTarget:
    """A key of a `TypedDict`: `anthropic.types.ToolParam["description"]`."""

    owner: Params
    field: Field


@attrs.frozen
class ResourceTarget:
    """A resource: `client.messages`."""

    resource: Resource


@attrs.frozen
class MethodTarget:
    """A method: `client.messages.create`."""

    resource: Resource
    method: AnyMethod


@attrs.frozen
class ParamTarget:
    """A parameter; of a hand-written method, that of the method it is like."""

    resource: Resource
    method: Method
    param: MethodParam | Streaming


@attrs.frozen
class ValueTarget:
    """A value of a parameter: `client.messages.create(model="claude-2.0")`."""

    resource: Resource
    method: Method
    param: MethodParam


Target = Union[TypeTarget, FieldTarget, KeyTarget, ResourceTarget, MethodTarget, ParamTarget, ValueTarget]


def targets(api: Api) -> dict[str, Target]:
    """Return everything in the SDK that a symbol can name, by its symbol."""
    found: dict[str, Target] = {}
    for module in api.type_modules:
        found.update(_of_types(api.package.import_name, module))
    for resource in all_resources(api.resources):
        if resource.path:
            found[resource_symbol(resource.path)] = ResourceTarget(resource)
        found.update(_of_methods(resource, all_definitions(api)))
    return found


def _of_types(package: str, module: TypeModule) -> Iterator[tuple[str, Target]]:
    for definition in module.definitions:
        yield type_symbol(package, definition.name), TypeTarget(definition)
        if isinstance(definition, Model):
            for field in definition.fields:
                yield field_symbol(package, definition, field), FieldTarget(definition, field)
        elif isinstance(definition, Params):
            for field in definition.fields:
                yield field_symbol(package, definition, field), KeyTarget(definition, field)


def _of_methods(resource: Resource, known: Mapping[TypeName, Definition]) -> Iterator[tuple[str, Target]]:
    by_name = {method.name: method for method in resource.methods}
    for method in (*resource.methods, *resource.hooked):
        yield method_symbol(resource.path, method.name), MethodTarget(resource, method)
        like = by_name[method.like] if isinstance(method, HookedMethod) else method
        for param in like.params:
            symbol = param_symbol(resource.path, method.name, param.name)
            yield symbol, ParamTarget(resource, like, param)
            for value in literal_values(param.type, known):
                yield f"{symbol[:-1]}{value_text(value)})", ValueTarget(resource, like, param)
        if like.streaming is not None and isinstance(method, Method):
            yield (
                param_symbol(resource.path, method.name, like.streaming.param),
                ParamTarget(resource, like, like.streaming),
            )


def literal_values(type: TypeExpr, known: Mapping[TypeName, Definition]) -> Iterator[LiteralValue]:
    """Yield the values that a type names, also through aliases; not those inside of lists and objects."""
    match type:
        case LiteralType(values):
            yield from values
        case OptionalType(inner):
            yield from literal_values(inner, known)
        case UnionType(members):
            for member in members:
                yield from literal_values(member, known)
        case NamedType(name):
            definition = known.get(name)
            if isinstance(definition, Alias):
                yield from literal_values(definition.type, known)
            elif isinstance(definition, EnumClass):
                yield from definition.values
        case _:
            return
