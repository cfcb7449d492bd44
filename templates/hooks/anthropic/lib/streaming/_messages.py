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
    _stop_event = MessageStopEvent
    _passes_for = Stream


class MessageStreamManager(_streams.SyncStreamManager[RawMessageStreamEvent, MessageStream]):
    _stream_type = MessageStream


class AsyncMessageStream(_streams.AsyncMessageStream[RawMessageStreamEvent, MessageStreamEvent, Message]):
    _stop_event = MessageStopEvent
    _passes_for = AsyncStream


class AsyncMessageStreamManager(_streams.AsyncStreamManager[RawMessageStreamEvent, AsyncMessageStream]):
    _stream_type = AsyncMessageStream


def accumulate_event(*, event: RawMessageStreamEvent, current_snapshot: Optional[Message]) -> Message:
    """Add an event to a message, or begin one with it."""
    return accumulate(event, current_snapshot)


def build_events(*, event: RawMessageStreamEvent, message_snapshot: Message) -> List[MessageStreamEvent]:
    """What a helper stream emits for an event that has been added to the message."""
    return build(event, message_snapshot, MessageStopEvent)
