"""Every fault of the catalogue, for each kind of call: the exception, the attempts, and that the connection is free.

The httpx client has one connection and a short limit for getting it: a call that keeps it blocks the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import anyio
import httpx
import pytest

import anthropic

from ..faces import ARGUMENTS, KEY
from ..fault_server import FaultServer, good
from ..faults import FAULTS, Fault

ONE = httpx.Limits(max_connections=1)
MODES = ["plain", "raw", "stream", "raw stream", "unread", "helper"]


def timeout_for(fault: Fault) -> httpx.Timeout:
    if fault.deadline:
        return anthropic.Deadline(0.5, httpx.Timeout(2.0))
    return httpx.Timeout(2.0, read=0.08) if fault.slow else httpx.Timeout(2.0)


def use(client: anthropic.Anthropic, mode: str) -> Any:
    messages = client.messages
    if mode == "plain":
        return messages.create(**ARGUMENTS)
    if mode == "raw":
        return messages.with_raw_response.create(**ARGUMENTS).parse()
    if mode == "stream":
        return list(messages.create(**ARGUMENTS, stream=True))
    if mode == "raw stream":
        return list(messages.with_raw_response.create(**ARGUMENTS, stream=True).parse())
    if mode == "unread":
        with messages.with_streaming_response.create(**ARGUMENTS, stream=True) as response:
            return list(response.parse())
    with messages.stream(**ARGUMENTS) as stream:
        return stream.get_final_message()


async def ause(client: anthropic.AsyncAnthropic, mode: str) -> Any:
    messages = client.messages
    if mode == "plain":
        return await messages.create(**ARGUMENTS)
    if mode == "raw":
        return (await messages.with_raw_response.create(**ARGUMENTS)).parse()
    if mode == "stream":
        return [item async for item in await messages.create(**ARGUMENTS, stream=True)]
    if mode == "raw stream":
        raw = await messages.with_raw_response.create(**ARGUMENTS, stream=True)
        return [item async for item in raw.parse()]
    if mode == "unread":
        async with messages.with_streaming_response.create(**ARGUMENTS, stream=True) as response:
            return [item async for item in await response.parse()]
    async with messages.stream(**ARGUMENTS) as stream:
        return await stream.get_final_message()


def outcome(call: Callable[[], Any]) -> Exception | None:
    try:
        call()
    except Exception as error:
        return error
    return None


def check(fault: Fault, mode: str, error: Exception | None, sent: int) -> None:
    wanted, attempts = fault.wanted({"raw stream": "stream", "unread": "stream"}.get(mode, mode))
    if wanted is None:
        assert error is None
    else:
        assert isinstance(error, getattr(anthropic, wanted)), repr(error)
        assert isinstance(error, anthropic.AnthropicError)
        assert KEY not in str(error) + repr(error)
    assert sent == attempts
    if fault.cause and mode in ("plain", "raw"):
        cause = error.__cause__ if error else None
        assert fault.cause in [kind.__name__ for kind in type(cause).__mro__], repr(cause)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_sync(fault: Fault, mode: str, no_delay: None) -> None:
    with (
        FaultServer(*fault.responses) as server,
        httpx.Client(limits=ONE, timeout=2.0, follow_redirects=True, verify=False) as http,
    ):
        client = anthropic.Anthropic(
            api_key=KEY, base_url=server.url, http_client=http, max_retries=1, timeout=timeout_for(fault)
        )
        error = outcome(partial(use, client, mode))
        check(fault, mode, error, len(server.requests))
        server.script(good)
        assert client.messages.create(**ARGUMENTS).content


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_async(fault: Fault, mode: str, backend: str, no_delay: None) -> None:
    async def run(server: FaultServer) -> tuple[Exception | None, int]:
        async with httpx.AsyncClient(limits=ONE, timeout=2.0, follow_redirects=True, verify=False) as http:
            client = anthropic.AsyncAnthropic(
                api_key=KEY, base_url=server.url, http_client=http, max_retries=1, timeout=timeout_for(fault)
            )
            error: Exception | None = None
            try:
                await ause(client, mode)
            except Exception as caught:
                error = caught
            sent = len(server.requests)
            server.script(good)
            assert (await client.messages.create(**ARGUMENTS)).content
            return error, sent

    with FaultServer(*fault.responses) as server:
        error, sent = anyio.run(run, server, backend=backend)
    check(fault, mode, error, sent)


@pytest.mark.parametrize("mode", MODES)
def test_connection_refused(mode: str, no_delay: None) -> None:
    with FaultServer(good) as server:
        url = server.url
    error = outcome(partial(use, anthropic.Anthropic(api_key=KEY, base_url=url, max_retries=1), mode))
    assert type(error) is anthropic.APIConnectionError
    assert isinstance(error.__cause__, httpx.ConnectError)

    async def run() -> None:
        async with anthropic.AsyncAnthropic(api_key=KEY, base_url=url, max_retries=1) as client:
            await ause(client, mode)

    error = outcome(lambda: anyio.run(run))
    assert type(error) is anthropic.APIConnectionError
    assert isinstance(error.__cause__, httpx.ConnectError)


def test_the_exception_tells_the_request_and_the_server_does_not_get_more(no_delay: None) -> None:
    with FaultServer(*FAULTS[0].responses) as server:
        client = anthropic.Anthropic(api_key=KEY, base_url=server.url, max_retries=3)
        with pytest.raises(anthropic.APIConnectionError) as caught:
            client.messages.create(**ARGUMENTS)
        assert caught.value.request.url == f"{server.url}/v1/messages"
        assert caught.value.body is None
        assert str(caught.value) == "Connection error."
        assert len(server.requests) == 4
        assert all(request.body == server.requests[0].body for request in server.requests)
