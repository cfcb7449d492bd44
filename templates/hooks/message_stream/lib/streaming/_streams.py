"""Helper streams, sync and async, and the managers that open them. Subclasses only set the types."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Generic, List, Optional, Type, TypeVar

from ..._exceptions import StreamStateError
from ..._stream_core import StreamCore
from ..._streaming import (
    AsyncReader,
    AsyncStream,
    Stream,
    SyncReader,
    aclose,
    aiterate,
    closed_iterator,
    iterate,
)
from ...types.text_block import TextBlock
from ._accumulator import StreamAccumulator

if TYPE_CHECKING:
    from types import TracebackType

    from ..._client import Anthropic, AsyncAnthropic
    from ..._lazy import httpx

EventT = TypeVar("EventT")
MessageT = TypeVar("MessageT")
RawT = TypeVar("RawT")
StreamT = TypeVar("StreamT")


class _Snapshots(Generic[MessageT]):
    _stop_event: ClassVar[Type[Any]]
    _accumulator: StreamAccumulator

    @property
    def current_message_snapshot(self) -> MessageT:
        """The message so far. It goes on growing while the stream is read. A `StreamStateError` before it has begun."""
        message: Optional[MessageT] = self._accumulator.live_message()
        if message is None:
            raise StreamStateError("There is no message yet: the stream has not been read, or it has not begun.")
        return message

    @property
    def leftover_events(self) -> List[object]:
        """Events that the message has no place for, as they came: this version doesn't know what they mean."""
        return self._accumulator.leftovers

    def _final_message(self) -> MessageT:
        self._accumulator.check()
        return self.current_message_snapshot

    def _final_text(self) -> str:
        message: Any = self._final_message()
        texts: List[str] = [block.text for block in message.content if isinstance(block, TextBlock)]
        if not texts:
            raise StreamStateError("Expected to have received at least 1 text block")
        return "".join(texts)


class SyncMessageStream(SyncReader[EventT], _Snapshots[MessageT], Generic[RawT, EventT, MessageT]):
    """The events of one message. Iterate it, or its `text_stream`, or ask for the final message.

    Each of these raises an `APIError` if the server sends an error or the message ends before it is complete. The error
    has the message so far as its `snapshot`.
    """

    response: httpx.Response

    text_stream: Iterator[str]
    """Only the text, piece by piece. It reads the same events as iterating the stream itself."""

    def __init__(self, *, cast_to: Type[RawT], response: httpx.Response, client: Anthropic) -> None:
        super().__init__(core := StreamCore(cast_to, response, client))
        self._accumulator = accumulator = StreamAccumulator(self._stop_event, core)
        self._iterator = iterate(core, accumulator.events, accumulator)
        self.text_stream = iterate(core, accumulator.texts, accumulator)

    def until_done(self) -> None:
        """Read to the end and forget what comes; `get_final_message` has it."""
        for _ in self.text_stream:
            pass

    def get_final_message(self) -> MessageT:
        """Read to the end and return the whole message.

        Raises:
            APIError: if the stream fails, or ends before the message is complete.
        """
        self.until_done()
        return self._final_message()

    def get_final_text(self) -> str:
        """Read to the end and return the text of all text blocks.

        Raises:
            APIError: if the stream fails, or ends before the message is complete.
            StreamStateError: if the message has no text block.
        """
        self.until_done()
        return self._final_text()


class SyncStreamManager(Generic[RawT, StreamT]):
    """Makes the request when it is entered, and closes the stream when it is left."""

    _stream_type: ClassVar[Type[Any]]
    _stream: Any = None

    def __init__(self, api_request: Callable[[], Stream[RawT]]) -> None:
        self._api_request = api_request

    def __enter__(self) -> StreamT:
        try:
            stream: StreamT = self._stream_type(**self._api_request().detach())
        except Exception as error:
            from ..._tracebacks import shortened

            raise shortened(error)
        self._stream = stream
        return stream

    def __exit__(
        self, exc_type: Optional[Type[BaseException]], exc: Optional[BaseException], exc_tb: Optional[TracebackType]
    ) -> None:
        if self._stream is not None:
            self._stream.close()


class AsyncMessageStream(AsyncReader[EventT], _Snapshots[MessageT], Generic[RawT, EventT, MessageT]):
    """The events of one message. Iterate it, or its `text_stream`, or ask for the final message.

    Each of these raises an `APIError` if the server sends an error or the message ends before it is complete. The error
    has the message so far as its `snapshot`.
    """

    response: httpx.Response

    text_stream: AsyncIterator[str]
    """Only the text, piece by piece. It reads the same events as iterating the stream itself."""

    def __init__(self, *, cast_to: Type[RawT], response: httpx.Response, client: AsyncAnthropic) -> None:
        super().__init__(core := StreamCore(cast_to, response, client, is_async=True))
        self._accumulator = accumulator = StreamAccumulator(self._stop_event, core)
        self._iterator = aiterate(core, accumulator.events, accumulator)
        self.text_stream = aiterate(core, accumulator.texts, accumulator)

    async def close(self) -> None:
        """Close the response; the connection is free for others, or dropped if there was more to read."""
        await super().close()
        await aclose(self.response, self.text_stream)
        if not self._core.ended:
            self.text_stream = closed_iterator()

    async def until_done(self) -> None:
        """Read to the end and forget what comes; `get_final_message` has it."""
        async for _ in self.text_stream:
            pass

    async def get_final_message(self) -> MessageT:
        """Read to the end and return the whole message.

        Raises:
            APIError: if the stream fails, or ends before the message is complete.
        """
        await self.until_done()
        return self._final_message()

    async def get_final_text(self) -> str:
        """Read to the end and return the text of all text blocks.

        Raises:
            APIError: if the stream fails, or ends before the message is complete.
            StreamStateError: if the message has no text block.
        """
        await self.until_done()
        return self._final_text()


class AsyncStreamManager(Generic[RawT, StreamT]):
    """Awaits the request when it is entered, and closes the stream when it is left. Can be entered once."""

    _stream_type: ClassVar[Type[Any]]
    _stream: Any = None

    def __init__(self, api_request: Awaitable[AsyncStream[RawT]]) -> None:
        self._api_request: Optional[Awaitable[AsyncStream[RawT]]] = api_request

    async def __aenter__(self) -> StreamT:
        request, self._api_request = self._api_request, None
        if request is None:
            raise StreamStateError("The request of this manager was made already: call `stream()` again.")
        try:
            stream: StreamT = self._stream_type(**(await request).detach())
        except Exception as error:
            from ..._tracebacks import shortened

            raise shortened(error)
        self._stream = stream
        return stream

    async def __aexit__(
        self, exc_type: Optional[Type[BaseException]], exc: Optional[BaseException], exc_tb: Optional[TracebackType]
    ) -> None:
        if self._stream is not None:
            await self._stream.close()
