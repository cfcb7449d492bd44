"""Streams: how items are written, what events mean; and what hand-written code knows of unions."""

from __future__ import annotations

import enum

import attrs

from ..diagnostics.span import Span, origin


class StreamFormat(enum.Enum):
    """How the items of a stream are written."""

    EVENTS = "events"
    """Server-sent events (WHATWG HTML §9.2)."""

    LINES = "lines"
    """JSON texts, one a line, or one a record of a sequence (RFC 7464)."""


@attrs.frozen(kw_only=True)
class StreamEvents:
    """How events of `text/event-stream` map to items. `items`: names whose data is an item, every name if there is
    none; `skipped`: dropped silently; `error`: the name that raises; `terminal`: names that end a complete stream;
    `ends`: data that is no item and ends one."""

    items: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    error: str | None = None
    terminal: tuple[str, ...] = ()
    ends: tuple[str, ...] = ("[DONE]",)


@attrs.frozen(kw_only=True)
class StreamContent:
    """What a streamed response consists of. `media_types` are those that the document declares for it, `events` what
    its events mean, if that isn't what it is in all streams of the client."""

    format: StreamFormat = StreamFormat.EVENTS
    media_types: tuple[str, ...] = ()
    events: StreamEvents | None = None


@attrs.frozen(kw_only=True)
class HandledTag:
    """The tag of a variant that a hook knows."""

    tag: str
    span: Span = origin()


@attrs.frozen(kw_only=True)
class HandledUnion:
    """A union that a hook's fragment tells apart: a type (`ContentBlock`) or a field of one; and the tags it knows."""

    symbol: str
    tags: tuple[HandledTag, ...]
    span: Span = origin()
