"""JSON lines and JSON text sequences: one value after the other."""

from __future__ import annotations

from typing import Iterable, cast

from .body import Content
from .json import encode_json


class JsonLines:
    """Writes each item of an iterable as a line of JSON; `before` stands before each (RFC 7464 §2.2)."""

    def __init__(self, media_type: str, before: bytes = b"") -> None:
        self._media_type = media_type
        self._before = before

    def __call__(self, body: object) -> Content:
        """Return the lines. The iterable is read to its end, since the body may have to be sent again."""
        items = cast("Iterable[object]", body)
        lines = b"".join(self._before + encode_json(item) + b"\n" for item in items)
        return Content(lines, content_type=self._media_type)
