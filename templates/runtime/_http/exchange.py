"""One request and its response, with a bound for what is read of the body."""

from __future__ import annotations

from typing import Any, List

from .._exceptions import APIResponseValidationError
from .._lazy import httpx

LONGEST_ERROR_BODY = 1_048_576
"""Bytes, decompressed. A longer body of a response with an error status is not kept."""


def exchange(
    client: httpx.Client, request: httpx.Request, *, unread: bool, auth: Any, limit: int | None
) -> httpx.Response:
    """Send a request, without following redirects, and read the response unless it is to stay unread.

    `limit` is how many bytes the decompressed body of a successful response may have.

    Raises:
        APIResponseValidationError: if it has more.
    """
    response = client.send(request, stream=True, auth=auth, follow_redirects=False)
    if not unread:
        try:
            read_body(response, limit)
        except BaseException:
            response.close()
            raise
    return response


async def aexchange(
    client: httpx.AsyncClient, request: httpx.Request, *, unread: bool, auth: Any, limit: int | None
) -> httpx.Response:
    """Send a request, without following redirects, and read the response unless it is to stay unread.

    `limit` is how many bytes the decompressed body of a successful response may have.

    Raises:
        APIResponseValidationError: if it has more.
    """
    response = await client.send(request, stream=True, auth=auth, follow_redirects=False)
    if not unread:
        try:
            await aread_body(response, limit)
        except BaseException:
            await response.aclose()
            raise
    return response


def read_body(response: httpx.Response, limit: int | None) -> None:
    """Read a body within its bound, and close the response.

    Raises:
        APIResponseValidationError: if the body of a successful response is longer than `limit` bytes.
    """
    if response.is_success and limit is None:
        response.read()
        return
    kept = _Kept(response, limit)
    for chunk in response.iter_bytes():
        if not kept.takes(chunk):
            break
    response.close()
    kept.end()


async def aread_body(response: httpx.Response, limit: int | None) -> None:
    """Read a body within its bound, and close the response.

    Raises:
        APIResponseValidationError: if the body of a successful response is longer than `limit` bytes.
    """
    if response.is_success and limit is None:
        await response.aread()
        return
    kept = _Kept(response, limit)
    async for chunk in response.aiter_bytes():
        if not kept.takes(chunk):
            break
    await response.aclose()
    kept.end()


class _Kept:
    """What was read of a body, as long as it is within the bound."""

    def __init__(self, response: httpx.Response, limit: int | None) -> None:
        self._response = response
        self._limit = limit if response.is_success and limit is not None else LONGEST_ERROR_BODY
        self._left = self._limit
        self._chunks: List[bytes] = []

    def takes(self, chunk: bytes) -> bool:
        self._left -= len(chunk)
        if self._left >= 0:
            self._chunks.append(chunk)
        return self._left >= 0

    def end(self) -> None:
        if self._left >= 0:
            from .httpx_internals import set_content

            set_content(self._response, b"".join(self._chunks))
        elif self._response.is_success:
            message = f"The body of the response is longer than the {self._limit} bytes that the client allows."
            raise APIResponseValidationError(self._response, None, message=message)
