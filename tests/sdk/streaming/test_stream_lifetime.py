"""Leaving a stream early: by break, exception, cancellation or garbage collection."""

from __future__ import annotations

import asyncio
import gc
import socketserver
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import anyio
import httpx
import pytest

import anthropic
from anthropic import Stream
from anthropic._exceptions import StreamStateError

from ..streams import (
    ARGS,
    FACES,
    MESSAGE_STOP,
    TEXT,
    TEXT_EVENTS,
    AsyncFace,
    Body,
    block_start,
    message_delta,
    message_start,
    prepare,
    record,
    sse,
    text_delta,
)

ASYNC = pytest.mark.parametrize("face", FACES[1:], ids=lambda face: face.name)


def client_and_body(chunks: list[bytes] | None = None) -> tuple[anthropic.Anthropic, Callable[[], Body]]:
    outcome, transport = prepare(record(TEXT_EVENTS) if chunks is None else chunks)
    return FACES[0].client(transport), lambda: outcome.body


# garbage collection


@pytest.mark.parametrize("read", [0, 1, 3])
def test_dropped_raw_stream_closes(read: int) -> None:
    client, body = client_and_body()
    stream = client.messages.create(**ARGS, stream=True)
    for _ in range(read):
        next(stream)
    assert not body().closed
    del stream
    assert body().closed


@pytest.mark.parametrize("read", [0, 1, 3])
@pytest.mark.parametrize("way", ["events", "texts"])
def test_dropped_helper_closes(read: int, way: str) -> None:
    client, body = client_and_body()
    stream = client.messages.stream(**ARGS).__enter__()
    gc.collect()
    assert not body().closed
    for _ in range(read):
        next(stream if way == "events" else stream.text_stream)  # type: ignore[call-overload]
    del stream
    gc.collect()
    assert body().closed


def test_iterator_of_a_dropped_stream_goes_on() -> None:
    client, body = client_and_body()
    items = [item.type for item in client.messages.create(**ARGS, stream=True)]
    assert len(items) == len(TEXT_EVENTS) - 1
    texts = list(client.messages.stream(**ARGS).__enter__().text_stream)
    assert len(texts) == 3


def test_detached_response_lives_on() -> None:
    client, body = client_and_body()
    stream = client.messages.create(**ARGS, stream=True)
    response = stream.detach()["response"]
    del stream
    assert not body().closed and b"".join(response.iter_raw()) == b"".join(record(TEXT_EVENTS))


def test_breaking_off() -> None:
    client, body = client_and_body()
    for _ in client.messages.create(**ARGS, stream=True):
        break
    assert body().closed


def test_exception_in_the_body_of_with() -> None:
    client, body = client_and_body()
    with pytest.raises(ZeroDivisionError), client.messages.stream(**ARGS) as stream:
        for _ in stream:
            raise ZeroDivisionError
    assert body().closed


@pytest.mark.parametrize("read", [0, 1])
def test_dropped_async_streams_close_on_asyncio(read: int) -> None:
    outcome, transport = prepare(record(TEXT_EVENTS))
    face = FACES[1]
    assert isinstance(face, AsyncFace)

    async def drop() -> None:
        client = face.async_client(transport)
        stream = await client.messages.create(**ARGS, stream=True)
        for _ in range(read):
            await stream.__anext__()
        del stream
        gc.collect()
        await asyncio.sleep(0.01)
        assert outcome.body.closed

    face.run(drop)


@ASYNC
def test_async_break_and_exception(face: AsyncFace) -> None:
    outcome, transport = prepare(record(TEXT_EVENTS))

    async def leave() -> None:
        client = face.async_client(transport)
        async with client.messages.stream(**ARGS) as stream:
            async for _ in stream:
                break
        assert outcome.body.closed
        with pytest.raises(ZeroDivisionError):
            async with client.messages.stream(**ARGS) as stream:
                async for _ in stream.text_stream:
                    raise ZeroDivisionError
        assert outcome.body.closed

    face.run(leave)


