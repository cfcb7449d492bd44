"""`messages.stream()`."""

from __future__ import annotations

from typing import List, Optional

from ..._streaming import AsyncStream, Stream
from ...types.message import Message
from ...types.raw_message_stream_event import RawMessageStreamEvent
from ._functions import accumulate, build
from ._streams import AsyncBaseMessageStream, AsyncBaseStreamManager, BaseMessageStream, BaseStreamManager
from ._types import MessageStopEvent, MessageStreamEvent

__all__ = ["AsyncMessageStream", "AsyncMessageStreamManager", "MessageStream", "MessageStreamManager"]


class MessageStream(BaseMessageStream[MessageStreamEvent, Message]):
    _stop_event = MessageStopEvent
    _passes_for = Stream


class MessageStreamManager(BaseStreamManager[MessageStream]):
    _stream_type = MessageStream


class AsyncMessageStream(AsyncBaseMessageStream[MessageStreamEvent, Message]):
    _stop_event = MessageStopEvent
    _passes_for = AsyncStream


class AsyncMessageStreamManager(AsyncBaseStreamManager[AsyncMessageStream]):
    _stream_type = AsyncMessageStream


def accumulate_event(*, event: RawMessageStreamEvent, current_snapshot: Optional[Message]) -> Message:
    """Add an event to a message, or begin one with it."""
    message: Message = accumulate(event, current_snapshot, MessageStopEvent)
    return message


def build_events(*, event: RawMessageStreamEvent, message_snapshot: Message) -> List[MessageStreamEvent]:
    """What a helper stream emits for an event that has been added to the message."""
    events: List[MessageStreamEvent] = build(event, message_snapshot, MessageStopEvent)
    return events
