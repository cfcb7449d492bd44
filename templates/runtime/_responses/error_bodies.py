"""Bodies of errors as the types that the document declares for them."""

from __future__ import annotations

from typing import Any, Mapping

from .._structuring.annotations import is_dict, is_list
from .._structuring.structure import ValidationError, structure


class ErrorBodies:
    """The types of the bodies of errors: by status (`404`), by range (`4XX`), and of any other (`default`)."""

    def __init__(self, types: Mapping[str, Any]) -> None:
        self._types = types

    def typed(self, body: object, status: int) -> object:
        """Return decoded JSON as the type that is declared for the status; else as it is."""
        if not (is_dict(body) or is_list(body)):
            return body
        for key in (str(status), f"{status // 100}XX", "default"):
            if key in self._types:
                try:
                    typed: object = structure(body, self._types[key], strict=False)
                except (ValidationError, RecursionError):
                    return body
                return typed
        return body
