"""Reading JSON: one place."""

from __future__ import annotations

from typing import Any, Dict

from .._converters import NUMBERS_ARE_DECIMAL
from .._lazy import json

LONG = 2048
"""From how many bytes on a text is worth asking for msgspec."""

OPTIONS: Dict[str, Any] = {}
"""What the standard library is told about reading."""

if NUMBERS_ARE_DECIMAL:
    from .._structuring.numbers import number

    OPTIONS["parse_float"] = number


def loads(data: bytes | str) -> Any:
    """Return the decoded value of a JSON text.

    Raises:
        ValueError: for everything that may be wrong with the text, also absurd depth.
    """
    if len(data) >= LONG:
        from .._structuring.fast_json import decoder

        decode = decoder()
        if decode is not None:
            try:
                return decode(data)
            except Exception:  # also of what only the standard library takes
                pass
    try:
        return json.loads(data, **OPTIONS)
    except RecursionError:
        raise ValueError("The JSON is nested too deeply.") from None
