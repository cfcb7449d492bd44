"""The exceptions of statuses."""

from __future__ import annotations

from collections.abc import Mapping

from ..ir.resources import ErrorCase

_EXCEPTIONS: Mapping[str, str] = {
    "400": "BadRequestError",
    "401": "AuthenticationError",
    "403": "PermissionDeniedError",
    "404": "NotFoundError",
    "409": "ConflictError",
    "422": "UnprocessableEntityError",
    "429": "RateLimitError",
}


def error_class(case: ErrorCase) -> str:
    """Return the exception of a status."""
    return _EXCEPTIONS.get(case.status, "InternalServerError" if case.status[0] == "5" else "APIStatusError")
