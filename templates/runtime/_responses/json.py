"""Reading JSON: one place."""

from __future__ import annotations

from typing import Any

from .._lazy import json


def loads(data: bytes | str) -> Any:
    """Return the decoded value of a JSON text.

    Raises:
        ValueError: for everything that may be wrong with the text, also absurd depth.
    """
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError("The JSON is nested too deeply.") from None
