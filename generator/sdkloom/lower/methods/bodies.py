"""The request body of an operation: which media type is sent, and whether its fields become parameters."""

from __future__ import annotations

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.span import NOWHERE, Span
from ...document.model import JsonValue, MediaType, Operation, RequestBody, Schema, SchemaOrRef
from ...ir.resources import BodyKind
from ..types.shapes import AnyShape, MapShape, ObjectShape, Shapes
from .media_types import essence, is_json, is_text


@attrs.frozen(kw_only=True, eq=False)
class Body:
    """Either `shape` (its properties are the method's parameters) or `whole` (one parameter) or neither is set."""

    kind: BodyKind = BodyKind.NONE
    shape: ObjectShape | None = None
    whole: SchemaOrRef | None = None
    required: bool = False
    examples: tuple[JsonValue, ...] = ()
    doc: str | None = None
    span: Span = NOWHERE


class Bodies:
    """Finds the request bodies of operations. What can't be sent is reported."""

    def __init__(self, shapes: Shapes, sink: DiagnosticSink) -> None:
        self._shapes = shapes
        self._sink = sink

    def of(self, operation: Operation) -> Body:
        """Return the body of `operation` in the media type that is sent (OpenAPI 3.1 §4.8.13, §4.8.14)."""
        request = operation.request_body
        if request is None or not request.content:
            return Body()
        media = self._chosen(request)
        kind = body_kind(media.media_type)
        schema = media.schema or Schema(span=media.span)
        self._report_encodings(media)
        if _is_empty(media, kind, self._shapes):
            return Body()
        if operation.method.lower() == "get":
            self._sink.report(catalog.BODY_OF_GET, media.span)
            return Body()
        if kind is BodyKind.BINARY:
            binary = None if is_text(media.media_type) else "binary"
            schema = Schema(types=("string",), format=binary, span=media.span)
        shape = self._shapes.dereferenced(schema).shape
        fields = isinstance(shape, ObjectShape) and bool(shape.properties)
        if isinstance(shape, AnyShape) and media.schema is None and kind is not BodyKind.JSON:
            self._sink.report(catalog.BODY_WITHOUT_SCHEMA, media.span, media=media.media_type)
        return Body(
            kind=kind,
            shape=shape if fields and isinstance(shape, ObjectShape) else None,
            whole=None if fields else schema,
            required=request.required,
            examples=media.examples,
            doc=request.description,
            span=media.span,
        )

    def _chosen(self, request: RequestBody) -> MediaType:
        """JSON before multipart before forms before anything else; by name where that doesn't decide."""
        chosen, *others = sorted(request.content, key=_preference)
        for other in others:
            self._sink.report(catalog.BODY_NOT_OFFERED, other.span, media=other.media_type, chosen=chosen.media_type)
        return chosen

    def _report_encodings(self, media: MediaType) -> None:
        for encoding in media.encoding:
            plain = encoding.style in {None, "form", "deepObject"} and encoding.explode is not False
            if encoding.headers or encoding.content_type or not plain:
                self._sink.report(catalog.ENCODING_IGNORED, encoding.span, name=encoding.property_name)


def _is_empty(media: MediaType, kind: BodyKind, shapes: Shapes) -> bool:
    """Whether the body is an object that can't hold anything: generators of specs write it where there is no body."""
    if media.schema is None:
        return False
    resolved = shapes.dereferenced(media.schema)
    shape, keywords = resolved.shape, resolved.keywords
    if isinstance(shape, ObjectShape):
        return not shape.properties and shape.extra is False
    is_form = kind in {BodyKind.FORM, BodyKind.MULTIPART}
    says_nothing = keywords.additional_properties is None and not keywords.pattern_properties
    return is_form and isinstance(shape, MapShape) and says_nothing


_PREFERENCE = (BodyKind.JSON, BodyKind.MULTIPART, BodyKind.FORM, BodyKind.BINARY, BodyKind.NONE)


def _preference(media: MediaType) -> tuple[int, str]:
    return (_PREFERENCE.index(body_kind(media.media_type)), media.media_type)


def body_kind(media_type: str) -> BodyKind:
    """Return how a body of this media type is written. Of any type (`*/*`), JSON is sent."""
    name = essence(media_type)
    if is_json(name) or name == "*/*":
        return BodyKind.JSON
    if name.startswith("multipart/"):
        return BodyKind.MULTIPART
    return BodyKind.FORM if name == "application/x-www-form-urlencoded" else BodyKind.BINARY
