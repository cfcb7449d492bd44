"""The helper events of the prompt caching beta, where they differ."""

from __future__ import annotations

from typing import Literal, Union

from ...types.beta.prompt_caching.prompt_caching_beta_message import PromptCachingBetaMessage
from ...types.beta.prompt_caching.raw_prompt_caching_beta_message_start_event import (
    RawPromptCachingBetaMessageStartEvent,
)
from ...types.raw_content_block_delta_event import RawContentBlockDeltaEvent
from ...types.raw_content_block_start_event import RawContentBlockStartEvent
from ...types.raw_message_delta_event import RawMessageDeltaEvent
from ...types.raw_message_stop_event import RawMessageStopEvent
from ._types import ContentBlockStopEvent, InputJsonEvent, TextEvent

__all__ = ["MessageStopEvent", "PromptCachingBetaMessageStreamEvent"]


class MessageStopEvent(RawMessageStopEvent):
    """The end of the stream, with the message."""

    type: Literal["message_stop"]

    message: PromptCachingBetaMessage
    """The complete message."""


PromptCachingBetaMessageStreamEvent = Union[
    RawPromptCachingBetaMessageStartEvent,
    MessageStopEvent,
    TextEvent,
    InputJsonEvent,
    RawMessageDeltaEvent,
    RawContentBlockStartEvent,
    RawContentBlockDeltaEvent,
    ContentBlockStopEvent,
]
