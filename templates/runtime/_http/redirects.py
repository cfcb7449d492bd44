"""Redirects (RFC 9110 §15.4): followed by us, not by httpx, so that no secret follows one to another origin."""

from __future__ import annotations

from typing import Any

from .._lazy import httpx
from .._sdk import SDK

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
"""Headers that another origin may see, besides those of `platform_headers`. Whatever else was sent may be a secret."""


def next_request(client: Any, response: httpx.Response, hops: int) -> httpx.Request:
    """Return the request that a redirect asks for; `hops` is how many were followed before.

    To another origin it goes without headers that may be a secret, as RFC 9110 §15.4 advises.

    Raises:
        TooManyRedirects: if the httpx client follows no more of them.
    """
    request = response.next_request
    if request is None or hops >= client.max_redirects:
        raise httpx.TooManyRedirects("Exceeded maximum allowed redirects.", request=response.request)
    from .defaults import RequestHeaders

    is_same = is_same_origin(response.request.url, request.url)
    request.headers = RequestHeaders([pair for pair in request.headers.raw if is_same or _is_harmless(pair[0])])
    return request


def is_same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether two URLs have scheme, host and port in common: RFC 6454 §5."""
    return (one.scheme, one.host, _port(one)) == (other.scheme, other.host, _port(other))


def _port(url: httpx.URL) -> int | None:
    return url.port or {"http": 80, "https": 443}.get(url.scheme)


def _is_harmless(name: bytes) -> bool:
    text = name.decode("ascii", "replace").lower()
    return text in _HARMLESS_HEADERS or text.startswith("x-stainless-")
