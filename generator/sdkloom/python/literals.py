"""Python, TOML and YAML literals for plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from ..ir.resources import JsonLike, JsonMapping
from ..ir.security import Requirement
from .texts import UNSEEN, escape

_BLANK = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""Blanks that look like a space, but aren't."""
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def requirement(alternatives: Requirement) -> str:
    """Return security requirements as OpenAPI writes them: `[{"api_key": []}, {"oauth": ["read"]}]`."""
    return literal(tuple([JsonMapping(each) for each in alternatives]))


def literal(value: JsonLike) -> str:
    """`value` as Python source: strings in double quotes, arrays as lists, objects as dicts."""
    if isinstance(value, str):
        return string(value)
    if isinstance(value, tuple):
        return f"[{', '.join(literal(item) for item in value)}]"
    if isinstance(value, JsonMapping):
        return f"{{{', '.join(f'{string(key)}: {literal(item)}' for key, item in value.items)}}}"
    return repr(value)


def string(value: str) -> str:
    """A Python string literal, in double quotes unless that needs more escapes."""
    quote = "'" if '"' in value else '"'
    text = value.replace("\\", "\\\\").replace(quote, "\\" + quote)
    if not (text.isascii() and text.isprintable()):
        text = _BLANK.sub(_escape, UNSEEN.sub(_escape, text))
    return f"{quote}{text}{quote}"


def wrapped_string(value: str, width: int = 112) -> str:
    """`value` as literals of at most `width`, one below the other in parentheses, if one line is too short for it."""
    if len(string(value)) <= width:
        return string(value)
    pieces: list[str] = [""]
    for word in re.findall(r"[^ \n]*[ \n]?", value):
        if pieces[-1].endswith("\n") or len(string(pieces[-1] + word)) > width:
            pieces.append("")
        pieces[-1] += word
    return f"({' '.join(string(piece) for piece in pieces if piece)})"


def names_list(names: Iterable[str]) -> str:
    """The value of `__all__`: one line, or one name per line."""
    listed = [string(name) for name in names]
    line = f"[{', '.join(listed)}]"
    return line if len(line) <= 80 else f"[{', '.join(listed)},]"


def mapping(pairs: Iterable[tuple[str, JsonLike]]) -> str:
    """A dict literal of pairs."""
    return literal(JsonMapping(tuple(pairs)))


def set_literal(values: Iterable[str]) -> str:
    """The argument of `frozenset(…)`: nothing for an empty one."""
    listed = ", ".join(string(value) for value in values)
    return f"{{{listed}}}" if listed else ""


def toml_string(value: str) -> str:
    """A basic string of TOML 1.0 (`String`)."""
    return _double_quoted(value)


def yaml_string(value: str) -> str:
    """A double-quoted scalar of YAML 1.2 (§7.3.1)."""
    return _double_quoted(value)


def _double_quoted(value: str) -> str:
    """A string with the escapes that TOML and YAML share. Neither can hold surrogates: U+FFFD stands for them."""
    return UNSEEN.sub(_wide_escape, json.dumps(value, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or escape(match[0])


def _wide_escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    code = 0xFFFD if 0xD800 <= code <= 0xDFFF else code
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
