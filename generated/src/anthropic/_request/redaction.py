"""Keeping secrets out of what people and log files see."""

from __future__ import annotations

import re
from typing import Any, Dict, Iterable, Mapping, TypeVar

from .._lazy import httpx
from .._sdk import SDK
from .http_library import classes, library_of, url_of

_T = TypeVar("_T")

REDACTED = "[secure]"
"""What people see in place of a secret."""

_SHORTEST_SECRET = 8
"""Shorter ones are not looked for in texts: too much else would match."""

_SECRET_NAME = re.compile(r"auth|cookie|credential|key|passw|secret|session|signature|token", re.IGNORECASE)
_HARMLESS_HEADERS = frozenset(
    {
        "accept",
        "accept-encoding",
        "accept-language",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "host",
        "transfer-encoding",
        "user-agent",
        *(name.lower() for name in SDK.headers),
    }
)
"""Headers that another origin or a pickle may see, besides those of `platform_headers`. Others may be a secret."""

_SECRET_NAMES = frozenset(
    {*(credential.header.lower() for credential in SDK.credentials), *(name.lower() for name in SDK.secret_names)}
)


def is_secret_name(name: str) -> bool:
    """Whether a header or query parameter of this name may carry a secret."""
    return name.lower() in _SECRET_NAMES or _SECRET_NAME.search(name) is not None


def is_harmless_header(name: str | bytes) -> bool:
    """Whether a header of a request surely is no secret, whatever its value."""
    text = (name if isinstance(name, str) else name.decode("ascii", "replace")).lower()
    return text in _HARMLESS_HEADERS or text.startswith("x-stainless-")


def redacted_headers(headers: httpx.Headers) -> httpx.Headers:
    """Return the headers of a request with only those values that surely are no secrets."""
    shown = [(name, value if is_harmless_header(name) else REDACTED) for name, value in headers.multi_items()]
    redacted: httpx.Headers = library_of(headers).Headers(shown)
    return redacted


def without_secret_values(headers: httpx.Headers) -> httpx.Headers:
    """Return headers with only those values whose names don't tell of a secret."""
    shown = [(name, REDACTED if is_secret_name(name) else value) for name, value in headers.multi_items()]
    redacted: httpx.Headers = library_of(headers).Headers(shown)
    return redacted


def redact(text: str, secrets: Iterable[str]) -> str:
    """Return the text without the secrets, in case a server repeats them."""
    for secret in secrets:
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, REDACTED)
    return text


def secrets_of(headers: httpx.Headers) -> list[str]:
    """Return the values that a request carries in headers with telling names."""
    return [part for name, value in headers.items() if is_secret_name(name) for part in (value, value.split(" ")[-1])]


def redacted_url(url: httpx.URL) -> str:
    """Return the URL without passwords and without query values of telling names, for people and logs."""
    if url.userinfo:
        url = url.copy_with(username=None, password=None)
    query = url.query.decode("ascii", "replace")
    if not query or (not SDK.secret_names and _SECRET_NAME.search(query) is None):
        return str(url)
    from urllib.parse import parse_qsl, urlencode

    pairs = parse_qsl(query, keep_blank_values=True)
    if not any(is_secret_name(name) for name, _ in pairs):
        return str(url)
    shown = [(name, REDACTED if is_secret_name(name) else value) for name, value in pairs]
    return str(url.copy_with(query=urlencode(shown, safe="[]").encode()))


def without_secrets(state: Mapping[str, Any]) -> Dict[str, Any]:
    """Return a copy of an error's attributes in which request and response carry no secrets."""
    clean = dict(state)
    request: Any = clean.get("request")
    if isinstance(request, classes("Request")):
        clean["request"] = request = _redacted_request(request)
    response: Any = clean.get("response")
    if isinstance(response, classes("Response")):
        response = _copy(response)
        if isinstance(request, classes("Request")):
            response.request = request
        response.headers = without_secret_values(response.headers)
        response.history = []
        response.next_request = None
        clean["response"] = response
    return clean


def _copy(value: _T) -> _T:
    from copy import copy

    return copy(value)


def _redacted_request(request: httpx.Request) -> httpx.Request:
    request = _copy(request)
    request.headers = redacted_headers(request.headers)
    request.url = url_of(library_of(request.url), redacted_url(request.url))
    return request
