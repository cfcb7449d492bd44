"""The events that the helpers add to those of the API."""

from __future__ import annotations

from typing import Literal, Union

from ..._models import BaseModel
from ...types.content_block import ContentBlock
from ...types.message import Message
from ...types.raw_content_block_delta_event import RawContentBlockDeltaEvent
from ...types.raw_content_block_start_event import RawContentBlockStartEvent
from ...types.raw_content_block_stop_event import RawContentBlockStopEvent
from ...types.raw_message_delta_event import RawMessageDeltaEvent
from ...types.raw_message_start_event import RawMessageStartEvent
from ...types.raw_message_stop_event import RawMessageStopEvent
from ._growing import on_demand

__all__ = ["ContentBlockStopEvent", "InputJsonEvent", "MessageStopEvent", "MessageStreamEvent", "TextEvent"]


@on_demand("snapshot")
class TextEvent(BaseModel):
    type: Literal["text"]

    text: str
    """What was added."""

    snapshot: str
    """The text of the block so far."""


@on_demand("snapshot")
class InputJsonEvent(BaseModel):
    type: Literal["input_json"]

    partial_json: str
    """What was added, as it came: a piece of JSON."""

    snapshot: object
    """The input of the tool so far. Read it, don't change it."""


class MessageStopEvent(RawMessageStopEvent):
    type: Literal["message_stop"]

    message: Message
    """The complete message."""


class ContentBlockStopEvent(RawContentBlockStopEvent):
    type: Literal["content_block_stop"]

    content_block: ContentBlock
    """The complete block."""


MessageStreamEvent = Union[
    TextEvent,
    InputJsonEvent,
    RawMessageStartEvent,
    RawMessageDeltaEvent,
    MessageStopEvent,
    RawContentBlockStartEvent,
    RawContentBlockDeltaEvent,
    ContentBlockStopEvent,
]
