"""An operation as a method: signature, parameter types, response."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...document.config import MethodConfig, Name, StreamEventsConfig
from ...document.model import JsonObject, Operation, ParameterIn
from ...document.pointers import operation_pointer
from ...ir.direction import Direction
from ...ir.resources import BodyFormat, Method, ParamLocation, ResponseKind, Streaming
from ...ir.security import Requirement
from ...ir.types import TypeExpr
from ..names import identifiers as names
from ..names.locked_names import below
from ..types.builder import TypeBuilder
from ..types.naming_context import MainType
from ..types.usage import success_responses
from .bodies import Bodies
from .configured import Configured
from .configured_values import check_stream_flag, constant_param
from .deprecated_values import deprecated_values
from .errors import ErrorBodies
from .headers import ResponseHeaders, gives_headers
from .method_params import MethodParams
from .outcomes import MethodResponse
from .pages import Pages
from .parameters import Attributes, Parameters
from .raw_params import RawParam
from .replies import ReplySamples
from .responses import MethodResponses
from .scope import MethodType, Scope
from .sent_by_client import SentByClient
from .streams import RawStream, Streams, accept_flag
from .styles import Styles

_PYTHON = ("python", "py", "python3")
"""What samples of code call their language."""


@attrs.frozen(kw_only=True)
class Needs:
    """What operations need that differs from what the client has: by verb (in lower case) and path.

    `events` is what events mean where a method doesn't say otherwise.
    """

    security: Mapping[tuple[str, str], Requirement] = attrs.field(factory=dict[tuple[str, str], Requirement])
    servers: Mapping[tuple[str, str], str] = attrs.field(factory=dict[tuple[str, str], str])
    events: StreamEventsConfig = StreamEventsConfig()


class Methods:
    """Makes methods of operations, with the types that they need."""

    def __init__(
        self,
        builder: TypeBuilder,
        sent_by_client: SentByClient,
        styles: Styles,
        configured: Configured,
        pages: Pages,
        needs: Needs,
        sink: DiagnosticSink,
        operations: Collection[Operation],
        *,
        typed_errors: bool,
    ) -> None:
        """`operations` are all that become methods; `typed_errors` tells whether bodies of errors get types."""
        self._builder = builder
        self._sent_by_client = sent_by_client
        self._needs = needs
        self._pages = pages
        self._sink = sink
        self._configured = configured
        self._bodies = Bodies(builder.shapes, sink)
        self._parameters = Parameters(builder.shapes, builder.locked_names, sent_by_client, styles, sink)
        self._streams = Streams(builder.shapes, builder.schemas, needs.events, sink)
        self._headers = ResponseHeaders(builder, operations)
        self.responses = MethodResponses(builder, self._streams, self._headers, sink)
        self._errors = ErrorBodies(builder, self.responses.typed, operations if typed_errors else None)
        self._params = MethodParams(builder, sink)
        self._replies = ReplySamples(builder, self._streams, configured.responses, needs.events)

    @property
    def own_events(self) -> Mapping[tuple[str, str], StreamEventsConfig]:
        """What the events of methods mean for which sdk.yaml says it."""
        return self._streams.own_events

    def lower(self, operation: Operation, config: MethodConfig, scope: Scope) -> Method:
        """Return the method that `config` asks for. What of the operation is lost is reported."""
        check_headers(config.header_names, [operation], self._sink)
        rules = self._configured.parameters.of(operation, scope.path, config)
        body = self._bodies.of(operation, config, rules.styles)
        taken = self._parameters.of(operation, body, config, rules)
        raw = [param for param in taken if param.rule.constant is None]
        streamed = self._streams.of(operation, config)
        stream = self._stream_param(operation, config, raw, streamed)
        response = self._response(operation, config, scope, streamed if stream is None else None)
        if stream is None and streamed is not None and response.kind is not ResponseKind.STREAM:
            stream = accept_flag(operation, raw)
            raw.append(stream)
        item = None
        if stream is not None and streamed is not None:
            item = self.responses.item(streamed, self._main_type(scope, config, MethodType.EVENT))
        if stream is not None:
            check_stream_flag(stream, self._sink)
        has_accept = self._sent_by_client.has_header("Accept", config)
        plain = [param for param in raw if param is not stream]
        symbol = scope.symbol(config.name)
        attributes = self._parameters.python_names([*plain, stream] if stream else plain, symbol)
        main = self._main_type(scope, config, MethodType.PARAMS)
        params, params_type = self._params.of(plain, stream, attributes, body, main, operation)
        whole = next((param.type for param in params if not param.wire_name), None)
        return Method(
            name=scope.method_name(config.name),
            verb=operation.method.lower(),
            path=operation.path,
            params=params,
            constants=tuple(constant_param(param) for param in taken if param.rule.constant is not None),
            streaming=_streaming(stream, attributes, streamed, item, has_accept),
            streaming_position=raw.index(stream) if stream else 0,
            body=body.kind,
            body_type=whole if body.whole is not None else None,
            body_formats=_without_flag(body.formats, stream),
            body_required=body.required,
            response=response.type,
            response_kind=response.kind,
            page=response.page,
            stream_content=streamed.content if streamed and stream is None else None,
            response_cases=response.cases,
            accept=() if has_accept else response.accept,
            errors=self._errors.of(operation, lambda word: self._type_of(scope, config, MethodType.ERROR, word)),
            response_headers=self._response_headers(operation, config, scope, response.kind),
            not_modified=response.not_modified,
            security=self._needs.security.get((operation.method.lower(), operation.path)),
            server=self._needs.servers.get((operation.method.lower(), operation.path)),
            params_type=params_type,
            headers=config.headers,
            deprecated_values=deprecated_values(config.deprecated_values, params, self._sink),
            replies=self._replies.of(operation, config, response, streamed),
            deprecated=operation.deprecated,
            doc=config.doc or _doc(operation),
            samples=_samples(operation),
            returns_doc=response.doc,
            pointer=operation_pointer(operation),
            span=operation.span,
        )

    def _main_type(self, scope: Scope, config: MethodConfig, kind: MethodType) -> MainType:
        place = kind.place(scope.symbol(config.name))
        wanted = scope.type_names(config.name, kind)
        name = self._builder.type_names.name_of(scope.package, kind.direction, place, wanted)
        return MainType(name=name, direction=kind.direction, place=place)

    def _response(
        self, operation: Operation, config: MethodConfig, scope: Scope, stream: RawStream | None
    ) -> MethodResponse:
        """What a call gives that doesn't ask for a stream; `stream` is what it may always be."""
        if config.returns is not None:
            main = self._main_type(scope, config, MethodType.RESPONSE)
            configured = self._configured.responses.of(operation, config.returns, main, self.responses)
            if configured is not None:
                return configured
        if gives_headers(operation):
            return self.responses.of_headers(operation, self._main_type(scope, config, MethodType.HEADERS))
        if self._pages.has(config):
            main = self._main_type(scope, config, MethodType.RESPONSE)
            return self.responses.of_pages(operation, self._pages.of(config, main), main)
        is_overruled = config.stream_item is not None or config.stream_format is not None
        if stream is not None and (is_overruled or not self.responses.has_plain(operation)):
            item = self.responses.item(stream, self._main_type(scope, config, MethodType.EVENT))
            doc = next((response.description for response in success_responses(operation)), None)
            accept = stream.content.media_types
            return MethodResponse(kind=ResponseKind.STREAM, type=item, accept=accept, doc=doc)
        return self.responses.of(operation, lambda word: self._type_of(scope, config, MethodType.RESPONSE, word))

    def _response_headers(
        self, operation: Operation, config: MethodConfig, scope: Scope, kind: ResponseKind
    ) -> TypeExpr | None:
        """The model of the headers that come beside what the method gives."""
        if kind is ResponseKind.HEADERS:
            return None
        return self._headers.of(operation, lambda: self._main_type(scope, config, MethodType.HEADERS))

    def _type_of(self, scope: Scope, config: MethodConfig, kind: MethodType, word: str) -> MainType:
        """The name for a type that is written in the operation. `word` tells it from others of its kind."""
        if not word:
            return self._main_type(scope, config, kind)
        place = below(kind.place(scope.symbol(config.name)), names.snake(word))
        wanted = scope.type_names(f"{config.name}_{names.snake(word)}", kind)
        name = self._builder.type_names.name_of(scope.package, Direction.RESPONSE, place, wanted)
        return MainType(name=name, direction=Direction.RESPONSE, place=place)

    def _stream_param(
        self, operation: Operation, config: MethodConfig, raw: list[RawParam], stream: RawStream | None
    ) -> RawParam | None:
        """The boolean that asks for a stream: the configured one, or `stream` where responses have both."""
        wanted = config.stream_param or Name(text="stream", span=config.span)
        found = next((param for param in raw if param.wire_name == wanted.text and self._streams.is_flag(param)), None)
        if config.stream_param is not None and found is None:
            hint = did_you_mean(wanted.text, [param.wire_name for param in raw])
            self._sink.report(catalog.NO_STREAM_PARAM, wanted.span, name=wanted.text, hint=hint)
        if config.stream_param is not None and found is not None and stream is None:
            self._sink.report(catalog.NO_EVENTS, config.span, name=found.wire_name)
        asks = config.stream_param is not None or config.stream_item is not None or self.responses.has_plain(operation)
        return found if stream is not None and asks else None


