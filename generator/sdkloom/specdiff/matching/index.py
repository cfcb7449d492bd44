"""One SDK, looked up by what a comparison asks for: definitions, methods, directions, files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial

import attrs

from ...diagnostics.span import Span
from ...ir.api import Api
from ...ir.definitions import Alias, Definition, EnumClass, Field, Model, Params, TaggedUnion
from ...ir.direction import Direction
from ...ir.resources import (
    HookedMethod,
    MemberEncoding,
    Method,
    MethodParam,
    ParamLocation,
    Resource,
    Streaming,
    Webhook,
)
from ...ir.symbols import field_symbol, is_nested, method_symbol, param_symbol, resource_symbol, type_symbol, value_text
from ...ir.types import TypeExpr, TypeName
from ...ir.walk import all_definitions, all_resources, at_import, in_annotations, named_types, resource_module
from ..subject import Subject

REQUEST = frozenset({Direction.REQUEST})
RESPONSE = frozenset({Direction.RESPONSE})


Module = tuple[tuple[str, ...], str]
"""A module of types: the package below the root package, and the name."""


def module_of(name: TypeName) -> Module:
    """Return the module that defines a type."""
    return name.package, name.module


def by_module(definitions: Iterable[Definition]) -> dict[Module | None, list[TypeName]]:
    """Return the names of types by the module that defines them."""
    found: dict[Module | None, list[TypeName]] = {}
    for definition in definitions:
        found.setdefault(module_of(definition.name), []).append(definition.name)
    return found


@attrs.frozen(kw_only=True)
class MethodAt:
    """A generated method and the resource that has it."""

    resource: Resource
    method: Method

    @property
    def symbol(self) -> str:
        """`client.messages.create`"""
        return method_symbol(self.resource.path, self.method.name)

    @property
    def endpoint(self) -> str:
        """`POST /v1/messages`"""
        return f"{self.method.verb.upper()} {self.method.path}"

    @property
    def params_type(self) -> TypeName | None:
        """The dictionary type of the parameters."""
        return self.method.params_type

    @property
    def module(self) -> Module | None:
        """The module of the method's own types."""
        return None if self.params_type is None else module_of(self.params_type)


@attrs.frozen(kw_only=True)
class HookedAt:
    """A hand-written method and the resource that has it."""

    resource: Resource
    method: HookedMethod

    @property
    def symbol(self) -> str:
        """`client.messages.stream`"""
        return method_symbol(self.resource.path, self.method.name)


