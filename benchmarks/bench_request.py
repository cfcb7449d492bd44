"""Request building: from the call to the bytes handed to the transport.

The floor is one json.dumps of the same dict; `httpx` is bare httpx with json=...
"""

from __future__ import annotations

import argparse
import json

import fixtures
import transports
from harness import Case, emit, measure
from http_library import httpx

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

    return {f"{name} json.dumps": dumps, f"{name} httpx": bare, f"{name} sdk": create}


def sent(messages: list[dict]) -> object:
    """The body that is sent. Peers must agree on it."""
    bodies: list[object] = []
    answer = httpx.Response(200, json=fixtures.MESSAGES["small"]())

    def respond(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.read()))
        return answer

    client = httpx.Client(transport=httpx.MockTransport(respond))
    sdk = anthropic.Anthropic(api_key="k", base_url="http://x", http_client=client)
    sdk.messages.create(max_tokens=1, model=MODEL, messages=messages)
    return json.dumps(bodies, sort_keys=True)


def main() -> None:
    cli = argparse.ArgumentParser()
    cli.add_argument("--reps", type=int, default=5)
    cli.add_argument("--min-time", type=float, default=0.2)
    opt = cli.parse_args()
    cases: dict[str, Case] = {}
    results: dict[str, object] = {}
    histories = {
        "1 turn": fixtures.history(1),
        "1000 turns": fixtures.history(1000),
        "5 MB image": fixtures.image_history(5),
    }
    for name, messages in histories.items():
        results[name] = sent(messages)
        cases |= cases_for(name, messages)
    emit(measure(cases, reps=opt.reps, min_time=opt.min_time), results)


if __name__ == "__main__":
    main()
