"""Server-sent events: bytes in, events out, after WHATWG HTML §9.2.5 (parsing) and §9.2.6 (interpreting)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, List, NamedTuple, Optional, Tuple

_BOM = b"\xef\xbb\xbf"

Event = Tuple[Optional[str], str, Optional[str], Optional[int]]
"""What a `ServerSentEvent` is made of. The decoder gives plain tuples: they cost a quarter."""


class ServerSentEvent(NamedTuple):
    """One event. `id` is the last one that the stream has set; `retry` is what came with this event."""

    event: Optional[str] = None
    data: str = ""
    id: Optional[str] = None
    retry: Optional[int] = None

    def json(self) -> Any:
        """Return the data, decoded from JSON. Other data is a `ValueError`."""
        return json.loads(self.data)


class SSEDecoder:
    """Takes the chunks of a body as they come and gives each event as soon as its blank line is there.

        decoder = SSEDecoder(["ping"])
        decoder.feed(b"event: ping\\nda")  # []
        decoder.feed(b"ta: {}\\n\\n")  # [("ping", "{}", None, None)]

    `names` are event names that are worth a fast path. An event without any data line is dropped, as the standard
    says, unless its name is in `without_data`.

    Between events a chunk is split at the usual blank lines, and a block of the usual two lines becomes an event
    without being looked at line by line. Everything else goes through `_lines`.
    """

    def __init__(self, names: Iterable[str] = (), without_data: Iterable[str] = ()) -> None:
        self._heads = {f"event: {name}": name for name in names}
        self._raw_heads = {head.encode(): name for head, name in self._heads.items()}
        self._without_data = frozenset(without_data)
        self._between = False  # between two events, and past a byte order mark
        self._first = True
        self._after_cr = False
        self._line: List[bytes] = []  # pieces of a line whose end hasn't come
        self._event: Optional[str] = None
        self._data: List[str] = []
        self._id: Optional[str] = None
        self._retry: Optional[int] = None

    @property
    def has_rest(self) -> bool:
        """Whether data came whose blank line is missing. It is dropped, as the standard says."""
        return bool(self._data or any(piece.startswith(b"data") for piece in self._line[:1]))

    @property
    def rest(self) -> str:
        """The data that came and whose blank line is missing."""
        name, _, raw = b"".join(self._line).partition(b":")
        last = [raw.removeprefix(b" ").decode("utf-8", "replace")] if name == b"data" else []
        return "\n".join(self._data + last)

    def feed(self, chunk: bytes) -> List[Event]:
        """Return the events that `chunk` completes."""
        events: List[Event] = []
        if self._between:
            start, _, rest = chunk.partition(b"\ndata: ")
            name = self._raw_heads.get(start)
            if name is not None:  # then it is likely that the chunk is this one event
                data = rest.decode("utf-8", "replace")
                if data.find("\n") == len(data) - 2 and data.endswith("\n\n") and "\r" not in data:
                    return [(name, data[:-2], self._id, None)]
        else:
            cut = chunk.find(b"\n\n") + 2
            if cut == 1:
                return self._lines(chunk, events)
            self._lines(chunk[:cut], events)
            chunk = chunk[cut:]
        end = chunk.rfind(b"\n\n")
        if end < 0:
            return self._lines(chunk, events)
        heads = self._heads
        for block in chunk[:end].decode("utf-8", "replace").split("\n\n"):
            head, _, data = block.partition("\ndata: ")
            name = heads.get(head)
            if name is not None and data and "\n" not in data and "\r" not in data:
                events.append((name, data, self._id, None))
            else:
                self._lines(block.encode() + b"\n\n", events)
        return self._lines(chunk[end + 2 :], events) if len(chunk) > end + 2 else events

    def _lines(self, chunk: bytes, events: List[Event]) -> List[Event]:
        """Take any bytes, line by line."""
        if not chunk:
            return events
        if self._after_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]  # the second half of a line end that was seen already
        self._after_cr = chunk.endswith(b"\r")
        lines = chunk.splitlines()
        rest = lines.pop() if chunk and not chunk.endswith((b"\r", b"\n")) else b""
        for line in lines:
            if self._line:
                line = b"".join((*self._line, line))
                self._line.clear()
            self._field(line.removeprefix(_BOM) if self._first else line, events)
            self._first = False
        if rest:
            self._line.append(rest)
        self._between = not (self._line or self._data or self._event is not None or self._retry is not None)
        return events

    def _field(self, line: bytes, events: List[Event]) -> None:
        if not line:
            if self._data or self._event in self._without_data:
                events.append((self._event or None, "\n".join(self._data), self._id, self._retry))
            self._event, self._data, self._retry = None, [], None
            return
        name, _, raw = line.partition(b":")  # a comment has no name
        value = raw.removeprefix(b" ").decode("utf-8", "replace")
        if name == b"data":
            self._data.append(value)
        elif name == b"event":
            self._event = value
        elif name == b"id" and "\0" not in value:
            self._id = value
        elif name == b"retry" and raw.removeprefix(b" ").isdigit() and len(value) < 20:
            self._retry = int(value)
