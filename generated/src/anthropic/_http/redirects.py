"""Redirects (RFC 9110 §15.4): followed by us, not by httpx, so that no secret follows one to another origin."""

from __future__ import annotations

from typing import Any

from .._lazy import httpx
from .._request.http_library import library_of
from .._request.redaction import is_harmless_header


def next_request(client: Any, response: httpx.Response, hops: int) -> httpx.Request:
    """Return the request that a redirect asks for; `hops` is how many were followed before.

    To another origin it goes without headers that may be a secret, as RFC 9110 §15.4 advises. A body (after 307 or 308)
    never goes from https to http.

    Raises:
        RemoteProtocolError: if `Location` is no URL.
        TooManyRedirects: if the httpx client follows no more of them.
        UnsupportedProtocol: if a body would be sent without encryption.
    """
    request = response.next_request
    if request is None:  # httpx raises by itself
        message = f"Invalid URL in location header: {response.headers['location']!r}"
        raise library_of(client).RemoteProtocolError(message, request=response.request)
    if hops >= client.max_redirects:
        raise library_of(client).TooManyRedirects("Exceeded maximum allowed redirects.", request=response.request)
    if response.request.url.scheme == "https" and request.url.scheme == "http" and _has_body(request):
        message = "The redirect from https to http is not followed: it would send the body without encryption."
        raise library_of(client).UnsupportedProtocol(message, request=response.request)
    from .._request.httpx_request import request_classes

    is_same = is_same_origin(response.request.url, request.url)
    request.__class__, new_headers = request_classes(library_of(client))
    request.headers = new_headers([pair for pair in request.headers.raw if is_same or is_harmless_header(pair[0])])
    return request


def is_same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether two URLs have scheme, host and port in common: RFC 6454 §5."""
    return (one.scheme, one.host, _port(one)) == (other.scheme, other.host, _port(other))


def _port(url: httpx.URL) -> int | None:
    return url.port or {"http": 80, "https": 443}.get(url.scheme)


def _has_body(request: httpx.Request) -> bool:
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
