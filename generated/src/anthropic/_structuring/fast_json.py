"""The extra `fast`, if it is installed: msgspec reads what is long, orjson writes it. What is short gains too little.

They are asked first and never have the last word. What they refuse (`NaN`, numbers out of range, a byte order mark,
lone surrogates, absurd depth, keys that are no strings, whatever is no JSON) goes to the standard library, which
decides and explains. What msgspec accepts the standard library reads as the same values; what orjson writes the
standard library writes as the same text, but for floats: see `fast_dumps`.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Callable, NamedTuple, Optional

from .._converters import NUMBERS_ARE_DECIMAL


class Encoder(NamedTuple):
    """What is used of orjson."""

    dumps: Callable[..., bytes]
    indented: int
    """The option to indent by two spaces."""

    raw: Callable[[str], Any]
    """Makes what is written as it is."""

    def text(self, value: object, indent: Optional[int]) -> str:
        """Return a value as JSON text: compact, or indented by 2 spaces."""
        return str(self.dumps(value, None, None if indent is None else self.indented), "utf-8")


@cache
def decoder() -> Optional[Callable[[Any], Any]]:
    """Return what reads JSON, or `None` where msgspec isn't installed. It is imported at the first call."""
    try:
        from msgspec import json
    except ImportError:
        return None
    if NUMBERS_ARE_DECIMAL:
        from .numbers import number

        return json.Decoder(float_hook=number).decode
    return json.Decoder().decode


@cache
def encoder() -> Optional[Encoder]:
    """Return what writes JSON, or `None` where orjson isn't installed. It is imported at the first call."""
    try:
        import orjson
    except ImportError:
        return None
    return Encoder(orjson.dumps, orjson.OPT_INDENT_2, orjson.Fragment)
