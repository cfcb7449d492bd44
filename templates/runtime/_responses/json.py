"""Reading JSON: one place."""

from __future__ import annotations

from typing import Any

from .._lazy import json


def loads(data: bytes | str) -> Any:
    """The decoded value. Everything that may be wrong with the text is a `ValueError`, also absurd depth."""
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError("The JSON is nested too deeply.") from None