def _without_flag(formats: tuple[BodyFormat, ...], stream: RawParam | None) -> tuple[BodyFormat, ...]:
    """The formats of a body; whether the flag that asks for a stream is given doesn't decide between them."""
    flag = "" if stream is None else stream.wire_name
    return tuple(
        [attrs.evolve(one, required=tuple([name for name in one.required if name != flag])) for one in formats]
    )


def _streaming(
    stream: RawParam | None, attributes: Attributes, streamed: RawStream | None, item: TypeExpr | None, has_accept: bool
) -> Streaming | None:
    if stream is None or streamed is None or item is None:
        return None
    content = streamed.content
    if has_accept and stream.location is not ParamLocation.HEADER:
        content = attrs.evolve(content, media_types=())
    return Streaming(
        param=attributes[stream.location, stream.wire_name],
        wire_name=stream.wire_name,
        location=stream.location,
        content=content,
        item=item,
        doc=stream.doc,
        pointer=stream.pointer,
        span=stream.span,
    )


def check_headers(headers: Iterable[Name], operations: Iterable[Operation], sink: DiagnosticSink) -> None:
    """Warn of a header that no operation has a parameter for, if there is one whose name is nearly the same."""
    known = {
        param.name.lower(): param.name
        for operation in operations
        for param in operation.parameters
        if param.location is ParameterIn.HEADER
    }
    for header in headers:
        hint = None if header.text.lower() in known else did_you_mean(header.text, known.values())
        if hint:
            sink.report(catalog.HEADER_UNKNOWN, header.span, hint=hint, name=header.text)


def _doc(operation: Operation) -> str | None:
    """Summary and description; only one of them if the description begins with the summary."""
    summary, description = (operation.summary or "").strip(), (operation.description or "").strip()
    if description.startswith(summary.rstrip(".")):
        summary = ""
    more = f"See also: {operation.documentation}" if operation.documentation else ""
    return "\n\n".join(filter(None, (summary, description, more))) or None


def _samples(operation: Operation) -> tuple[str, ...]:
    """The samples of code in Python, which many documents have in extensions."""
    extensions = dict(operation.extensions.items)
    found: list[str] = []
    for key in ("x-codeSamples", "x-code-samples"):
        listed = extensions.get(key)
        for sample in listed if isinstance(listed, tuple) else ():
            said = dict(sample.items) if isinstance(sample, JsonObject) else {}
            source = said.get("source")
            if str(said.get("lang")).lower() in _PYTHON and isinstance(source, str) and source.strip():
                found.append(source)
    return tuple(dict.fromkeys(found))
