"""Names that a generated package has anyway: nothing that takes its name from the input may be called so."""

from __future__ import annotations

import keyword
import re
import sys

DEPENDENCIES = frozenset(
    {
        "anyio",
        "attr",
        "attrs",
        "cattr",
        "cattrs",
        "certifi",
        "exceptiongroup",
        "h11",
        "httpcore",
        "httpx",
        "idna",
        "pytest",
        "sniffio",
        "tests",
        "typing_extensions",
    }
)
"""Packages that the runtime, what it needs, and the tests import. One of the same name would be imported instead."""

FRAMEWORKS = frozenset(
    {"aiohttp", "connexion", "django", "falcon", "fastapi", "flask", "litestar", "quart", "sanic", "starlette"}
)
"""What documents are called whose author gave no title. The service itself imports a package of that name."""

STANDARD_LIBRARY = sys.stdlib_module_names | {
    "aifc",
    "annotationlib",
    "asynchat",
    "asyncore",
    "audioop",
    "binhex",
    "cgi",
    "cgitb",
    "chunk",
    "compression",
    "crypt",
    "distutils",
    "imghdr",
    "imp",
    "lib2to3",
    "mailcap",
    "msilib",
    "nis",
    "nntplib",
    "ossaudiodev",
    "pipes",
    "smtpd",
    "sndhdr",
    "spwd",
    "sunau",
    "telnetlib",
    "test",
    "tomllib",
    "uu",
    "xdrlib",
}
"""Modules of Python 3.10 to 3.14, whichever is running: names don't depend on that."""

_FOLDED_LIBRARY = frozenset({name.lower() for name in STANDARD_LIBRARY})
_PORTS = [f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"]
DEVICES = frozenset({"aux", "con", "conin$", "conout$", "nul", "prn", *_PORTS})
"""Names that Windows keeps for devices, in small letters: no file or folder can be called so, whatever its suffix."""

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
        "InvalidURLError",
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
    return keyword.iskeyword(name) or is_distribution_taken(name)


def is_distribution_taken(name: str) -> bool:
    """Whether a distribution called `name`, or a folder of that name, would be taken for something else."""
    normalized = re.sub(r"[-_.]+", "_", name).lower()
    return normalized in DEPENDENCIES or normalized in _FOLDED_LIBRARY or is_device(name)


def is_device(name: str) -> bool:
    """Whether Windows takes a file called `name` for a device."""
    return name.partition(".")[0].rstrip(" ").lower() in DEVICES


def is_class_taken(name: str) -> bool:
    """Whether Python or the package has another use for a class called `name`."""
    return keyword.iskeyword(name) or name in PUBLIC_NAMES


def is_option_taken(name: str) -> bool:
    """Whether Python or the clients have another use for an option called `name`."""
    return keyword.iskeyword(name) or name in CLIENT_OPTIONS
