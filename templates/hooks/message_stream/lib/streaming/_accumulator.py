"""The message that a stream of events describes. Events in, events out; no reading, no types of one flavour."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Dict, List, Optional, Type, TypeVar

from ..._exceptions import (
    APIConnectionError,
    APIError,
    StreamDataError,
    StreamEndedError,
    StreamStateError,
    request_id_of,
)
from ..._models import BaseModel
from ..._sse import Event
from ..._stream_core import NO_ITEM, StreamCore
from ..._structuring.combinators import fast_twin, new_instance
from ..._structuring.hooks import is_customized
from ..._structuring.structure import construct
from ...types.input_json_delta import InputJSONDelta
from ...types.raw_content_block_delta_event import RawContentBlockDeltaEvent
from ...types.text_block import TextBlock
from ...types.text_delta import TextDelta
from ...types.tool_use_block import ToolUseBlock
from ._growing import GrowingBlock, GrowingField, GrowingInput, GrowingText
from ._types import ContentBlockStopEvent, InputJsonEvent, TextEvent

MessageT = TypeVar("MessageT")

_NO_CHANGES = frozenset({"content", "delta", "type"})  # of the message: they describe the event
_TextEvent: Any = fast_twin(TextEvent)
_InputJsonEvent: Any = fast_twin(InputJsonEvent)


class Accumulator:
    """Keeps the message so far and says which events to emit.

    Deltas are only kept as pieces. The message in it is up to date after `live_message`, and from then on.
    """

    def __init__(self, message: Any = None) -> None:
        self.message: Any = message
        self.complete = False
        self.leftovers: List[Any] = []
        """Events that the message has no place for."""

        self._growing: Dict[Any, Optional[GrowingBlock]] = {}  # by index, or by index and field
        self._watched = False  # somebody holds the message: keep it up to date at every step

    def __reduce__(self) -> Any:
        """Copies and pickles of a message have no accumulator."""
        return type(None), ()

    def live_message(self) -> Any:
        """Return the message so far. From now on it shows every change."""
        self._watched = True
        for growing in self._growing.values():
            if growing is not None:
                growing.update_block()
        return self.message

    def grow(self, growing: Optional[GrowingBlock], piece: Any) -> Optional[GrowingBlock]:
        """Add a piece to a block that was found, and return the block; `None` if either is missing."""
        if growing is None or type(piece) is not str:
            return None
        growing.append(piece)
        if self._watched:
            growing.update_block()
        return growing

    def find(self, index: Any, delta: Any) -> Optional[GrowingBlock]:
        """Return the block of that index, if it is of the kind that grows by such deltas (a class of them)."""
        if type(index) is not int:
            return None
        growing = self._growing.get(index)
        if growing is None:
            growing = self._growing[index] = self._growing_block(index, delta)
        return growing if growing is not None and growing.delta is delta else None

    def _growing_block(self, index: int, delta: Any) -> Optional[GrowingBlock]:
        block = self._block(index)
        if isinstance(block, TextBlock) and type(block.text) is str:
            return GrowingText(block)
        is_input = isinstance(block, ToolUseBlock) or (delta is InputJSONDelta and hasattr(block, "input"))
        return GrowingInput(block) if is_input else None  # tools of the server have an input, too

    def _block(self, index: Any) -> Any:
        content = self.message.content
        return content[index] if type(index) is int and 0 <= index < len(content) else None

    def add(self, event: Any) -> Optional[GrowingBlock]:
        """Take an event. Return the block that it made grow, if it did."""
        kind = getattr(event, "type", None)
        if self.message is None:
            self._begin(event, kind)
        elif kind == "content_block_delta":
            delta = event.delta
            growing = self.find(event.index, type(delta))
            grown = growing and self.grow(growing, getattr(delta, growing.field))
            if not grown:
                self._merge(event)
            return grown
        elif kind == "content_block_start":
            self.message.content.append(copy.deepcopy(event.content_block))
        elif kind == "content_block_stop":
            for key, growing in self._growing.items():
                if growing is not None and event.index in (key, key[0] if key.__class__ is tuple else None):
                    growing.finish()
        elif kind == "message_delta":
            self._update(event)
        elif kind == "message_stop":
            self.complete = True
        else:
            self.leftovers.append(event)
        return None

    def _merge(self, event: Any) -> None:
        """Add a delta of a kind that this version doesn't know, as far as its names say where it belongs."""
        from ._merge import merge, put, sent, target_of, value_of

        block: Any = self._block(event.index)
        delta: Any = event.delta
        kind = getattr(delta, "type", None)
        pieces = {name: piece for name, piece in sent(delta).items() if name != "type"}
        if not isinstance(block, BaseModel) or type(kind) is not str:
            self.leftovers.append(event)
            return
        targets = {name: target_of(block, kind, name) for name in pieces}
        if None in targets.values() or not pieces:
            self.leftovers.append(event)
        for name, target in targets.items():
            piece, old = pieces[name], None if target is None else value_of(block, target)
            if target is None or piece is None:
                continue
            if type(old) is str and type(piece) is not str:  # nothing to put behind a text
                self.leftovers.append(event)
                continue
            if type(piece) is not str or type(old) not in (str, type(None)) or target != name:
                merge(block, target, piece, is_element=target != name)
                continue
            key = (event.index, target)
            usual = self.find(event.index, TextDelta) if target == GrowingText.target else None
            if usual is None and key not in self._growing:
                put(block, target, old or "")
                self._growing[key] = GrowingField(block, delta.__class__, target)
            self.grow(usual or self._growing[key], piece)

    def emitted(self, event: Any, grown: Optional[GrowingBlock], stop_event: Type[Any]) -> List[Any]:
        """Return what the helper emits for an event that has been added; `grown` is what `add` returned."""
        if grown is not None:
            if grown.delta is TextDelta:
                extra = new_instance(_TextEvent)
                extra.type, extra.text = "text", event.delta.text
            else:
                grown.update_block()  # malformed input is an error at once
                extra = new_instance(_InputJsonEvent)
                extra.type, extra.partial_json = "input_json", event.delta.partial_json
            extra.snapshot = (grown, len(grown.pieces))
            extra.__extra__ = None
            extra.__class__ = TextEvent if grown.delta is TextDelta else InputJsonEvent
            return [event, extra]
        kind = getattr(event, "type", None)
        if kind == "message_stop":
            return [_extended(event, stop_event, message=self.live_message())]
        if kind == "content_block_stop" and type(event.index) is int and 0 <= event.index < len(self.message.content):
            return [_extended(event, ContentBlockStopEvent, content_block=self.message.content[event.index])]
        return [event]

    def _begin(self, event: Any, kind: Any) -> None:
        message: Any = getattr(event, "message", None)
        if kind != "message_start" or not isinstance(message, BaseModel):
            raise StreamStateError(f'Unexpected event order, got {kind} before "message_start"')
        self.message = copy.deepcopy(message)
        if not isinstance(getattr(message, "content", None), list):
            self.message.content = []

    def _update(self, event: Any) -> None:
        """Take what a `message_delta` says of the message: what was sent, and only that."""
        from ._merge import copy_sent, put, sent

        message: Any = self.message
        changes = {**sent(event), **sent(event.delta)}
        usage = changes.pop("usage", None)
        for name, value in changes.items():
            if name not in _NO_CHANGES:
                put(message, name, copy.deepcopy(value))
        if isinstance(getattr(message, "usage", None), BaseModel):
            copy_sent(usage, message.usage)
        elif usage is not None:
            put(message, "usage", copy.deepcopy(usage))
        self.complete = self.complete or getattr(message, "stop_reason", None) is not None


