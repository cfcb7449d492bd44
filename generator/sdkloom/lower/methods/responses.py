"""What a method gives back: the success response that is decoded, and the events that it may be streamed as."""

from __future__ import annotations

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import MediaType, Operation, Response, Schema, SchemaOrRef, SchemaRef
from ...ir.definitions import Alias
from ...ir.direction import Direction
from ...ir.resources import ResponseKind
from ...ir.types import NamedType, TypeExpr
from ..types.builder import TypeBuilder
from ..types.naming_context import Root
from ..types.shapes import ObjectShape, RefShape, UnionShape
from ..types.type_exprs import BYTES, NONE, TEXT, optional
from ..types.usage import successes
from .bodies import is_json

EVENT_STREAM = "text/event-stream"


@attrs.frozen(kw_only=True)
class MethodResponse:
    kind: ResponseKind
    type: TypeExpr
    doc: str | None = None


class MethodResponses:
    def __init__(self, builder: TypeBuilder, sink: DiagnosticSink) -> None:
        self._builder = builder
        self._sink = sink

    def of(self, operation: Operation, root: Root) -> MethodResponse:
        """The response of the lowest success status with content. `root` is what an inline type of it becomes."""
        responses = successes(operation)
        with_content = [response for response in responses if _plain(response)]
        if not with_content:
            only_events = any(events_of(response) for response in responses)
            if only_events:
                self._sink.report(catalog.ONLY_EVENTS, operation.span)
            kind, expr = (ResponseKind.TEXT, TEXT) if only_events else (ResponseKind.NONE, NONE)
            return MethodResponse(kind=kind, type=expr, doc=responses[0].description if responses else None)
        chosen = with_content[0]
        for other in with_content[1:]:
            if _shown(other) != _shown(chosen):
                self._sink.report(catalog.SECOND_RESPONSE, other.span, status=other.status, chosen=chosen.status)
        kind, expr = self._decoded(_plain(chosen), root)
        return MethodResponse(kind=kind, type=expr, doc=chosen.description)

    def event(self, operation: Operation, root: Root) -> TypeExpr | None:
        """The type of one event if the operation can respond with `text/event-stream`."""
        for response in successes(operation):
            media = events_of(response)
            if media is not None:
                schema = _event_schema(media)
                return self._typed(schema, root) if schema is not None else TEXT
        return None

    def _decoded(self, content: list[MediaType], root: Root) -> tuple[ResponseKind, TypeExpr]:
        for media in content:
            if is_json(media.media_type) or media.media_type == "*/*":
                schema = media.schema or Schema(span=media.span)
                return ResponseKind.JSON, self._typed(schema, root)
        media = content[0]
        if media.media_type.startswith("text/"):
            return ResponseKind.TEXT, TEXT
        return ResponseKind.BINARY, BYTES

    def _typed(self, schema: SchemaOrRef, root: Root) -> TypeExpr:
        """The type of a response. Only what has inline classes gets a module of its own."""
        builder = self._builder
        resolved = builder.shapes.of(schema)
        if isinstance(resolved.shape, RefShape):
            expr: TypeExpr = NamedType(builder.registry.type_of(resolved.shape.target, Direction.RESPONSE))
            return optional(expr) if resolved.nullable else expr
        place = builder.open(root, schema.span, builder.shapes.place(schema))
        module, name = place.module, root.name
        if isinstance(resolved.shape, (ObjectShape, UnionShape)):
            builder.define(schema, place, schema.span)
        else:
            expr = builder.annotator.bare(resolved, place)
            if not module.definitions:
                return optional(expr) if resolved.nullable else expr
            module.exports.insert(0, name.name)
            module.append(
                Alias(name=name, type=expr, doc=resolved.notes.description, pointer=module.pointer, span=schema.span)
            )
        if builder.registry.claim(root, f"the response type `{name.name}`", schema.span):
            builder.publish(module)
        return optional(NamedType(name)) if resolved.nullable else NamedType(name)


def events_of(response: Response) -> MediaType | None:
    for media in response.content:
        if media.media_type.split(";")[0].strip().lower() == EVENT_STREAM:
            return media
    return None


def _event_schema(media: MediaType) -> SchemaOrRef | None:
    """The schema of an event's data: `itemSchema` describes the event, whose `data` may hold JSON of its own schema."""
    item = media.item_schema
    if isinstance(item, Schema):
        for prop in item.properties:
            if prop.name == "data" and isinstance(prop.schema, Schema) and prop.schema.content_schema is not None:
                return prop.schema.content_schema
    return item or media.schema


def _plain(response: Response) -> list[MediaType]:
    """The content that isn't an event stream, by preference: JSON first, then by name."""
    content = [media for media in response.content if not media.media_type.lower().startswith(EVENT_STREAM)]
    return sorted(content, key=lambda media: (not is_json(media.media_type), media.media_type))


def _shown(response: Response) -> list[tuple[str, SchemaOrRef | None, str]]:
    """References are compared with their targets: responses may stand in several files."""
    return [
        (media.media_type, media.schema, media.schema.ref.target if isinstance(media.schema, SchemaRef) else "")
        for media in _plain(response)
    ]
