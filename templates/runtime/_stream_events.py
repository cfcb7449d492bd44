"""Streams of methods whose events mean something else than those of the SDK's other streams."""

from __future__ import annotations

from functools import cache
from types import new_class
from typing import Any, Iterable, Optional, Type, TypeVar, get_origin

from ._sdk_settings import StreamEvents
from ._stream_core import StreamCore, terminal_items

_StreamT = TypeVar("_StreamT")


def with_events(
    stream_cls: Type[_StreamT],
    *,
    items: Iterable[str] = (),
    skipped: Iterable[str] = (),
    error: Optional[str] = None,
    terminal: Iterable[str] = (),
    ends: Iterable[str] = (),
) -> Type[_StreamT]:
    """Return the class of a stream, `Stream[Item]`, for events of these meanings: `StreamEvents` says what they are."""
    events = StreamEvents(frozenset(items), frozenset(skipped), error, frozenset(terminal), frozenset(ends))
    made: Type[_StreamT] = _stream_class(stream_cls, events)
    return made


@cache
def _stream_class(stream_cls: Any, events: StreamEvents) -> Any:
    core: Any = type(StreamCore.__name__, (StreamCore,), {"events": events, "is_terminal": terminal_items(events)})
    stream: Any = get_origin(stream_cls)
    members = {"_core_type": core, "__module__": stream.__module__, "__doc__": stream.__doc__}
    return new_class(stream.__name__, (stream_cls,), exec_body=lambda namespace: namespace.update(members))
