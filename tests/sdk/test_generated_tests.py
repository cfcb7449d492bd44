"""The tests that the generator writes, against the loopback server: they pass, and they notice what is wrong."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from .. import loopback
from ..loopback import ApiServer, Response
from ..packages import run_tests

GENERATED = Path(__file__).resolve().parents[2] / "generated"


def run(server: ApiServer, *arguments: str) -> Counter[str]:
    """How many of the generated tests passed and failed."""
    done = run_tests(GENERATED, *arguments, TEST_API_BASE_URL=server.base_url)
    *_, summary = done.stdout.splitlines() or [done.stderr]
    counts = Counter({outcome: int(number) for number, outcome in re.findall(r"(\d+) (\w+)", summary)})
    assert counts["passed"] or counts["failed"], done.stdout + done.stderr
    if not counts["failed"]:
        assert done.returncode == 0, done.stdout
    return counts


def test_they_pass(api_server: ApiServer) -> None:
    counts = run(api_server)
    assert set(counts) - {"deselected"} == {"passed"}
    asked = Counter((request.method.lower(), loopback.path_of(request)) for request in api_server.requests)
    assert set(asked) == {(verb, path) for path, item in loopback.spec()["paths"].items() for verb in item}
    assert counts["passed"] >= asked.total()
    for path in ("/v1/messages", "/v1/messages?beta=prompt_caching"):
        # Two sets of arguments, three ways to ask for a response and three for a stream, two clients.
        requests = [request for request in api_server.requests if request.path == path]
        assert len(requests) == 2 * 6 * 2
        assert sum(bool(request.body.get("stream")) for request in requests) == len(requests) // 2


def test_they_notice_a_wrong_answer(api_server: ApiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def success(content: object, body: object) -> Response:
        return Response(200, "application/json", (b'{"id": "msg_1", "role": "nobody"}',))

    monkeypatch.setattr(loopback, "success", success)
    assert set(run(api_server, "-k", "TestCreate and response")) - {"deselected"} == {"failed"}


def test_they_notice_a_stream_without_events(api_server: ApiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def success(content: object, body: dict[str, Any]) -> Response:
        return Response(200, "text/event-stream", (b"event: ping\ndata: {}\n\n",))

    monkeypatch.setattr(loopback, "success", success)
    assert set(run(api_server, "-k", "TestCreate and test_stream")) - {"deselected"} == {"failed"}


def test_they_notice_another_path(api_server: ApiServer) -> None:
    other = ApiServer(f"{api_server.base_url}/elsewhere", api_server.requests)
    assert set(run(other)) >= {"failed"}
