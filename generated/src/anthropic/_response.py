"""Responses as `with_streaming_response` and binary endpoints give them."""

from __future__ import annotations

import os
from functools import wraps
from types import TracebackType
from typing import (
    Any,
    AsyncIterator,
    Awaitable,
    Callable,
    Generic,
    Iterator,
    ParamSpec,
    Type,
    TypeVar,
    overload,
)

from ._error_mapping import text_of
from ._lazy import anyio
from ._public import public
from ._request.options import RAW_RESPONSE_HEADER
from ._responses.base import BaseAPIResponse, reading
from ._responses.base import StreamAlreadyConsumed as StreamAlreadyConsumed

P = ParamSpec("P")
R = TypeVar("R")
_T = TypeVar("_T")
_ResponseT = TypeVar("_ResponseT", bound="APIResponse[Any]")
_AsyncResponseT = TypeVar("_AsyncResponseT", bound="AsyncAPIResponse[Any]")


@public
class APIResponse(BaseAPIResponse[R]):
    """A response whose body is read when it is needed."""

    @overload
    def parse(self, *, to: type[_T]) -> _T: ...

    @overload
    def parse(self) -> R: ...

    def parse(self, *, to: type[_T] | None = None) -> R | _T:
        """Return the body as the type that the method promises, or as the type given here.

            parsed = response.parse(to=Dict[str, int])

        The result is kept: parsing twice gives the same object. For a stream, `to` is its class: `Stream[Item]`.

        Raises:
            APIResponseValidationError: if the body is not of that type.
            APIConnectionError: if the body can't be read to its end.
        """
        if not self._is_stream:
            self.read()
        parsed: R | _T = self._parse(to)
        return parsed

    def read(self) -> bytes:
        """Read and return the whole body, decoded as `Content-Encoding` says."""
        with reading(self.http_response):
            return self.http_response.read()

    def text(self) -> str:
        """Read and return the whole body as text, in the charset that the server names."""
        self.read()
        return text_of(self.http_response)

    def json(self) -> object:
        """Read the whole body and return what it says in JSON.

        Raises:
            APIResponseValidationError: if it is no JSON.
        """
        self.read()
        return self._json()

    def close(self) -> None:
        """Close the response; its connection is free for other calls."""
        self.http_response.close()

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the body as it arrives, decoded as `Content-Encoding` says, or in chunks of so many bytes."""
        with reading(self.http_response):
            yield from self.http_response.iter_bytes(chunk_size)

    def iter_text(self, chunk_size: int | None = None) -> Iterator[str]:
        """Yield the body as text, as it arrives, or in chunks of so many characters."""
        with reading(self.http_response):
            yield from self.http_response.iter_text(chunk_size)

    def iter_lines(self) -> Iterator[str]:
        """Yield the body as text, line by line, without the line ends."""
        with reading(self.http_response):
            yield from self.http_response.iter_lines()


@public
class AsyncAPIResponse(BaseAPIResponse[R]):
    """A response whose body is read when it is needed."""

    @overload
    async def parse(self, *, to: type[_T]) -> _T: ...

    @overload
    async def parse(self) -> R: ...

    async def parse(self, *, to: type[_T] | None = None) -> R | _T:
        """Return the body as the type that the method promises, or as the type given here.

            parsed = await response.parse(to=Dict[str, int])

        The result is kept: parsing twice gives the same object. For a stream, `to` is its class: `AsyncStream[Item]`.

        Raises:
            APIResponseValidationError: if the body is not of that type.
            APIConnectionError: if the body can't be read to its end.
        """
        if not self._is_stream:
            await self.read()
        parsed: R | _T = self._parse(to)
        return parsed

    async def read(self) -> bytes:
        """Read and return the whole body, decoded as `Content-Encoding` says."""
        with reading(self.http_response):
            return await self.http_response.aread()

    async def text(self) -> str:
        """Read and return the whole body as text, in the charset that the server names."""
        await self.read()
        return text_of(self.http_response)

    async def json(self) -> object:
        """Read the whole body and return what it says in JSON.

        Raises:
            APIResponseValidationError: if it is no JSON.
        """
        await self.read()
        return self._json()

    async def close(self) -> None:
        """Close the response; its connection is free for other calls."""
        await self.http_response.aclose()

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """Yield the body as it arrives, decoded as `Content-Encoding` says, or in chunks of so many bytes."""
        with reading(self.http_response):
            async for chunk in self.http_response.aiter_bytes(chunk_size):
                yield chunk

    async def iter_text(self, chunk_size: int | None = None) -> AsyncIterator[str]:
        """Yield the body as text, as it arrives, or in chunks of so many characters."""
        with reading(self.http_response):
            async for chunk in self.http_response.aiter_text(chunk_size):
                yield chunk

    async def iter_lines(self) -> AsyncIterator[str]:
        """Yield the body as text, line by line, without the line ends."""
        with reading(self.http_response):
            async for line in self.http_response.aiter_lines():
                yield line


class BinaryAPIResponse(APIResponse[bytes]):
    """A body that is a file, read."""

    def write_to_file(self, file: str | os.PathLike[str]) -> None:
        """Write the body to a file."""
        with open(file, mode="wb") as target:
            for data in self.iter_bytes():
                target.write(data)


class AsyncBinaryAPIResponse(AsyncAPIResponse[bytes]):
    """A body that is a file, read."""

    async def write_to_file(self, file: str | os.PathLike[str]) -> None:
        """Write the body to a file."""
        async with await anyio.open_file(file, mode="wb") as target:
            async for data in self.iter_bytes():
                await target.write(data)


class StreamedBinaryAPIResponse(APIResponse[bytes]):
    """A body that is a file, not read yet."""

    def stream_to_file(self, file: str | os.PathLike[str], *, chunk_size: int | None = None) -> None:
        """Write the body to a file as it arrives."""
        with open(file, mode="wb") as target:
            for data in self.iter_bytes(chunk_size):
                target.write(data)


class AsyncStreamedBinaryAPIResponse(AsyncAPIResponse[bytes]):
    """A body that is a file, not read yet."""

    async def stream_to_file(self, file: str | os.PathLike[str], *, chunk_size: int | None = None) -> None:
        """Write the body to a file as it arrives."""
        async with await anyio.open_file(file, mode="wb") as target:
            async for data in self.iter_bytes(chunk_size):
                await target.write(data)


def streamed_twin(cls: Type[Any]) -> Type[Any]:
    """Return the class for the same response before its body is read."""
    twins = {BinaryAPIResponse: StreamedBinaryAPIResponse, AsyncBinaryAPIResponse: AsyncStreamedBinaryAPIResponse}
    return twins.get(cls, cls)


class ResponseContextManager(Generic[_ResponseT]):
    """Makes the request when entered, closes the response when left."""

    def __init__(self, request: Callable[[], _ResponseT]) -> None:
        self._request = request
        self._response: _ResponseT | None = None

    def __enter__(self) -> _ResponseT:
        self._response = self._request()
        return self._response

    def __exit__(
        self, exc_type: Type[BaseException] | None, exc: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        if self._response is not None:
            self._response.close()


class AsyncResponseContextManager(Generic[_AsyncResponseT]):
    """Awaits the request when entered, closes the response when left."""

    def __init__(self, request: Awaitable[_AsyncResponseT]) -> None:
        self._request = request
        self._response: _AsyncResponseT | None = None

    async def __aenter__(self) -> _AsyncResponseT:
        self._response = await self._request
        return self._response

    async def __aexit__(
        self, exc_type: Type[BaseException] | None, exc: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        if self._response is not None:
            await self._response.close()


def to_streamed_response_wrapper(function: Callable[P, R]) -> Callable[P, ResponseContextManager[APIResponse[R]]]:
    """Return the method, but such that it gives a context manager over the response before its body is read."""

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> ResponseContextManager[APIResponse[R]]:
        call: Any = function
        arguments = _ask_for_stream(kwargs)
        return ResponseContextManager(lambda: call(*args, **arguments))

    return wrapped


def async_to_streamed_response_wrapper(
    function: Callable[P, Awaitable[R]],
) -> Callable[P, AsyncResponseContextManager[AsyncAPIResponse[R]]]:
    """Return the method, but such that it gives a context manager over the response before its body is read."""

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> AsyncResponseContextManager[AsyncAPIResponse[R]]:
        call: Any = function
        return AsyncResponseContextManager(call(*args, **_ask_for_stream(kwargs)))

    return wrapped


def _ask_for_stream(arguments: dict[str, Any]) -> dict[str, Any]:
    return {**arguments, "extra_headers": {**(arguments.get("extra_headers") or {}), RAW_RESPONSE_HEADER: "stream"}}
