"""Non-stream `messages.create`, end to end: sync and async, in-process transport and loopback server.

Every SDK case has a floor: the same request through bare httpx plus json.loads of the answer.
"""

from __future__ import annotations

import argparse
import asyncio
import json

import fixtures
import transports
from harness import Case, emit, measure
from http_library import httpx
from server import serving

import anthropic

ARGS = {"max_tokens": 1024, "model": "claude-3-5-sonnet-20240620", "messages": [{"role": "user", "content": "Hello"}]}
KINDS = ("small", "mixed", "large")
HEADERS = {"x-api-key": "k", "anthropic-version": "2023-06-01"}


def sync_pair(name: str, client: httpx.Client, base_url: str) -> dict[str, Case]:
    sdk = anthropic.Anthropic(api_key="k", base_url=base_url, http_client=client)
    url = base_url + "/v1/messages"

    def floor() -> int:
        json.loads(client.post(url, json=ARGS, headers=HEADERS).content)
        return 1

    def create() -> int:
        assert sdk.messages.create(**ARGS).content[0].text
        return 1

    return {f"{name} floor": floor, f"{name} sdk": create}


def async_pair(
    name: str, loop: asyncio.AbstractEventLoop, client: httpx.AsyncClient, base_url: str, concurrency: int
) -> dict[str, Case]:
    sdk = anthropic.AsyncAnthropic(api_key="k", base_url=base_url, http_client=client)
    url, batch = base_url + "/v1/messages", max(concurrency, 20)

    async def floor() -> None:
        json.loads((await client.post(url, json=ARGS, headers=HEADERS)).content)

    async def create() -> None:
        assert (await sdk.messages.create(**ARGS)).content[0].text

    def runner(one) -> Case:
        async def worker(todo: list[None]) -> None:
            while todo:
                todo.pop()
                await one()

        async def all_() -> None:
            todo = [None] * batch
            await asyncio.gather(*(worker(todo) for _ in range(concurrency)))

        def case() -> int:
            loop.run_until_complete(all_())
            return batch

        return case

    return {f"{name} floor": runner(floor), f"{name} sdk": runner(create)}


def created(body: bytes) -> object:
    """What a call returns. Peers must agree on it."""
    client = httpx.Client(transport=transports.canned(body))
    sdk = anthropic.Anthropic(api_key="k", base_url="http://x", http_client=client)
    return json.dumps(sdk.messages.create(**ARGS).to_dict(), sort_keys=True)


def main() -> None:
    cli = argparse.ArgumentParser()
    cli.add_argument("--reps", type=int, default=5)
    cli.add_argument("--min-time", type=float, default=0.2)
    cli.add_argument("--concurrency", type=int, nargs="*", default=[1, 50, 500])
    cli.add_argument("--part", choices=["mock", "loopback", "all"], default="all")
    opt = cli.parse_args()
    timing = {"reps": opt.reps, "min_time": opt.min_time}
    values: dict[str, float] = {}
    results: dict[str, object] = {}
    loop = asyncio.new_event_loop()

    if opt.part != "loopback":
        cases: dict[str, Case] = {}
        for kind in KINDS:
            body = fixtures.message_bytes(kind)
            results[kind] = created(body)
            cases |= sync_pair(f"mock sync {kind}", httpx.Client(transport=transports.canned(body)), "http://x")
            cases |= async_pair(
                f"mock async1 {kind}", loop, httpx.AsyncClient(transport=transports.canned(body)), "http://x", 1
            )
        for n in opt.concurrency:
            if n > 1:
                body = fixtures.message_bytes("small")
                cases |= async_pair(
                    f"mock async{n} small", loop, httpx.AsyncClient(transport=transports.canned(body)), "http://x", n
                )
        values |= measure(cases, **timing)

    if opt.part != "mock":
        with serving("small", "large") as (small, large):
            cases = sync_pair("loopback sync small", httpx.Client(), small)
            cases |= sync_pair("loopback sync large", httpx.Client(), large)
            for n in opt.concurrency:
                limits = httpx.Limits(max_connections=1000, max_keepalive_connections=1000)
                cases |= async_pair(
                    f"loopback async{n} small", loop, httpx.AsyncClient(limits=limits, timeout=60), small, n
                )
            values |= measure(cases, **timing)
    emit(values, results)


if __name__ == "__main__":
    main()
