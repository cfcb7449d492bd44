"""What a method returns: the success response that is decoded, and the items that it may be streamed as."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from ...diagnostics import media_catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import MediaType, Operation, Response, Schema, SchemaOrRef, SchemaRef
from ...ir.definitions import Alias
from ...ir.direction import Direction
from ...ir.resources import ResponseKind
from ...ir.streams import StreamFormat
from ...ir.types import NamedType, TypeExpr
from ..names.identifiers import pascal
from ..types.builder import TypeBuilder
from ..types.naming_context import MainType
from ..types.shape_kinds import AnyShape, NullShape, ObjectShape, RefShape, UnionShape, scalar_of
from ..types.type_exprs import BYTES, NONE, OBJECT, TEXT, optional
from ..types.usage import success_responses
from .headers import ResponseHeaders
from .media_types import essence, is_any, is_json, is_text
from .outcomes import WITHOUT_BODY, MethodResponse, Outcome, together, unknown_body
from .pages import PagedResponse
from .streams import RawStream, Streams

MainTypes = Callable[[str], MainType]
"""The name for an inline type, given a word that tells it from those that the method has already."""

Inline = list[tuple[SchemaOrRef, TypeExpr]]
"""The inline types of a method, by their schemas."""


class MethodResponses:
    """Finds what methods return."""

    def __init__(self, builder: TypeBuilder, streams: Streams, headers: ResponseHeaders, sink: DiagnosticSink) -> None:
        self._builder = builder
        self._streams = streams
        self._headers = headers
        self._sink = sink
        self._silent: list[Operation] = []
        """Reads of which the document doesn't say what they give."""

    def of_headers(self, operation: Operation, main: MainType) -> MethodResponse:
        """Return what a method gives whose response is its headers: a model of those that are declared."""
        expr = self._headers.alone(operation, main)
        doc = next((response.description for response in success_responses(operation)), None)
        return MethodResponse(kind=ResponseKind.HEADERS, type=NONE if expr is None else expr, doc=doc)

    def of_pages(self, operation: Operation, paged: PagedResponse, main: MainType) -> MethodResponse:
        """Return what a method gives that gives pages. Inline items have the type `main`."""
        item = self.typed(paged.item, main)
        doc = next((response.description for response in success_responses(operation)), None)
        return MethodResponse(kind=ResponseKind.PAGE, type=item, accept=(paged.media_type,), doc=doc, page=paged.page)

    def of(self, operation: Operation, main: MainTypes) -> MethodResponse:
        """Return what a method gives: the body of its only success, or what arrives of several.

        The first inline type becomes the type `main("")`; the others are named after what sets them apart.
        """
        responses = success_responses(operation)
        if not responses:
            return together(unknown_body("default"), None)
        inline: Inline = []
        found = [outcome for response in responses for outcome in self._outcomes(response, main, inline)]
        if not found and any(map(self._has_stream, responses)):
            found = [Outcome(status="default", media_type="text/*", kind=ResponseKind.TEXT, type=TEXT)]
        doc = next((response.description for response in responses if self._plain(response)), None)
        if operation.method == "get" and not any(one.media_type or one.status in WITHOUT_BODY for one in found):
            self._silent.append(operation)
        return together(found, doc or responses[0].description)

    def report_silent(self) -> None:
        """Say how many methods read something that the document doesn't describe."""
        if self._silent:
            self._sink.report(media_catalog.SILENT_READS, self._silent[0].span, count=len(self._silent))

    def _outcomes(self, response: Response, main: MainTypes, inline: Inline) -> list[Outcome]:
        """The bodies of one response. Further media types of the same schema are other ways to write the same: beside
        JSON they aren't asked for."""
        content = [] if response.status in WITHOUT_BODY else self._plain(response)
        if not content and self._has_stream(response):
            return []
        if not content:
            return [Outcome(status=response.status)]
        first, *others = content
        if is_any(first.media_type) and self._is_unknown(first):
            return unknown_body(response.status)
        found = [self._outcome(response.status, first, main, inline)]
        for media in others:
            if media.schema is not None and _target(media) != _target(first):
                found.append(self._outcome(response.status, media, main, inline))
            elif found[0].kind is not ResponseKind.JSON:
                same = self._outcome(response.status, media, main, inline)
                found += [same] if (same.kind, same.type) == (found[0].kind, found[0].type) else []
        return found

    def _outcome(self, status: str, media: MediaType, main: MainTypes, inline: Inline) -> Outcome:
        shape = self._builder.shapes.dereferenced(media.schema).shape if media.schema is not None else None
        scalar = None if shape is None else scalar_of(shape)
        is_free = is_any(media.media_type) and (scalar is None or scalar.kind != "string")
        kind, expr = ResponseKind.BINARY, BYTES
        if isinstance(shape, NullShape):
            kind, expr = ResponseKind.NONE, NONE
        elif scalar is not None and scalar.binary:
            pass  # JSON has no bytes: these are the body itself
        elif is_json(media.media_type) or is_free:
            kind, expr = ResponseKind.JSON, self._json(status, media, main, inline)
        elif is_text(media.media_type) or is_any(media.media_type):
            kind, expr = ResponseKind.TEXT, self._builder.type_exprs.text_of(scalar) if scalar else TEXT
        if kind is not ResponseKind.JSON and media.schema is not None and self._builder.shapes.has_parts(media.schema):
            self._sink.report(
                media_catalog.SCHEMA_UNUSED, media.span, content="a response", media=media.media_type, given="given"
            )
        return Outcome(status=status, media_type=media.media_type, kind=kind, type=expr)

    def _is_unknown(self, media: MediaType) -> bool:
        shape = self._builder.shapes.dereferenced(media.schema).shape if media.schema is not None else None
        return shape is None or isinstance(shape, AnyShape)

    def _json(self, status: str, media: MediaType, main: MainTypes, inline: Inline) -> TypeExpr:
        schema = media.schema or Schema(span=media.span)
        resolved = self._builder.shapes.dereferenced(schema)
        if self._builder.type_exprs.is_base64(
            resolved.shape
        ):  # whole responses that are `bytes` are bodies as they are
            return optional(TEXT) if resolved.nullable else TEXT
        known = next((expr for other, expr in inline if _is_same(other, schema)), None)
        if known is None:
            known = self.typed(schema, main(_word(status, media) if inline else ""))
            if isinstance(schema, Schema):
                inline.append((schema, known))
        return known

    def has_plain(self, operation: Operation) -> bool:
        """Whether an operation can respond with something that isn't a stream."""
        return any(self._plain(response) for response in success_responses(operation))

    def item(self, stream: RawStream, main: MainType) -> TypeExpr:
        """Return the type of one item of a stream. `main` is the name for an inline type."""
        if stream.named is not None:
            return NamedType(self._builder.registry.type_of(stream.named, Direction.RESPONSE))
        if stream.schema is None:
            return TEXT if stream.content.format is StreamFormat.EVENTS else OBJECT
        return self.typed(stream.schema, main)

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

    def _has_stream(self, response: Response) -> bool:
        return any(map(self._streams.is_stream, response.content))

    def _plain(self, response: Response) -> list[MediaType]:
        """The content that isn't a stream, by preference: JSON first, then by name."""
        content = [media for media in response.content if not self._streams.is_stream(media)]
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