class Index:
    """An SDK and the questions that a comparison asks about it. Its subjects have their place in the base's spec if
    `is_base`, else in the revision's."""

    def __init__(self, api: Api, *, is_base: bool) -> None:
        self.api = api
        self.package = api.package.import_name
        self.definitions = all_definitions(api)
        self.resources = {resource.path: resource for resource in all_resources(api.resources)}
        self.methods = [MethodAt(resource=r, method=m) for r in self.resources.values() for m in r.methods]
        self.hooked = [HookedAt(resource=r, method=m) for r in self.resources.values() for m in r.hooked]
        self.page_classes = [scheme.as_model for scheme in api.pages]
        received = [field.type for page in self.page_classes for field in page.fields]
        received += [webhook.type for webhook in api.webhooks]
        self.directions = _directions(self.definitions, self.methods, received)
        self.header_models = frozenset(
            _names([at.method.response_headers for at in self.methods if at.method.response_headers])
        )
        """Models of headers, whose names have no case (RFC 9110 §5.1)."""
        self.of_methods = frozenset(_of_methods(self.definitions.values(), self.methods))
        """The dictionary types that only say again what the parameters of a method are."""
        self.public = frozenset(_public(api))
        """The types that users are meant to import, from their package or from the module of another type."""
        self._is_base = is_base

    @cached_property
    def _at_pointers(self) -> dict[str, list[Callable[[], Subject]]]:
        """What makes the subjects for a place in the spec. Most of them nobody asks for."""
        found: dict[str, list[Callable[[], Subject]]] = {}
        for at in self.methods:
            found.setdefault(at.method.pointer, []).append(partial(self.of_method, at))
            for param in at.method.params:
                found.setdefault(param.pointer, []).append(partial(self.of_param, at, param))
        for webhook in self.api.webhooks:
            found.setdefault(webhook.pointer, []).append(partial(self.of_webhook, webhook))
        for at in self.methods:
            streaming = at.method.streaming
            if streaming is not None:
                found.setdefault(streaming.pointer, []).append(partial(self._of_streaming, at, streaming))
        for page in self.page_classes:
            for field in page.fields:
                found.setdefault(field.pointer, []).append(partial(self.of_field, page, field))
        for definition in self.definitions.values():
            if definition.name in self.of_methods or not definition.pointer:
                continue
            found.setdefault(definition.pointer, []).append(partial(self.of_type, definition))
            if isinstance(definition, (Model, Params)):
                for field in definition.fields:
                    found.setdefault(field.pointer, []).append(partial(self.of_field, definition, field))
        return found

    @cached_property
    def members_of_forms(self) -> dict[tuple[str, str], list[MemberEncoding]]:
        """How methods write the members of forms, apart from styles, by endpoint and media type."""
        return {
            (at.endpoint, each.media_type): [
                bare
                for member in each.encodings
                if (bare := attrs.evolve(member, style=None)) != MemberEncoding(name=member.name)
            ]
            for at in self.methods
            for each in at.method.body_formats
        }

    @property
    def names(self) -> frozenset[str]:
        """Every public name of the resources, methods, parameters, types and fields."""
        resources = {resource_symbol(path) for path in self.resources}
        return frozenset(resources | {make().symbol for makers in self._at_pointers.values() for make in makers})

    def at_pointer(self, pointer: str) -> Subject | None:
        """Return what stands in the SDK for a place in the spec: one subject with the names of all."""
        subjects = [make() for make in self._at_pointers.get(pointer, ())]
        if not subjects:
            return None
        return attrs.evolve(
            subjects[0],
            symbols=tuple(dict.fromkeys(each.symbol for each in subjects)),
            files=tuple(dict.fromkeys(file for each in subjects for file in each.files)),
            words=tuple(dict.fromkeys(word for each in subjects for word in each.words)),
        )

    def nearest(self, pointer: str) -> Subject | None:
        """Return what stands in the SDK for a place in the spec, or for the closest one around it."""
        while pointer not in self._at_pointers:
            if pointer in ("", "#"):
                return None
            pointer = pointer.rpartition("/")[0]
        return self.at_pointer(pointer)

    def has(self, pointer: str) -> bool:
        """Return whether something in the SDK stands for a place in the spec."""
        return pointer in self._at_pointers

    def of_type(self, definition: Definition) -> Subject:
        """Return a type as a subject."""
        name = definition.name
        return self._subject(
            self.symbol(name), definition.span, definition.pointer, (self.type_file(name),), (name.name,)
        )

    def of_field(self, owner: Model | Params, field: Field) -> Subject:
        """Return an attribute of a model, or a key of a dictionary type, as a subject."""
        symbol = field_symbol(self.package, owner, field)
        return self._subject(symbol, field.span, field.pointer, (self.type_file(owner.name),), (field.name,))

    def of_resource(self, resource: Resource) -> Subject:
        """Return a resource as a subject."""
        symbol, files = resource_symbol(resource.path), (self.resource_file(resource),)
        return self._subject(symbol, resource.span, "", files, resource.path[-1:])

    def of_helper(self, at: HookedAt) -> Subject:
        """Return a hand-written method as a subject."""
        files, words = (self.resource_file(at.resource),), (at.method.name,)
        return self._subject(at.symbol, at.method.span, "", files, words)

    def of_webhook(self, webhook: Webhook) -> Subject:
        """Return the parser of a webhook as a subject."""
        symbol, files = f"{self.package}.webhooks.{webhook.attribute}", (f"src/{self.package}/webhooks.py",)
        return self._subject(symbol, webhook.span, webhook.pointer, files, (webhook.attribute,))

    def of_method(self, at: MethodAt) -> Subject:
        """Return a method as a subject; its files are the module of the resource, and that of the method's types."""
        return self._subject(at.symbol, at.method.span, at.method.pointer, self._method_files(at), (at.method.name,))

    def of_lone_method(self, at: MethodAt, types: Iterable[TypeName]) -> Subject:
        """Return a method that is in one SDK only; it has the names of its hand-written twins, and of `types`, which
        are its own."""
        public = [self.symbol(name) for name in sorted(types, key=is_nested) if name in self.public]
        twins = [twin.symbol for twin in self.twins(at)]
        return attrs.evolve(self.of_method(at), symbols=(at.symbol, *twins, *public))

    def of_param(self, at: MethodAt, param: MethodParam) -> Subject:
        """Return a parameter as a subject; it has a name everywhere where users can write it: in the method, in its
        hand-written twins, in its dictionary type."""
        symbols = [param_symbol(each.resource.path, each.method.name, param.name) for each in (at, *self.twins(at))]
        in_path = param.location is ParamLocation.PATH
        if at.params_type is not None and not param.positional:
            symbols.append(f"{self.symbol(at.params_type)}[{value_text(param.name)}]")
        subject = self._subject(symbols[0], param.span, param.pointer, self._method_files(at), (param.name,))
        return attrs.evolve(subject, symbols=tuple(symbols), keeps_values=not in_path)

    def _of_streaming(self, at: MethodAt, streaming: Streaming) -> Subject:
        """The parameter that asks for a stream."""
        symbol = param_symbol(at.resource.path, at.method.name, streaming.param)
        return self._subject(symbol, at.method.span, streaming.pointer, self._method_files(at), (streaming.param,))

    def _method_files(self, at: MethodAt) -> tuple[str, ...]:
        own = () if at.params_type is None else (self.type_file(at.params_type),)
        return (self.resource_file(at.resource), *own)

    def _subject(
        self, symbol: str, span: Span, pointer: str, files: tuple[str, ...], words: tuple[str, ...]
    ) -> Subject:
        base, revision = (span, None) if self._is_base else (None, span)
        return Subject(symbol=symbol, pointer=pointer, base=base, revision=revision, files=files, words=words)

    def symbol(self, name: TypeName) -> str:
        """Return a type as users write it: `anthropic.types.Message`."""
        return type_symbol(self.package, name)

    def type_file(self, name: TypeName) -> str:
        """Return the generated module that defines `name`, below the output folder."""
        return "/".join(("src", self.package, *name.package, f"{name.module}.py"))

    def resource_file(self, resource: Resource) -> str:
        """Return the generated module of a resource, below the output folder."""
        return "/".join(("src", self.package, "resources", *resource_module(resource))) + ".py"

    def twins(self, at: MethodAt) -> Iterator[HookedAt]:
        """Return the hand-written methods with the signature of `at`."""
        for hooked in self.hooked:
            if hooked.resource.path == at.resource.path and hooked.method.like == at.method.name:
                yield hooked


