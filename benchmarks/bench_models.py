"""Models without HTTP: JSON bytes → object, constructors, object → dict → JSON text."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from typing import Any

import fixtures
from harness import Case, emit, measure
from packages import HAS_JSON, make, read

EVENT = {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": " hello"}}
BATCH = {"small": 50, "event": 50, "mixed": 5, "large": 1, "large ASCII": 1}
"""Calls per measurement: short calls are measured many at a time."""


def decoder() -> Callable[[bytes], Any]:
    """Return what reads JSON in this package: its own way, where it has one."""
    try:
        from anthropic._responses.json import loads
    except ImportError:
        return json.loads
    return loads


def calls(name: str, body: bytes) -> dict[str, Callable[[], Any]]:
    plain, loads = json.loads(body), decoder()
    model = read(name, plain)
    found: dict[str, Callable[[], Any]] = {
        "bytes to object": lambda: read(name, loads(body)),
        "dict to object": lambda: read(name, plain),
        "to_dict": model.to_dict,
    }
    if make:
        found["constructor"] = lambda: make(name, plain)
    if HAS_JSON:
        found["to_json"] = lambda: model.to_json(indent=None)
        found["to_json, indented"] = model.to_json
        found["model_dump_json"] = model.model_dump_json
    else:
        found["to_json"] = lambda: json.dumps(model.to_dict(), ensure_ascii=False, separators=(",", ":"))
    return found


def comparable(result: Any) -> Any:
    """What peers must agree on: objects by their dicts. Nulls don't count where later versions have more fields."""
    if isinstance(result, str):
        return json.dumps(_without_nulls(json.loads(result)), sort_keys=True)
    return json.dumps(result if isinstance(result, dict) else result.to_dict(), sort_keys=True)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def main() -> None:
    cli = argparse.ArgumentParser()
    cli.add_argument("--reps", type=int, default=7)
    cli.add_argument("--min-time", type=float, default=0.2)
    opt = cli.parse_args()
    bodies = {"event": ("RawContentBlockDeltaEvent", json.dumps(EVENT).encode())}
    bodies |= {kind: ("Message", fixtures.message_bytes(kind)) for kind in fixtures.MESSAGES}
    cases: dict[str, Case] = {}
    results: dict[str, object] = {}
    for kind, (name, body) in bodies.items():
        for what, call in calls(name, body).items():
            results[f"{kind} {what}"] = comparable(call())
            cases[f"{kind} {what}"] = _repeated(call, BATCH[kind])
        cases[f"{kind} json.loads"] = _repeated(lambda body=body: json.loads(body), BATCH[kind])
    emit(measure(cases, reps=opt.reps, min_time=opt.min_time), results)


def _repeated(call: Callable[[], Any], times: int) -> Case:
    def case() -> int:
        for _ in range(times):
            call()
        return times

    return case


if __name__ == "__main__":
    main()
