"""One SDK, looked up by what a comparison asks for: definitions, methods, directions, files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ...ir.api import Api
from ...ir.definitions import Alias, Definition, Model, Params, TaggedUnion
from ...ir.direction import Direction
from ...ir.resources import HookedMethod, Method, Resource
from ...ir.symbols import field_symbol, method_symbol, param_symbol, resource_symbol, type_symbol
from ...ir.types import TypeExpr, TypeName
from ...ir.walk import all_definitions, all_resources, at_import, in_annotations, named_types, resource_module

REQUEST = frozenset({Direction.REQUEST})
RESPONSE = frozenset({Direction.RESPONSE})


@attrs.frozen(kw_only=True)
class MethodAt:
    """A generated method and the resource that has it."""

    resource: Resource
    method: Method

    @property
    def symbol(self) -> str:
        return method_symbol(self.resource.path, self.method.name)

    @property
    def endpoint(self) -> str:
        """`POST /v1/messages`"""
        return f"{self.method.verb.upper()} {self.method.path}"

    @property
    def params_type(self) -> TypeName | None:
        return self.method.params_type


@attrs.frozen(kw_only=True)
class HookedAt:
    """A hand-written method and the resource that has it."""

    resource: Resource
    method: HookedMethod

    @property
    def symbol(self) -> str:
        return method_symbol(self.resource.path, self.method.name)


@attrs.frozen(kw_only=True)
class Named:
    """What the SDK made of one place in the spec: names, generated files, and what to look for in them."""

    symbols: tuple[str, ...]
    files: tuple[str, ...]
    words: tuple[str, ...]


class Index:
    """An SDK and the questions that a comparison asks about it."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.package = api.package.import_name
        self.definitions = all_definitions(api)
        self.resources = {resource.path: resource for resource in all_resources(api.resources)}
        self.methods = [MethodAt(resource=r, method=m) for r in self.resources.values() for m in r.methods]
        self.hooked = [HookedAt(resource=r, method=m) for r in self.resources.values() for m in r.hooked]
        self.directions = _directions(self.definitions, self.methods)
        self.of_methods = frozenset(_of_methods(self.definitions.values(), self.methods))
        """The dictionary types that only say again what the parameters of a method are."""
        self.public = frozenset(_public(api))
        """The types that users are meant to import, from their package or from the module of another type."""
        self._places: dict[str, Named] | None = None

    @property
    def places(self) -> dict[str, Named]:
        """What stands in the SDK for a place in the spec."""
        if self._places is None:
            self._places = _places(self)
        return self._places

    @property
    def names(self) -> frozenset[str]:
        """Every public name of the resources, methods, parameters, types and fields."""
        resources = {resource_symbol(path) for path in self.resources}
        return frozenset(resources | {symbol for named in self.places.values() for symbol in named.symbols})

    def nearest(self, pointer: str) -> Named | None:
        """What stands in the SDK for a place in the spec, or for the closest one around it."""
        while pointer and pointer != "#":
            found = self.places.get(pointer)
            if found is not None:
                return found
            pointer = pointer.rpartition("/")[0]
        return None

    def symbol(self, name: TypeName) -> str:
        return type_symbol(self.package, name)

    def type_file(self, name: TypeName) -> str:
        """The generated module that defines `name`, below the output folder."""
        return "/".join(("src", self.package, *name.package, f"{name.module}.py"))

    def resource_file(self, resource: Resource) -> str:
        """The generated module of a resource, below the output folder."""
        return "/".join(("src", self.package, "resources", *resource_module(resource))) + ".py"

    def method_files(self, at: MethodAt) -> tuple[str, ...]:
        """The module of the resource, and that of the method's own types."""
        own = () if at.params_type is None else (self.type_file(at.params_type),)
        return (self.resource_file(at.resource), *own)

    def alike(self, at: MethodAt) -> Iterator[HookedAt]:
        """The hand-written methods with the signature of `at`."""
        for hooked in self.hooked:
            if hooked.resource.path == at.resource.path and hooked.method.like == at.method.name:
                yield hooked


