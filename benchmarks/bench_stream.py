"""Streaming: seconds per SSE delta event for every way to consume a stream.

Floors, over the same transport and chunks: `lines` = httpx iter_lines + json.loads of each data line;
`split` = httpx iter_bytes + minimal splitter + json.loads; `bytes` = httpx iter_bytes alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Callable

import fixtures
import transports
from harness import Case, emit, measure
from http_library import httpx

import anthropic

ARGS = {"max_tokens": 1024, "model": "claude-3-5-sonnet-20240620", "messages": [{"role": "user", "content": "Hello"}]}
URL = "http://x/v1/messages"


def records_for(kind: str, n: int) -> list[bytes]:
    if kind == "text":
        return fixtures.sse_text(n)
    return fixtures.sse_tool(n, kind.removeprefix("tool-"))


def consumers(kind: str) -> dict[str, Callable]:
    """name -> function(stream manager or stream) for `messages.stream`."""

    def events(stream) -> None:
        for _ in stream:
            pass

    def snapshots(stream) -> None:
        for event in stream:
            if event.type in ("text", "input_json"):
                _ = event.snapshot

    def text_stream(stream) -> None:
        for _ in stream.text_stream:
            pass

    def final(stream) -> None:
        stream.get_final_message()

    out = {"events": events, "snapshots": snapshots, "final": final}
    return out | {"text_stream": text_stream} if kind == "text" else out


def async_consumers(kind: str) -> dict[str, Callable]:
    async def events(stream) -> None:
        async for _ in stream:
            pass

    async def snapshots(stream) -> None:
        async for event in stream:
            if event.type in ("text", "input_json"):
                _ = event.snapshot

    async def text_stream(stream) -> None:
        async for _ in stream.text_stream:
            pass

    async def final(stream) -> None:
        await stream.get_final_message()

    out = {"events": events, "snapshots": snapshots, "final": final}
    return out | {"text_stream": text_stream} if kind == "text" else out


def floors(client: httpx.Client, n: int) -> dict[str, Case]:
    def lines() -> int:
        with client.stream("POST", URL, json=ARGS) as response:
            for line in response.iter_lines():
                if line.startswith("data:"):
                    json.loads(line[5:])
        return n

    def split() -> int:
        with client.stream("POST", URL, json=ARGS) as response:
            rest = b""
            for chunk in response.iter_bytes():
                *records, rest = (rest + chunk).split(b"\n\n")
                for record in records:
                    json.loads(record[record.index(b"data: ") + 6 :])
        return n

    def just_bytes() -> int:
        with client.stream("POST", URL, json=ARGS) as response:
            for _ in response.iter_bytes():
                pass
        return n

    return {"floor lines": lines, "floor split": split, "floor bytes": just_bytes}


def seen(kind: str, n: int, chunk: int) -> object:
    """What a stream gives: the events with their snapshots, and the message at the end.

    Peers must agree on it. Later versions have more nulls, which don't count.
    """
    client = httpx.Client(transport=transports.streaming(transports.rechunk(records_for(kind, n), chunk)))
    sdk = anthropic.Anthropic(api_key="k", base_url="http://x", http_client=client)
    with sdk.messages.stream(**ARGS) as stream:
        events = [(event.type, str(getattr(event, "snapshot", ""))) for event in stream]
        final = stream.get_final_message().to_dict()
        return events, sorted((key, str(value)) for key, value in final.items() if value is not None)


def cases_for(kind: str, n: int, chunk: int, only: list[str]) -> dict[str, Case]:
    transport = transports.streaming(transports.rechunk(records_for(kind, n), chunk))
    client = httpx.Client(transport=transport)
    sdk = anthropic.Anthropic(api_key="k", base_url="http://x", http_client=client)
    loop = asyncio.new_event_loop()
    async_client = httpx.AsyncClient(transport=transport)
    async_sdk = anthropic.AsyncAnthropic(api_key="k", base_url="http://x", http_client=async_client)

    def create() -> int:
        for _ in sdk.messages.create(**ARGS, stream=True):
            pass
        return n

    def stream_case(consume) -> Case:
        def case() -> int:
            with sdk.messages.stream(**ARGS) as stream:
                consume(stream)
            return n

        return case

    async def acreate() -> None:
        async for _ in await async_sdk.messages.create(**ARGS, stream=True):
            pass

    async def astream(consume) -> None:
        async with async_sdk.messages.stream(**ARGS) as stream:
            await consume(stream)

    async def alines() -> None:
        async with async_client.stream("POST", URL, json=ARGS) as response:
            async for line in response.aiter_lines():
                if line.startswith("data:"):
                    json.loads(line[5:])

    def runs(make) -> Case:
        def case() -> int:
            loop.run_until_complete(make())
            return n

        return case

    cases = floors(client, n)
    cases["sync create"] = create
    cases |= {f"sync {name}": stream_case(c) for name, c in consumers(kind).items()}
    cases["async floor lines"] = runs(alines)
    cases["async create"] = runs(acreate)
    cases |= {f"async {name}": runs(lambda c=c: astream(c)) for name, c in async_consumers(kind).items()}
    return {f"{kind} {n} {name}": case for name, case in cases.items() if not only or name in only}


def main() -> None:
    cli = argparse.ArgumentParser()
    cli.add_argument("--kinds", nargs="*", default=["text", "tool-records", "tool-string"])
    cli.add_argument("--events", type=int, nargs="*", default=[1000])
    cli.add_argument("--chunk", type=int, default=0, help="0: one chunk per event; else bytes per chunk")
    cli.add_argument("--only", nargs="*", default=[])
    cli.add_argument("--reps", type=int, default=5)
    cli.add_argument("--min-time", type=float, default=0.1)
    opt = cli.parse_args()
    values: dict[str, float] = {}
    results: dict[str, object] = {}
    for kind in opt.kinds:
        for n in opt.events:
            results[f"{kind} {n}"] = seen(kind, n, opt.chunk)
            values |= measure(cases_for(kind, n, opt.chunk, opt.only), reps=opt.reps, min_time=opt.min_time)
    emit(values, results)


if __name__ == "__main__":
    main()