def _extended(event: Any, cls: Type[Any], **more: Any) -> Any:
    """The event as another class, with more fields."""
    extended = construct(cls, event.to_dict())
    for name, value in more.items():
        setattr(extended, name, value)
    return extended


class StreamAccumulator(Accumulator):
    """An accumulator that takes the events of one stream. As a context manager around them it judges how they ended."""

    def __init__(self, stop_event: Type[Any], core: StreamCore) -> None:
        super().__init__()
        self._stop_event = stop_event
        self._core = core
        self._direct = not (core.strict or is_customized(RawContentBlockDeltaEvent, InputJSONDelta, TextDelta))
        self._data, self._item = core.data, core.item
        self._emitted: List[Any] = []

    def events(self, event: Event) -> Sequence[Any]:
        """Return what iteration gives for one event. The list is emptied when `text_stream` goes on meanwhile."""
        data = self._data(event)
        if data is NO_ITEM:
            return ()
        item = self._item(data)
        self._emitted = emitted = self.emitted(item, self.add(item), self._stop_event)
        return emitted

    def texts(self, event: Event) -> Sequence[str]:
        """Return what `text_stream` gives for one event. The usual deltas are added without making objects of them."""
        if self._emitted:
            self._emitted.clear()
        data = self._data(event)
        if data is NO_ITEM:
            return ()
        if self._direct and self.message is not None:
            try:
                if data["type"] == "content_block_delta":
                    delta = data["delta"]
                    if delta["type"] == "text_delta":
                        piece = delta["text"]
                        if self.grow(self.find(data["index"], TextDelta), piece) is not None:
                            return (piece,)
                    elif delta["type"] == "input_json_delta" and self.grow(
                        self.find(data["index"], InputJSONDelta), delta["partial_json"]
                    ):
                        return ()
            except (KeyError, TypeError):  # not the usual
                pass
        item = self._item(data)
        self.add(item)
        delta = getattr(item, "delta", None)
        return (delta.text,) if isinstance(delta, TextDelta) and type(delta.text) is str else ()

    def live_message(self) -> Any:
        """Return the message so far. From now on it shows every change.

        Raises:
            StreamDataError: if the input of a tool is no JSON so far.
        """
        try:
            return super().live_message()
        except ValueError as error:
            raise self._malformed(error) from error

    def check(self) -> None:
        """Refuse a message that is not complete when the stream is at its end.

        Raises:
            StreamEndedError: if it is not.
        """
        if not self.complete:
            response = self._core.response
            error = StreamEndedError(message="The stream ended before its message did.", request=response.request)
            error.request_id = request_id_of(response)
            raise self._with_snapshot(error)

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> bool:
        if error is None:
            self.check()
        elif isinstance(error, (APIConnectionError, StreamStateError)) and self.complete:
            return True  # what was lost is at most the end of the stream
        elif isinstance(error, APIError):
            self._with_snapshot(error)
        elif isinstance(error, ValueError):
            raise self._malformed(error) from error
        return False

    def _malformed(self, error: ValueError) -> APIError:
        message = f"The input of a tool is no JSON: {error}"
        return self._with_snapshot(StreamDataError(self._core.response, None, message=message))

    def _with_snapshot(self, error: APIError) -> APIError:
        self._watched = True
        for growing in filter(None, self._growing.values()):
            with suppress(ValueError):
                growing.update_block()
        error.snapshot = self.message
        return error


def accumulate(event: Any, message: Optional[MessageT]) -> MessageT:
    """Return the message with the event added to it, for callers that hold the message themselves."""
    accumulator = _accumulator_of(message)
    accumulator.add(event)
    whole: Any = accumulator.live_message()
    whole._accumulator = accumulator
    made: MessageT = whole
    return made


def build(event: Any, message: Any, stop_event: Type[Any]) -> List[Any]:
    """Return what a helper emits for an event that is part of the message."""
    accumulator = _accumulator_of(message)
    is_delta = getattr(event, "type", None) == "content_block_delta"
    grown = accumulator.find(event.index, type(event.delta)) if is_delta else None
    return accumulator.emitted(event, grown, stop_event)


def _accumulator_of(message: Any) -> Accumulator:
    kept: Optional[Accumulator] = getattr(message, "_accumulator", None)
    return kept if kept is not None and kept.message is message else Accumulator(message)  # copies share it
