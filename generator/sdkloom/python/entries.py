"""Pieces of the call that sends a request."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True)
class Entry:
    """`"max_tokens": max_tokens` in a body, a query or the headers."""

    key: str
    value: str

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


@attrs.frozen(kw_only=True)
class Argument:
    """`body={…}`: an argument of the call that sends the request; a dict when it has entries."""

    name: str
    value: str = ""
    function: str = ""
    """Called with the dict, when there is one."""
    more: str = ""
    """What the function is given besides."""
    after: str = ""
    """What stands behind the call."""
    entries: list[Entry] = attrs.field(factory=list[Entry])
