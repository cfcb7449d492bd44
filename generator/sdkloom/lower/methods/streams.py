"""Responses that are streams: which content is one, what its items are, and what asks for it."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ...diagnostics import catalog, stream_catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...document.config import MethodConfig, Name, StreamEventsConfig
from ...document.model import MediaType, NamedSchema, Operation, Schema, SchemaOrRef
from ...ir.resources import ParamLocation
from ...ir.streams import StreamContent, StreamEvents, StreamFormat
from ..types.named_schemas import NamedSchemas
from ..types.shape_kinds import ArrayShape, ScalarShape
from ..types.shapes import Shapes
from ..types.usage import success_responses
from .media_types import is_event_stream, is_json_lines
from .raw_params import RawParam

_EVENT_FIELDS = frozenset({"event", "data", "id", "retry"})
"""The fields of an event (WHATWG HTML §9.2.6)."""

_DEFAULTS = {StreamFormat.EVENTS: "text/event-stream", StreamFormat.LINES: "application/jsonl"}
"""What is asked for where the document declares no stream."""


@attrs.frozen(kw_only=True)
class RawStream:
    """The content of a streamed response, before the type of its items is known."""

    content: StreamContent
    schema: SchemaOrRef | None
    """Of one item; `None` if the document doesn't say."""

    named: NamedSchema | None = None
    """The schema of an item that sdk.yaml names."""


