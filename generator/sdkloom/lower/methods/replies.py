"""Responses for tests: what the document shows as examples, else values made of its schemas."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import attrs

from ...diagnostics.model import DiagnosticSink
from ...document.config import MethodConfig, StreamEventsConfig
from ...document.model import MediaType, Operation, SchemaOrRef
from ...ir.json_like import JsonLike, JsonMapping
from ...ir.replies import Replies, Reply
from ...ir.resources import ResponseKind
from ...ir.streams import StreamFormat
from ..types.builder import TypeBuilder
from ..types.usage import success_responses
from .configured_response import ConfiguredResponses
from .media_types import is_json
from .outcomes import WITHOUT_BODY, MethodResponse
from .samples import Samples
from .streams import RawStream, Streams

_TEXT = "text"


class ReplySamples:
    """Makes the responses of tests. Those of all methods together have a bound, as arguments do."""

    def __init__(
        self, builder: TypeBuilder, streams: Streams, configured: ConfiguredResponses, events: StreamEventsConfig
    ) -> None:
        self._shapes = builder.shapes
        self._samples = Samples(builder.shapes, builder.discriminators, DiagnosticSink())
        self._streams = streams
        self._configured = configured
        self._events = events

    def of(
        self, operation: Operation, config: MethodConfig, response: MethodResponse, stream: RawStream | None
    ) -> Replies:
        """Return what the tests of a method get. `stream` is what it can be asked for, or always is."""
        streamed = None if stream is None else self._stream(stream, config.stream_events or self._events)
        if response.kind is ResponseKind.STREAM and streamed is not None:
            return Replies(plain=streamed)
        return Replies(plain=self._plain(operation, config, response), stream=streamed)

    def _plain(self, operation: Operation, config: MethodConfig, response: MethodResponse) -> Reply:
        responses = success_responses(operation)
        headers = tuple(self._headers(operation))
        status = _status(responses[0].status) if responses else 200
        if response.kind in (ResponseKind.NONE, ResponseKind.HEADERS):
            return Reply(status=status, headers=headers)
        schema = None if config.returns is None else self._configured.schema_of(config.returns)
        if schema is not None:
            return Reply(media_type="application/json", value=self._samples.response(schema, ()), headers=headers)
        bodies = [(each, media) for each in responses for media in self._content(each.status, each.content)]
        if not bodies:
            return Reply(status=status, media_type="text/plain", text=_TEXT, headers=headers)
        found, media = bodies[0]
        return attrs.evolve(self._body(media, response.kind), status=_status(found.status), headers=headers)

    def _content(self, status: str, content: Iterable[MediaType]) -> list[MediaType]:
        found = [] if status in WITHOUT_BODY else [media for media in content if not self._streams.is_stream(media)]
        return sorted(found, key=lambda media: (not is_json(media.media_type), media.media_type))

    def _body(self, media: MediaType, kind: ResponseKind) -> Reply:
        name = _concrete(kind) if "*" in media.media_type else media.media_type
        if kind is ResponseKind.BINARY or (media.schema is None and not is_json(name)):
            return Reply(media_type=name, text=_TEXT)
        value = JsonMapping() if media.schema is None else self._samples.response(media.schema, media.examples)
        return Reply(media_type=name, value=value) if is_json(name) else Reply(media_type=name, text=_text(value))

    def _headers(self, operation: Operation) -> Iterator[tuple[str, str]]:
        for response in success_responses(operation)[:1]:
            for header in response.headers:
                if header.schema is not None and header.name.lower() not in ("content-type", "content-length"):
                    yield header.name, _text(self._samples.response(header.schema, ()))

    def _stream(self, stream: RawStream, events: StreamEventsConfig) -> Reply:
        media_type = next(iter(stream.content.media_types), "text/event-stream")
        values = self._items(stream)
        if stream.content.format is StreamFormat.LINES:
            return Reply(media_type=media_type, text="".join(f"{_json(value)}\n" for value in values))
        named = [(name, value) for name in events.items for value in values if _tells(value, name)]
        named = named or [(events.items[0] if events.items else "", value) for value in values]
        for name in events.terminal:
            last = next((value for value in values if _tells(value, name)), JsonMapping())
            named = [*(pair for pair in named if pair[0] != name), (name, last)]
        found = [f"event: {name}\n" * bool(name) + f"data: {_text(value)}\n\n" for name, value in named]
        ends = [f"data: {text}\n\n" for text in events.ends[:1] if not events.terminal]
        return Reply(media_type="text/event-stream", text="".join([*found, *ends]))

    def _items(self, stream: RawStream) -> list[JsonLike]:
        """A value of each kind of items."""
        node: SchemaOrRef | None = stream.schema if stream.named is None else stream.named.schema
        if node is None:
            return [_TEXT]
        return [self._samples.response(variant, ()) for variant in self._shapes.variants(node)]


def _plain(value: JsonLike) -> object:
    """A value of the IR as `json` has it."""
    if isinstance(value, JsonMapping):
        return {name: _plain(item) for name, item in value.items}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _json(value: JsonLike) -> str:
    return json.dumps(_plain(value), ensure_ascii=False)


def _text(value: JsonLike) -> str:
    return value if isinstance(value, str) else _json(value)


def _tells(value: JsonLike, name: str) -> bool:
    """Whether a member says that the value is of this kind: its tag."""
    return isinstance(value, JsonMapping) and any(item == name for _, item in value.items)


def _status(text: str) -> int:
    return int(text) if text.isdigit() else 200


def _concrete(kind: ResponseKind) -> str:
    return "application/json" if kind in (ResponseKind.JSON, ResponseKind.PAGE) else "text/plain"
