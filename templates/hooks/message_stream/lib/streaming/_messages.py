"""`messages.stream()`."""

from __future__ import annotations

from typing import List, Optional

from ..._streaming import AsyncStream, Stream
from ...types.message import Message
from ...types.raw_message_stream_event import RawMessageStreamEvent
from . import _streams
from ._accumulator import accumulate, build
from ._types import MessageStopEvent, MessageStreamEvent

__all__ = ["AsyncMessageStream", "AsyncMessageStreamManager", "MessageStream", "MessageStreamManager"]


class MessageStream(_streams.SyncMessageStream[RawMessageStreamEvent, MessageStreamEvent, Message]):
    """The events of one message, as they arrive, and the message so far.

        with client.messages.stream(...) as stream:
            for text in stream.text_stream:
                print(text, end="")
        message = stream.get_final_message()

    Iterating raises an `APIError` if the server sends an error or the message ends before it is complete. The error has
    the message so far as its `snapshot`.
    """

    _stop_event = MessageStopEvent
    _passes_for = Stream


class MessageStreamManager(_streams.SyncStreamManager[RawMessageStreamEvent, MessageStream]):
    """What `messages.stream()` returns. Entering it makes the request, leaving it closes the stream."""

    _stream_type = MessageStream


class AsyncMessageStream(_streams.AsyncMessageStream[RawMessageStreamEvent, MessageStreamEvent, Message]):
    """The events of one message, as they arrive, and the message so far.

        async with client.messages.stream(...) as stream:
            async for text in stream.text_stream:
                print(text, end="")
        message = await stream.get_final_message()

    Iterating raises an `APIError` if the server sends an error or the message ends before it is complete. The error has
    the message so far as its `snapshot`.
    """

    _stop_event = MessageStopEvent
    _passes_for = AsyncStream


class AsyncMessageStreamManager(_streams.AsyncStreamManager[RawMessageStreamEvent, AsyncMessageStream]):
    """What `messages.stream()` returns: enter it with `async with`, once. Leaving it closes the stream."""

    _stream_type = AsyncMessageStream


def accumulate_event(*, event: RawMessageStreamEvent, current_snapshot: Optional[Message]) -> Message:
    """Return the message with an event added to it, or a message that begins with the event."""
    return accumulate(event, current_snapshot)


def build_events(*, event: RawMessageStreamEvent, message_snapshot: Message) -> List[MessageStreamEvent]:
    """Return what a helper stream emits for an event that has been added to the message."""
    return build(event, message_snapshot, MessageStopEvent)
