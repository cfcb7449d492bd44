"""Streams of JSON texts, one a line (JSON Lines, NDJSON) or one a record (RFC 7464), sync and async."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from itertools import chain
from typing import Any, FrozenSet, Generic, List, TypeVar

from .._exceptions import StreamDataError, StreamEndedError, request_id_of
from .._lazy import httpx
from .._responses.json import loads
from .._sdk_settings import StreamEvents
from .._stream_core import StreamCore
from .._streaming import AsyncStream, Stream

_T = TypeVar("_T")
_BOM = b"\xef\xbb\xbf"
_SEPARATOR = b"\x1e"  # RFC 7464 §2.2: it begins a record
_SELF_DELIMITED = (b"{", b"[", b'"')
_END: Any = object()
"""Comes after the last chunk of a body."""


class LinesDecoder:
    """Takes the chunks of a body as they come and gives each line as soon as its end is there. Blank ones are left out.

    decoder = LinesDecoder()
    decoder.feed(b'{"n": 1}\\n{"n"')  # the first line
    """

    def __init__(self) -> None:
        self._rest: List[bytes] = []
        self._first = True
        self.has_rest = False  # what is left at the end is a record
        self.at_end = False

    def feed(self, chunk: Any) -> List[Any]:
        """Return the records that `chunk` completes, in the shape of events: `(None, bytes, None, None)`."""
        self.at_end = chunk is _END
        *lines, rest = (b"", b"") if chunk is _END else chunk.split(b"\n")
        if lines:
            lines[0] = b"".join([*self._rest, lines[0]])
            if self._first:
                lines[0] = lines[0].removeprefix(_BOM)
            self._first, self._rest = False, []
        self._rest.append(rest)
        return [(None, line, None, None) for line in lines if line and not line.isspace()]


class SequenceDecoder(LinesDecoder):
    """Takes the chunks of a JSON text sequence: each text begins with a separator and ends with a line feed."""

    def feed(self, chunk: Any) -> List[Any]:
        """Return the records that `chunk` completes, in the shape of events: `(None, bytes, None, None)`."""
        self.at_end = chunk is _END
        *records, rest = (b"", b"") if chunk is _END else chunk.split(_SEPARATOR)
        if records:
            records[0] = b"".join([*self._rest, records[0]])
            self._rest = []
        self._rest.append(rest)
        if rest.endswith(b"\n") and _is_json(text := b"".join(self._rest)):  # it may also stand within a text
            records.append(text)
            self._rest = []
        return [(None, record, None, None) for record in records if record and not record.isspace()]


def _is_json(text: bytes) -> bool:
    try:
        loads(text)
    except ValueError:
        return False
    return True


class LinesCore(StreamCore):
    """What one stream of JSON texts knows."""

    media_types: FrozenSet[str] = frozenset(
        {
            "application/json",
            "application/json-lines",
            "application/json-seq",
            "application/jsonl",
            "application/jsonlines",
            "application/ndjson",
            "application/octet-stream",
            "application/stream+json",
            "application/x-json-stream",
            "application/x-jsonl",
            "application/x-jsonlines",
            "application/x-ndjson",
            "text/jsonl",
            "text/plain",
            "text/x-ndjson",
        }
    )
    contents = "JSON lines (application/jsonl)"
    events = StreamEvents()

    def __init__(self, cast_to: Any, response: httpx.Response, client: Any, *, is_async: bool = False) -> None:
        super().__init__(cast_to, response, client, is_async=is_async)
        self.chunks = _and_end(self.chunks) if is_async else chain(self.chunks, (_END,))

    def new_decoder(self) -> LinesDecoder:
        """Return what makes records of the chunks of a body."""
        return SequenceDecoder() if self.is_sequence() else LinesDecoder()

    def is_sequence(self) -> bool:
        """Whether the response is a JSON text sequence, by its media type (RFC 7464 §4, RFC 8091 §2)."""
        return self.media_type().endswith("json-seq")

    def accepts(self, media_type: str) -> bool:
        """Whether a response of that media type is read."""
        return media_type.endswith(("+json", "+json-seq")) or super().accepts(media_type)

    def data(self, event: Any) -> Any:
        """Return one decoded record.

        Raises:
            StreamDataError: if it is no JSON.
            StreamEndedError: if it is the last one, and was cut off.
        """
        text: bytes = event[1]
        try:
            return self._decoded(text)
        except ValueError as error:
            if self.decoder.at_end:
                message = f"The response ended within a record: {error}"
                ended = StreamEndedError(message=message, request=self.response.request)
                ended.request_id = request_id_of(self.response)
                raise ended from error
            message, position = f"A record is no JSON: {error}", getattr(error, "pos", 0)
            shown = text.decode("utf-8", "replace")
            raise StreamDataError(self.response, shown, message=message, position=position) from error

    def _decoded(self, text: bytes) -> Any:
        if self.decoder.at_end and self.is_sequence() and not text.lstrip().startswith(_SELF_DELIMITED):
            raise ValueError("The line feed at its end is missing.")  # RFC 7464 §2.4
        return loads(text)


async def _and_end(chunks: AsyncIterator[bytes]) -> AsyncIterator[Any]:
    try:
        async for chunk in chunks:
            yield chunk
        yield _END
    finally:
        if isinstance(chunks, AsyncGenerator):
            await chunks.aclose()


class JSONLDecoder(Stream[_T], Generic[_T]):
    """The items of a response with one JSON text a line, as they arrive. Iterate it once.

        with client.logs.follow() as stream:
            for entry in stream:
                print(entry)

    Iterating raises an `APIError` if the connection fails, a line is no JSON, or the last one was cut off.
    """

    _core_type = LinesCore

    @property
    def http_response(self) -> httpx.Response:
        """The response that the items come from."""
        return self.response


class AsyncJSONLDecoder(AsyncStream[_T], Generic[_T]):
    """The items of a response with one JSON text a line, as they arrive. Iterate it once.

        async with await client.logs.follow() as stream:
            async for entry in stream:
                print(entry)

    Iterating raises an `APIError` if the connection fails, a line is no JSON, or the last one was cut off.
    """

    _core_type = LinesCore

    @property
    def http_response(self) -> httpx.Response:
        """The response that the items come from."""
        return self.response