@ASYNC
def test_iterating_after_an_async_close(face: AsyncFace) -> None:
    _, transport = prepare(record(TEXT_EVENTS))

    async def leave() -> None:
        client = face.async_client(transport)
        async with await client.messages.create(**ARGS, stream=True) as raw:
            await raw.__anext__()
        with pytest.raises(StreamStateError, match="closed"):
            await raw.__anext__()
        async with client.messages.stream(**ARGS) as stream:
            await stream.__anext__()
        for iterator in (stream, stream.text_stream):
            with pytest.raises(StreamStateError, match="closed"):
                async for _ in iterator:
                    pass
        with pytest.raises(anthropic.APIConnectionError):
            await stream.get_final_message()
        async with client.messages.stream(**ARGS) as stream:
            await stream.until_done()
        assert [event async for event in stream] == []

    face.run(leave)


# real connections: a pool of one shows whether it came back


class Stalling(socketserver.ThreadingTCPServer):
    """Sends the start of a stream and then nothing, or the whole stream, as the path of the request says."""

    allow_reuse_address = True
    daemon_threads = True

    class RequestHandlerClass(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while self.rfile.readline().strip():
                length = stall = 0
                while line := self.rfile.readline().strip().lower():
                    name, _, value = line.decode().partition(": ")
                    length = int(value) if name == "content-length" else length
                    stall = int(value) if name == "x-stall" else stall
                self.rfile.read(length)
                chunks = record(TEXT_EVENTS)[:4] if stall else [*record(TEXT_EVENTS), b""]
                framed = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
                head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
                self.wfile.write(head + framed)

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), self.RequestHandlerClass)

    def handle_error(self, request: Any, client_address: Any) -> None: ...


@pytest.fixture(scope="module")
def stalling() -> Iterator[str]:
    with Stalling() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


LIMITS = httpx.Limits(max_connections=1)
TIMEOUT = httpx.Timeout(5, pool=0.5)
STALL = {"extra_headers": {"x-stall": "1"}}


def leave_by_break(stream: Any) -> None:
    for _ in stream:
        break


def leave_by_reading_half(stream: Any) -> None:
    next(stream)
    next(stream)


def leave_at_once(stream: Any) -> None: ...


def leave_by_reading_all(stream: Any) -> None:
    stream.until_done()


@pytest.mark.parametrize("leave", [leave_by_break, leave_by_reading_half, leave_at_once, leave_by_reading_all])
def test_connection_is_free_again(stalling: str, leave: Callable[[Any], None]) -> None:
    http_client = httpx.Client(limits=LIMITS, timeout=TIMEOUT)
    with anthropic.Anthropic(api_key="k", base_url=stalling, http_client=http_client, max_retries=0) as client:
        for _ in range(3):
            with client.messages.stream(**ARGS) as stream:
                leave(stream)
            assert len(list(client.messages.create(**ARGS, stream=True))) == len(TEXT_EVENTS) - 1


def test_connection_of_a_dropped_stream_is_free_again(stalling: str) -> None:
    http_client = httpx.Client(limits=LIMITS, timeout=TIMEOUT)
    with anthropic.Anthropic(api_key="k", base_url=stalling, http_client=http_client, max_retries=0) as client:
        client.messages.create(**ARGS, stream=True)
        next(client.messages.create(**ARGS, stream=True, **STALL))
        client.messages.stream(**ARGS).__enter__()
        assert len(list(client.messages.create(**ARGS, stream=True))) == len(TEXT_EVENTS) - 1


def test_closing_from_another_thread_ends_the_reading(stalling: str) -> None:
    client = anthropic.Anthropic(api_key="k", base_url=stalling, timeout=0.5, max_retries=0)
    with client, client.messages.stream(**ARGS, **STALL) as stream:
        timer = threading.Timer(0.1, stream.close)
        timer.start()
        with pytest.raises(anthropic.APIConnectionError):
            stream.get_final_message()
        timer.join()


