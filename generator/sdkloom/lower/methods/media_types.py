"""Media types: what the names in `content` say about the data."""

from __future__ import annotations

from collections.abc import Iterable

from ...document.model import MediaType, Schema

FORM = "application/x-www-form-urlencoded"
"""Forms (WHATWG URL §5)."""

EVENT_STREAM = "text/event-stream"
"""Server-sent events (WHATWG HTML §9.2)."""

_JSON = frozenset({"application/json", "text/json"})
_JSON_LINES = frozenset(
    {
        "application/json-lines",
        "application/json-seq",
        "application/jsonl",
        "application/jsonlines",
        "application/ndjson",
        "application/stream+json",
        "application/x-json-stream",
        "application/x-jsonl",
        "application/x-jsonlines",
        "application/x-ndjson",
        "text/jsonl",
        "text/x-ndjson",
    }
)


def essence(media_type: str) -> str:
    """Return type and subtype in lower case, without parameters: `text/html` for `Text/HTML; charset=utf-8`.

    The word is that of WHATWG MIME Sniffing §4.1.
    """
    return media_type.split(";")[0].strip().lower()


def is_event_stream(media_type: str) -> bool:
    """Whether data of this type are server-sent events."""
    return essence(media_type) == EVENT_STREAM


def is_json_lines(media_type: str) -> bool:
    """Whether data of this type are JSON texts, one a line, or one a record (RFC 7464 §4, RFC 8091 §2)."""
    name = essence(media_type)
    return name in _JSON_LINES or name.endswith("+json-seq")


def is_json(media_type: str) -> bool:
    """Whether data of this type is JSON: `application/json`, or a type that ends in `+json` (RFC 6839 §3.1)."""
    name = essence(media_type)
    return name in _JSON or (name.endswith("+json") and name not in _JSON_LINES)


def json_among(content: Iterable[MediaType]) -> MediaType | None:
    """Return the first JSON of a body, one without parameters if there is one: not `application/json;stream=watch`.

    What is of any type (`*/*`) is JSON too, if the schema tells more of it than that it is a text.
    """
    found = [media for media in content if is_json(media.media_type) or _is_any_with_parts(media)]
    return min(found, key=lambda media: (is_any(media.media_type), ";" in media.media_type), default=None)


def _is_any_with_parts(media: MediaType) -> bool:
    if not is_any(media.media_type) or media.schema is None:
        return False
    kinds = set(media.schema.types) if isinstance(media.schema, Schema) else set[str]()
    return not kinds or not kinds <= {"string", "null"}


def is_range(media_type: str) -> bool:
    """Whether it stands for several types: `image/*` (RFC 9110 §12.5.1)."""
    return "*" in essence(media_type)


def is_text(media_type: str) -> bool:
    """Whether a body of this type may be a text as well as bytes."""
    name = essence(media_type)
    return (
        name.startswith("text/") or name.endswith(("+xml", "+yaml")) or name in {"application/xml", "application/yaml"}
    )


def is_any(media_type: str) -> bool:
    """Whether the name stands for many types: `*/*`, `application/*` (RFC 9110 §12.5.1)."""
    return essence(media_type) in {"*/*", "application/*"}
