"""How streaming cost grows with the number of events: microseconds per event, one pass per size.

A case stops growing once the next size is expected (quadratically) to pass --cap seconds: it is then left out.
--loopback uses the real server (chunked encoding, one chunk per event), otherwise an in-process transport.
"""

from __future__ import annotations

import argparse
import json
import time

import transports
from bench_stream import ARGS, consumers, records_for
from harness import emit
from http_library import httpx
from server import serving

import anthropic


def floor(client: httpx.Client, url: str) -> None:
    with client.stream("POST", url + "/v1/messages", json=ARGS) as response:
        for line in response.iter_lines():
            if line.startswith("data:"):
                json.loads(line[5:])


def passes(kind: str, client: httpx.Client, url: str):
    sdk = anthropic.Anthropic(api_key="k", base_url=url, http_client=client)

    def create() -> None:
        for _ in sdk.messages.create(**ARGS, stream=True):
            pass

    def helper(consume) -> None:
        with sdk.messages.stream(**ARGS) as stream:
            consume(stream)

    yield "floor lines", lambda: floor(client, url)
    yield "create", create
    for name, consume in consumers(kind).items():
        yield name, lambda consume=consume: helper(consume)


def main() -> None:
    cli = argparse.ArgumentParser()
    cli.add_argument("--kinds", nargs="*", default=["text", "tool-records", "tool-string"])
    cli.add_argument("--events", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    cli.add_argument("--cap", type=float, default=20.0)
    cli.add_argument("--loopback", action="store_true")
    opt = cli.parse_args()
    results: dict[str, float] = {}
    spent: dict[str, tuple[int, float]] = {}

    now = time.perf_counter if opt.loopback else time.process_time

    def sweep(kind: str, n: int, client: httpx.Client, url: str) -> None:
        if not spent:  # lazy imports and first-use caches are not part of the curve
            warm = httpx.Client(transport=transports.streaming(records_for(kind, 20)))
            for _, run in passes(kind, warm, "http://x"):
                run()
        for name, run in passes(kind, client, url):
            key = f"{kind} {name}"
            if key in spent and spent[key][1] * (n / spent[key][0]) ** 2 > opt.cap:
                continue
            start = now()
            run()
            seconds = now() - start
            spent[key] = (n, seconds)
            results[f"{kind} {n} {name}"] = seconds / n

    for kind in opt.kinds:
        for n in opt.events:
            if opt.loopback:
                name = kind if kind == "text" else "tool"  # the server streams the `records` tool input
                with serving(f"sse-{name}:{n}") as (url,):
                    sweep(kind, n, httpx.Client(timeout=600), url)
            else:
                sweep(kind, n, httpx.Client(transport=transports.streaming(records_for(kind, n))), "http://x")
    emit(results)


if __name__ == "__main__":
    main()
