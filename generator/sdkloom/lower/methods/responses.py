"""What a method returns: the success response that is decoded, and the items that it may be streamed as."""

from __future__ import annotations

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import MediaType, Operation, Response, Schema, SchemaOrRef, SchemaRef
from ...ir.definitions import Alias
from ...ir.direction import Direction
from ...ir.resources import ResponseKind, StreamFormat
from ...ir.types import NamedType, TypeExpr
from ..types.builder import TypeBuilder
from ..types.naming_context import MainType
from ..types.shapes import ObjectShape, RefShape, UnionShape
from ..types.type_exprs import BYTES, NONE, OBJECT, TEXT, optional
from ..types.usage import success_responses
from .media_types import is_json
from .streams import RawStream, Streams


@attrs.frozen(kw_only=True)
class MethodResponse:
    """How the body of a response is decoded, and the type that it gives."""

    kind: ResponseKind
    type: TypeExpr
    doc: str | None = None


class MethodResponses:
    """Finds what methods return."""

    def __init__(self, builder: TypeBuilder, streams: Streams, sink: DiagnosticSink) -> None:
        self._builder = builder
        self._streams = streams
        self._sink = sink

    def of(self, operation: Operation, main: MainType) -> MethodResponse:
        """Return the response of the lowest success status with content. An inline type becomes the type `main`."""
        responses = success_responses(operation)
        with_content = [response for response in responses if self._plain(response)]
        if not with_content:
            has_text = any(response.content for response in responses)
            kind, expr = (ResponseKind.TEXT, TEXT) if has_text else (ResponseKind.NONE, NONE)
            return MethodResponse(kind=kind, type=expr, doc=responses[0].description if responses else None)
        chosen = with_content[0]
        for other in with_content[1:]:
            if self._shown(other) != self._shown(chosen):
                self._sink.report(catalog.SECOND_RESPONSE, other.span, status=other.status, chosen=chosen.status)
        kind, expr = self._decoded(self._plain(chosen), main)
        return MethodResponse(kind=kind, type=expr, doc=chosen.description)

    def has_plain(self, operation: Operation) -> bool:
        """Whether an operation can respond with something that isn't a stream."""
        return any(self._plain(response) for response in success_responses(operation))

    def item(self, stream: RawStream, main: MainType) -> TypeExpr:
        """Return the type of one item of a stream. `main` is as for `of`."""
        if stream.named is not None:
            return NamedType(self._builder.registry.type_of(stream.named, Direction.RESPONSE))
        if stream.schema is None:
            return TEXT if stream.content.format is StreamFormat.EVENTS else OBJECT
        return self._typed(stream.schema, main)

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

    def _plain(self, response: Response) -> list[MediaType]:
        """The content that isn't a stream, by preference: JSON first, then by name."""
        content = [media for media in response.content if not self._streams.is_stream(media)]
        return sorted(content, key=lambda media: (not is_json(media.media_type), media.media_type))

    def _shown(self, response: Response) -> list[tuple[str, SchemaOrRef | None, str]]:
        """References are compared with their targets: responses may stand in several files."""
        return [
            (media.media_type, media.schema, media.schema.ref.target if isinstance(media.schema, SchemaRef) else "")
            for media in self._plain(response)
        ]
