"""What methods say of their streams."""

from __future__ import annotations

from ..ir.resources import Method, ResponseKind
from ..ir.streams import StreamContent, StreamEvents, StreamFormat
from ..ir.types import TypeExpr
from .literals import literal

OWN_VERBS = frozenset({"get", "post", "put", "patch", "delete"})
"""The methods of HTTP for which resources have functions."""


def streamed(method: Method) -> tuple[StreamContent, TypeExpr]:
    """Return what the stream of a method consists of, and the type of its items.

    Raises:
        ValueError: the method doesn't stream.
    """
    if method.streaming is not None:
        return method.streaming.content, method.streaming.item
    if method.stream_content is None:
        raise ValueError(f"{method.name} does not stream")
    return method.stream_content, method.response


def events_arguments(events: StreamEvents) -> str:
    """Return the arguments that say what events mean: `items={"added"}, ends={"[DONE]"}`."""
    given = {name: getattr(events, name) for name in ("items", "skipped", "error", "terminal", "ends")}
    return ", ".join(f"{name}={literal(value)}" for name, value in given.items() if value)


def format_of(method: Method) -> StreamFormat | None:
    """Return how the items of a method's stream are written, if it has one."""
    content = method.streaming.content if method.streaming is not None else method.stream_content
    return content.format if content is not None else None


def events_of(method: Method) -> StreamEvents | None:
    """Return what the events of a method's stream mean, if it has some of its own."""
    content = method.streaming.content if method.streaming is not None else method.stream_content
    return content.events if content is not None else None


def _accepted(media_types: tuple[str, ...]) -> str:
    """Return media types as `Accept` says them (RFC 9110 §12.5.1)."""
    return ", ".join(dict.fromkeys(media_types))


def accept(method: Method, *, of_stream: bool = False) -> str:
    """Return the value of `Accept`, where that isn't always `application/json`: what may be read (RFC 9110 §12.5.1).

    `of_stream` is for a call that always asks for the stream.
    """
    is_json = method.response_kind in (ResponseKind.JSON, ResponseKind.PAGE) and any(
        _is_plain_json(media) for media in method.accept
    )
    whole = "" if is_json else _accepted(method.accept)
    items = _accepted(method.streaming.content.media_types) if method.streaming is not None else ""
    if method.streaming is None or not items:
        return literal(whole) if whole else ""
    if of_stream:
        return literal(items)
    return f"{literal(items)} if {method.streaming.param} else {literal(whole or 'application/json')}"


def _is_plain_json(media_type: str) -> bool:
    return media_type.partition(";")[0].strip().lower() in ("application/json", "*/*", "application/*")


def has_own_function(method: Method) -> bool:
    """Return whether resources have a function that sends the request of a method, and gives its stream."""
    verb = method.verb.lower()
    return verb in OWN_VERBS and (format_of(method) is None or verb in ("get", "post"))


def asks_for_stream(method: Method) -> str:
    """Return whether a call asks for a stream: `stream or False`; an empty text if it never does."""
    if method.streaming is not None:
        return f"{method.streaming.param} or False"
    return "True" if method.response_kind is ResponseKind.STREAM else ""
