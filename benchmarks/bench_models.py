"""Models without HTTP: JSON bytes → object → dict → JSON text, through public `construct`, `to_dict`, `to_json`."""

from __future__ import annotations

import argparse
import json

import fixtures
from harness import Case, emit, measure

from anthropic import types


def cases_for(kind: str) -> dict[str, Case]:
    body = fixtures.message_bytes(kind)
    plain = json.loads(body)
    message = types.Message.construct(**plain)
    assert type(message.content[0]) is types.TextBlock

    def loads() -> int:
        json.loads(body)
        return 1

    def decode() -> int:
        types.Message.construct(**json.loads(body))
        return 1

    def construct() -> int:
        types.Message.construct(**plain)
        return 1

    def to_dict() -> int:
        message.to_dict()
        return 1

    def dumps() -> int:
        json.dumps(plain)
        return 1

    def to_json() -> int:
        message.to_json(indent=None)
        return 1

    cases = {
        "json.loads": loads,
        "bytes to object": decode,
        "dict to object": construct,
        "object to dict": to_dict,
        "json.dumps": dumps,
        "object to json": to_json,
    }
    return {f"{kind} {name}": case for name, case in cases.items()}


def event_cases() -> dict[str, Case]:
    plain = {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": " hello"}}
    event = types.RawContentBlockDeltaEvent.construct(**plain)
    assert type(event.delta) is types.TextDelta

    def construct() -> int:
        for _ in range(100):
            types.RawContentBlockDeltaEvent.construct(**plain)
        return 100

    def to_dict() -> int:
        for _ in range(100):
            event.to_dict()
        return 100

    return {"delta event dict to object": construct, "delta event object to dict": to_dict}


def main() -> None:
    cli = argparse.ArgumentParser()
    cli.add_argument("--reps", type=int, default=7)
    cli.add_argument("--min-time", type=float, default=0.2)
    opt = cli.parse_args()
    cases: dict[str, Case] = event_cases()
    for kind in fixtures.MESSAGES:
        cases |= cases_for(kind)
    emit(measure(cases, reps=opt.reps, min_time=opt.min_time))


if __name__ == "__main__":
    main()