class Streams:
    """Finds out whether operations respond with a stream."""

    def __init__(self, shapes: Shapes, schemas: NamedSchemas, events: StreamEventsConfig, sink: DiagnosticSink) -> None:
        self.own_events: dict[tuple[str, str], StreamEventsConfig] = {}
        self._events = events
        self._shapes = shapes
        self._schemas = schemas
        self._sink = sink

    def of(self, operation: Operation, config: MethodConfig) -> RawStream | None:
        """Return the stream that an operation may respond with. Events are preferred to lines, sdk.yaml to both."""
        found = self._of(operation, config)
        own = config.stream_events
        if own is None:
            return found
        if found is None or found.content.format is not StreamFormat.EVENTS:
            self._sink.report(stream_catalog.NO_EVENT_STREAM, own.span, name=config.name)
            return found
        events = own.over(self._events)
        self.own_events[operation.method.lower(), operation.path] = events
        return attrs.evolve(found, content=attrs.evolve(found.content, events=lower_events(events)))

    def _of(self, operation: Operation, config: MethodConfig) -> RawStream | None:
        found = self._declared(operation, config.stream_format)
        if config.stream_item is None and (found is not None or config.stream_format is None):
            return found
        format = StreamFormat(config.stream_format) if config.stream_format else StreamFormat.EVENTS
        found = found or RawStream(
            content=StreamContent(format=format, media_types=(_DEFAULTS[format],)), schema=_first_schema(operation)
        )
        return attrs.evolve(found, named=self._named(config.stream_item)) if config.stream_item else found

    def _named(self, name: Name) -> NamedSchema | None:
        named = self._schemas.get(name.text)
        if named is None:
            hint = did_you_mean(name.text, self._schemas.names)
            self._sink.report(catalog.NO_SCHEMA, name.span, name=name.text, hint=hint)
        return named

    def _declared(self, operation: Operation, wanted: str | None) -> RawStream | None:
        responses = success_responses(operation)
        for format in StreamFormat:
            for response in responses:
                found = [media for media in response.content if self._format(media) is format]
                if found and wanted in (None, format.value):
                    content = StreamContent(format=format, media_types=tuple(media.media_type for media in found))
                    return RawStream(content=content, schema=self._item_schema(found[0], format))
        return None

    def is_stream(self, media: MediaType) -> bool:
        """Whether data of this media type come item by item."""
        return self._format(media) is not None

    def is_flag(self, param: RawParam) -> bool:
        """Whether a parameter is a boolean of the body or of the query."""
        shape = self._shapes.dereferenced(param.schema).shape
        in_place = param.location in (ParamLocation.BODY, ParamLocation.QUERY)
        return in_place and isinstance(shape, ScalarShape) and shape.kind == "boolean"

    def _format(self, media: MediaType) -> StreamFormat | None:
        if is_event_stream(media.media_type):
            return StreamFormat.EVENTS
        if is_json_lines(media.media_type) and not self._is_text(media.schema):
            return StreamFormat.LINES
        return None

    def _is_text(self, schema: SchemaOrRef | None) -> bool:
        """Whether the document describes lines as one text, or as a file."""
        if schema is None:
            return False
        shape = self._shapes.dereferenced(schema).shape
        return isinstance(shape, ScalarShape) and shape.kind == "string"

    def _item_schema(self, media: MediaType, format: StreamFormat) -> SchemaOrRef | None:
        """The schema of an item. `schema` describes the content as a whole if it is that of a list (OpenAPI 3.2
        §4.14.3.1); `itemSchema` describes an event with its fields, whose `data` may hold JSON of its own schema."""
        if media.item_schema is not None:
            return self._data_schema(media.item_schema) if format is StreamFormat.EVENTS else media.item_schema
        if media.schema is None:
            return None
        shape = self._shapes.dereferenced(media.schema).shape
        item = shape.items[0] if isinstance(shape, ArrayShape) and len(shape.items) == 1 else media.schema
        if format is StreamFormat.EVENTS and self._is_event(item):
            self._sink.report(stream_catalog.EVENT_AS_SCHEMA, media.schema.span)
            return self._data_schema(item)
        return item

    def _is_event(self, item: SchemaOrRef) -> bool:
        """Whether a schema that may be of the data describes the event, as nothing but the fields of one are in it."""
        schema = self._target(item)
        if schema is None:
            return False
        kinds = (*schema.one_of, *schema.any_of)
        if kinds:
            return all(map(self._is_event, kinds))
        names = {prop.name for prop in schema.properties}
        return {"event", "data"} <= names <= _EVENT_FIELDS

    def _data_schema(self, item: SchemaOrRef) -> SchemaOrRef:
        """The schema of the data of an event; the item itself if it isn't described as an event."""
        found = self._data_schemas(item)
        if len(found) > 1:
            return Schema(one_of=tuple(found), pointer=item.pointer, span=item.span)
        return found[0] if found else item

    def _data_schemas(self, item: SchemaOrRef) -> list[SchemaOrRef]:
        """What the data of an event may be: of each kind of event its own, if there are several kinds."""
        schema = self._target(item)
        if schema is None:
            return []
        kinds = [self._data_schemas(kind) for kind in (*schema.one_of, *schema.any_of)]
        if kinds and all(kinds):
            return [data for kind in kinds for data in kind]
        names = {prop.name for prop in schema.properties}
        data = next((prop.schema for prop in schema.properties if prop.name == "data"), None)
        if data is None or not names <= _EVENT_FIELDS:
            return []
        inner = data.content_schema if isinstance(data, Schema) else None
        return [inner or data]

    def _target(self, item: SchemaOrRef) -> Schema | None:
        if isinstance(item, Schema):
            return item
        named = self._schemas.target_of(item.ref)
        return self._target(named.schema) if named is not None and named.schema is not item else None


def _first_schema(operation: Operation) -> SchemaOrRef | None:
    """The schema that an operation declares for a response that it doesn't call a stream."""
    content = [media for response in success_responses(operation) for media in response.content]
    return next((media.schema for media in content if media.schema is not None), None)


def lower_events(config: StreamEventsConfig) -> StreamEvents:
    """Return what sdk.yaml says of events."""
    return StreamEvents(
        items=config.items, skipped=config.skipped, error=config.error, terminal=config.terminal, ends=config.ends
    )


def accept_flag(operation: Operation, taken: Iterable[RawParam]) -> RawParam:
    """Return the parameter that asks for a stream where the document has none: it decides what `Accept` says."""
    wire_name = "stream"
    while any(param.wire_name == wire_name for param in taken):
        wire_name = f"as_{wire_name}"
    return RawParam(
        wire_name=wire_name,
        location=ParamLocation.HEADER,
        schema=Schema(types=("boolean",), span=operation.span),
        required=False,
        doc="Whether to get the response item by item.",
        deprecated=False,
        pointer="",
        span=operation.span,
    )
