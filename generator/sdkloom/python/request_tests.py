"""What the request tests of one resource print: calls with sample arguments, and what must come of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from urllib.parse import urlsplit

import attrs

from ..ir.api import Api
from ..ir.definitions import Alias, Definitions, Params
from ..ir.replies import Reply
from ..ir.resources import (
    BodyFormat,
    Client,
    HookedMethod,
    JsonMapping,
    Method,
    MethodParam,
    ParamLocation,
    Resource,
    ResponseKind,
    server_url,
)
from ..ir.types import NamedType, Primitive, Scalar, TypeName, UnionType
from ..ir.walk import all_resources, resource_module
from .annotations import Annotations
from .best_example import needed
from .bodies import JSON_TYPE
from .imports import Imports, module_of, sort_key
from .literals import literal, mapping
from .modes import Mode
from .samples import is_file, sample_text
from .signatures import may_be_empty
from .wire_parameters import sent_path
from .wire_samples import sent, sent_headers, sent_query


@attrs.frozen(kw_only=True)
class MethodCase:
    """The tests of one method: a class, and the arguments that each test is called with."""

    method: Method
    name: str
    constant: str
    params: str | None
    """The annotation of the keyword arguments; `None` for a method without any."""
    arguments: list[list[str]]
    """The least arguments, and all of them if there are more: `"max_tokens": 1024`."""
    target: str
    """The path that is asked for."""
    sent: list[str]
    """For each of the arguments the query and the headers that they become: `("limit=10", {"X-Trace": "a"})`."""
    empty: list[MethodParam]
    """Parameters of the path that must not be empty."""

    @property
    def sent_index(self) -> str:
        """Which of `sent` a call becomes."""
        return f"{self.constant}.index(params)" if self.params else "0"

    @property
    def ids(self) -> list[str]:
        """What pytest calls the arguments."""
        more = [f"all-{number}" for number in range(2, len(self.arguments))]
        return ["required", "all", *more][: len(self.arguments)]

    @property
    def verb(self) -> str:
        """The HTTP method: `POST`."""
        return self.method.verb.upper()

    @property
    def replies(self) -> list[tuple[str, Reply]]:
        """What the tests get without a server, by the name of the attribute."""
        found = self.method.replies
        return [("reply", found.plain), *([("stream_reply", found.stream)] if found.stream is not None else [])]

    @property
    def stream_argument(self) -> str:
        """The argument that asks for a stream: `stream=True`."""
        return f"{self.method.streaming.param}=True" if self.method.streaming is not None else ""


class ConftestPage:
    """The pieces of the tests' `conftest.py`: both clients, and what they are made with."""

    def __init__(self, client: Client) -> None:
        names = sorted((client.class_name, client.async_class_name), key=sort_key)
        self.imported = ", ".join(names)
        secrets = [option for scheme in client.schemes for option in scheme.options]
        secrets = secrets or [credential.option for credential in client.credentials[:1]]
        options = ["base_url=BASE_URL", *(f'{option}="a-key"' for option in secrets)]
        self.options = ", ".join([*options, "max_retries=0", "_strict_response_validation=True"])


