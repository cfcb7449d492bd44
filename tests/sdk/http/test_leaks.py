"""A thousand calls that go wrong in every way leave nothing behind: no files, threads, tasks, memory, connections."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import tracemalloc
from collections.abc import Callable
from itertools import cycle, islice
from typing import Any

import httpx
import pytest

import anthropic

from ..faces import KEY
from ..fault_server import FaultServer, Response, good
from ..faults import FAULTS
from .test_faults import MODES, ause, outcome, use

CALLS = 1000
WARM_UP = 200
QUICK = [response for fault in FAULTS if not (fault.slow or fault.deadline) for response in fault.responses[:1]]


def responses() -> list[Response]:
    """Each call meets the next fault; the ones between are good."""
    mixed = [response for fault in QUICK for response in (fault, good)]
    return list(islice(cycle(mixed), 4 * (CALLS + WARM_UP)))


def open_files() -> int:
    return len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0


class Usage:
    """What a process holds: files besides the server's, threads besides the server's, traced memory."""

    def __init__(self, server: FaultServer) -> None:
        gc.collect()
        self.files = open_files() - server.open
        self.threads = sum(thread.name != "fault-server" for thread in threading.enumerate())
        self.memory = tracemalloc.get_traced_memory()[0]


def assert_nothing_grew(before: Usage, after: Usage) -> None:
    assert after.threads <= before.threads
    assert after.files <= before.files + 3
    assert after.memory <= before.memory + 512 * 1024


@pytest.fixture
def traced() -> Any:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def settle(server: FaultServer, least: int, pause: Callable[[float], None]) -> None:
    """Wait until the server has seen the client's connections go."""
    for _ in range(200):
        if server.open <= least:
            return
        pause(0.01)


def test_sync(no_delay: None, traced: None) -> None:
    with FaultServer(*responses()) as server, httpx.Client(follow_redirects=True, verify=False) as http:
        client = anthropic.Anthropic(api_key=KEY, base_url=server.url, http_client=http, max_retries=0, timeout=5)
        modes = iter(MODES * CALLS)

        def run(count: int) -> int:
            return sum(outcome(lambda: use(client, next(modes))) is not None for _ in range(count))

        failed = run(WARM_UP)
        server.requests.clear()
        before = Usage(server)
        failed = run(CALLS)
        server.requests.clear()
        after = Usage(server)
        assert 200 < failed < CALLS
        settle(server, 1, threading.Event().wait)
        assert server.open <= 1
    assert_nothing_grew(before, after)


def test_async(no_delay: None, traced: None) -> None:
    async def failures(client: anthropic.AsyncAnthropic, modes: Any, count: int) -> int:
        failed = 0
        for _ in range(count):
            try:
                await ause(client, next(modes))
            except anthropic.AnthropicError:
                failed += 1
        return failed

    async def run(server: FaultServer) -> tuple[Usage, Usage, int]:
        async with httpx.AsyncClient(follow_redirects=True, verify=False) as http:
            client = anthropic.AsyncAnthropic(
                api_key=KEY, base_url=server.url, http_client=http, max_retries=0, timeout=5
            )
            modes = iter(MODES * CALLS)
            await failures(client, modes, WARM_UP)
            server.requests.clear()
            before, tasks = Usage(server), len(asyncio.all_tasks())
            failed = await failures(client, modes, CALLS)
            server.requests.clear()
            after = Usage(server)
            assert len(asyncio.all_tasks()) <= tasks
            return before, after, failed

    with FaultServer(*responses()) as server:
        before, after, failed = asyncio.run(run(server))
    assert 200 < failed < CALLS
    assert_nothing_grew(before, after)


def test_abandoned_streams_give_their_connections_back() -> None:
    with FaultServer(good) as server, httpx.Client(limits=httpx.Limits(max_connections=2), verify=False) as http:
        client = anthropic.Anthropic(api_key=KEY, base_url=server.url, http_client=http, timeout=2)
        for _ in range(6):
            for _event in client.messages.create(max_tokens=1, model="m", messages=[], stream=True):
                break
            gc.collect()
        assert len(server.requests) == 6
