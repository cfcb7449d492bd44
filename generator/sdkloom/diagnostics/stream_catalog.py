"""The diagnostics of streams, in the form of those in `catalog.py`."""

from __future__ import annotations

from .rules import error as _error
from .rules import warning as _warning

# LOW: streams

EVENT_UNKNOWN = _warning(
    "LOW081",
    "no event of the document is called `{name}`",
    "correct it, remove it, or list it as `undocumented` as well",
)
EVENT_UNLISTED = _warning(
    "LOW082",
    "the event `{name}` is in none of the lists of `stream_events`: it is given as an item",
    "add it to `items`, `skipped` or `terminal` in sdk.yaml",
)
NO_EVENT_STREAM = _error(
    "LOW170",
    "`{name}` gives no events that `stream_events` could speak of",
    "`stream_item` names the schema of an event where the document has no response of type `text/event-stream`",
)
EVENT_AS_SCHEMA = _warning(
    "LOW085",
    "this schema has only fields of an event, so it is read as one: items are its `data`",
    "say so with `itemSchema` (OpenAPI 3.2), or name the schema of the items as `stream_item` in sdk.yaml",
)