class RequestTestPage:
    """The pieces of one test module."""

    def __init__(self, api: Api, resource: Resource, definitions: Definitions, exported: Set[TypeName]) -> None:
        self.resource = resource
        self._api = api
        self._definitions = definitions
        self._exported = exported
        taken = {part for method in resource.methods for part in (_constant(method), _class(method))}
        taken |= {"client", "async_client", "params", "pytestmark"}
        self.imports = Imports((), taken, root=api.package.import_name)
        self._annotations = Annotations(self.imports, self._spell)
        self._support = "." * len(resource_module(resource)) + ".support"
        self.cases = [self._case(method) for method in resource.methods if is_tested(method, api.client)]

    def client(self, mode: Mode) -> str:
        """The class of the client."""
        client = self._api.client
        return self.imports.use(".", client.async_class_name if mode.is_async else client.class_name)

    def support(self, name: str) -> str:
        """A function of the tests' own."""
        self.imports.merge(self._support, name, None)
        return name

    def reply(self, reply: Reply) -> str:
        """A response as the tests write it."""
        arguments = [str(reply.status)]
        if reply.media_type:
            arguments += [literal(reply.media_type), _body(reply)]
        if reply.headers:
            arguments.append(f"headers={mapping(reply.headers)}")
        self.imports.merge(self._support.replace(".support", ".replies"), "Reply", None)
        return f"Reply({', '.join(arguments)})"

    def call(self, case: MethodCase, mode: Mode, wrapper: str = "", more: str = "") -> str:
        """A call with samples for what is positional: `client.messages.with_raw_response.create(**params)`.

        `more` is a further argument.
        """
        return self._call(case, mode, [literal(param.sample) for param in _positional(case.method)], wrapper, more)

    def empty_call(self, case: MethodCase, mode: Mode, empty: MethodParam) -> str:
        """The call with an empty text for a parameter of the path."""
        samples = [literal("" if param is empty else param.sample) for param in _positional(case.method)]
        return self._call(case, mode, samples, "", "")

    def empty_test(self, param: MethodParam) -> str:
        """The name of the test that gives an empty text for a parameter of the path."""
        return f"empty_{param.name}"

    def awaited(self, expression: str, mode: Mode) -> str:
        """`await response.parse()`, or the bare call in the synchronous half."""
        return f"{mode.await_}{expression}"

    def expected(self, param: MethodParam) -> str:
        """A pattern of the message about an empty parameter."""
        return literal(f"`{re.escape(param.wire_name)}`")

    def media_types(self, case: MethodCase) -> str:
        """The media types that the body may have, as a further argument; none for JSON."""
        formats = case.method.body_formats
        is_chosen = any(param.is_content_type for param in case.method.params)
        if is_chosen or {one.media_type for one in formats} == {JSON_TYPE}:
            return ""
        return f", media_types={literal(tuple(one.media_type for one in formats))}" if formats else ""

    def check(self, case: MethodCase, mode: Mode, wrapper: str = "") -> str:
        """The assertion about a result, or about a response; a response with bytes is the result itself."""
        streamed = wrapper == "with_streaming_response"
        kind = case.method.response_kind
        if kind is ResponseKind.BINARY:
            name = f"{mode.prefix}{'Streamed' if streamed else ''}BinaryAPIResponse"
            return f"assert isinstance({'response' if wrapper else 'result'}, {self.imports.use('._response', name)})"
        result = f"{mode.await_ if streamed else ''}response.parse()" if wrapper else "result"
        if kind is ResponseKind.NONE:
            return f"assert {result} is None"
        if kind is ResponseKind.HEADERS and case.method.response == Scalar(Primitive.NONE):
            return f"assert isinstance({result}, {self.imports.module('httpx')}.Headers)"
        if case.method.page is not None:
            page = self.imports.use(".pagination", mode.base + case.method.page.scheme)
            item = self._annotations.text(case.method.response)
            return f"{self.support('assert_matches_type')}({page}[{item}], {result})"
        if kind is ResponseKind.STREAM:
            return self.check_events(case, f"({result})" if mode.is_async and streamed else result, mode)
        return f"{self.support('assert_matches_type')}({self._annotations.text(case.method.response)}, {result})"

    def check_events(self, case: MethodCase, events: str, mode: Mode) -> str:
        """The assertion about a stream."""
        streaming = case.method.streaming
        item = self._annotations.text(streaming.item if streaming else case.method.response)
        listed = f"[event async for event in {events}]" if mode.is_async else f"list({events})"
        return f"{self.support('assert_events')}({item}, {listed})"

    def hooked_call(self, hooked: HookedMethod, mode: Mode) -> tuple[str, str]:
        """The method that a hand-written one is like, and the hand-written one."""
        owner = self._owner(mode)
        return f"{owner}.{hooked.like}", f"{owner}.{hooked.name}"

    def left_out(self, hooked: HookedMethod) -> str:
        """The parameters of the method it is like that a hand-written method doesn't have."""
        like = next(method for method in self.resource.methods if method.name == hooked.like)
        return literal((like.streaming.param,) if like.streaming else ())

    def _case(self, method: Method) -> MethodCase:
        params = [param for param in method.params if not param.positional]
        required = [param for param in needed(method) if not param.positional]
        every = _sent_together(method, params)
        arguments = [required, *(listed for listed in every if any(param not in required for param in listed))]
        found = [self._sent([*_with_appended(listed), *_unasked(method, listed)]) for listed in arguments]
        return MethodCase(
            method=method,
            name=_class(method),
            constant=_constant(method),
            params=self._params_type(method) if params else None,
            arguments=[[self._entry(param) for param in listed] for listed in arguments],
            target=path_below_host(method, self._api.client) + _target(method),
            sent=[f"({literal(query)}, {literal(headers)})" for query, headers in found]
            if any(query or headers.items for query, headers in found)
            else [],
            empty=[param for param in _positional(method) if may_be_empty(param, self._definitions)],
        )

    def _entry(self, param: MethodParam) -> str:
        return f"{literal(param.name)}: {sample_text(param.sample, param.type, self._definitions)}"

    def _sent(self, params: list[MethodParam]) -> tuple[str, JsonMapping]:
        """The query and the headers; not of bytes, which no document has there."""
        texts = [param for param in params if not is_file(param.type, self._definitions)]
        return sent_query(texts), JsonMapping(tuple(sent_headers(texts).items()))

    def _params_type(self, method: Method) -> str | None:
        """The `TypedDict` of the parameters; of a streaming method the base, which lacks the streaming parameter."""
        name = method.params_type
        definition = self._definitions.get(name) if name is not None else None
        if isinstance(definition, Alias) and isinstance(definition.type, UnionType):
            members = [member.name for member in definition.type.members if isinstance(member, NamedType)]
            bases = [found.base for member in members if isinstance(found := self._definitions[member], Params)]
            name = next((base for base in bases if base is not None), name)
        return self._spell(name) if name is not None else None

    def _spell(self, name: TypeName) -> str:
        """Types are imported from the package that exports them."""
        if name in self._exported:
            return self.imports.use("." + ".".join(name.package), name.name)
        return self.imports.use(module_of(name), name.name)

    def _owner(self, mode: Mode) -> str:
        return ".".join([f"{mode.module_prefix}client", *self.resource.path])

    def _call(self, case: MethodCase, mode: Mode, positional: list[str], wrapper: str, more: str) -> str:
        arguments = [*positional, *(["**params"] if case.params else []), *([more] if more else [])]
        owner = ".".join([self._owner(mode), *([wrapper] if wrapper else [])])
        return f"{owner}.{case.method.name}({', '.join(arguments)})"


