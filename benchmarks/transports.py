"""In-process httpx transports (no sockets): canned bodies and canned SSE streams."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence

from http_library import httpx


class Chunks(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A response body delivered as the given chunks, sync or async."""

    def __init__(self, chunks: Sequence[bytes]) -> None:
        self.chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        yield from self.chunks

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            yield chunk


def canned(body: bytes) -> httpx.MockTransport:
    headers = {"content-type": "application/json", "request-id": "req_1"}
    return httpx.MockTransport(lambda request: httpx.Response(200, headers=headers, content=body))


def streaming(chunks: Sequence[bytes]) -> httpx.MockTransport:
    headers = {"content-type": "text/event-stream", "request-id": "req_1"}
    return httpx.MockTransport(lambda request: httpx.Response(200, headers=headers, stream=Chunks(chunks)))


def rechunk(records: Sequence[bytes], size: int) -> list[bytes]:
    """size 0: one chunk per SSE record (a live stream); otherwise fixed-size chunks."""
    if not size:
        return list(records)
    data = b"".join(records)
    return [data[i : i + size] for i in range(0, len(data), size)]
