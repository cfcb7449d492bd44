"""The accumulator for callers that hold the message themselves."""

from __future__ import annotations

import weakref
from typing import Any, Dict, List, Type

from ._accumulator import Accumulator

_ongoing: Dict[int, Accumulator] = {}  # by the id of the message, as long as that lives


def accumulate(event: Any, message: Any, stop_event: Type[Any]) -> Any:
    """The message with the event added to it."""
    accumulator = _accumulator(message, stop_event)
    try:
        accumulator.add(event)
        return accumulator.message
    finally:
        accumulator.message = None


def build(event: Any, message: Any, stop_event: Type[Any]) -> List[Any]:
    """What a helper emits for an event that is part of the message."""
    accumulator = _accumulator(message, stop_event)
    is_delta = event.type == "content_block_delta"
    try:
        grown = accumulator.find(event.index, type(event.delta)) if is_delta else None
        return list(accumulator.emitted(event, grown))
    finally:
        accumulator.message = None


def _accumulator(message: Any, stop_event: Type[Any]) -> Accumulator:
    """The accumulator of this very message. It must not keep the message alive."""
    if message is None:
        return Accumulator(stop_event)
    accumulator = _ongoing.get(id(message))
    if accumulator is None:
        accumulator = _ongoing[id(message)] = Accumulator(stop_event)
        accumulator.watch()
        weakref.finalize(message, _ongoing.pop, id(message), None)
    accumulator.message = message
    return accumulator
