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
    """A `MessageStream` of the prompt caching beta."""

    _stop_event = MessageStopEvent


class PromptCachingBetaMessageStreamManager(_streams.SyncStreamManager[RawEvent, PromptCachingBetaMessageStream]):
    """A `MessageStreamManager` of the prompt caching beta."""

    _stream_type = PromptCachingBetaMessageStream


class AsyncPromptCachingBetaMessageStream(_streams.AsyncMessageStream[RawEvent, Event, PromptCachingBetaMessage]):
    """An `AsyncMessageStream` of the prompt caching beta."""

    _stop_event = MessageStopEvent


class AsyncPromptCachingBetaMessageStreamManager(
    _streams.AsyncStreamManager[RawEvent, AsyncPromptCachingBetaMessageStream]
):
    """An `AsyncMessageStreamManager` of the prompt caching beta."""

    _stream_type = AsyncPromptCachingBetaMessageStream


def accumulate_event(
    *, event: RawEvent, current_snapshot: Optional[PromptCachingBetaMessage]
) -> PromptCachingBetaMessage:
    """Return the message with an event added to it, or a message that begins with the event."""
    return accumulate(event, current_snapshot)


def build_events(*, event: RawEvent, message_snapshot: PromptCachingBetaMessage) -> List[Event]:
    """Return what a helper stream emits for an event that has been added to the message."""
    return build(event, message_snapshot, MessageStopEvent)
