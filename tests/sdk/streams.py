"""What the streaming tests share: recorded streams, a transport that plays them, and three ways to read them.

A test says what it wants once, and gets it sync, on asyncio and on trio: `face.raw(...)` reads `create(stream=True)`,
`face.follow(...)` a helper. Both give an `Outcome`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs
import httpx
import trio

import anthropic

from .samples import complete

ARGS: dict[str, Any] = {
    "max_tokens": 16,
    "model": "claude-3-haiku-20240307",
    "messages": [{"role": "user", "content": "Hi"}],
}
HEADERS = {"content-type": "text/event-stream", "request-id": "req_7"}


def sse(data: Any, event: str | None = None) -> bytes:
    """One event; its name is the data's `type` unless another one is given."""
    return f"event: {event or data['type']}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def message_start(**changes: Any) -> dict[str, Any]:
    message: dict[str, Any] = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "content": [],
        "model": "claude-3-haiku-20240307",
        "stop_reason": None,
        "stop_sequence": None,
        "usage": complete(anthropic.types.Usage, {"input_tokens": 11, "output_tokens": 1}),
    }
    message = complete(anthropic.types.Message, message)
    return {"type": "message_start", "message": {**message, **changes}}


def block_start(index: int, block: dict[str, Any]) -> dict[str, Any]:
    return {"type": "content_block_start", "index": index, "content_block": block}


def delta(index: int, delta: Any) -> dict[str, Any]:
    return {"type": "content_block_delta", "index": index, "delta": delta}


def text_delta(text: str, index: int = 0) -> dict[str, Any]:
    return delta(index, {"type": "text_delta", "text": text})


def json_delta(piece: str, index: int = 0) -> dict[str, Any]:
    return delta(index, {"type": "input_json_delta", "partial_json": piece})


def block_stop(index: int = 0) -> dict[str, Any]:
    return {"type": "content_block_stop", "index": index}


def message_delta(reason: str | None = "end_turn", tokens: int = 9, sequence: str | None = None) -> dict[str, Any]:
    change = {"stop_reason": reason, "stop_sequence": sequence}
    usage = complete(anthropic.types.MessageDeltaUsage, {"output_tokens": tokens})
    return {"type": "message_delta", "delta": change, "usage": usage}


MESSAGE_STOP = {"type": "message_stop"}
PING = {"type": "ping"}
TEXT = {"type": "text", "text": ""}
TOOL = {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {}}

TEXT_EVENTS = [
    message_start(),
    block_start(0, TEXT),
    PING,
    text_delta("Grüß"),
    text_delta(" dich, \N{GRINNING FACE}"),
    text_delta("!"),
    block_stop(0),
    message_delta(),
    MESSAGE_STOP,
]
TOOL_PIECES = ["", '{"loc', 'ation": "San Fra', 'ncisco", "n": 1', '2, "deep"', ': [{"a": nul', "l}, -0.", "5e1]}"]
TOOL_INPUT = {"location": "San Francisco", "n": 12, "deep": [{"a": None}, -5.0]}
TOOL_EVENTS = [
    message_start(),
    block_start(0, TEXT),
    text_delta("I look."),
    block_stop(0),
    block_start(1, TOOL),
    *[json_delta(piece, 1) for piece in TOOL_PIECES],
    block_stop(1),
    message_delta("tool_use", 30),
    MESSAGE_STOP,
]


def record(events: Iterable[dict[str, Any]]) -> list[bytes]:
    """A recorded stream, one chunk per event."""
    return [sse(event) for event in events]


