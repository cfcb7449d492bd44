"""Request building: from the call to the bytes handed to the transport.

The floor is one json.dumps of the same dict; `httpx` is bare httpx with json=...
"""

from __future__ import annotations

import argparse
import json

import fixtures
import httpx
import transports
from harness import Case, emit, measure

import anthropic

MODEL = "claude-3-5-sonnet-20240620"


def cases_for(name: str, messages: list[dict]) -> dict[str, Case]:
    client = httpx.Client(transport=transports.canned(fixtures.message_bytes("small")))
    sdk = anthropic.Anthropic(api_key="k", base_url="http://x", http_client=client)
    body = {"max_tokens": 1, "model": MODEL, "messages": messages}

    def dumps() -> int:
        json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        return 1

    def bare() -> int:
        client.post("http://x/v1/messages", json=body)
        return 1

    def create() -> int:
        sdk.messages.create(**body)
        return 1

    cases = {f"{name} json.dumps": dumps, f"{name} httpx": bare, f"{name} sdk": create}
    try:
        import orjson
    except ImportError:
        return cases

    def fast() -> int:
        orjson.dumps(body)
        return 1

    return cases | {f"{name} orjson.dumps": fast}


def main() -> None:
    cli = argparse.ArgumentParser()
    cli.add_argument("--reps", type=int, default=5)
    cli.add_argument("--min-time", type=float, default=0.2)
    opt = cli.parse_args()
    cases = cases_for("1 turn", fixtures.history(1))
    cases |= cases_for("1000 turns", fixtures.history(1000))
    cases |= cases_for("5 MB image", fixtures.image_history(5))
    emit(measure(cases, reps=opt.reps, min_time=opt.min_time))


if __name__ == "__main__":
    main()
