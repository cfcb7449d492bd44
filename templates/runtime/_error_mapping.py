"""Turns what httpx raises and what servers send into this package's exceptions. Pure functions."""

from __future__ import annotations

from typing import Any, Tuple

from ._exceptions import APIConnectionError, APIStatusError, APITimeoutError, error_for_status
from ._lazy import httpx
from ._request.http_library import exceptions
from ._request.redaction import redact, secrets_of
from ._responses.json import loads


def connection_error(error: Exception, request: httpx.Request) -> APIConnectionError:
    """Return the exception for a request that got no complete response; raise it from the error."""
    if isinstance(error, (*exceptions("TimeoutException"), TimeoutError)):
        return APITimeoutError(request)
    return APIConnectionError(request=request)


def closed_error(request: httpx.Request) -> APIConnectionError:
    """Return the exception for using a client after closing it."""
    return APIConnectionError(message="Cannot send a request, as the client has been closed.", request=request)


def response_in(error: Exception, request: httpx.Request | None) -> httpx.Response | None:
    """Return the response that an event hook turned into an exception by `response.raise_for_status()`, if one did.

    Hooks and custom auth may ask other servers, for a token for instance. Their refusals are none of the API.
    """
    failure: Any = error
    if not isinstance(error, exceptions("HTTPStatusError")) or request is None:
        return None
    try:
        answered = failure.response.request
    except RuntimeError:  # a response that somebody made up
        return None
    is_ours = answered is request or (answered.method, answered.url) == (request.method, request.url)
    return failure.response if is_ours else None


def status_error(response: httpx.Response, types: Any = None) -> APIStatusError:
    """Return the exception for a response with an error status. The body must have been read, if it can be.

    `types`: the `ErrorBodies` of the method, if it has some.
    """
    message, body = _explain(response)
    if types is not None:
        body = types.typed(body, response.status_code)
    message = redact(message, secrets_of(response.request.headers))
    return error_for_status(response.status_code)(message, response=response, body=body)


def _explain(response: httpx.Response) -> Tuple[str, object | None]:
    code = f"Error code: {response.status_code}"
    try:
        content = response.content
    except exceptions("StreamError"):  # closed by an event hook, or lost while reading
        return code, None
    try:
        body = loads(content)
        return f"{code} - {body}", body
    except (ValueError, RecursionError):
        text = text_of(response).strip()
        return text or code, text


def text_of(response: httpx.Response) -> str:
    """Return the body as text, also if the server names a charset that isn't one of text."""
    content = response.content
    try:
        return response.text
    except Exception:  # what codecs like `hex` and `idna` raise is up to them
        return content.decode("utf-8", "replace")
