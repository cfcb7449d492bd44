"""`beta.prompt_caching.messages.stream()`."""

from __future__ import annotations

from typing import List, Optional

from ...types.beta.prompt_caching.prompt_caching_beta_message import PromptCachingBetaMessage
from ...types.beta.prompt_caching.raw_prompt_caching_beta_message_stream_event import (
    RawPromptCachingBetaMessageStreamEvent,
)
from ._functions import accumulate, build
from ._prompt_caching_beta_types import MessageStopEvent, PromptCachingBetaMessageStreamEvent
from ._streams import AsyncBaseMessageStream, AsyncBaseStreamManager, BaseMessageStream, BaseStreamManager

__all__ = [
    "AsyncPromptCachingBetaMessageStream",
    "AsyncPromptCachingBetaMessageStreamManager",
    "PromptCachingBetaMessageStream",
    "PromptCachingBetaMessageStreamManager",
]


class PromptCachingBetaMessageStream(BaseMessageStream[PromptCachingBetaMessageStreamEvent, PromptCachingBetaMessage]):
    _stop_event = MessageStopEvent


class PromptCachingBetaMessageStreamManager(BaseStreamManager[PromptCachingBetaMessageStream]):
    _stream_type = PromptCachingBetaMessageStream


class AsyncPromptCachingBetaMessageStream(
    AsyncBaseMessageStream[PromptCachingBetaMessageStreamEvent, PromptCachingBetaMessage]
):
    _stop_event = MessageStopEvent


class AsyncPromptCachingBetaMessageStreamManager(AsyncBaseStreamManager[AsyncPromptCachingBetaMessageStream]):
    _stream_type = AsyncPromptCachingBetaMessageStream


def accumulate_event(
    *, event: RawPromptCachingBetaMessageStreamEvent, current_snapshot: Optional[PromptCachingBetaMessage]
) -> PromptCachingBetaMessage:
    """Add an event to a message, or begin one with it."""
    message: PromptCachingBetaMessage = accumulate(event, current_snapshot, MessageStopEvent)
    return message


def build_events(
    *, event: RawPromptCachingBetaMessageStreamEvent, message_snapshot: PromptCachingBetaMessage
) -> List[PromptCachingBetaMessageStreamEvent]:
    """What a helper stream emits for an event that has been added to the message."""
    events: List[PromptCachingBetaMessageStreamEvent] = build(event, message_snapshot, MessageStopEvent)
    return events
