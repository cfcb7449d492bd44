"""Multipart forms as OpenAPI describes them: RFC 7578; OpenAPI 3.1 §4.8.14.4, §4.8.15."""

from __future__ import annotations

import json
import os
from fnmatch import fnmatchcase
from typing import Any, List, Mapping, NamedTuple, Tuple, cast

from .._files import read_files
from .._types import FileTypes
from .body import Content, is_json
from .json import encode_json
from .members import given_members, is_file, items_of
from .parameters import Style, parameter_pairs

_TEXT = "text/plain"
_UNKNOWN = "application/octet-stream"


class Part(NamedTuple):
    """How the parts of one member are written, where that doesn't follow from the value.

    `content_type` may be a list of types and ranges: `image/png, image/*`. `base64`: files are sent as base64 text.
    With a `style` the parts are what the fields of a URL-encoded form would be.
    """

    content_type: str | None = None
    headers: Mapping[str, str] = {}
    base64: bool = False
    style: Style | None = None


class Multipart:
    """Writes a mapping as a form: each member is a part, each item of a list one of its own with the same name.

    Files have a name and a type. Objects, and lists in lists, are JSON; everything else is text. `None` has no part.
    """

    def __init__(self, members: Mapping[str, Part] | None = None) -> None:
        self._members = members or {}

    def __call__(self, body: object) -> Content:
        """Return the parts of the form."""
        parts: List[Tuple[str, Any]] = []
        for name, value in given_members(body):
            how = self._members.get(name) or _PLAIN
            if how.style is not None and not any(map(is_file, items_of(value))):
                pairs = parameter_pairs(name, value, how.style.name, how.style.explode)
                parts.extend((key, (None, text.encode())) for key, text in pairs)
            else:
                items = items_of(value)
                is_single = len(items) == 1 and items[0] is value
                keys = [name] if is_single else _keys(name, how, len(items))
                parts.extend((key, _part(name, item, how)) for key, item in zip(keys, items) if item is not None)
        if not parts:  # httpx would send no form at all
            boundary = os.urandom(16).hex()
            return Content(f"--{boundary}--\r\n".encode(), content_type=f"multipart/form-data; boundary={boundary}")
        return Content(parts=parts, content_type="multipart/form-data")


_PLAIN = Part()


def _keys(name: str, how: Part, count: int) -> List[str]:
    """The names of the parts of a list of files."""
    style = how.style.name if how.style is not None else ""
    if style == "indices":
        return [f"{name}[{number}]" for number in range(count)]
    return [f"{name}[]" if style == "brackets" else name] * count


def _part(name: str, value: object, how: Part) -> Tuple[Any, ...]:
    if is_file(value) and not how.base64:
        return _file(name, value, how)
    declared = _offered(how.content_type)
    has_members = False
    if isinstance(value, str):
        is_quoted = bool(declared) and is_json(declared[0]) and not _holds_json(value)
        content = encode_json(value) if is_quoted else value.encode()
    else:
        content = encode_json(value)
        has_members = content[:1] in (b"{", b"[")
        content = json.loads(content).encode() if content[:1] == b'"' else content
    content_type = declared[0] if declared and "*" not in declared[0] else "application/json" if has_members else _TEXT
    return None, content, None if content_type == _TEXT else content_type, dict(how.headers)


def _holds_json(text: str) -> bool:
    """Whether a text is JSON already, more than a word or a number."""
    if not text.startswith(("{", "[", '"')):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _file(name: str, value: object, how: Part) -> Tuple[Any, ...]:
    """Name, content, type and headers. What the caller says of a file wins."""
    ((_, read),) = read_files([(name, cast(FileTypes, value))])
    parts = cast("Tuple[Any, ...]", read) if isinstance(read, tuple) else (_name_of(value), read)
    filename, content, given, headers = cast("Tuple[Any, ...]", (*parts, None, None))[:4]
    merged: Mapping[str, str] = {**how.headers, **(headers or {})}
    return filename, content, given or _type_of(filename, how.content_type), merged


def _name_of(value: object) -> str:
    return os.path.basename(str(getattr(value, "name", "upload")))


def _type_of(filename: str | None, declared: str | None) -> str:
    """What the name says, if that is allowed; else the first type that is."""
    from mimetypes import guess_type

    guessed = (guess_type(filename)[0] if filename else None) or _UNKNOWN
    offered = _offered(declared)
    if not offered or any(fnmatchcase(guessed, one) for one in offered):
        return guessed
    return next((one for one in offered if "*" not in one), guessed)


def _offered(content_type: str | None) -> List[str]:
    return [part.strip() for part in content_type.split(",")] if content_type else []
