"""The connection drops after every single byte: always a complete message, or the error with the right partial one."""

from __future__ import annotations

import copy
import socket
import socketserver
import threading
from bisect import bisect
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Any

import httpx
import jiter
import pytest

import anthropic
from anthropic._exceptions import StreamEndedError
from anthropic.lib.streaming import AsyncMessageStream, MessageStream
from anthropic.types import RawMessageStreamEvent

from ..streams import ARGS, FACES, HEADERS, PING, TEXT_EVENTS, TOOL_EVENTS, WAYS, AsyncFace, Body, Face, Outcome, record

CLIENT = anthropic.Anthropic(api_key="key")
REQUEST = httpx.Request("POST", "http://test")
FAILURES = [None, httpx.ReadError("reset")]
RECORDED = {"text": record(TEXT_EVENTS), "tool": record(TOOL_EVENTS)}
PLAIN = {"text": TEXT_EVENTS, "tool": TOOL_EVENTS}
ENDS = {name: list(accumulate(map(len, chunks))) for name, chunks in RECORDED.items()}


def complete(name: str, size: int) -> int:
    """How many events have their blank line among the first `size` bytes."""
    return bisect(ENDS[name], size)


@cache
def expected_message(name: str, count: int) -> dict[str, Any] | None:
    """The message after the first events by the contract's table, worked out on plain dicts."""
    message: dict[str, Any] | None = None
    buffers: dict[int, str] = {}
    for event in copy.deepcopy(PLAIN[name][:count]):
        kind = event["type"]
        if kind == "message_start":
            message = event["message"]
        elif message is None or event is PING:
            continue
        elif kind == "content_block_start":
            message["content"].append(event["content_block"])
        elif kind == "content_block_delta":
            block, delta = message["content"][event["index"]], event["delta"]
            if delta["type"] == "text_delta":
                block["text"] += delta["text"]
            else:
                buffer = buffers[event["index"]] = buffers.get(event["index"], "") + delta["partial_json"]
                block["input"] = jiter.from_json(buffer.encode(), partial_mode=True) if buffer else block["input"]
        elif kind == "message_delta":
            message.update(event["delta"])
            message["usage"]["output_tokens"] = event["usage"]["output_tokens"]
    return message


def judge(outcome: Outcome, name: str, size: int, failure: Exception | None) -> None:
    count = complete(name, size)
    expected = expected_message(name, count)
    if any(event["type"] == "message_delta" for event in PLAIN[name][:count]):
        assert outcome.error is None, (size, outcome.error)
        assert outcome.message.to_dict() == expected
        return
    error = outcome.error
    assert isinstance(error, anthropic.APIConnectionError), (size, error)
    assert isinstance(error, StreamEndedError) == (failure is None)
    assert error.request_id == "req_7" and error.__cause__ is failure
    snapshot: Any = error.snapshot
    assert (snapshot and snapshot.to_dict()) == expected, size


def stream_of(kind: type[Any], body: Body) -> Any:
    """A helper stream over a body, without a request before it."""
    response = httpx.Response(200, headers=HEADERS, stream=body, request=REQUEST)
    return kind(cast_to=RawMessageStreamEvent, response=response, client=CLIENT)


def read(entering: Any, way: str) -> Outcome:
    outcome = Outcome(Body([]))
    try:
        with entering as stream:
            for _ in stream if way == "events" else stream.text_stream if way == "texts" else ():
                pass
            outcome.message = stream.get_final_message()
    except Exception as error:
        outcome.error = error
    return outcome


async def aread(entering: Any, way: str) -> Outcome:
    outcome = Outcome(Body([]))
    try:
        async with entering as stream:
            if way == "events":
                async for _ in stream:
                    pass
            elif way == "texts":
                async for _ in stream.text_stream:
                    pass
            outcome.message = await stream.get_final_message()
    except Exception as error:
        outcome.error = error
    return outcome