def split(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in the given chunks, and then ends or fails."""

    def __init__(self, chunks: Sequence[bytes], failure: BaseException | None = None) -> None:
        self.chunks = chunks
        self.failure = failure
        self.given = 0
        self.closed = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            self.given += 1
            yield chunk
        if self.failure is not None:
            raise self.failure

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


@attrs.define
class Outcome:
    """How reading a stream went."""

    body: Body
    items: list[Any] = attrs.field(factory=list)
    error: BaseException | None = None
    stream: Any = None
    message: Any = None
    request: httpx.Request | None = None

    @property
    def types(self) -> list[str]:
        return [item.type for item in self.items]

    @property
    def seen(self) -> list[tuple[str, Any]]:
        """Class names and plain values: what two outcomes are compared by."""
        return [(type(item).__name__, item if isinstance(item, str) else item.to_dict()) for item in self.items]

    def raised(self) -> Outcome:
        if self.error is not None:
            raise self.error
        return self


Chunks = Sequence[bytes]
Resource = Callable[[Any], Any]


def plain(client: Any) -> Any:
    return client.messages


def caching(client: Any) -> Any:
    return client.beta.prompt_caching.messages


class Face:
    """One way to read a stream."""

    name = "sync"

    def raw(self, chunks: Chunks, *, resource: Resource = plain, **how: Any) -> Outcome:
        """All items of `create(stream=True)`."""
        outcome, transport = prepare(chunks, **how)
        client = self.client(transport, **how)
        try:
            outcome.stream = stream = resource(client).create(**ARGS, stream=True)
            for item in stream:
                outcome.items.append(item)
        except Exception as error:
            outcome.error = error
        return outcome

    def follow(self, chunks: Chunks, way: str = "events", *, resource: Resource = plain, **how: Any) -> Outcome:
        """A helper stream, read by way of `events`, `texts` or `final`; then its final message."""
        outcome, transport = prepare(chunks, **how)
        client = self.client(transport, **how)
        try:
            with resource(client).stream(**ARGS) as stream:
                outcome.stream = stream
                if way != "final":
                    for item in stream if way == "events" else stream.text_stream:
                        outcome.items.append(item)
                outcome.message = stream.get_final_message()
        except Exception as error:
            outcome.error = error
        return outcome

    def client(self, transport: httpx.MockTransport, strict: bool = False, **_: Any) -> anthropic.Anthropic:
        return anthropic.Anthropic(
            api_key="key",
            base_url="http://test",
            http_client=httpx.Client(transport=transport),
            max_retries=0,
            _strict_response_validation=strict,
        )


class AsyncFace(Face):
    def __init__(self, name: str, run: Callable[..., Any]) -> None:
        self.name = name
        self.run = run

    def raw(self, chunks: Chunks, *, resource: Resource = plain, **how: Any) -> Outcome:
        outcome, transport = prepare(chunks, **how)

        async def read() -> None:
            client = self.async_client(transport, **how)
            try:
                outcome.stream = stream = await resource(client).create(**ARGS, stream=True)
                async for item in stream:
                    outcome.items.append(item)
            except Exception as error:
                outcome.error = error

        self.run(read)
        return outcome

    def follow(self, chunks: Chunks, way: str = "events", *, resource: Resource = plain, **how: Any) -> Outcome:
        outcome, transport = prepare(chunks, **how)

        async def read() -> None:
            client = self.async_client(transport, **how)
            try:
                async with resource(client).stream(**ARGS) as stream:
                    outcome.stream = stream
                    if way != "final":
                        async for item in stream if way == "events" else stream.text_stream:
                            outcome.items.append(item)
                    outcome.message = await stream.get_final_message()
            except Exception as error:
                outcome.error = error

        self.run(read)
        return outcome

    def async_client(self, transport: httpx.MockTransport, strict: bool = False, **_: Any) -> anthropic.AsyncAnthropic:
        return anthropic.AsyncAnthropic(
            api_key="key",
            base_url="http://test",
            http_client=httpx.AsyncClient(transport=transport),
            max_retries=0,
            _strict_response_validation=strict,
        )


def prepare(
    chunks: Chunks, failure: BaseException | None = None, headers: dict[str, str] | None = None, **_: Any
) -> tuple[Outcome, httpx.MockTransport]:
    """An outcome to fill, and a transport that answers every request with these chunks."""
    outcome = Outcome(Body(chunks, failure))

    def response(request: httpx.Request) -> httpx.Response:
        outcome.request = request
        if outcome.body.given:  # a second request gets a body of its own
            outcome.body = Body(chunks, failure)
        return httpx.Response(200, headers=HEADERS if headers is None else headers, stream=outcome.body)

    return outcome, httpx.MockTransport(response)


def run_asyncio(function: Callable[[], Any]) -> None:
    asyncio.run(function())


WAYS = ("events", "texts", "final")
"""What `Face.follow` may read of a helper stream."""

FACES = [Face(), AsyncFace("asyncio", run_asyncio), AsyncFace("trio", trio.run)]
