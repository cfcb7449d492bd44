"""Keeping secrets out of what people and log files see."""

from __future__ import annotations

import re
from typing import Any, Dict, Iterable, Mapping, TypeVar

from .._lazy import httpx
from .._sdk import SDK

_T = TypeVar("_T")

HIDDEN = "[secure]"

_SHORTEST_SECRET = 8
"""Shorter ones are not looked for in texts: too much else would match."""

_SECRET_NAME = re.compile(r"auth|cookie|credential|key|passw|secret|session|signature|token", re.IGNORECASE)
_CREDENTIAL_HEADERS = frozenset(credential.header.lower() for credential in SDK.credentials)


def is_secret_name(name: str) -> bool:
    """Whether a header or query parameter of this name may carry a secret."""
    return name.lower() in _CREDENTIAL_HEADERS or _SECRET_NAME.search(name) is not None


def hide(text: str, secrets: Iterable[str]) -> str:
    """The text without the secrets, in case a server repeats them."""
    for secret in secrets:
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, HIDDEN)
    return text


def secrets_of(headers: httpx.Headers) -> list[str]:
    """The values that a request carries in headers with telling names."""
    return [part for name, value in headers.items() if is_secret_name(name) for part in (value, value.split(" ")[-1])]


def url_for_people(url: httpx.URL) -> str:
    """The URL without passwords and without query values of telling names."""
    if url.userinfo:
        url = url.copy_with(username=None, password=None)
    if not url.query or _SECRET_NAME.search(url.query.decode("ascii", "replace")) is None:
        return str(url)
    from urllib.parse import parse_qsl, urlencode

    pairs = parse_qsl(url.query.decode("ascii", "replace"), keep_blank_values=True)
    shown = [(name, HIDDEN if is_secret_name(name) else value) for name, value in pairs]
    return str(url.copy_with(query=urlencode(shown, safe="[]").encode()))


def without_secrets(state: Mapping[str, Any]) -> Dict[str, Any]:
    """A copy of an error's attributes in which request and response carry no secrets."""
    clean = dict(state)
    request = clean.get("request")
    if isinstance(request, httpx.Request):
        clean["request"] = request = _hide_headers(request)
    response = clean.get("response")
    if isinstance(response, httpx.Response):
        response = _copy(response)
        if isinstance(request, httpx.Request):
            response.request = request
        response.history = []
        response.next_request = None
        clean["response"] = response
    return clean


def _copy(value: _T) -> _T:
    from copy import copy

    return copy(value)


def _hide_headers(request: httpx.Request) -> httpx.Request:
    request = _copy(request)
    request.headers = httpx.Headers(
        [(name, HIDDEN if is_secret_name(name) else value) for name, value in request.headers.multi_items()]
    )
    return request