@pytest.mark.parametrize("failure", FAILURES, ids=["ends", "fails"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", RECORDED)
def test_sync(name: str, way: str, failure: Exception | None) -> None:
    data = b"".join(RECORDED[name])
    for size in range(len(data) + 1):
        judge(read(stream_of(MessageStream, Body([data[:size]], failure)), way), name, size, failure)


@pytest.mark.parametrize("failure", FAILURES, ids=["ends", "fails"])
@pytest.mark.parametrize("name", RECORDED)
@pytest.mark.parametrize("face", FACES[1:], ids=lambda face: face.name)
def test_async(face: AsyncFace, name: str, failure: Exception | None) -> None:
    data = b"".join(RECORDED[name])

    async def every_byte() -> None:
        for size in range(len(data) + 1):
            stream = stream_of(AsyncMessageStream, Body([data[:size]], failure))
            judge(await aread(stream, WAYS[size % 3]), name, size, failure)

    face.run(every_byte)


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.name)
def test_raw(face: Face) -> None:
    """Raw streams give what is complete; then they end, or raise if the connection failed before the terminal event."""
    data = b"".join(RECORDED["text"])
    for size in range(0, len(data) + 1, 1 if face.name == "sync" else 17):
        events = [event for event in TEXT_EVENTS[: complete("text", size)] if event is not PING]
        outcome = face.raw([data[:size]])
        assert outcome.error is None and [item.to_dict() for item in outcome.items] == events
        outcome = face.raw([data[:size]], failure=httpx.ReadError("reset"))
        assert [item.to_dict() for item in outcome.items] == events
        assert (outcome.error is None) == (size == len(data)) == outcome.stream.complete
        assert outcome.error is None or type(outcome.error) is anthropic.APIConnectionError


# over a real connection


class Cutting(socketserver.ThreadingTCPServer):
    """Responses with the first bytes of a recorded stream, as many as the request says, and hangs up."""

    allow_reuse_address = True
    daemon_threads = True

    class RequestHandlerClass(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length, size, how = 0, 0, "close"
            while line := self.rfile.readline().strip().lower():
                name, _, value = line.decode().partition(": ")
                length = int(value) if name == "content-length" else length
                size = int(value) if name == "x-size" else size
                how = value if name == "x-how" else how
            self.rfile.read(length)
            head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nrequest-id: req_7\r\n"
            part = b"".join(RECORDED["tool"])[:size]
            if how == "chunked":
                framed = b"%x\r\n%s\r\n" % (len(part), part) if part else b""
                self.wfile.write(head + b"transfer-encoding: chunked\r\n\r\n" + framed)
            else:
                self.wfile.write(head + b"connection: close\r\n\r\n" + part)

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), self.RequestHandlerClass)

    def handle_error(self, request: Any, client_address: Any) -> None: ...


@pytest.fixture(scope="module")
def cutting() -> Iterator[str]:
    with Cutting() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def judge_real(outcome: Outcome, size: int, how: str) -> None:
    """Without a known length (`close`) a cut is an end, with one (`chunked`) a failure."""
    error = outcome.error
    if error is not None:
        assert isinstance(error, StreamEndedError) == (how == "close")
    judge(outcome, "tool", size, None if error is None or error.__cause__ is None else error.__cause__)  # type: ignore[arg-type]


SIZES = range(len(b"".join(RECORDED["tool"])) + 1)
HOWS = ("close", "chunked")


def cut(size: int) -> dict[str, str]:
    return {"x-size": str(size), "x-how": HOWS[size % 2]}


def test_real_connection(cutting: str) -> None:
    with anthropic.Anthropic(api_key="key", base_url=cutting, max_retries=0) as client:
        for size in SIZES:
            outcome = read(client.messages.stream(**ARGS, extra_headers=cut(size)), "final")
            judge_real(outcome, size, HOWS[size % 2])


@pytest.mark.parametrize("face", FACES[1:], ids=lambda face: face.name)
def test_real_connection_async(face: AsyncFace, cutting: str) -> None:
    async def every_few_bytes() -> None:
        async with anthropic.AsyncAnthropic(api_key="key", base_url=cutting, max_retries=0) as client:
            for size in SIZES[::7]:
                outcome = await aread(client.messages.stream(**ARGS, extra_headers=cut(size)), "final")
                judge_real(outcome, size, HOWS[size % 2])

    face.run(every_few_bytes)


def test_sockets_are_real(cutting: str) -> None:
    with socket.create_connection(("127.0.0.1", int(cutting.rpartition(":")[2]))) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nx-size: 5\r\n\r\n")
        with connection.makefile("rb") as file:
            assert file.read().endswith(b"\r\n\r\nevent")
