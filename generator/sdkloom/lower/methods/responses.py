"""What a method returns: the success response that is decoded, and the events that it may be streamed as."""

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
from ..types.naming_context import MainType
from ..types.shapes import ObjectShape, RefShape, UnionShape
from ..types.type_exprs import BYTES, NONE, TEXT, optional
from ..types.usage import success_responses
from .media_types import is_event_stream, is_json


@attrs.frozen(kw_only=True)
class MethodResponse:
    """How the body of a response is decoded, and the type that it gives."""

    kind: ResponseKind
    type: TypeExpr
    doc: str | None = None


class MethodResponses:
    """Finds what methods return."""

    def __init__(self, builder: TypeBuilder, sink: DiagnosticSink) -> None:
        self._builder = builder
        self._sink = sink

    def of(self, operation: Operation, main: MainType) -> MethodResponse:
        """Return the response of the lowest success status with content. An inline type becomes the type `main`."""
        responses = success_responses(operation)
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
        kind, expr = self._decoded(_plain(chosen), main)
        return MethodResponse(kind=kind, type=expr, doc=chosen.description)

    def event(self, operation: Operation, main: MainType) -> TypeExpr | None:
        """Return the type of one event if the operation can respond with `text/event-stream`. `main` is as for `of`."""
        for response in success_responses(operation):
            media = events_of(response)
            if media is not None:
                schema = _event_schema(media)
                return self._typed(schema, main) if schema is not None else TEXT
        return None

    def _decoded(self, content: list[MediaType], main: MainType) -> tuple[ResponseKind, TypeExpr]:
        for media in content:
            if is_json(media.media_type) or media.media_type == "*/*":
                schema = media.schema or Schema(span=media.span)
                return ResponseKind.JSON, self._typed(schema, main)
        media = content[0]
        if media.media_type.startswith("text/"):
            return ResponseKind.TEXT, TEXT
        return ResponseKind.BINARY, BYTES

    def _typed(self, schema: SchemaOrRef, main: MainType) -> TypeExpr:
        """The type of a response. Only what has inline classes gets a module of its own."""
        builder = self._builder
        resolved = builder.shapes.of(schema)
        if isinstance(resolved.shape, RefShape):
            expr: TypeExpr = NamedType(builder.registry.type_of(resolved.shape.target, Direction.RESPONSE))
            return optional(expr) if resolved.nullable else expr
        context = builder.open(main, schema.span, builder.shapes.pointer_of(schema))
        module, name = context.module, main.name
        if isinstance(resolved.shape, (ObjectShape, UnionShape)):
            builder.define(schema, context, schema.span)
        else:
            expr = builder.type_exprs.ignoring_null(resolved, context)
            if not module.definitions:
                return optional(expr) if resolved.nullable else expr
            module.exports.insert(0, name.name)
            module.append(
                Alias(name=name, type=expr, doc=resolved.keywords.description, pointer=module.pointer, span=schema.span)
            )
        if builder.type_names.reserve_name(main, f"the response type `{name.name}`", schema.span):
            builder.publish(module)
        return optional(NamedType(name)) if resolved.nullable else NamedType(name)


def events_of(response: Response) -> MediaType | None:
    """Return the content of `response` that is an event stream, if it has one."""
    for media in response.content:
        if is_event_stream(media.media_type):
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
    content = [media for media in response.content if not is_event_stream(media.media_type)]
    return sorted(content, key=lambda media: (not is_json(media.media_type), media.media_type))


def _shown(response: Response) -> list[tuple[str, SchemaOrRef | None, str]]:
    """References are compared with their targets: responses may stand in several files."""
    return [
        (media.media_type, media.schema, media.schema.ref.target if isinstance(media.schema, SchemaRef) else "")
        for media in _plain(response)
    ]
