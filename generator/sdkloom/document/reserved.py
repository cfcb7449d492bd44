"""Names that a generated package has anyway: nothing that takes its name from the input may be called so."""

from __future__ import annotations

import keyword
import sys

DEPENDENCIES = frozenset({"anyio", "attr", "attrs", "cattr", "cattrs", "httpx", "sniffio", "typing_extensions"})
"""Packages that the runtime imports. A package of the same name would be imported in their place."""

PUBLIC_NAMES = frozenset(
    {
        "APIConnectionError",
        "APIError",
        "APIResponse",
        "APIResponseValidationError",
        "APIStatusError",
        "APITimeoutError",
        "AsyncAPIResponse",
        "AsyncClient",
        "AsyncStream",
        "AuthenticationError",
        "BadRequestError",
        "BaseModel",
        "Client",
        "ConflictError",
        "Deadline",
        "DefaultAsyncHttpxClient",
        "DefaultHttpxClient",
        "InternalServerError",
        "InvalidHeaderError",
        "NoneType",
        "NotFoundError",
        "NotGiven",
        "Omit",
        "PermissionDeniedError",
        "ProxiesTypes",
        "RateLimitError",
        "RequestOptions",
        "Stream",
        "StreamDataError",
        "StreamEndedError",
        "StreamStateError",
        "Timeout",
        "Transport",
        "UnknownVariant",
        "UnprocessableEntityError",
        "ValidationError",
    }
)
"""Classes and types at the top of every package."""

CLIENT_OPTIONS = frozenset(
    {
        "base_url",
        "connection_pool_limits",
        "default_headers",
        "default_query",
        "http_client",
        "max_retries",
        "proxies",
        "self",
        "set_default_headers",
        "set_default_query",
        "timeout",
        "transport",
    }
)
"""Parameters that the clients and their `copy` have besides the credentials."""


def is_package_taken(name: str) -> bool:
    """Whether Python or the runtime needs `name` for something else than a package of the SDK."""
    return keyword.iskeyword(name) or name in DEPENDENCIES or name in sys.stdlib_module_names


def is_class_taken(name: str) -> bool:
    """Whether Python or the package has another use for a class called `name`."""
    return keyword.iskeyword(name) or name in PUBLIC_NAMES


def is_option_taken(name: str) -> bool:
    """Whether Python or the clients have another use for an option called `name`."""
    return keyword.iskeyword(name) or name in CLIENT_OPTIONS
