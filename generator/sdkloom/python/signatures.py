"""Signatures and calls of methods, the same for generated and for hooked ones, sync and async."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Union

import attrs

from ..ir.definitions import Alias, Definitions, Model
from ..ir.pages import PageScheme
from ..ir.resources import ErrorCase, HookedMethod, Method, MethodParam, ParamLocation, ResponseKind
from ..ir.streams import StreamFormat
from ..ir.symbols import is_nested
from ..ir.types import (
    Base64Type,
    DictType,
    ListType,
    NamedType,
    Primitive,
    Scalar,
    TypeExpr,
    TypeName,
)
from ..ir.walk import named_types, type_exprs_of, type_parts, with_values
from . import wire_parameters
from .annotations import Annotations
from .bodies import content_type, encoder, may_lack_body
from .docstrings import docstring, method_docstring
from .entries import Argument, Entry
from .error_classes import error_class
from .imports import Imports, module_of
from .literals import literal, mapping, requirement
from .modes import Mode
from .paged_methods import given_pages, page_class, send_pages
from .remarks import documented, with_remarks
from .streams import accept, asks_for_stream, events_arguments, has_own_function, streamed

AnyMethod = Union[Method, HookedMethod]

EXTRA_DOCS: Mapping[str, str] = {
    "extra_headers": "Headers to send besides; they win. An `Omit` removes a header.",
    "extra_query": "Query parameters to send besides.",
    "extra_body": "Members to merge into the body; they win.",
    "timeout": "The limit for this call, instead of the client's.",
}

ERRORS: Mapping[str, str] = {
    "APIConnectionError": "No complete response arrived.",
    "APIStatusError": "The server responded with an error status.",
    "APIResponseValidationError": "The response isn't what was asked for.",
}
"""What requests raise: names of the root package. Bytes and empty responses aren't looked into."""


class Overload(enum.Enum):
    """Which signature of a streaming method: the three overloads and the implementation."""

    WHOLE = "whole"
    STREAMED = "streamed"
    EITHER = "either"
    IMPLEMENTATION = "implementation"


@attrs.frozen(kw_only=True)
class Parameter:
    """One parameter of a signature: `metadata: message_create_params.Metadata | NotGiven = NOT_GIVEN`."""

    name: str
    annotation: str
    default: str | None = None


