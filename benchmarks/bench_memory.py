"""Bytes held by one object (tracemalloc), JSON strings included, for messages and stream events."""

from __future__ import annotations

import argparse
import gc
import json
import tracemalloc
from collections.abc import Callable
from typing import Any

import fixtures
from harness import emit
from packages import read

DELTA = b'{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" hello"}}'


def held(make: Callable[[], Any], count: int) -> float:
    make()
    gc.collect()
    tracemalloc.start()
    keep = [make() for _ in range(count)]
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (size - 8 * len(keep)) / count


def main() -> None:
    cli = argparse.ArgumentParser()
    cli.add_argument("--count", type=int, default=100_000)
    opt = cli.parse_args()
    bodies = {
        "message": ("Message", fixtures.message_bytes("small")),
        "event": ("RawContentBlockDeltaEvent", DELTA),
    }
    values: dict[str, float] = {}
    results: dict[str, object] = {}
    for what, (name, body) in bodies.items():
        values[f"{what}, json.loads [B]"] = held(lambda body=body: json.loads(body), opt.count)
        values[f"{what} [B]"] = held(lambda name=name, body=body: read(name, json.loads(body)), opt.count)
        results[f"{what} [B]"] = json.dumps(read(name, json.loads(body)).to_dict(), sort_keys=True)
    emit(values, results)


if __name__ == "__main__":
    main()