def tests_module(resource: Resource) -> tuple[str, ...]:
    """The test module of a resource below `tests`."""
    *parents, name = resource_module(resource)
    return ("api_resources", *parents, f"test_{name}")


def tested(resources: Iterable[Resource]) -> Iterator[Resource]:
    """The resources that have methods."""
    return (resource for resource in all_resources(resources) if resource.methods)


def is_tested(method: Method, client: Client) -> bool:
    """Whether requests of the method go to the server of the tests: not if only other ones can be moved there."""
    server = _own_server(method, client)
    return not (server and is_absolute(server) and not is_absolute(server_url(client)))


def path_below_host(method: Method, client: Client) -> str:
    """The path before that of the method, if `base_url` is a host and nothing more."""
    server = _own_server(method, client)
    if server is None:
        return "" if is_absolute(server_url(client)) else server_url(client).rstrip("/")
    if not is_absolute(server):
        return server.rstrip("/")
    return "" if urlsplit(server_url(client)).path.strip("/") else urlsplit(server).path.rstrip("/")


def _own_server(method: Method, client: Client) -> str | None:
    """The server of an operation that has one of its own, with the defaults of its variables."""
    known = client.servers.own if client.servers is not None else ()
    expanded = {own.server.url: own.server.expanded for own in known}
    return None if method.server is None else expanded.get(method.server, method.server)


def is_absolute(url: str) -> bool:
    """Whether a URL names its host."""
    return "://" in url


def _positional(method: Method) -> list[MethodParam]:
    return [param for param in method.params if param.positional]


def _with_appended(params: Iterable[MethodParam]) -> Iterator[MethodParam]:
    """The parameters, those with members that are always sent with these."""
    for param in params:
        given = param.sample if isinstance(param.sample, tuple) else ()
        more = tuple(member for member in param.append if member not in given)
        yield attrs.evolve(param, sample=(*given, *more)) if more else param


def _unasked(method: Method, given: Iterable[MethodParam]) -> Iterator[MethodParam]:
    """What is sent besides what a caller gives: constants, defaults, members that are always sent."""
    names = {param.name for param in given}
    yield from method.constants
    for param in method.params:
        if param.name not in names and (param.append or param.default is not None):
            yield attrs.evolve(param, sample=param.append or param.default)


def _target(method: Method) -> str:
    """The path as it is sent: filled in, without the fragment by which some specs tell operations apart."""
    path = sent_path(method).partition("#")[0]
    in_path = [param for param in (*method.params, *method.constants) if param.location is ParamLocation.PATH]
    for param in in_path:
        path = path.replace("{" + param.wire_name + "}", sent(param))
    return path


def _sent_together(method: Method, params: list[MethodParam]) -> list[list[MethodParam]]:
    """All parameters that one call can have: for each format of the body those that it has a place for."""
    if len(method.body_formats) < 2:
        return [params]
    return [[param for param in params if _has_place(param, format)] for format in method.body_formats]


def _has_place(param: MethodParam, format: BodyFormat) -> bool:
    if param.location is not ParamLocation.BODY or not param.wire_name:
        return True
    return param.wire_name in format.required or (
        param.wire_name in format.members and param.wire_name not in format.no_files
    )


def _body(reply: Reply) -> str:
    """A value, or a text: that of a stream in pieces, one for each event or line."""
    if reply.text is None:
        return literal(reply.value)
    between = "\n\n" if "\n\n" in reply.text else "\n"
    *pieces, last = reply.text.split(between)
    found = [literal(piece + between) for piece in pieces] + [literal(last)] * bool(last or not pieces)
    return found[0] if len(found) == 1 else f"({' '.join(found)})"


def _constant(method: Method) -> str:
    return method.name.upper()


def _class(method: Method) -> str:
    return "Test" + "".join(word[:1].upper() + word[1:] for word in method.name.split("_"))
