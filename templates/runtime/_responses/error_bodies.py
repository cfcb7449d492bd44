"""Bodies of errors as the types that the document declares for them."""

from __future__ import annotations

from typing import Any, Mapping

from .._structuring.annotations import is_dict, is_list
from .._structuring.structure import ValidationError, structure


def typed_body(body: object, status: int, types: Mapping[str, Any]) -> object:
    """Return decoded JSON as the type that is declared for the status, or its range, or any error; else as it is."""
    if not (is_dict(body) or is_list(body)):
        return body
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in types:
            try:
                typed: object = structure(body, types[key], strict=False)
            except (ValidationError, RecursionError):
                return body
            return typed
    return body
