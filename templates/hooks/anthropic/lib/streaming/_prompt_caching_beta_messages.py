"""`beta.prompt_caching.messages.stream()`."""

from __future__ import annotations

from typing import List, Optional

from ...types.beta.prompt_caching import PromptCachingBetaMessage
from ...types.beta.prompt_caching import RawPromptCachingBetaMessageStreamEvent as RawEvent
from . import _streams
from ._accumulator import accumulate, build
from ._prompt_caching_beta_types import MessageStopEvent
from ._prompt_caching_beta_types import PromptCachingBetaMessageStreamEvent as Event

__all__ = [
    "AsyncPromptCachingBetaMessageStream",
    "AsyncPromptCachingBetaMessageStreamManager",
    "PromptCachingBetaMessageStream",
    "PromptCachingBetaMessageStreamManager",
]


class PromptCachingBetaMessageStream(_streams.SyncMessageStream[RawEvent, Event, PromptCachingBetaMessage]):
    _stop_event = MessageStopEvent


class PromptCachingBetaMessageStreamManager(_streams.SyncStreamManager[RawEvent, PromptCachingBetaMessageStream]):
    _stream_type = PromptCachingBetaMessageStream


class AsyncPromptCachingBetaMessageStream(_streams.AsyncMessageStream[RawEvent, Event, PromptCachingBetaMessage]):
    _stop_event = MessageStopEvent


class AsyncPromptCachingBetaMessageStreamManager(
    _streams.AsyncStreamManager[RawEvent, AsyncPromptCachingBetaMessageStream]
):
    _stream_type = AsyncPromptCachingBetaMessageStream


def accumulate_event(
    *, event: RawEvent, current_snapshot: Optional[PromptCachingBetaMessage]
) -> PromptCachingBetaMessage:
    """Add an event to a message, or begin one with it."""
    return accumulate(event, current_snapshot)


def build_events(*, event: RawEvent, message_snapshot: PromptCachingBetaMessage) -> List[Event]:
    """What a helper stream emits for an event that has been added to the message."""
    return build(event, message_snapshot, MessageStopEvent)