def _public(api: Api) -> Iterator[TypeName]:
    for package in api.type_packages:
        yield from package.exports
    for module in api.type_modules:
        for name in module.exports:
            yield TypeName(package=module.package, module=module.name, name=name)


def _directions(
    definitions: dict[TypeName, Definition], methods: Iterable[MethodAt], received: Iterable[TypeExpr]
) -> dict[TypeName, frozenset[Direction]]:
    """Where each type is used, through all types that hold it. `received` is what comes without a method. What nothing
    uses is judged by its form."""
    sent: list[TypeExpr] = []
    received = list(received)
    roots: list[TypeName] = []
    for at in methods:
        sent += [param.type for param in at.method.params]
        received.append(at.method.response)
        received.extend(case.type for case in at.method.errors)
        received += [] if at.method.response_headers is None else [at.method.response_headers]
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
            case Model() | TaggedUnion() | EnumClass():
                return RESPONSE
            case Params():
                return REQUEST
            case Alias():
                name = next(named_types(definition.type), name)
    return RESPONSE


def _of_methods(definitions: Iterable[Definition], methods: Iterable[MethodAt]) -> Iterator[TypeName]:
    modules = {at.module: at for at in methods if at.module is not None}
    for definition in definitions:
        at = modules.get(module_of(definition.name))
        if at is not None and definition.pointer == at.method.pointer:
            yield definition.name