@attrs.frozen
class Signatures:
    """Prints the methods of one resource module; imports are collected on the way. `package` is the import name."""

    imports: Imports
    package: str
    definitions: Definitions
    pages: Mapping[str, PageScheme] = attrs.field(factory=dict[str, PageScheme])
    """The classes of pages, by name."""
    of_client: bool = False
    """Whether the methods are those of the client itself."""
    _without_base64: set[TypeName] = attrs.field(factory=set[TypeName], init=False)
    """Types that were looked through, and hold no file."""

    def positional(self, method: AnyMethod) -> list[Parameter]:
        """The parameters that may be given by position."""
        annotations = self._annotations()
        return [self._parameter(param, annotations, method) for param in method.params if param.positional]

    def keywords(self, method: AnyMethod, overload: Overload = Overload.IMPLEMENTATION) -> list[Parameter]:
        """Keyword parameters in order, the four extras last."""
        annotations = self._annotations()
        params = [param for param in method.params if not param.positional]
        own = [self._parameter(param, annotations, method) for param in params]
        if isinstance(method, Method) and method.streaming is not None:
            early = overload in (Overload.STREAMED, Overload.EITHER)
            before = sum(not param.positional for param in method.params[: method.streaming_position])
            position = sum(param.required for param in params) if early else before
            own.insert(position, self._stream_parameter(method.streaming.param, overload))
        return [*own, *self._old_parameters(method, annotations), *self._extras()]

    def returns(self, method: Method, mode: Mode, overload: Overload = Overload.IMPLEMENTATION) -> str:
        """What a call gives: the response, the stream, or both."""
        if method.streaming is None or overload is Overload.WHOLE:
            return self._response(method, mode)
        stream = self.stream_class(method, mode)
        return stream if overload is Overload.STREAMED else f"{self._response(method, mode)} | {stream}"

    def hooked_returns(self, method: HookedMethod, mode: Mode) -> str:
        """The class that a hand-written method returns, imported."""
        name = method.async_returns if mode.is_async else method.returns
        return self.imports.use("." + ".".join(name.module), name.name)

    def stream_maker(self, method: Method, mode: Mode) -> str:
        """The class of a method's stream as it is made: `with_events` where the method has events of its own."""
        text, events = self.stream_class(method, mode), streamed(method)[0].events
        if events is None:
            return text
        return f"{self.imports.use('._stream_events', 'with_events')}({text}, {events_arguments(events)})"

    def stream_class(self, method: Method, mode: Mode) -> str:
        """`Stream[RawMessageStreamEvent]`, or `JSONLDecoder[Entry]` for lines.

        Raises:
            ValueError: the method doesn't stream.
        """
        content, item = streamed(method)
        of_lines = content.format is StreamFormat.LINES
        module, name = ("._decoders.jsonl", "JSONLDecoder") if of_lines else ("._streaming", "Stream")
        return f"{self.imports.use(module, mode.prefix + name)}[{self._annotations().text(item)}]"

    def stream(self, method: Method) -> str:
        """Whether a call asks for a stream: `stream or False`; an empty text if it never does."""
        return asks_for_stream(method)

    def call_mode(self, method: Method, mode: Mode) -> Mode:
        """The words of a method: an asynchronous one that gives pages gives something to await, at once."""
        return mode if method.page is None else attrs.evolve(mode, def_="def", await_="")

    def cast_to(self, method: Method, mode: Mode) -> str:
        """The runtime value that tells the client what to make of the response."""
        if method.page is not None:
            return page_class(method.page, self._annotations().text(method.response), mode, self.imports)
        if method.response_kind is ResponseKind.NONE:
            return self.imports.use("._types", "NoneType")
        if method.response_kind is ResponseKind.NEGOTIATED:
            return f"{self.imports.typing('cast')}({self.imports.typing('Any')}, {self._negotiated(method)})"
        if method.response_kind is ResponseKind.STREAM:
            return self.imports.use("builtins", "object")
        text = self._response(method, mode)
        if method.response_kind is ResponseKind.HEADERS:
            model = "" if method.response == Scalar(Primitive.NONE) else text
            of = f"{self.imports.use('._responses.headers', 'HeadersOf')}({model})"
            return f"{self.imports.typing('cast')}({self.imports.typing('Any')}, {of})"
        if not self.needs_cast(method):
            return text
        return f"{self.imports.typing('cast')}({self.imports.typing('Any')}, {text})"

    def needs_cast(self, method: Method) -> bool:
        """Whether the response's type is no class: checkers refuse a union as `type[T]`."""
        if method.response_kind in (ResponseKind.NEGOTIATED, ResponseKind.HEADERS):
            return True
        return method.response_kind is ResponseKind.JSON and not self._is_class(method.response)

    def _negotiated(self, method: Method) -> str:
        """`Negotiated(("200", "application/json", Report), ("202", "", None))`"""
        annotations = self._annotations()
        cases = [
            f"({literal(case.status)}, {literal(case.media_type)}, {annotations.text(case.type)})"
            for case in method.response_cases
        ]
        return f"{self.imports.use('._responses.negotiated', 'Negotiated')}({', '.join(cases)})"

    def required_names(self, method: Method) -> list[str]:
        """The arguments of `required_args`: the accepted sets of required ones, and those that need no name. Nothing
        for a method that requires nothing."""
        names = tuple(param.name for param in method.params if param.required)
        positional = tuple(param.name for param in method.params if param.positional)
        if method.streaming is None or not names:
            return []
        arguments = [literal(names), literal((*names, method.streaming.param))]
        return [*arguments, *([f"positional={literal(positional)}"] if positional else [])]

    def body(self, method: AnyMethod) -> list[Entry]:
        """The members of the request body, in signature order."""
        given = [param for param in method.params if param.location is ParamLocation.BODY]
        params = [(param.wire_name, wire_parameters.value_of(param, self.imports)) for param in given]
        if isinstance(method, Method) and method.streaming and method.streaming.location is ParamLocation.BODY:
            before = method.params[: method.streaming_position]
            place = sum(param.location is ParamLocation.BODY for param in before)
            params.insert(place, (method.streaming.wire_name, method.streaming.param))
        constants = method.constants if isinstance(method, Method) else ()
        params += [
            (param.wire_name, literal(param.sample)) for param in constants if param.location is ParamLocation.BODY
        ]
        return [Entry(key=literal(key), value=value) for key, value in params]

    def query(self, method: Method) -> str | None:
        """The parameters of the query, encoded; `None` if there are none."""
        return wire_parameters.query(method, self.imports)

    def headers(self, method: Method, *, of_stream: bool = False) -> list[str]:
        """Media types that are no JSON, constant headers, header parameters; `of_stream`: only for the stream."""
        constant = list(method.headers)
        entries = [f"{literal(name)}: {literal(value)}" for name, value in constant]
        accepted = accept(method, of_stream=of_stream)
        return [
            *content_type(method, self.imports),
            *([f"{literal('Accept')}: {accepted}"] if accepted else []),
            *entries,
            *wire_parameters.headers(method, self.imports, self.definitions),
        ]

    def send(self, method: Method, mode: Mode) -> str:
        """The function that sends the request: `self._post`, or one for a verb that clients have none for."""
        verb = method.verb.lower()
        client = "self" if self.of_client else "self._client"
        if method.page is not None:
            return send_pages(
                method.page, self.pages[method.page.scheme], f"{client}, {literal(verb)}", mode, self.imports
            )
        if has_own_function(method):
            return f"self.{verb}" if self.of_client else f"self._{verb}"
        return f"{self.imports.use('._other_verbs', f'{mode.prefix}Verb')}({client}, {literal(verb)})"

    def path(self, method: Method) -> str:
        """`"/v1/messages"`, or a call that fills the placeholders."""
        return wire_parameters.path(method, self.imports, self.definitions)

    def docstring(self, method: Method) -> str:
        """The documentation of a generated method: it stands once per class, on the implementation."""
        doc = method.doc or f"`{method.verb.upper()} {method.path}`"
        if method.deprecated:
            doc = f"{doc}\n\nDeprecated."
        arguments = [(param.name, _param_doc(param)) for param in method.params]
        if method.streaming is not None:
            arguments.insert(method.streaming_position, (method.streaming.param, method.streaming.doc or ""))
        arguments += [(old.name, f"Deprecated: use `{old.of}`.") for old in method.old_names]
        arguments += EXTRA_DOCS.items()
        returns, raises = self._returns_doc(method), self._raises(method)
        return method_docstring(doc, arguments, returns=returns, raises=raises, samples=method.samples)

    def _returns_doc(self, method: Method) -> str | None:
        """What comes back, and the type of its headers, which only the raw response has."""
        doc = method.returns_doc if method.response_kind is not ResponseKind.NONE else None
        if method.response_headers is None:
            return doc
        (name,) = (".".join((self.package, *of.package, of.name)) for of in named_types(method.response_headers))
        return "\n\n".join(filter(None, [doc, f"Headers of the raw response: `response.parse_headers({name})`."]))

    def hooked_docstring(self, method: HookedMethod) -> str:
        """The documentation of a hand-written method; what it shares with a generated one is said there."""
        shared = f"Arguments and errors are those of `{method.like}`."
        return docstring("\n\n".join(filter(None, [method.doc, shared])), 8)

    def payload(self, method: Method) -> list[Argument]:
        """What carries the body: members, or one value; nothing for a method without a body."""
        return self.body_arguments(method) if method.verb.lower() != "get" else []

    def body_option(self, method: Method) -> list[Argument]:
        """The body of a GET, which the function that sends it doesn't take."""
        return self.body_arguments(method) if method.verb.lower() == "get" else []

    def body_arguments(self, method: Method) -> list[Argument]:
        """`body={…}`, `body=body`, or nothing."""
        params = [param for param in method.params if param.location is ParamLocation.BODY]
        if method.body_type is not None:
            return [Argument(name="body", value=param.name) for param in params]
        members = self.body(method)
        if not members:
            return [Argument(name="body", value="{}")] if method.body_formats else []
        if not may_lack_body(method):
            return [Argument(name="body", entries=members)]
        needed = method.body_formats[0].required if len(method.body_formats) == 1 else ()
        if not needed:
            function, after = self.imports.use("._utils", "given"), f" or {self._unset()}"
            return [Argument(name="body", function=function, entries=members, after=after)]
        function = self.imports.use("._request.optional_body", "all_or_nothing")
        return [Argument(name="body", function=function, entries=members, more=f", {literal(needed)}")]

    def encoder(self, method: Method) -> str | None:
        """What writes the body, where its media type doesn't say it: `Multipart()`."""
        return encoder(method, self.files_in(method), self.imports)

    def files_in(self, method: Method) -> str | None:
        """Where the client looks up which places of a JSON body take files, as a literal; `None` if none does."""
        params = [param for param in method.params if param.location is ParamLocation.BODY]
        if method.params_type is None or not any(self._holds_base64(param.type) for param in params):
            return None
        name = module_of(method.params_type).lstrip(".") + "." + method.params_type.name
        return literal(name if method.body_type is None else f"{name}:{params[0].name}")

    def security(self, method: Method) -> str:
        """What the method needs, as OpenAPI writes it: `[{"api_key": [], "app_key": []}]`."""
        return requirement(method.security or ())

    def old_names(self, method: AnyMethod) -> list[str]:
        """The arguments of `old_parameters` after the method: the names, and what has to be checked at the call."""
        arguments = [mapping((old.name, old.of) for old in method.old_names)]
        required, positional = _left_out(method), tuple(param.name for param in method.params if param.positional)
        arguments += [f"required={literal(required)}"] if required else []
        return [*arguments, *([f"positional={literal(positional)}"] if positional else [])]

    def _holds_base64(self, type: TypeExpr) -> bool:
        """Whether a value of the type may hold a file that is sent as base64, at any depth."""
        seen: set[TypeName] = set()
        pending = [type]
        while pending:
            expr = pending.pop()
            if any(isinstance(part, Base64Type) for part in type_parts(expr)):
                return True
            new = set(named_types(expr)) - seen - self._without_base64
            seen |= new
            for name in new & self.definitions.keys():
                pending.extend(type_exprs_of(self.definitions[name]))
        self._without_base64.update(seen)
        return False

    def _parameter(self, param: MethodParam, annotations: Annotations, method: AnyMethod) -> Parameter:
        text = annotations.limited(_with_old_values(param, method), param.limits)
        if param.required:
            may_lack = param.name in _left_out(method)
            default = self.imports.use("._deprecated", "LEFT_OUT") if may_lack else None
            return Parameter(name=param.name, annotation=text, default=default)
        if param.default is not None:
            return Parameter(name=param.name, annotation=text, default=literal(param.default))
        return Parameter(name=param.name, annotation=f"{text} | {self._not_given()}", default=self._unset())

    def _old_parameters(self, method: AnyMethod, annotations: Annotations) -> Iterator[Parameter]:
        by_name = {param.name: param for param in method.params}
        for old in method.old_names:
            param = attrs.evolve(by_name[old.of], required=False)
            yield attrs.evolve(self._parameter(param, annotations, method), name=old.name)

    def _stream_parameter(self, name: str, overload: Overload) -> Parameter:
        words = self.imports.typing("Literal")
        if overload is Overload.STREAMED:
            return Parameter(name=name, annotation=f"{words}[True]")
        if overload is Overload.EITHER:
            return Parameter(name=name, annotation=self.imports.use("builtins", "bool"))
        either = f" | {words}[True]" if overload is Overload.IMPLEMENTATION else ""
        return Parameter(name=name, annotation=f"{words}[False]{either} | {self._not_given()}", default=self._unset())

    def _raises(self, method: Method) -> Iterator[tuple[str, str]]:
        kinds = (ResponseKind.JSON, ResponseKind.TEXT, ResponseKind.NEGOTIATED, ResponseKind.STREAM, ResponseKind.PAGE)
        is_parsed = method.response_kind in kinds or method.streaming is not None
        for name, text in ERRORS.items():
            if name == "APIStatusError":
                yield from ((f"{self.package}.{error_class(case)}", self._about(case)) for case in method.errors)
            if is_parsed or name != "APIResponseValidationError":
                yield f"{self.package}.{name}", text
        empty = [f"`{param.name}`" for param in method.params if may_be_empty(param, self.definitions)]
        if empty:
            yield "ValueError", f"{' or '.join(empty)} is empty."

    def _about(self, case: ErrorCase) -> str:
        """What is said about a declared error: when, and the type of its body."""
        known = case.status == "default"
        when = "Any other error status" if known else f"Status {case.status}"
        doc = (case.doc or "").strip().partition("\n")[0].rstrip(".")
        body = "" if case.type == Scalar(Primitive.OBJECT) else f" `body` is a `{self._annotations().text(case.type)}`."
        return f"{when}{': ' if doc else ''}{doc}.{body}"

    def errors(self, method: Method) -> str:
        """`ErrorBodies({"404": NotFound})`: the types of `error.body`; an empty text if none is declared."""
        annotations = self._annotations()
        entries = [f"{literal(case.status)}: {annotations.text(case.type)}" for case in method.errors]
        if not entries:
            return ""
        return f"{self.imports.use('._responses.error_bodies', 'ErrorBodies')}({{{', '.join(entries)}}})"

    def _extras(self) -> Iterator[Parameter]:
        for name, type_name in (("extra_headers", "Headers"), ("extra_query", "Query"), ("extra_body", "Body")):
            yield Parameter(name=name, annotation=f"{self.imports.use('._types', type_name)} | None", default="None")
        timeout = f"float | {self.imports.use('._lazy', 'httpx')}.Timeout | None | {self._not_given()}"
        yield Parameter(name="timeout", annotation=timeout, default=self._unset())

    def _response(self, method: Method, mode: Mode) -> str:
        if method.response_kind is ResponseKind.NONE:
            return "None"
        if method.response_kind is ResponseKind.HEADERS and method.response == Scalar(Primitive.NONE):
            return f"{self.imports.module('httpx')}.Headers"
        if method.page is not None:
            return given_pages(method.page, self._annotations().text(method.response), mode, self.imports)
        if method.response_kind is ResponseKind.BINARY:
            return self.imports.use("._response", f"{mode.prefix}BinaryAPIResponse")
        if method.response_kind is ResponseKind.STREAM:
            return self.stream_class(method, mode)
        return self._annotations().text(method.response)

    def _is_class(self, type: TypeExpr) -> bool:
        if isinstance(type, NamedType):
            return isinstance(self.definitions.get(type.name), Model)
        return isinstance(type, (Scalar, ListType, DictType))

    def _annotations(self) -> Annotations:
        """Types that live in the module of another one keep its name: `message_create_params.Metadata`."""

        def spell(name: TypeName) -> str:
            if is_nested(name):
                return f"{self.imports.module(module_of(name))}.{name.name}"
            return self.imports.type(name)

        return Annotations(self.imports, spell)

    def _not_given(self) -> str:
        return self.imports.use("._types", "NotGiven")

    def _unset(self) -> str:
        return self.imports.use("._types", "NOT_GIVEN")


