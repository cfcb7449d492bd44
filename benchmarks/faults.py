"""What callers see when servers misbehave: a table of faults, expected and seen.

Only the public API is used, so the same script runs with any installed `anthropic`:

    .venv/bin/python benchmarks/faults.py
    path/to/other/python benchmarks/faults.py

A cell is the exception and the number of requests, `ok` for a good end. What is bold should not be: an exception that
is none of the SDK's, or a call without an end.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))
if importlib.util.find_spec("anthropic") is None:
    sys.path.append(str(ROOT / "generated" / "src"))

from tests.sdk.fault_server import FaultServer  # noqa: E402
from tests.sdk.faults import FAULTS, Fault  # noqa: E402

import anthropic  # noqa: E402

PATIENCE = 8.0
ARGUMENTS: dict[str, Any] = {
    "max_tokens": 5,
    "model": "claude-3-opus-20240229",
    "messages": [{"role": "user", "content": "Hello"}],
}


def plain(client: Any) -> object:
    return client.messages.create(**ARGUMENTS).content[0].text


def raw(client: Any) -> object:
    return client.messages.with_raw_response.create(**ARGUMENTS).parse().content[0].text


def streamed(client: Any) -> object:
    return [event.type for event in client.messages.create(**ARGUMENTS, stream=True)]


def helper(client: Any) -> object:
    with client.messages.stream(**ARGUMENTS) as stream:
        return stream.get_final_message()


async def async_plain(client: Any) -> object:
    return (await client.messages.create(**ARGUMENTS)).content[0].text


async def async_raw(client: Any) -> object:
    return (await client.messages.with_raw_response.create(**ARGUMENTS)).parse().content[0].text


async def async_streamed(client: Any) -> object:
    return [event.type async for event in await client.messages.create(**ARGUMENTS, stream=True)]


async def async_helper(client: Any) -> object:
    async with client.messages.stream(**ARGUMENTS) as stream:
        return await stream.get_final_message()


def run_sync(call: Callable[[Any], object], options: dict[str, Any]) -> None:
    with anthropic.Anthropic(**options) as client:
        call(client)


def run_async(call: Callable[[Any], Any], options: dict[str, Any]) -> None:
    async def run() -> None:
        async with anthropic.AsyncAnthropic(**options) as client:
            await call(client)

    asyncio.run(run())


CALLS: dict[str, tuple[Callable[..., None], Callable[..., Any]]] = {
    "plain": (run_sync, plain),
    "raw": (run_sync, raw),
    "stream": (run_sync, streamed),
    "helper": (run_sync, helper),
    "async plain": (run_async, async_plain),
    "async raw": (run_async, async_raw),
    "async stream": (run_async, async_streamed),
    "async helper": (run_async, async_helper),
}


def timeout_for(fault: Fault) -> Any:
    if fault.deadline and hasattr(anthropic, "Deadline"):
        return anthropic.Deadline(1.0)
    return 0.5 if fault.slow or fault.deadline else 5.0


def shown(error: Exception) -> str:
    """The name of the exception; bold if it is none of the SDK's."""
    kind = type(error)
    return kind.__name__ if isinstance(error, anthropic.AnthropicError) else f"**{kind.__module__}.{kind.__name__}**"


def fits(error: Exception | None, kind: str | None) -> bool:
    """Whether the exception is of the expected class, or of one derived from it."""
    if error is None or kind is None:
        return error is None and kind is None
    return kind in [base.__name__ for base in type(error).__mro__]


def attempt(fault: Fault, name: str) -> tuple[str, bool]:
    """What a call sees, and whether that was expected."""
    outcome: list[Exception | None] = []
    run, call = CALLS[name]
    kind, attempts = fault.wanted(name.removeprefix("async "))
    with FaultServer(*fault.responses) as server:
        options = {"api_key": "k", "base_url": server.url, "max_retries": 1, "timeout": timeout_for(fault)}

        def target() -> None:
            try:
                run(call, options)
            except Exception as error:
                outcome.append(error)
            else:
                outcome.append(None)

        thread = threading.Thread(target=target, daemon=True)
        thread.start()
        thread.join(PATIENCE)
        sent = len(server.requests)
    if not outcome:
        return f"**hangs** {sent}", False
    error = outcome[0]
    return f"{'ok' if error is None else shown(error)} {sent}", fits(error, kind) and sent == attempts


def refused(name: str) -> tuple[str, bool]:
    """The one fault that needs no server."""
    with FaultServer(lambda connection: None) as server:
        url = server.url
    run, call = CALLS[name]
    try:
        run(call, {"api_key": "k", "base_url": url, "max_retries": 1, "timeout": 5.0})
    except Exception as error:
        return shown(error), fits(error, "APIConnectionError")
    return "ok", False


def row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    cli = argparse.ArgumentParser(description="What callers see when servers misbehave.")
    cli.add_argument("--only", default="", help="part of the names of faults")
    cli.add_argument("--threads", type=int, default=8)
    options = cli.parse_args()
    chosen = [fault for fault in FAULTS if options.only in fault.name]
    headings = ["fault", "expected: plain, raw", "expected: stream", "expected: helper", *CALLS]
    misses = 0
    print(row(*headings))
    print(row(*("---" for _ in headings)))
    with ThreadPoolExecutor(options.threads) as pool:
        seen = [pool.submit(refused, name) for name in CALLS]
        table = [(fault, [pool.submit(attempt, fault, name) for name in CALLS]) for fault in chosen]
        misses += sum(not future.result()[1] for future in seen)
        print(row("connection refused", *["APIConnectionError"] * 3, *(future.result()[0] for future in seen)))
        for fault, futures in table:
            wanted = [fault.wanted(mode) for mode in ("plain", "stream", "helper")]
            results = [future.result() for future in futures]
            misses += sum(not expected for _, expected in results)
            cells = [f"{kind or 'ok'} {count}" for kind, count in wanted]
            print(row(fault.name, *cells, *(cell for cell, _ in results)), flush=True)
    print(f"\n{(len(chosen) + 1) * len(CALLS)} calls, {misses} not as expected")


if __name__ == "__main__":
    main()
