"""What a method returns: the success response that is decoded, and the events that it may be streamed as."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import MediaType, Operation, Response, Schema, SchemaOrRef, SchemaRef
from ...ir.definitions import Alias
from ...ir.direction import Direction
from ...ir.resources import ResponseKind
from ...ir.types import NamedType, TypeExpr
from ..names.identifiers import pascal
from ..types.builder import TypeBuilder
from ..types.naming_context import MainType
from ..types.shapes import ObjectShape, RefShape, ScalarShape, UnionShape
from ..types.type_exprs import BYTES, NONE, TEXT, optional, scalar_of
from ..types.usage import success_responses
from .headers import headers_type
from .media_types import essence, is_any, is_event_stream, is_json, is_text
from .outcomes import WITHOUT_BODY, MethodResponse, Outcome, together

MainTypes = Callable[[str], MainType]
"""The name for an inline type, given a word that tells it from those that the method has already."""

Inline = list[tuple[SchemaOrRef, TypeExpr]]
"""The inline types of a method, by their schemas."""


class MethodResponses:
    """Finds what methods return."""

    def __init__(self, builder: TypeBuilder, sink: DiagnosticSink) -> None:
        self._builder = builder
        self._sink = sink

    def of_headers(self, operation: Operation, main: MainType) -> MethodResponse:
        """Return what a method gives whose response is its headers: a model of those that are declared."""
        expr = headers_type(operation, main, self._builder)
        doc = next((response.description for response in success_responses(operation)), None)
        return MethodResponse(kind=ResponseKind.HEADERS, type=NONE if expr is None else expr, doc=doc)

    def of(self, operation: Operation, main: MainTypes) -> MethodResponse:
        """Return what a method gives: the body of its only success, or what arrives of several.

        The first inline type becomes the type `main("")`; the others are named after what sets them apart.
        """
        responses = success_responses(operation)
        inline: Inline = []
        found = [outcome for response in responses for outcome in self._outcomes(response, main, inline)]
        if not found and any(map(events_of, responses)):
            self._sink.report(catalog.ONLY_EVENTS, operation.span)
            found = [Outcome(status="default", media_type="text/*", kind=ResponseKind.TEXT, type=TEXT)]
        doc = next((response.description for response in responses if _plain(response)), None)
        return together(found, doc or (responses[0].description if responses else None))

    def _outcomes(self, response: Response, main: MainTypes, inline: Inline) -> list[Outcome]:
        """The bodies of one response. Further media types of the same schema are other ways to write the same."""
        content = [] if response.status in WITHOUT_BODY else _plain(response)
        if not content and events_of(response):
            return []
        if not content:
            return [Outcome(status=response.status)]
        first, *others = content
        others = [media for media in others if media.schema is not None and _target(media) != _target(first)]
        return [self._outcome(response.status, media, main, inline) for media in (first, *others)]

    def _outcome(self, status: str, media: MediaType, main: MainTypes, inline: Inline) -> Outcome:
        shape = self._builder.shapes.dereferenced(media.schema).shape if media.schema is not None else None
        scalar = shape if isinstance(shape, ScalarShape) else None
        is_free = is_any(media.media_type) and (scalar is None or scalar.kind != "string")
        kind, expr = ResponseKind.BINARY, BYTES
        if scalar is not None and scalar.binary:
            pass  # JSON has no bytes: these are the body itself
        elif is_json(media.media_type) or is_free:
            kind, expr = ResponseKind.JSON, self._json(status, media, main, inline)
        elif is_text(media.media_type) or is_any(media.media_type):
            kind, expr = ResponseKind.TEXT, scalar_of(scalar) if scalar is not None else TEXT
        return Outcome(status=status, media_type=media.media_type, kind=kind, type=expr)

    def _json(self, status: str, media: MediaType, main: MainTypes, inline: Inline) -> TypeExpr:
        schema = media.schema or Schema(span=media.span)
        known = next((expr for other, expr in inline if _is_same(other, schema)), None)
        if known is None:
            known = self.typed(schema, main(_word(status, media) if inline else ""))
            if isinstance(schema, Schema):
                inline.append((schema, known))
        return known

    def event(self, operation: Operation, main: MainType) -> TypeExpr | None:
        """Return the type of one event if the operation can respond with `text/event-stream`. `main` is as for `of`."""
        for response in success_responses(operation):
            media = events_of(response)
            if media is not None:
                schema = _event_schema(media)
                return self.typed(schema, main) if schema is not None else TEXT
        return None

    def typed(self, schema: SchemaOrRef, main: MainType) -> TypeExpr:
        """Return the type of a body. Only what has inline classes gets a module of its own, that of `main`."""
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


def _target(media: MediaType) -> tuple[SchemaOrRef | None, str]:
    """The schema. References are compared with their targets: responses may stand in several files."""
    return media.schema, media.schema.ref.target if isinstance(media.schema, SchemaRef) else ""


def _is_same(one: SchemaOrRef, other: SchemaOrRef) -> bool:
    return one == other and one.span.file == other.span.file


def _word(status: str, media: MediaType) -> str:
    """What sets a response apart from the others: `Accepted` for 202, else the media type."""
    phrases = {str(code.value): code.phrase for code in HTTPStatus}
    return pascal(phrases.get(status, "")) or pascal(essence(media.media_type).rpartition("/")[2])