@ASYNC
@pytest.mark.parametrize("way", ["events", "texts", "final", "raw"])
def test_cancellation(face: AsyncFace, stalling: str, way: str) -> None:
    async def read(client: anthropic.AsyncAnthropic) -> None:
        if way == "raw":
            async with await client.messages.create(**ARGS, stream=True, **STALL) as raw:
                async for _ in raw:
                    pass
        async with client.messages.stream(**ARGS, **STALL) as stream:
            if way == "final":
                await stream.get_final_message()
            async for _ in stream if way == "events" else stream.text_stream:
                pass

    async def cancel() -> None:
        http_client = httpx.AsyncClient(limits=LIMITS, timeout=TIMEOUT)
        async with anthropic.AsyncAnthropic(
            api_key="k", base_url=stalling, http_client=http_client, max_retries=0
        ) as client:
            for _ in range(3):
                with anyio.move_on_after(0.1) as scope:
                    await read(client)
                assert scope.cancelled_caught
                async with client.messages.stream(**ARGS) as stream:
                    assert (await stream.get_final_message()).stop_reason == "end_turn"

    face.run(cancel)


@ASYNC
def test_cancellation_while_the_caller_waits(face: AsyncFace, stalling: str) -> None:
    """The cancelled await is the caller's own; the response is closed on the way out all the same."""

    async def cancel() -> None:
        http_client = httpx.AsyncClient(limits=LIMITS, timeout=TIMEOUT)
        async with anthropic.AsyncAnthropic(
            api_key="k", base_url=stalling, http_client=http_client, max_retries=0
        ) as client:
            with anyio.move_on_after(0.1) as scope:
                async with client.messages.stream(**ARGS, **STALL) as stream:
                    await stream.__anext__()
                    await anyio.sleep(5)
            assert scope.cancelled_caught and stream.response.is_closed
            assert len([item async for item in await client.messages.create(**ARGS, stream=True)]) == 8

    face.run(cancel)


def test_task_cancelled_on_asyncio(stalling: str) -> None:
    async def cancel() -> None:
        http_client = httpx.AsyncClient(limits=LIMITS, timeout=TIMEOUT)
        async with anthropic.AsyncAnthropic(
            api_key="k", base_url=stalling, http_client=http_client, max_retries=0
        ) as client:

            async def read() -> None:
                async with client.messages.stream(**ARGS, **STALL) as stream:
                    await stream.until_done()

            task = asyncio.create_task(read())
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            async with client.messages.stream(**ARGS) as stream:
                await stream.until_done()

    asyncio.run(cancel())


# memory


class Long(httpx.SyncByteStream):
    """A long response that is made while it is read."""

    def __init__(self, deltas: int) -> None:
        self.deltas = deltas

    def __iter__(self) -> Iterator[bytes]:
        yield from record([message_start(), block_start(0, TEXT)])
        piece = sse(text_delta("some more words "))
        for _ in range(self.deltas):
            yield piece
        yield from record([message_delta(), MESSAGE_STOP])


def peak(deltas: int) -> int:
    response = httpx.Response(200, stream=Long(deltas), request=httpx.Request("POST", "http://test"))
    stream: Stream[Any] = Stream(
        cast_to=anthropic.types.RawMessageStreamEvent, response=response, client=anthropic.Anthropic(api_key="k")
    )
    for _ in stream:
        pass
    gc.collect()
    tracemalloc.reset_peak()
    response = httpx.Response(200, stream=Long(deltas), request=httpx.Request("POST", "http://test"))
    stream = Stream(cast_to=object, response=response, client=anthropic.Anthropic(api_key="k"))
    before = tracemalloc.get_traced_memory()[0]
    for _ in stream:
        pass
    return tracemalloc.get_traced_memory()[1] - before


def test_memory_of_a_long_raw_stream_is_flat() -> None:
    tracemalloc.start()
    try:
        small, large = peak(500), peak(20_000)
    finally:
        tracemalloc.stop()
    assert large < small + 20_000
