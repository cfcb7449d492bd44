"""Programs that call the methods of a package: with what is required, with each parameter, with values at the edge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from sdkloom.ir.api import Api
from sdkloom.ir.definitions import Model
from sdkloom.ir.resources import BodyKind, JsonMapping, Method, MethodParam, Resource, ResponseKind
from sdkloom.ir.streams import StreamFormat
from sdkloom.ir.symbols import method_symbol, param_symbol, resource_symbol, type_symbol
from sdkloom.ir.types import Base64Type, FileType, ListType, NamedType, Primitive, Scalar
from sdkloom.ir.walk import all_resources
from sdkloom.python.streams import streamed
from sdkloom.specdiff.model import Column

from .program import Program, has_methods
from .reads import Read, reads
from .spelling import Spelling
from .values import Values

_EDGES = 60
"""Values at the edge for each parameter."""

Arguments = dict[str, str]
"""Expressions by the names of parameters."""


@attrs.frozen(kw_only=True)
class Calls:
    """Makes programs of the methods of one package."""

    api: Api
    spelling: Spelling
    values: Values

    def programs(self) -> Iterator[Program]:
        """Yield those of all methods, under their names of today and under those of the past."""
        for resource in all_resources(self.api.resources):
            if resource.path and has_methods(resource):
                yield Program(
                    body=(f"anything({resource_symbol(resource.path)})",),
                    touches=frozenset({resource_symbol(resource.path)}),
                )
            for method in resource.methods:
                yield from MethodCalls(calls=self, resource=resource, method=method).programs()
            yield from self._helpers(resource)
            yield from self._old_names(resource)

    def _helpers(self, resource: Resource) -> Iterator[Program]:
        by_name = {method.name: method for method in resource.methods}
        for helper in resource.hooked:
            like = MethodCalls(calls=self, resource=resource, method=by_name[helper.like])
            symbol = method_symbol(resource.path, helper.name)
            call = f"{symbol}({like.spelled(like.required())})"
            returns = ".".join((self.spelling.package, *helper.returns.module, helper.returns.name))
            touches = frozenset({symbol})
            yield Program(body=(f"anything({call})",), touches=touches)
            body = (f"made: {returns} = {call}", f"sure(type(made) is {returns})")
            yield Program(body=body, touches=touches)

    def _old_names(self, resource: Resource) -> Iterator[Program]:
        names = [*resource.old_methods, *resource.moved_methods, *resource.old_resources]
        if resource in self.api.attributes:
            names += [old for old in self.api.client.old_resources if not resource.path[1:]]
        for old in names:
            path = () if old in self.api.client.old_resources else resource.path
            symbol = method_symbol(path, old.name)
            yield Program(body=(f"anything({symbol})",), touches=frozenset({symbol}))


@attrs.frozen(kw_only=True)
class MethodCalls:
    """Makes programs of one method."""

    calls: Calls
    resource: Resource
    method: Method

    @property
    def symbol(self) -> str:
        return method_symbol(self.resource.path, self.method.name)

    @property
    def touches(self) -> frozenset[str]:
        return frozenset({self.symbol, resource_symbol(self.resource.path)})

    def programs(self) -> Iterator[Program]:
        """Yield all of them."""
        least = self.required()
        yield Program(body=(f"{self.symbol}({self.spelled(least)})", 'reached.append("called")'), touches=self.touches)
        awaited = "await " if not self._is_iterated else ""
        yield Program(
            body=(f"anything({awaited}{self.symbol}({self.spelled(least)}))",), touches=self.touches, is_async=True
        )
        yield from self._responses(least)
        for param in self.method.params:
            yield from self._with(param, least)
        yield from self._positional(least)
        yield from self._old_names(least)
        yield from self._raw(least)
        if self.method.body is not BodyKind.NONE and self.method.body_type is None:
            extra = self.spelled({**least, "extra_body": '{"undeclared": "text"}'})
            yield Program(body=(f"{self.symbol}({extra})",), touches=self.touches, usual=False, varies=False)

    def required(self) -> Arguments:
        """The arguments that every call gives."""
        given = {param.name: self._texts(param)[0] for param in self.method.params if param.required}
        return given

    def spelled(self, arguments: Mapping[str, str]) -> str:
        """Arguments as they stand in a call."""
        return ", ".join(f"{name}={text}" for name, text in arguments.items())

    def _texts(self, param: MethodParam) -> list[str]:
        return [text for text, _ in self._drawn(param)]

    def _drawn(self, param: MethodParam) -> list[tuple[str, Any]]:
        """Arguments for a parameter, with the JSON that they stand for."""
        if isinstance(param.type, FileType):
            return [('b"text"', None)]
        if isinstance(param.type, Scalar) and param.type.primitive is Primitive.BYTES:
            return [('b"text"', None)]
        found = self.calls.values.drawn(param.pointer, 8) if param.pointer else []
        if not found:
            found = [_plain(param.sample)]
        if isinstance(param.type, Base64Type):
            found = ["c29tZQ=="]
        found = [value for value in found if not _is_hard_to_send(param, value)] or [_plain(param.sample)]
        if param.location.value != "body":  # how several are written shows in two of them
            found += [value * 2 for value in found[:1] if isinstance(value, list)]
        texts = [(text, None) for text in self.calls.spelling.texts(param.type)]
        return [(repr(value), value) for value in found] + texts

    def _param_symbols(self, name: str) -> frozenset[str]:
        found = {param_symbol(self.resource.path, self.method.name, name)}
        if self.method.params_type is not None:
            found.add(f'{type_symbol(self.calls.spelling.package, self.method.params_type)}["{name}"]')
        return frozenset(found)

    def _with(self, param: MethodParam, least: Arguments) -> Iterator[Program]:
        spelling = self.calls.spelling
        own = self.touches | self._param_symbols(param.name)
        drawn = self._drawn(param)
        for text, value in drawn:
            touches = own | (spelling.touched(param.type) if value is None else spelling.touched_by(param.type, value))
            call = f"{self.symbol}({self.spelled({**least, param.name: text})})"
            yield Program(body=(call, 'reached.append("called")'), touches=touches, varies=False)
            for part in _undeclared(value):
                open_call = f"{self.symbol}({self.spelled({**least, param.name: repr(part)})})"
                yield Program(body=(open_call,), touches=touches, usual=False, checked=False, varies=False)
        if param.pointer and not isinstance(param.type, (FileType, Base64Type)):
            known = {text for text, _ in drawn}
            for value in self.calls.values.edges(param.pointer, _EDGES):
                if repr(value) not in known and self._may_be_sent(param, value):
                    call = f"{self.symbol}({self.spelled({**least, param.name: repr(value)})})"
                    touches = own | spelling.touched_by(param.type, value)
                    yield Program(body=(call,), touches=touches, checked=False, varies=False)
        call = f"{self.symbol}({self.spelled({**least, param.name: 'value'})})"
        declared = f"value: {spelling.annotation(param.type)}"
        touches = own | spelling.touched(param.type)
        yield Program(body=(call,), parameters=declared, touches=touches, usual=False, runs=False)
        if param.type == Scalar(Primitive.BOOL) and self.method.response_kind is ResponseKind.JSON:
            result = f"result: {spelling.annotation(self.method.response)} = {call}"
            body = (result, "anything(result)")
            yield Program(body=body, parameters=declared, touches=own, usual=False, runs=False)

    def _may_be_sent(self, param: MethodParam, value: Any) -> bool:
        """Whether somebody could have passed a value: keys that nobody declared are tried on their own."""
        is_plain = not _is_hard_to_send(param, value) and not _has_parts(param, value)
        return is_plain and not self.calls.values.has_undeclared_keys(param.pointer, value)

    def _positional(self, least: Arguments) -> Iterator[Program]:
        names = [param.name for param in self.method.params if param.positional]
        for count in range(1, len(names) + 1):
            first = names[:count]
            rest = {name: text for name, text in least.items() if name not in first}
            texts = {param.name: self._texts(param)[0] for param in self.method.params if param.positional}
            arguments = ", ".join(filter(None, [*(texts[name] for name in first), self.spelled(rest)]))
            touches = self.touches.union(*(self._param_symbols(name) for name in first))
            yield Program(body=(f"{self.symbol}({arguments})", 'reached.append("called")'), touches=touches)

    def _old_names(self, least: Arguments) -> Iterator[Program]:
        for old in self.method.old_names:
            texts = {param.name: self._texts(param)[0] for param in self.method.params}
            rest = {name: text for name, text in least.items() if name != old.of}
            call = f"{self.symbol}({self.spelled({**rest, old.name: texts.get(old.of, 'None')})})"
            yield Program(body=(call,), touches=self.touches | self._param_symbols(old.name))

    @property
    def _is_iterated(self) -> bool:
        return self.method.response_kind is ResponseKind.PAGE

    def _responses(self, least: Arguments) -> Iterator[Program]:
        """What is done with a response."""
        call = f"{self.symbol}({self.spelled(least)})"
        start = Read(variable="v0", type=self.method.response, body=(f"v0 = {call}",), indent=0, touches=self.touches)
        kind = self.method.response_kind
        if kind is ResponseKind.JSON:
            yield from reads(self.calls.spelling, start)
        elif kind is ResponseKind.TEXT:
            yield Program(body=start.line("text(v0)"), touches=self.touches)
        elif kind is ResponseKind.BINARY:
            yield Program(body=start.line("raw(v0.read())"), touches=self.touches)
        elif kind is ResponseKind.PAGE:
            yield from self._pages(start)
        elif kind is ResponseKind.STREAM:
            yield from self._items(call)
        if self.method.streaming is not None:
            yield from self._items(f"{self.symbol}({self.spelled({**least, self.method.streaming.param: 'True'})})")

    def _pages(self, start: Read) -> Iterator[Program]:
        given = self.method.page
        scheme = next(each for each in self.calls.api.pages if given is not None and each.name == given.scheme)
        spelling = self.calls.spelling
        class_name = f"{spelling.package}.pagination.Sync{scheme.name}"
        start = attrs.evolve(start, touches=self.touches | {class_name})
        page = attrs.evolve(start, body=start.line("v0.has_next_page()"))  # models can be iterated over, too
        lines = page.line("for v1 in itertools.islice(v0, 5):")
        yield from reads(spelling, start.then(lines, "v1", self.method.response, inside=True))
        lines = start.line(f"v1 = v0.{scheme.attribute}")
        yield from reads(spelling, start.then(lines, "v1", ListType(self.method.response)))
        if not isinstance(self.method.response, NamedType):
            return
        body = start.line(f"declared: {class_name}[{spelling.annotation(self.method.response)}] = v0")
        yield Program(body=(*body, "anything(declared)"), touches=start.touches, runs=False)

    def _items(self, call: str) -> Iterator[Program]:
        content, item = streamed(self.method)
        touches = self.touches | {f"{self.calls.spelling.package}.Stream"}
        start = Read(variable="stream", type=item, body=(f"stream = {call}",), indent=0, touches=touches)
        lines = start.line("for v1 in stream:")
        yield from reads(self.calls.spelling, start.then(lines, "v1", item, inside=True))
        body = start.line("for _ in stream:")
        yield Program(body=(*body, "    pass", "sure(stream.complete)"), touches=touches, usual=False)
        if content.format is StreamFormat.LINES:
            yield Program(body=start.line("anything(stream.http_response)"), touches=touches, usual=False)

    def _raw(self, least: Arguments) -> Iterator[Program]:
        """What few programs look at: the status, and the headers, which the document declares."""
        responses = _responses_of(self.calls.values.document, self.method)
        owner = resource_symbol(self.resource.path)
        call = f"raw = {owner}.with_raw_response.{self.method.name}({self.spelled(least)})"
        statuses = [int(status) for status in responses if status.isdigit() and status[0] == "2"]
        if statuses and len(statuses) == len([status for status in responses if status[0] in "2d"]):
            yield Program(body=(call, f"sure(raw.status_code in {statuses!r})"), touches=self.touches, usual=False)
        for header, pointer in _headers(responses):
            body = (call, f"header = raw.headers.get({header!r})")
            is_required = pointer.get("required")
            guard = () if is_required else ("if header is not None:",)
            indent = "" if is_required else "    "
            lines = (*body, *guard, f"{indent}text(header or None)  # type: ignore[arg-type]")
            yield Program(body=lines, touches=self.touches, usual=False, checked=False, awaits=True)
            if pointer.get("schema", {}).get("type") == "integer":
                lines = (*body, *guard, f"{indent}integer(int(header or ''))")
                yield Program(body=lines, touches=self.touches, usual=False, checked=False)
        yield from self._errors(least, responses)

    def _errors(self, least: Arguments, responses: Mapping[str, Any]) -> Iterator[Program]:
        """What programs read from the body of a failure. The header asks the server of the tests to fail."""
        package = self.calls.spelling.package
        given = {**least, "extra_headers": '{"x-prove": "fail"}'}
        call = f"    {self.symbol}({self.spelled(given)})"
        failures = sorted(status for status in responses if status[0] in "45")
        start = ("try:", call, f"except {package}.APIStatusError as error:")
        known = [int(status) for status in failures if status.isdigit()]
        body = (*start, f"    sure(error.status_code in {[400, *known]!r})")
        yield self._unusual(*body)
        for case in self.method.errors:
            known = self.calls.spelling.definitions.get(case.type.name) if isinstance(case.type, NamedType) else None
            if isinstance(known, Model):
                test = f"if isinstance(v0, {self.calls.spelling.symbol(known.name)}):"
                lines = (*start, "    v0 = error.body", f"    {test}")
                read = Read(variable="v0", type=case.type, body=lines, indent=2, touches=self.touches)
                for program in reads(self.calls.spelling, read):
                    yield attrs.evolve(program, usual=False)

    def _unusual(self, *body: str) -> Program:
        """A program that relies on what no package knows. The wire doesn't break by it."""
        runtime = frozenset({Column.RUNTIME})
        return Program(body=body, touches=self.touches, usual=False, checked=False, columns=runtime)