def may_be_empty(param: MethodParam, definitions: Definitions) -> bool:
    """Whether `param` is a text in the path: an empty one is refused, as it would change the path (but for `;id`)."""

    def is_text(type: TypeExpr) -> bool:
        found = definitions.get(type.name) if isinstance(type, NamedType) else None
        return is_text(found.type) if isinstance(found, Alias) else type == Scalar(Primitive.STR)

    is_marked = param.style is not None and param.style.name == "matrix"
    return _in_path(param) and is_text(param.type) and not is_marked


def _left_out(method: AnyMethod) -> tuple[str, ...]:
    """Required parameters that a call may lack, because it has them by their old names. Of those that may be given by
    position, so may all that follow."""
    renamed = {old.of for old in method.old_names}
    positional = [param.name for param in method.params if param.positional]
    first = next((i for i, name in enumerate(positional) if name in renamed), len(positional))
    others = [param.name for param in method.params if param.required and not param.positional]
    return (*positional[first:], *(name for name in others if name in renamed))


def _with_old_values(param: MethodParam, method: AnyMethod) -> TypeExpr:
    values = tuple(old.value for old in method.old_values if old.param == param.name)
    return with_values(param.type, values) if values else param.type


def _in_path(param: MethodParam) -> bool:
    return param.location is ParamLocation.PATH


def _param_doc(param: MethodParam) -> str:
    doc = documented(param.doc, example=param.example, assumed=param.assumed)
    always = f"Always sent: {', '.join(f'`{member}`' for member in param.append)}." if param.append else None
    return with_remarks(doc, always, "Deprecated." if param.deprecated else None) or ""
