"""Programs that name things: types, constants, exceptions, options of the clients."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from sdkloom.ir.api import Api
from sdkloom.ir.definitions import EnumClass, Model, Params, TypeModule
from sdkloom.ir.symbols import field_symbol, resource_symbol
from sdkloom.ir.types import NamedType, TypeName
from sdkloom.ir.walk import all_resources, resource_module

from .program import Program, has_methods
from .spelling import Spelling
from .values import Values


@attrs.frozen(kw_only=True)
class Names:
    """Makes programs of what one package offers by name."""

    api: Api
    spelling: Spelling
    values: Values

    def programs(self) -> Iterator[Program]:
        """Yield all of them."""
        for module in self.api.type_modules:
            yield from self._types(module)
        for resource in all_resources(self.api.resources):
            if resource.path and has_methods(resource):
                symbol = ".".join((self.spelling.package, "resources", *resource_module(resource), resource.class_name))
                touches = frozenset({resource_symbol(resource.path)})
                yield Program(body=(f"anything({symbol})",), touches=touches, usual=False, checked=False)
                parameters = f"value: {symbol}"
                yield Program(
                    body=("anything(value)",), parameters=parameters, touches=touches, usual=False, runs=False
                )
        yield from self._package()
        yield from self._options()

    def modules(self) -> Iterator[str]:
        """The modules that programs import."""
        package = self.spelling.package
        yield f"{package}.types"
        for module in self.api.type_modules:
            yield ".".join((package, *module.package, module.name))
            yield ".".join((package, *module.package))
        for resource in all_resources(self.api.resources):
            yield ".".join((package, "resources", *resource_module(resource))) if resource.path else package
        if self.api.pages:
            yield f"{package}.pagination"
        if self.api.webhooks:
            yield f"{package}.webhooks"
        for resource in self.api.resources:
            for helper in resource.hooked:
                yield ".".join((package, *helper.returns.module))

    def _types(self, module: TypeModule) -> Iterator[Program]:
        for old in module.old_types:
            yield Program(body=(f"anything({old.path})",), touches=frozenset({old.path}))
        for definition in module.definitions:
            symbol = self.spelling.symbol(definition.name)
            touches = frozenset({symbol})
            yield Program(body=(f"anything({symbol})",), touches=touches, checked=False)
            yield Program(body=("anything(value)",), parameters=f"value: {symbol}", touches=touches, runs=False)
            if isinstance(definition, Model):
                yield from self._model(definition, symbol)
            elif isinstance(definition, EnumClass):
                use = "text" if definition.base == "StrEnum" else "integer"
                for member in self.spelling.members(definition):
                    yield Program(body=(f"{use}({member})",), touches=touches)
            elif isinstance(definition, Params) and not self._is_of_method(definition.name):
                yield from self._params(definition, symbol)

    def _is_of_method(self, name: TypeName) -> bool:
        return name.module.endswith("_params")

    def _model(self, model: Model, symbol: str) -> Iterator[Program]:
        try:
            made = self.spelling.sample(NamedType(model.name))
        except RecursionError:
            return
        fields = {field_symbol(self.spelling.package, model, field) for field in model.fields}
        yield self._by_hand(model, made, fields)
        for field in model.fields:
            touches = frozenset({symbol, field_symbol(self.spelling.package, model, field)})
            for value in self.spelling.samples(field.type):
                touched = fields | self.spelling.touched(field.type)
                yield self._by_hand(model, self.spelling.made(model, field, value), touched)
            yield Program(
                body=(f"anything(value.{field.name})",), parameters=f"value: {symbol}", touches=touches, runs=False
            )
            if field.default is not None:
                body = (f"made = {made}", f"sure(made.{field.name} == {field.default!r})")
                yield Program(body=body, touches=touches, usual=False, checked=False)
        for old in model.old_names:
            yield Program(
                body=(f"anything(value.{old.name})",),
                parameters=f"value: {symbol}",
                touches=frozenset({symbol, f"{symbol}.{old.name}"}),
                runs=False,
            )
        if model.extra is not None:
            yield Program(
                body=("for value in made.model_extra.values():", f"    declared: {self._extra(model)} = value")
                + ("    anything(declared)",),
                parameters=f"made: {symbol}",
                touches=frozenset({symbol}),
                usual=False,
                runs=False,
            )

    def _by_hand(self, model: Model, made: str, touches: Iterable[str]) -> Program:
        """A program that makes an object, as tests do."""
        named = re.findall(rf"\b{self.spelling.package}\.[\w.]+", made)
        touched = frozenset({*named, *touches})
        return Program(body=(f"made = {made}", "by_hand(made)"), touches=touched, usual=False, made=model.pointer)

    def _extra(self, model: Model) -> str:
        assert model.extra is not None
        return self.spelling.annotation(model.extra)

    def _params(self, params: Params, symbol: str) -> Iterator[Program]:
        drawn = self.values.drawn(params.pointer) if params.pointer else []
        for value in drawn:
            touches = self.spelling.touched_by(NamedType(params.name), value)
            body = (f"made: {symbol} = {value!r}", "anything(made)")
            yield Program(body=body, touches=touches | {symbol}, runs=False)

    def _package(self) -> Iterator[Program]:
        package = self.spelling.package
        client = self.api.client
        for constant in client.constants:
            symbol = f"{package}.{constant.name}"
            touches = frozenset({symbol})
            use = {str: "text", bool: "boolean", int: "integer"}[type(constant.value)]
            yield Program(body=(f"{use}({symbol})",), touches=touches)
            body = (f"sure({symbol} == {constant.value!r})",)
            yield Program(body=body, touches=touches, usual=False, checked=False)
        names = [client.class_name, client.async_class_name, self.api.package.base_error, "APIStatusError", "Stream"]
        exports = [f"{package}.{name}" for name in dict.fromkeys(names)]
        for export in self.api.package.extra_exports:
            exports.append(".".join((package, *export.package, export.name)))
        for symbol in exports:  # to checkers, any name of a module with `__getattr__` is there: only its type is not
            touches = frozenset({symbol})
            yield Program(body=(f"anything({symbol})",), touches=touches, checked=False)
            yield Program(body=("anything(value)",), parameters=f"value: {symbol}", touches=touches, runs=False)
        body = ("try:", "    pass", f"except {package}.{self.api.package.base_error}:", "    pass")
        yield Program(body=body, touches=frozenset({f"{package}.{self.api.package.base_error}"}), runs=False)
        for webhook in self.api.webhooks:
            symbol = f"{package}.webhooks.{webhook.attribute}"
            yield Program(body=(f"anything({symbol})",), touches=frozenset({symbol}))

    def _clients(self, arguments: str) -> Iterator[tuple[str, bool]]:
        package, client = self.spelling.package, self.api.client
        yield f"{package}.{client.class_name}({arguments})", False
        yield f"{package}.{client.async_class_name}({arguments})", True

    def _options(self) -> Iterator[Program]:
        package, client = self.spelling.package, self.api.client
        options: list[tuple[str, str]] = [(credential.option, '"secret"') for credential in client.credentials]
        servers = client.servers
        if servers is not None:
            options += [(servers.option, repr(each.name)) for each in servers.environments]
            for variable in servers.variables:
                options += [(variable.option, repr(value)) for value in variable.values or ("text",)]
        for name, text in options:
            for made, is_async in self._clients(f"{name}={text}"):
                class_name = client.async_class_name if is_async else client.class_name
                touches = frozenset({f"{package}.{class_name}({name}=)", f"{package}.{class_name}"})
                yield Program(body=(f"anything({made})",), touches=touches)
