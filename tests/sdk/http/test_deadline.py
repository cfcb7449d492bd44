"""A limit for a call as a whole."""

from __future__ import annotations

import math
import threading
import time
from typing import Any

import httpx
import pytest

import anthropic
from anthropic import Deadline

from ..faces import KEY, Face
from ..fault_server import FaultServer, good, half, respond, wait


def test_it_is_a_timeout() -> None:
    deadline = Deadline(30)
    assert isinstance(deadline, httpx.Timeout) and deadline.seconds == 30
    assert (deadline.connect, deadline.read) == (5.0, 600.0)
    assert Deadline(30, 7).read == 7 and Deadline(30, read=1, write=2, connect=3, pool=4).pool == 4
    assert deadline == Deadline(30) and deadline != Deadline(31) and deadline != httpx.Timeout(deadline)
    assert repr(Deadline(1, 2)) == "Deadline(1, Timeout(timeout=2))"


def test_it_must_be_a_number(face: Face) -> None:
    wrong: Any = "5"
    with pytest.raises(TypeError, match="seconds must be a number, not str"):
        Deadline(wrong)
    with pytest.raises(ValueError, match="seconds must be a number, not nan"):
        Deadline(math.nan)
    with FaultServer(good) as server:
        face.create(face.client_class(api_key=KEY, base_url=server.url), timeout=Deadline(math.inf))


@pytest.mark.parametrize("place", ["call", "client", "options"])
def test_it_ends_a_call(face: Face, place: str) -> None:
    with FaultServer(wait) as server:
        deadline: Any = Deadline(0.5)
        client = face.client_class(api_key=KEY, base_url=server.url)
        with pytest.raises(anthropic.APITimeoutError):
            if place == "call":
                face.create(client, timeout=deadline)
            elif place == "client":
                face.create(client.with_options(timeout=deadline))
            else:
                face.call(client.get, "/x", cast_to=object, options={"timeout": deadline})
        assert len(server.requests) <= 1


def test_retries_are_within_it(face: Face) -> None:
    with FaultServer(respond(b"{}", "503 Busy", retry_after="5")) as server:
        client = face.client_class(api_key=KEY, base_url=server.url, timeout=Deadline(2))
        with pytest.raises(anthropic.InternalServerError):  # no time for a wait of 5 seconds: fail now
            face.create(client)
        assert len(server.requests) == 1


def test_a_good_answer_is_in_time(face: Face) -> None:
    before = threading.active_count()
    with FaultServer(good) as server:
        client = face.client_class(api_key=KEY, base_url=server.url, timeout=Deadline(30))
        assert face.create(client).id == "msg_1"
        assert face.stream(client)[-1].type == "message_stop"
        names = [thread.name for thread in threading.enumerate()]
        assert "deadline" not in names
    assert threading.active_count() <= before + 3


def test_no_step_may_take_longer_than_what_is_left(face: Face) -> None:
    seen: list[dict[str, float]] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"])
        return httpx.Response(200, json={})

    face.create(face.client(handler, timeout=Deadline(2)))
    assert 0 < seen[0]["connect"] <= 2 and 0 < seen[0]["read"] <= 2
    face.create(face.client(handler, timeout=Deadline(2, None)))
    assert all(0 < seconds <= 2 for seconds in seen[1].values())


def test_a_deadline_in_the_past(face: Face) -> None:
    with FaultServer(good) as server:
        client = face.client_class(api_key=KEY, base_url=server.url)
        with pytest.raises(anthropic.APITimeoutError):
            face.create(client, timeout=Deadline(0))


def test_other_calls_of_the_client_go_on() -> None:
    with FaultServer(half(wait), good) as server:
        client = anthropic.Anthropic(api_key=KEY, base_url=server.url)
        with pytest.raises(anthropic.APITimeoutError):
            face_call(client)
        assert client.messages.create(max_tokens=1, model="m", messages=[]).id == "msg_1"


def face_call(client: anthropic.Anthropic) -> Any:
    return client.messages.create(max_tokens=1, model="m", messages=[], timeout=Deadline(0.5))


def test_a_stream_that_is_read_too_slowly(face: Face) -> None:
    with FaultServer(half(wait)) as server:
        client = face.client_class(api_key=KEY, base_url=server.url)
        start = time.monotonic()
        with pytest.raises(anthropic.APITimeoutError):
            face.stream(client, timeout=Deadline(0.5))
        assert time.monotonic() - start < 30


def test_transports_without_sockets_are_bounded_between_chunks() -> None:
    class Endless(httpx.SyncByteStream):
        def __iter__(self) -> Any:
            while True:
                time.sleep(0.01)
                yield b": still here\n\n"

    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=Endless())

    client = anthropic.Anthropic(api_key=KEY, http_client=httpx.Client(transport=httpx.MockTransport(handler)))
    with pytest.raises(anthropic.APITimeoutError):
        list(client.messages.create(max_tokens=1, model="m", messages=[], stream=True, timeout=Deadline(0.1)))
