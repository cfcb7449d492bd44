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
from ._growing import computed_on_read

__all__ = ["ContentBlockStopEvent", "InputJsonEvent", "MessageStopEvent", "MessageStreamEvent", "TextEvent"]


@computed_on_read("snapshot")
class TextEvent(BaseModel):
    """A piece of text came. It follows the `content_block_delta` that it was in."""

    type: Literal["text"]

    text: str
    """What was added."""

    snapshot: str
    """The text of the block so far."""


@computed_on_read("snapshot")
class InputJsonEvent(BaseModel):
    """A piece of a tool's input came. It follows the `content_block_delta` that it was in."""

    type: Literal["input_json"]

    partial_json: str
    """What was added, as it came: a piece of JSON."""

    snapshot: object
    """The input of the tool so far. Read it, don't change it."""


class MessageStopEvent(RawMessageStopEvent):
    """The end of the stream, with the message."""

    type: Literal["message_stop"]

    message: Message
    """The complete message."""


class ContentBlockStopEvent(RawContentBlockStopEvent):
    """The end of a content block, with the block."""

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
