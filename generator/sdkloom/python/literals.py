"""Python, TOML and YAML literals for plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from ..ir.resources import JsonLike, JsonMapping


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
    text = repr(value)
    if text.startswith("'") and '"' not in text and "\\'" not in text:
        return f'"{text[1:-1]}"'
    return text


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
    """A basic string of TOML 1.0; its escapes are those of JSON, which allows U+007F as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def yaml_string(value: str) -> str:
    """A double-quoted scalar of YAML; every JSON string is one."""
    return json.dumps(value, ensure_ascii=True)
