"""One media type of a request body: how it is written, and the types that a caller may choose from."""

from __future__ import annotations

import attrs

from ...document.model import MediaType, SchemaOrRef
from ...ir.resources import BodyFormat, BodyKind, MemberEncoding
from ..types.shape_kinds import ObjectShape
from .media_types import FORM, essence, is_any, is_json, is_json_lines, is_range

JSON_TYPE = "application/json"
_BYTES = "application/octet-stream"
_PREFERENCE = (BodyKind.JSON, BodyKind.FORM, BodyKind.MULTIPART, BodyKind.LINES, BodyKind.BINARY)


@attrs.frozen(kw_only=True, eq=False)
class BodyMedia:
    """An entry of `content`; `shape` is set if it has named members."""

    entry: MediaType
    kind: BodyKind
    schema: SchemaOrRef
    shape: ObjectShape | None

    @property
    def name(self) -> str:
        """The media type as the document writes it."""
        return self.entry.media_type


def preference(media: BodyMedia) -> tuple[int, bool, bool]:
    """What media types are sorted by: JSON as such first, bytes last."""
    return (_PREFERENCE.index(media.kind), essence(media.name) != JSON_TYPE, is_range(media.name))


def written_as(media_type: str, *, is_unknown: bool, is_text: bool) -> BodyKind:
    """How a body of this media type is written. Of any type (`*/*`), JSON is sent where the schema says what it is."""
    name = essence(media_type)
    if is_json(name) or (is_any(name) and not is_unknown):
        return BodyKind.JSON
    if name == "multipart/form-data":
        return BodyKind.MULTIPART
    if name == FORM:
        return BodyKind.FORM
    return BodyKind.LINES if is_json_lines(name) and not (is_unknown or is_text) else BodyKind.BINARY


def format_of(media: BodyMedia) -> BodyFormat:
    """How a body is written of which there is one kind: what any JSON may be is `application/json`."""
    return BodyFormat(kind=media.kind, media_type=JSON_TYPE if _is_any_json(media) else media.name)


def sent_as(media: BodyMedia, content_types: tuple[str, ...], encodings: tuple[MemberEncoding, ...]) -> BodyFormat:
    """How a body is written whose media type the caller may choose, if there are `content_types`."""
    media_type = (default_type(content_types) or "") if content_types else format_of(media).media_type
    return BodyFormat(kind=media.kind, media_type=media_type, encodings=encodings)


def _is_any_json(media: BodyMedia) -> bool:
    return media.kind is BodyKind.JSON and is_range(media.name)


def choice(alike: list[BodyMedia]) -> tuple[str, ...]:
    """The media types that the caller may choose from; none if there is one, or if one of them is JSON as such."""
    names = tuple(media.name for media in alike)
    if alike[0].kind is BodyKind.JSON:
        exact = tuple(name for name in names if not is_range(name))
        return exact if len(exact) > 1 and essence(exact[0]) != JSON_TYPE else ()
    if alike[0].kind is not BodyKind.BINARY:
        return ()
    return names if len(names) > 1 or any(map(_is_open, names)) else ()


def _is_open(media_type: str) -> bool:
    """Whether only the caller can say what exactly is sent. The boundary of a multipart body is a part of its type."""
    return is_range(media_type) or essence(media_type).startswith("multipart/")


def default_type(content_types: tuple[str, ...]) -> str | None:
    """Return the media type that is sent if the caller chooses none; `None` if the caller must."""
    exact = next((name for name in content_types if not _is_open(name)), None)
    return exact or (_BYTES if any(map(is_any, content_types)) else None)
