"""Bytes held per object (tracemalloc), JSON strings included, for messages and stream events."""

from __future__ import annotations

import argparse
import gc
import json
import tracemalloc

import fixtures
from harness import emit

from anthropic import types


def held(make, count: int) -> float:
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
    small = fixtures.message_bytes("small")
    delta = b'{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" hello"}}'
    emit(
        {
            "message, json.loads dict": held(lambda: json.loads(small), opt.count),
            "message, sdk": held(lambda: types.Message.construct(**json.loads(small)), opt.count),
            "delta event, json.loads dict": held(lambda: json.loads(delta), opt.count),
            "delta event, sdk": held(lambda: types.RawContentBlockDeltaEvent.construct(**json.loads(delta)), opt.count),
        }
    )


if __name__ == "__main__":
    main()
