"""Many threads, many tasks, several event loops, cancellation at every await, forked children."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

import anyio
import httpx
import pytest

import anthropic

from ..faces import ARGUMENTS, KEY
from ..fault_server import FaultServer, good


def client_for(server: FaultServer, **options: Any) -> anthropic.Anthropic:
    return anthropic.Anthropic(api_key=KEY, base_url=server.url, timeout=30, **options)


def async_client_for(server: FaultServer, **options: Any) -> anthropic.AsyncAnthropic:
    return anthropic.AsyncAnthropic(api_key=KEY, base_url=server.url, timeout=30, **options)


def test_fifty_threads_on_one_client() -> None:
    barrier = threading.Barrier(50)
    with FaultServer(good) as server, client_for(server) as client:

        def work(number: int) -> list[str]:
            barrier.wait()
            mine = client.with_options(default_headers={"X-Thread": str(number)})
            texts = [mine.messages.create(**ARGUMENTS).content[0].type for _ in range(4)]
            return texts + [event.type for event in mine.messages.create(**ARGUMENTS, stream=True)]

        with ThreadPoolExecutor(50) as pool:
            results = list(pool.map(work, range(50)))
        assert len({id(result) for result in results}) == 50
        assert all(result[:4] == ["text"] * 4 and result[-1] == "message_stop" for result in results)
        by_thread = [request.headers["x-thread"] for request in server.requests]
        assert sorted(by_thread) == sorted(str(number) for number in range(50) for _ in range(5))


def test_threads_meet_the_same_objects() -> None:
    client = anthropic.Anthropic(api_key=KEY)
    barrier = threading.Barrier(16)

    def look(_: int) -> tuple[int, int, int]:
        barrier.wait()
        return id(client.messages), id(client.beta.prompt_caching.messages), id(client._connections.get())

    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(look, range(16)))) == 1


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_five_hundred_concurrent_calls(backend: str) -> None:
    async def run(server: FaultServer) -> int:
        async with async_client_for(server) as client, anyio.create_task_group() as group:
            done: list[str] = []

            async def one(number: int) -> None:
                message = await client.messages.create(**ARGUMENTS, extra_headers={"X-Number": str(number)})
                done.append(message.id)

            for number in range(500):
                group.start_soon(one, number)
        return len(done)

    with FaultServer(good) as server:
        assert anyio.run(run, server, backend=backend) == 500
        assert {int(request.headers["x-number"]) for request in server.requests} == set(range(500))


def test_several_event_loops_one_after_the_other() -> None:
    with FaultServer(good) as server:
        client = async_client_for(server)

        async def run() -> str:
            return (await client.messages.create(**ARGUMENTS)).id

        assert [asyncio.run(run()) for _ in range(3)] == ["msg_1"] * 3
        assert anyio.run(run, backend="trio") == "msg_1"
        assert len(server.requests) == 4


def test_several_event_loops_at_once() -> None:
    barrier = threading.Barrier(4)
    with FaultServer(good) as server:
        client = async_client_for(server)

        async def run() -> list[str]:
            barrier.wait()
            messages = await asyncio.gather(*(client.messages.create(**ARGUMENTS) for _ in range(5)))
            return [message.id for message in messages]

        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(lambda _: asyncio.run(run()), range(4)))
        assert results == [["msg_1"] * 5] * 4


def test_closing_in_a_loop_closes_its_connections() -> None:
    async def run(server: FaultServer) -> None:
        client = async_client_for(server)
        await client.messages.create(**ARGUMENTS)
        http_client = client._connections.get()
        await client.close()
        assert http_client.is_closed and client.is_closed()

    with FaultServer(good) as server:
        asyncio.run(run(server))


def test_a_dropped_async_client_closes_in_its_loop() -> None:
    async def run(server: FaultServer) -> None:
        client = async_client_for(server)
        await client.messages.create(**ARGUMENTS)
        http_client = client._connections.get()
        del client
        gc.collect()
        for _ in range(100):
            if http_client.is_closed:
                return
            await asyncio.sleep(0.01)
        raise AssertionError("still open")

    with FaultServer(good) as server:
        asyncio.run(run(server))


class Steps:
    """Awaits a coroutine and calls `strike` when it suspends for the n-th time."""

    def __init__(self, coroutine: Any, at: int, strike: Callable[[], None]) -> None:
        self.coroutine = coroutine
        self.at = at
        self.strike = strike
        self.count = 0

    def __await__(self) -> Any:
        step = partial(self.coroutine.send, None)
        while True:
            try:
                waits_for = step()
            except StopIteration as end:
                return end.value
            self.count += 1
            if self.count == self.at:
                self.strike()
            try:
                value = yield waits_for
            except BaseException as error:
                step = partial(self.coroutine.throw, error)
            else:
                step = partial(self.coroutine.send, value)


async def cancelled_at(make: Callable[[], Any], at: int, way: str) -> bool:
    """Run a coroutine and cancel it at its n-th await. Whether it got that far."""
    reached = False

    async def run() -> None:
        nonlocal reached
        task = asyncio.current_task()
        assert task is not None
        with anyio.CancelScope() as scope:
            loop = asyncio.get_running_loop()
            strike = scope.cancel if way == "scope" else partial(loop.call_soon, task.cancel)
            steps = Steps(make(), at, strike)
            try:
                await steps
            finally:
                reached = steps.count >= at

    with suppress(asyncio.CancelledError):
        await asyncio.create_task(run())
    return reached


async def plain(client: anthropic.AsyncAnthropic) -> None:
    await client.messages.create(**ARGUMENTS)


async def streamed(client: anthropic.AsyncAnthropic) -> None:
    async with await client.messages.create(**ARGUMENTS, stream=True) as stream:
        async for _ in stream:
            pass


async def helper(client: anthropic.AsyncAnthropic) -> None:
    async with client.messages.stream(**ARGUMENTS) as stream:
        await stream.get_final_message()


@pytest.mark.parametrize("kept", [False, True], ids=["new connection", "kept connection"])
@pytest.mark.parametrize("way", ["task", "scope"])
@pytest.mark.parametrize("use", [plain, streamed, helper])
def test_cancellation_at_every_await(use: Callable[..., Any], way: str, kept: bool) -> None:
    """Whatever await a call is cancelled at, its connection does not stay taken."""

    async def run(server: FaultServer) -> int:
        limits = httpx.Limits(max_connections=1)
        for at in range(1, 100):
            async with httpx.AsyncClient(limits=limits, verify=False) as http:
                client = anthropic.AsyncAnthropic(api_key=KEY, base_url=server.url, http_client=http, max_retries=0)
                if kept:
                    await plain(client)
                reached = await cancelled_at(partial(use, client), at, way)
                assert (await client.messages.create(**ARGUMENTS, timeout=5)).id == "msg_1"
                assert len(asyncio.all_tasks()) == 1
                if not reached:
                    return at
        raise AssertionError("never done")

    with FaultServer(good) as server:
        assert asyncio.run(run(server)) > 3


@pytest.mark.parametrize("use", [plain, streamed, helper])
def test_cancellation_after_any_time_with_trio(use: Callable[..., Any]) -> None:
    async def run(server: FaultServer) -> None:
        limits = httpx.Limits(max_connections=1)
        async with httpx.AsyncClient(limits=limits, verify=False) as http:
            client = anthropic.AsyncAnthropic(api_key=KEY, base_url=server.url, http_client=http, max_retries=0)
            for number in range(25):
                with anyio.move_on_after(number * 0.0003):
                    await use(client)
                assert (await client.messages.create(**ARGUMENTS, timeout=5)).id == "msg_1"

    with FaultServer(good) as server:
        anyio.run(run, server, backend="trio")


def test_a_cancellation_is_not_lost_when_the_attempt_fails_meanwhile() -> None:
    from anthropic._http.cancellation import cancel_safe, cancel_safe_response

    async def fail() -> Any:
        await asyncio.sleep(0)
        raise OSError

    async def run() -> None:
        for cancel_safely in (cancel_safe, cancel_safe_response):
            task = asyncio.ensure_future(cancel_safely(fail()))
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(run())


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_cancelled_wait_between_attempts(backend: str) -> None:
    from ..fault_server import respond

    async def run(server: FaultServer) -> None:
        async with async_client_for(server, max_retries=5) as client:
            async with anyio.create_task_group() as group:
                group.start_soon(plain, client)
                while not server.requests:
                    await anyio.sleep(0.01)
                await anyio.sleep(0.05)
                group.cancel_scope.cancel()
            assert group.cancel_scope.cancelled_caught

    with FaultServer(respond(b"{}", "503 Busy", retry_after="30")) as server:
        anyio.run(run, server, backend=backend)
        assert len(server.requests) == 1


def in_child(work: Any) -> int:
    """The exit status of a forked child that does the work: 0 if it returned true."""
    pid = os.fork()
    if pid == 0:
        try:
            os._exit(0 if work() else 1)
        except BaseException:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("own", [True, False], ids=["own http client", "given http client"])
def test_forked_children_do_not_share_sockets(own: bool) -> None:
    with FaultServer(good) as server:
        client = client_for(server) if own else client_for(server, http_client=httpx.Client(verify=False))

        def call() -> bool:
            return client.messages.create(**ARGUMENTS).id == "msg_1"

        assert call() and call()
        assert [in_child(call) for _ in range(2)] == [0, 0]
        assert call()
        connections = [request.connection for request in server.requests]
        parent = connections[0]
        assert connections == [parent, parent, connections[2], connections[3], parent]
        assert len(set(connections)) == 3


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_forked_children_may_use_an_async_client() -> None:
    with FaultServer(good) as server:
        client = async_client_for(server)

        async def call() -> bool:
            return (await client.messages.create(**ARGUMENTS)).id == "msg_1"

        assert asyncio.run(call())
        assert in_child(lambda: asyncio.run(call())) == 0
        assert asyncio.run(call())
        assert len({request.connection for request in server.requests}) == 3