def _public(api: Api) -> Iterator[TypeName]:
    for package in api.type_packages:
        yield from package.exports
    for module in api.type_modules:
        for name in module.exports:
            yield TypeName(package=module.package, module=module.name, name=name)


def _places(index: Index) -> dict[str, Named]:
    found: dict[str, Named] = {}

    def add(pointer: str, symbol: str, files: tuple[str, ...], word: str) -> None:
        known = found.get(pointer, Named(symbols=(), files=(), words=()))
        found[pointer] = Named(
            symbols=tuple(dict.fromkeys((*known.symbols, symbol))),
            files=tuple(dict.fromkeys((*known.files, *files))),
            words=tuple(dict.fromkeys((*known.words, word))),
        )

    for at in index.methods:
        files = index.method_files(at)
        add(at.method.pointer, at.symbol, files, at.method.name)
        for param in at.method.params:
            add(param.pointer, param_symbol(at.resource.path, at.method.name, param.name), files, param.name)
        if at.method.streaming is not None:
            param_name = at.method.streaming.param
            symbol = param_symbol(at.resource.path, at.method.name, param_name)
            add(at.method.streaming.pointer, symbol, files, param_name)
    for definition in index.definitions.values():
        if definition.name in index.of_methods or not definition.pointer:
            continue
        files = (index.type_file(definition.name),)
        add(definition.pointer, index.symbol(definition.name), files, definition.name.name)
        if isinstance(definition, (Model, Params)):
            for field in definition.fields:
                add(field.pointer, field_symbol(index.package, definition, field), files, field.name)
    return found


def _directions(
    definitions: dict[TypeName, Definition], methods: Iterable[MethodAt]
) -> dict[TypeName, frozenset[Direction]]:
    """Where each type is used, through all types that hold it. What no method uses is judged by its form."""
    sent: list[TypeExpr] = []
    received: list[TypeExpr] = []
    roots: list[TypeName] = []
    for at in methods:
        sent += [param.type for param in at.method.params]
        received.append(at.method.response)
        if at.method.streaming is not None:
            received.append(at.method.streaming.item)
        if at.params_type is not None:
            roots.append(at.params_type)
    in_requests = _reached([*roots, *_names(sent)], definitions)
    in_responses = _reached(_names(received), definitions)
    return {
        name: frozenset(
            direction
            for direction, reached in ((Direction.REQUEST, in_requests), (Direction.RESPONSE, in_responses))
            if name in reached
        )
        or _by_form(name, definitions)
        for name in definitions
    }


def _names(exprs: Iterable[TypeExpr]) -> list[TypeName]:
    return [name for expr in exprs for name in named_types(expr)]


def _reached(names: Iterable[TypeName], definitions: dict[TypeName, Definition]) -> set[TypeName]:
    reached: set[TypeName] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in reached and name in definitions:
            reached.add(name)
            waiting += [*at_import(definitions[name]), *in_annotations(definitions[name])]
    return reached


def _by_form(name: TypeName, definitions: dict[TypeName, Definition]) -> frozenset[Direction]:
    """Models and tagged unions come with responses, dictionary types go with requests, an alias follows its target."""
    seen: set[TypeName] = set()
    while name in definitions and name not in seen:
        seen.add(name)
        definition = definitions[name]
        match definition:
            case Model() | TaggedUnion():
                return RESPONSE
            case Params():
                return REQUEST
            case Alias():
                name = next(named_types(definition.type), name)
    return RESPONSE


def _of_methods(definitions: Iterable[Definition], methods: Iterable[MethodAt]) -> Iterator[TypeName]:
    modules = {(at.params_type.package, at.params_type.module): at for at in methods if at.params_type is not None}
    for definition in definitions:
        at = modules.get((definition.name.package, definition.name.module))
        if at is not None and definition.pointer == at.method.pointer:
            yield definition.name
