"""msgspec, if it is installed: the extra `fast`. It reads and writes what is long; what is short gains too little.

It is asked first and never has the last word. What it refuses (`NaN`, numbers out of range, a byte order mark, lone
surrogates, absurd depth, whatever is no JSON) goes to the standard library, which decides and explains. What it accepts
the standard library reads as the same values, and writes as the same text.
"""

from __future__ import annotations

import threading
from typing import Any, Callable, List, NamedTuple, Optional

_LOCK = threading.Lock()
_FOUND: List[Optional[Codec]] = []


class Codec(NamedTuple):
    """What is used of msgspec."""

    decode: Callable[[Any], Any]
    encode: Callable[[Any], bytes]
    format: Callable[..., bytes]
    raw: Callable[[str], Any]
    """Makes what is written as it is."""

    def text(self, value: object, indent: Optional[int]) -> str:
        """Return a value as JSON text. `indent` is the number of spaces; `None` is compact."""
        encoded = self.encode(value)
        return str(encoded if indent is None else self.format(encoded, indent=indent), "utf-8")


def codec() -> Optional[Codec]:
    """Return msgspec's functions, or `None` where it isn't installed. It is imported at the first call."""
    if not _FOUND:
        with _LOCK:
            if not _FOUND:
                _FOUND.append(_find())
    return _FOUND[0]


def _find() -> Optional[Codec]:
    try:
        from msgspec import Raw, json
    except ImportError:
        return None
    return Codec(json.Decoder().decode, json.Encoder().encode, json.format, Raw)
