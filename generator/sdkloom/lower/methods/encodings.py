"""How the members of forms are written: the Encoding Object (OpenAPI 3.1 §4.8.15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from ...diagnostics import media_catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import Encoding, Header, JsonValue, MediaType, Missing, Property, SchemaOrRef
from ...ir.resources import BodyKind, MemberEncoding, ParamStyle
from ..types.shape_kinds import ArrayShape, LiteralShape, ScalarShape
from ..types.shapes import Shapes
from .media_types import is_json
from .styles import style_of_word

_JSON = ParamStyle(name="json")
_FORM = ParamStyle(name="form", explode=True)


class Encodings:
    """Reads the encodings of media types. What can't be followed is reported."""

    def __init__(self, shapes: Shapes, sink: DiagnosticSink) -> None:
        self._shapes = shapes
        self._sink = sink

    def of(
        self, media: MediaType, properties: Iterable[Property], kind: BodyKind, words: Mapping[str, str]
    ) -> tuple[MemberEncoding, ...]:
        """Return how members are written, for those where it doesn't follow from the value.

        `words` are the styles that sdk.yaml gives to members.
        """
        if kind not in {BodyKind.FORM, BodyKind.MULTIPART}:
            return ()
        properties = tuple(properties)
        given = {encoding.property_name: encoding for encoding in media.encoding}
        in_form = kind is BodyKind.MULTIPART
        texts = {prop.name for prop in properties if in_form and self._is_base64(prop)}
        styles = {prop.name: style_of_word(words[prop.name]) for prop in properties if prop.name in words}
        names = dict.fromkeys([*given, *sorted(texts), *styles])
        found = [self._member(name, given.get(name), name in texts, in_form=in_form) for name in names]
        plain = {prop.name for prop in properties if in_form and self._has_parts_of_text(prop.schema)}
        found = [attrs.evolve(one, style=None) if one.name in plain and one.style == _FORM else one for one in found]
        found = [attrs.evolve(one, style=styles.get(one.name, one.style)) for one in found]
        return tuple(member for member in found if member != MemberEncoding(name=member.name))

    def _member(self, name: str, given: Encoding | None, base64: bool, *, in_form: bool) -> MemberEncoding:
        if given is None:
            return MemberEncoding(name=name, base64=base64)
        if given.style is not None or given.explode is not None or given.allow_reserved:
            style = given.style or "form"
            explode = given.explode if given.explode is not None else style == "form"
            reserved = bool(given.allow_reserved) and not in_form
            return MemberEncoding(name=name, style=ParamStyle(name=style, explode=explode, allow_reserved=reserved))
        if not in_form:
            return MemberEncoding(name=name, style=_JSON if is_json(given.content_type or "") else None)
        headers = tuple(self._headers(given))
        return MemberEncoding(name=name, content_type=given.content_type, headers=headers, base64=base64)

    def _headers(self, encoding: Encoding) -> Iterator[tuple[str, str]]:
        """Those with one value. `Content-Type` is described by `contentType` alone."""
        for header in encoding.headers:
            if header.name.lower() == "content-type":
                continue
            value = self._only_value(header)
            if value is not None:
                yield header.name, value
            else:
                self._sink.report(
                    media_catalog.PART_HEADER, header.span, header=header.name, name=encoding.property_name
                )

    def _only_value(self, header: Header) -> str | None:
        keywords = self._shapes.dereferenced(header.schema).keywords if header.schema is not None else None
        if keywords is None:
            return None
        values = (*(keywords.enum if keywords.enum and len(keywords.enum) == 1 else ()), keywords.const)
        values = (*values, keywords.default) if header.required else values
        return next((_text(value) for value in values if value is not None and not isinstance(value, Missing)), None)

    def _has_parts_of_text(self, node: SchemaOrRef) -> bool:
        """Whether a value is a part with a text, or several: so `form` writes it, too."""
        shape = self._shapes.dereferenced(node).shape
        members = shape.items if isinstance(shape, ArrayShape) else (node,)
        shapes = [self._shapes.dereferenced(member).shape for member in members]
        return bool(shapes) and all(isinstance(each, (ScalarShape, LiteralShape)) for each in shapes)

    def _is_base64(self, prop: Property) -> bool:
        shape = self._shapes.dereferenced(prop.schema).shape
        return isinstance(shape, ScalarShape) and shape.base64


def _text(value: JsonValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
