"""The faces of the accumulator: a sync and an async stream, and what enters them. Flavours only set the types."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, List, Optional, Type, TypeVar

from typing_extensions import Self

from ..._exceptions import StreamStateError
from ..._sse import Event
from ..._streaming import NOTHING, AsyncStream, Stream, StreamCore, aclose, aread, read, refuse
from ...types.text_block import TextBlock
from ._accumulator import Follower

if TYPE_CHECKING:
    import httpx

    from ..._base_client import AsyncAPIClient, SyncAPIClient

EventT = TypeVar("EventT")
MessageT = TypeVar("MessageT")
StreamT = TypeVar("StreamT", bound="BaseMessageStream[Any, Any]")
AsyncStreamT = TypeVar("AsyncStreamT", bound="AsyncBaseMessageStream[Any, Any]")


class _Shared(Generic[EventT, MessageT]):
    _stop_event: ClassVar[Type[Any]]
    _follower: Follower

    response: httpx.Response

    @property
    def current_message_snapshot(self) -> MessageT:
        """The message so far. It goes on growing while the stream is read."""
        message: Optional[MessageT] = self._follower.watch()
        if message is None:
            raise StreamStateError("There is no message yet: the stream has not been read, or it has not begun.")
        return message

    def _final_message(self) -> MessageT:
        self._follower.check()
        return self.current_message_snapshot

    def _final_text(self) -> str:
        message: Any = self.current_message_snapshot
        texts: List[str] = [block.text for block in message.content if isinstance(block, TextBlock)]
        if not texts:
            raise StreamStateError("Expected to have received at least 1 text block")
        return "".join(texts)


class BaseMessageStream(_Shared[EventT, MessageT]):
    """The events of one message. Iterate it, or its `text_stream`, or ask for the final message."""

    text_stream: Iterator[str]
    """Only the text, piece by piece. It reads the same events as iterating the stream itself."""

    def __init__(self, *, cast_to: Any, response: httpx.Response, client: SyncAPIClient) -> None:
        self.response = response
        core = StreamCore(cast_to, response, client)
        events, self._follower = read(core), Follower(self._stop_event, core)
        self._iterator: Iterator[EventT] = _follow(core, events, self._follower, self._follower.events)
        self.text_stream = _follow(core, events, self._follower, self._follower.texts)

    def __next__(self) -> EventT:
        return next(self._iterator)

    def __iter__(self) -> Iterator[EventT]:
        return self._iterator

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: Optional[Type[BaseException]], exc: Optional[BaseException], exc_tb: Optional[TracebackType]
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the response; the connection is free for others, or dropped if there was more to read."""
        self.response.close()

    def until_done(self) -> None:
        """Read to the end."""
        for _ in self.text_stream:
            pass

    def get_final_message(self) -> MessageT:
        """Read to the end; the whole message."""
        self.until_done()
        return self._final_message()

    def get_final_text(self) -> str:
        """Read to the end; the text of all text blocks."""
        self.get_final_message()
        return self._final_text()


def _follow(
    core: StreamCore, events: Iterator[Event], follower: Follower, step: Callable[[Any], Sequence[Any]]
) -> Iterator[Any]:
    try:
        with follower:
            for event in events:
                data = core.data(event)
                if data is not NOTHING:
                    turn = follower.turn = follower.turn + 1
                    for item in step(data):
                        yield item
                        if follower.turn != turn:
                            break  # the other iterator went on meanwhile
    finally:
        core.response.close()


class BaseStreamManager(Generic[StreamT]):
    """Makes the request when it is entered, and closes the stream when it is left."""

    _stream_type: ClassVar[Type[Any]]

    def __init__(self, api_request: Callable[[], Stream[Any]]) -> None:
        self._api_request = api_request
        self._stream: Optional[StreamT] = None

    def __enter__(self) -> StreamT:
        stream: StreamT = self._stream_type(**self._api_request().detach())
        self._stream = stream
        return stream

    def __exit__(
        self, exc_type: Optional[Type[BaseException]], exc: Optional[BaseException], exc_tb: Optional[TracebackType]
    ) -> None:
        if self._stream is not None:
            self._stream.close()


class AsyncBaseMessageStream(_Shared[EventT, MessageT]):
    """The events of one message. Iterate it, or its `text_stream`, or ask for the final message."""

    text_stream: AsyncIterator[str]
    """Only the text, piece by piece. It reads the same events as iterating the stream itself."""

    def __init__(self, *, cast_to: Any, response: httpx.Response, client: AsyncAPIClient) -> None:
        self.response = response
        self._core = core = StreamCore(cast_to, response, client)
        events, self._follower = aread(core), Follower(self._stop_event, core)
        self._iterator: AsyncIterator[EventT] = _afollow(core, events, self._follower, self._follower.events)
        self.text_stream = _afollow(core, events, self._follower, self._follower.texts)

    async def __anext__(self) -> EventT:
        return await self._iterator.__anext__()

    def __aiter__(self) -> AsyncIterator[EventT]:
        return self._iterator

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: Optional[Type[BaseException]], exc: Optional[BaseException], exc_tb: Optional[TracebackType]
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the response; the connection is free for others, or dropped if there was more to read."""
        await aclose(self.response, self._iterator, self.text_stream)
        if not self._core.ended:
            self._iterator, self.text_stream = refuse(), refuse()

    async def until_done(self) -> None:
        """Read to the end."""
        async for _ in self.text_stream:
            pass

    async def get_final_message(self) -> MessageT:
        """Read to the end; the whole message."""
        await self.until_done()
        return self._final_message()

    async def get_final_text(self) -> str:
        """Read to the end; the text of all text blocks."""
        await self.get_final_message()
        return self._final_text()


async def _afollow(
    core: StreamCore, events: AsyncIterator[Event], follower: Follower, step: Callable[[Any], Sequence[Any]]
) -> AsyncIterator[Any]:
    try:
        with follower:
            async for event in events:
                data = core.data(event)
                if data is not NOTHING:
                    turn = follower.turn = follower.turn + 1
                    for item in step(data):
                        yield item
                        if follower.turn != turn:
                            break  # the other iterator went on meanwhile
    finally:
        await aclose(core.response, events)


class AsyncBaseStreamManager(Generic[AsyncStreamT]):
    """Awaits the request when it is entered, and closes the stream when it is left. Can be entered once."""

    _stream_type: ClassVar[Type[Any]]

    def __init__(self, api_request: Awaitable[AsyncStream[Any]]) -> None:
        self._api_request: Optional[Awaitable[AsyncStream[Any]]] = api_request
        self._stream: Optional[AsyncStreamT] = None

    async def __aenter__(self) -> AsyncStreamT:
        request, self._api_request = self._api_request, None
        if request is None:
            raise StreamStateError("The request of this manager was made already: call `stream()` again.")
        stream: AsyncStreamT = self._stream_type(**(await request).detach())
        self._stream = stream
        return stream

    async def __aexit__(
        self, exc_type: Optional[Type[BaseException]], exc: Optional[BaseException], exc_tb: Optional[TracebackType]
    ) -> None:
        if self._stream is not None:
            await self._stream.close()
