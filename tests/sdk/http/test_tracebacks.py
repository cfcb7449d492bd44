"""Tracebacks lead from the caller's line to the reason: few frames of the package, none of them below the first."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

import anthropic

CALL: dict[str, Any] = {"max_tokens": 1, "messages": [{"role": "user", "content": "?"}], "model": "m"}
ERROR = {"type": "error", "error": {"type": "x", "message": "bad"}}
START = b'event: message_start\ndata: {"type": "message_start", "message": {"id": "msg_1", "content": []}}\n\n'
OVERLOADED = b'event: error\ndata: {"type": "error", "error": {"type": "overloaded_error", "message": "later"}}\n\n'


def refuse(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


def too_late(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("late", request=request)


class Cut(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        yield START
        raise httpx.ReadError("cut")

    async def __aiter__(self) -> Any:
        yield START
        raise httpx.ReadError("cut")


def responding(status: int, **content: Any) -> Callable[[httpx.Request], httpx.Response]:
    return lambda request: httpx.Response(status, headers={"retry-after-ms": "1"}, **content)


def events(stream: Any) -> Callable[[httpx.Request], httpx.Response]:
    headers = {"content-type": "text/event-stream"}
    content: Any = {"stream": stream} if isinstance(stream, Cut) else {"content": stream}
    return lambda request: httpx.Response(200, headers=headers, **content)


def create(client: Any) -> Any:
    return client.messages.create(**CALL)


FAILURES: dict[str, tuple[Callable[..., Any], Callable[[Any], Any], int]] = {
    "connection refused": (refuse, create, 3),
    "timeout": (too_late, create, 3),
    "400": (responding(400, json=ERROR), create, 3),
    "401": (responding(401, json=ERROR), create, 3),
    "429 after retries": (responding(429, json=ERROR), lambda client: create(client.with_options(max_retries=2)), 3),
    "no JSON": (responding(200, content=b"{no"), create, 3),
    "not as declared": (responding(200, json={"id": 1}), create, 3),
    "can't be JSON": (refuse, lambda client: client.messages.create(**{**CALL, "messages": [object()]}), 3),
    "no key": (refuse, lambda client: create(type(client)()), 3),
    "raw response": (responding(400, json=ERROR), lambda client: client.messages.with_raw_response.create(**CALL), 4),
    "a raw verb": (responding(404, json=ERROR), lambda client: client.post("/x", cast_to=object), 2),
    "a stream that is refused": (
        responding(400, json=ERROR),
        lambda client: client.messages.create(**CALL, stream=True),
        3,
    ),
}
"""What fails → who responds, what is called, how many frames of the package there may be. The reference has more."""

STREAMS = {"cut": events(Cut()), "error event": events(OVERLOADED), "refused": responding(400, json=ERROR)}


def ours(error: BaseException | None) -> list[str]:
    """The frames of the package in the traceback of an error."""
    frames = traceback.extract_tb(error.__traceback__) if error is not None else []
    return [f"{frame.filename}:{frame.name}" for frame in frames if "/anthropic/" in frame.filename]


def chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def check(error: BaseException, most: int) -> None:
    assert len(ours(error)) <= most, ours(error)
    for cause in list(chain(error))[1:]:
        assert ours(cause) == []


def sync_client(respond: Any, **options: Any) -> anthropic.Anthropic:
    http_client = httpx.Client(transport=httpx.MockTransport(respond))
    return anthropic.Anthropic(api_key="k", max_retries=0, http_client=http_client, **options)


@pytest.mark.parametrize("failure", FAILURES)
def test_sync(failure: str) -> None:
    respond, call, most = FAILURES[failure]
    with pytest.raises((anthropic.AnthropicError, TypeError)) as caught:
        call(sync_client(respond, _strict_response_validation=True))
    check(caught.value, most)


@pytest.mark.parametrize("failure", [name for name in FAILURES if name != "no key"])
def test_async(failure: str) -> None:
    respond, call, most = FAILURES[failure]

    async def run() -> None:
        http_client = httpx.AsyncClient(transport=httpx.MockTransport(respond))
        client = anthropic.AsyncAnthropic(
            api_key="k", max_retries=0, http_client=http_client, _strict_response_validation=True
        )
        await call(client)

    with pytest.raises((anthropic.AnthropicError, TypeError)) as caught:
        asyncio.run(run())
    check(caught.value, most)


@pytest.mark.parametrize("failure", STREAMS)
def test_helper_streams(failure: str) -> None:
    def read(client: anthropic.Anthropic) -> None:
        with client.messages.stream(**CALL) as stream:
            for _ in stream.text_stream:
                pass

    with pytest.raises(anthropic.APIError) as caught:
        read(sync_client(STREAMS[failure]))
    check(caught.value, 1)


@pytest.mark.parametrize("failure", ["cut", "error event"])
def test_raw_streams(failure: str) -> None:
    with pytest.raises(anthropic.APIError) as caught:
        list(sync_client(STREAMS[failure]).messages.create(**CALL, stream=True))
    check(caught.value, 1)


@pytest.mark.parametrize("arguments", [{"max_tokens": 1}, {**CALL, "max_token": 1}])
def test_wrong_arguments_are_refused_at_the_callers_line(arguments: dict[str, Any]) -> None:
    with pytest.raises(TypeError) as caught:
        sync_client(refuse).messages.create(**arguments)
    assert ours(caught.value) == []


def test_models() -> None:
    for make in (anthropic.types.Usage, lambda: anthropic.types.Usage.model_validate({})):
        with pytest.raises(anthropic.ValidationError) as caught:
            make()
        check(caught.value, 1)


def test_what_others_do_in_between_stays() -> None:
    def hook(request: httpx.Request) -> None:
        raise LookupError("the vault is closed")

    http_client = httpx.Client(transport=httpx.MockTransport(refuse), event_hooks={"request": [hook]})
    with pytest.raises(anthropic.APIConnectionError) as caught:
        create(anthropic.Anthropic(api_key="k", max_retries=0, http_client=http_client))
    names = [frame.name for frame in traceback.extract_tb(caught.value.__cause__.__traceback__)]
    assert names[0] == "send" and names[-1] == "hook"
