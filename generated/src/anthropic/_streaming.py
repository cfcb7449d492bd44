"""Streams of server-sent events, sync and async: thin readers around one core that does no reading itself."""

from __future__ import annotations

import warnings
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Dict, Generic, Optional, Type, TypeVar

from ._lazy import anyio, httpx
from ._public import public
from ._sse import ServerSentEvent as ServerSentEvent
from ._stream_core import EndCheck, ItemsOf, StreamCore, stream_closed_error
from ._typing import Self, override

if TYPE_CHECKING:
    from ._http.base_client import BaseClient

_T = TypeVar("_T")


def iterate(core: StreamCore, items_of: ItemsOf, end_check: AbstractContextManager[Any]) -> Iterator[Any]:
    """Yield what a stream gives: for each event, what `items_of` makes of it. Close the response at the end.

    `end_check` surrounds all of it, so it sees how the stream ended, and may judge that otherwise.

    Raises:
        StreamStateError: if the stream was closed while it was read.
    """
    response, feed, chunks = core.response, core.feed, core.chunks
    try:
        with end_check:
            core.begin()
            while not core.ended:
                for event in core.pending:
                    for item in items_of(event):
                        yield item
                        if response.is_closed and core.closed_while_reading():
                            raise stream_closed_error()
                try:
                    core.pending = iter(feed(next(chunks)))
                except StopIteration:
                    core.ended = True
                except Exception as error:
                    core.handle_failure(error)
    except Exception as error:
        from ._tracebacks import shortened

        raise shortened(error)
    finally:
        response.close()


async def aiterate(core: StreamCore, items_of: ItemsOf, end_check: AbstractContextManager[Any]) -> AsyncIterator[Any]:
    """Yield what a stream gives: for each event, what `items_of` makes of it. Close the response at the end.

    `end_check` surrounds all of it, so it sees how the stream ended, and may judge that otherwise.

    Raises:
        StreamStateError: if the stream was closed while it was read.
    """
    response, feed, chunks = core.response, core.feed, core.chunks
    try:
        with end_check:
            core.begin()
            while not core.ended:
                for event in core.pending:
                    for item in items_of(event):
                        yield item
                        if response.is_closed and core.closed_while_reading():
                            raise stream_closed_error()
                try:
                    core.pending = iter(feed(await anext(chunks)))
                except StopAsyncIteration:
                    core.ended = True
                except Exception as error:
                    core.handle_failure(error)
    except Exception as error:
        from ._tracebacks import shortened

        raise shortened(error)
    finally:
        await aclose(response, chunks)


async def aclose(response: httpx.Response, *readers: AsyncIterator[Any]) -> None:
    """Close a response and what read from it, also when the task is being cancelled."""
    with anyio.CancelScope(shield=True):
        await response.aclose()
        for reader in readers:
            if isinstance(reader, AsyncGenerator):
                with suppress(RuntimeError):  # another task is in it
                    await reader.aclose()


async def closed_iterator() -> AsyncIterator[Any]:
    """Return what is left to iterate when a stream was closed too early.

    Raises:
        StreamStateError: at the first step.
    """
    raise stream_closed_error()
    yield


class _Reader:
    def __init__(self, core: StreamCore) -> None:
        self._core = core
        self.response: httpx.Response = core.response

    @property
    def complete(self) -> bool:
        """Whether the response came to its end. If not, and there is no more to read, it was cut off.

        Where the API has an event that says so, it came.
        """
        return self._core.complete

    def detach(self) -> Dict[str, Any]:
        """Give the response away: closing or dropping this stream leaves it open.

        Return the arguments with which another stream can go on from here.
        """
        self._core.owns_response = False
        return self._core.arguments


class SyncReader(_Reader, Generic[_T]):
    """An iterator over a response. Leave it with `with`, or call `close()`."""

    _iterator: Iterator[_T]

    def __next__(self) -> _T:
        return next(self._iterator)

    def __iter__(self) -> Iterator[_T]:
        return self._iterator

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: Optional[Type[BaseException]], exc: Optional[BaseException], exc_tb: Optional[TracebackType]
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the response. The connection is free for others, or dropped if there was more to read."""
        self.response.close()


class AsyncReader(_Reader, Generic[_T]):
    """An iterator over a response. Leave it with `async with`, or await `close()`."""

    _iterator: AsyncIterator[_T]

    async def __anext__(self) -> _T:
        return await self._iterator.__anext__()

    def __aiter__(self) -> AsyncIterator[_T]:
        return self._iterator

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: Optional[Type[BaseException]], exc: Optional[BaseException], exc_tb: Optional[TracebackType]
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the response. The connection is free for others, or dropped if there was more to read."""
        await aclose(self.response, self._iterator)
        if not self._core.ended:
            self._iterator = closed_iterator()


class _StreamType(type):
    """Lets the classes that took the place of `Stream` pass for it, with a warning."""

    @override
    def __instancecheck__(cls, instance: Any) -> bool:
        if super().__instancecheck__(instance):
            return True
        if getattr(instance.__class__, "_passes_for", None) is not cls:
            return False
        text = f"{instance.__class__.__name__} is no {cls.__name__}; a later version will say so."
        warnings.warn(text, DeprecationWarning, stacklevel=2)
        return True


@public
class Stream(SyncReader[_T], Generic[_T], metaclass=_StreamType):
    """The items of a response, as they arrive. Iterate it once.

        with client.messages.create(..., stream=True) as stream:
            for event in stream:
                print(event.type)

    Iterating raises an `APIError` if the server sends an error, or the connection fails before the end. A server that
    stops in good order, but early, ends the iteration: a warning is logged and `complete` is false.
    """

    response: httpx.Response

    _core_type: ClassVar[Type[StreamCore]] = StreamCore

    def __init__(self, *, cast_to: Type[_T], response: httpx.Response, client: BaseClient[Any, Any]) -> None:
        super().__init__(core := self._core_type(cast_to, response, client))
        self._iterator = iterate(core, core.items, EndCheck(core))

    def _iter_events(self) -> Iterator[ServerSentEvent]:
        return iterate(self._core, lambda event: (ServerSentEvent(*event),), nullcontext())


@public
class AsyncStream(AsyncReader[_T], Generic[_T], metaclass=_StreamType):
    """The items of a response, as they arrive. Iterate it once.

        async with await client.messages.create(..., stream=True) as stream:
            async for event in stream:
                print(event.type)

    Iterating raises an `APIError` if the server sends an error, or the connection fails before the end. A server that
    stops in good order, but early, ends the iteration: a warning is logged and `complete` is false.
    """

    response: httpx.Response

    _core_type: ClassVar[Type[StreamCore]] = StreamCore

    def __init__(self, *, cast_to: Type[_T], response: httpx.Response, client: BaseClient[Any, Any]) -> None:
        super().__init__(core := self._core_type(cast_to, response, client, is_async=True))
        self._iterator = aiterate(core, core.items, EndCheck(core))

    def _iter_events(self) -> AsyncIterator[ServerSentEvent]:
        return aiterate(self._core, lambda event: (ServerSentEvent(*event),), nullcontext())
