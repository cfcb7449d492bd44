"""URL-encoded forms as OpenAPI describes them: WHATWG URL §5; OpenAPI 3.1 §4.8.14.3, §4.8.15."""

from __future__ import annotations

from typing import List, Mapping

from .body import Content
from .json import encode_json
from .members import given_members
from .parameters import FORM, Style, encode_parameter

_JSON = Style("json")


class Form:
    """Writes a mapping as a form: a list as several fields of the same name, an object as JSON, all else as text.

    `members` has those that the document wants in another style.
    """

    def __init__(self, members: Mapping[str, Style] | None = None) -> None:
        self._members = members or {}

    def __call__(self, body: object) -> Content:
        """Return the encoded form."""
        fields: List[str] = []
        for name, value in given_members(body):
            style = self._members.get(name) or _default(value)
            fields.append(encode_parameter(name, value, style.name, style.explode, style.allow_reserved))
        text = "&".join(field for field in fields if field)
        return Content(text.encode(), content_type="application/x-www-form-urlencoded")


def _default(value: object) -> Style:
    if value is None or isinstance(value, (str, int, float, list)):
        return FORM
    return _JSON if encode_json(value)[:1] == b"{" else FORM