def _responses_of(document: Mapping[str, Any], method: Method) -> Mapping[str, Any]:
    item = document.get("paths", {}).get(method.path.partition("?")[0], {})
    operation = item.get(method.verb.lower(), {}) if isinstance(item, dict) else {}
    return {str(status): _followed(document, response) for status, response in operation.get("responses", {}).items()}


def _followed(document: Mapping[str, Any], node: Any) -> Any:
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        target: Any = document
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def _headers(responses: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for status, response in responses.items():
        if status[0] == "2":
            yield from ((name, header) for name, header in response.get("headers", {}).items())


def _plain(value: Any) -> Any:
    if isinstance(value, JsonMapping):
        return {key: _plain(inner) for key, inner in value.items}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _undeclared(value: Any) -> Iterator[Any]:
    """The value with a key that nobody declared, in each of its objects."""
    if isinstance(value, dict):
        yield {**value, "undeclared": "text"}
        for key, inner in value.items():
            yield from ({**value, key: part} for part in _undeclared(inner))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from ([*value[:index], part, *value[index + 1 :]] for part in _undeclared(item))


def _has_parts(param: MethodParam, value: Any) -> bool:
    """Whether a value is written in a style of its own."""
    return param.location.value != "body" and isinstance(value, (list, dict))


def _is_hard_to_send(param: MethodParam, value: Any) -> bool:
    """Whether a value has no form outside of a body: no path has an empty segment, no header a line break."""
    if param.location.value == "body":
        return False
    return value in ("", None, [], {}) or not str(value).isascii()
