"""What methods say of their streams."""

from __future__ import annotations

from ..ir.resources import Method, StreamContent, StreamFormat
from ..ir.types import TypeExpr


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


def format_of(method: Method) -> StreamFormat | None:
    """Return how the items of a method's stream are written, if it has one."""
    content = method.streaming.content if method.streaming is not None else method.stream_content
    return content.format if content is not None else None


def accepted(media_types: tuple[str, ...]) -> str:
    """Return media types as `Accept` says them (RFC 9110 §12.5.1)."""
    return ", ".join(dict.fromkeys(media_types))
