"""Which failures are tried again, when, and how often."""

from __future__ import annotations

import math
import time
from email.utils import formatdate
from ssl import SSLCertVerificationError, SSLError
from typing import Any

import anyio
import httpx
import pytest

import anthropic
from anthropic._http import retries as _retries
from anthropic._http.retries import retry_delay, server_delay

from ..faces import KEY, Face, Recorder


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits between attempts, which don't happen."""
    seen: list[float] = []

    async def sleep(seconds: float) -> None:
        seen.append(seconds)

    monkeypatch.setattr(time, "sleep", seen.append)
    monkeypatch.setattr(anyio, "sleep", sleep)
    return seen


def statuses(*codes: int, **headers: str) -> Recorder:
    return Recorder(*(httpx.Response(code, json={}, headers=headers) for code in codes), {"id": "m"})


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504, 529, 599])
def test_retried_statuses(face: Face, waits: list[float], status: int) -> None:
    server = statuses(status, status)
    face.create(face.client(server))
    assert len(server.requests) == 3
    assert 0.375 <= waits[0] <= 0.5 and 0.75 <= waits[1] <= 1.0


@pytest.mark.parametrize("status", [300, 304, 400, 401, 402, 403, 404, 413, 418, 422])
def test_other_statuses_fail_at_once(face: Face, waits: list[float], status: int) -> None:
    server = statuses(status)
    with pytest.raises(anthropic.APIStatusError) as caught:
        face.create(face.client(server))
    assert (caught.value.status_code, len(server.requests), waits) == (status, 1, [])


@pytest.mark.parametrize(("status", "said", "attempts"), [(500, "false", 1), (400, "true", 3), (400, "maybe", 1)])
def test_the_server_may_say_whether_to_retry(
    face: Face, waits: list[float], status: int, said: str, attempts: int
) -> None:
    server = Recorder(httpx.Response(status, headers={"x-should-retry": said}))
    with pytest.raises(anthropic.APIStatusError):
        face.create(face.client(server))
    assert len(server.requests) == attempts


@pytest.mark.parametrize(
    "error",
    [httpx.ReadTimeout("x"), httpx.ConnectError("x"), OSError("x"), KeyError("x"), SSLError("x")],
)
def test_retried_exceptions(face: Face, waits: list[float], error: Exception) -> None:
    server = Recorder(error)
    with pytest.raises(anthropic.APIConnectionError) as caught:
        face.create(face.client(server))
    assert isinstance(caught.value, anthropic.APITimeoutError) == isinstance(error, httpx.TimeoutException)
    assert caught.value.__cause__ is error
    assert len(server.requests) == 3
    server = Recorder(error, {"id": "m"})
    assert face.create(face.client(server)).id == "m"


@pytest.mark.parametrize(
    "error",
    [
        httpx.UnsupportedProtocol("x"),
        httpx.LocalProtocolError("x"),
        httpx.TooManyRedirects("x"),
        TypeError("x"),
        ValueError("x"),
        UnicodeError("x"),
        SSLCertVerificationError("x"),
        httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate"),
    ],
)
def test_hopeless_exceptions_are_not_retried(face: Face, waits: list[float], error: Exception) -> None:
    server = Recorder(error)
    with pytest.raises(anthropic.APIConnectionError) as caught:
        face.create(face.client(server))
    assert caught.value.__cause__ is error and len(server.requests) == 1


def test_the_number_of_attempts(face: Face, waits: list[float]) -> None:
    server = statuses(*[500] * 50)
    with pytest.raises(anthropic.InternalServerError):
        face.create(face.client(server, max_retries=0))
    assert len(server.requests) == 1
    with pytest.raises(anthropic.InternalServerError):
        face.create(face.client(server, max_retries=0).with_options(max_retries=4))
    assert len(server.requests) == 6
    with pytest.raises(anthropic.InternalServerError):
        face.call(face.client(server).post, "/x", cast_to=object, options={"max_retries": 1})
    assert len(server.requests) == 8


def test_six_hundred_retries_do_not_overflow_the_stack(face: Face, waits: list[float]) -> None:
    server = statuses(*[500] * 300, *[429] * 300)
    assert face.create(face.client(server, max_retries=math.inf)).id == "m"
    assert len(server.requests) == 601
    assert max(waits) <= 8.0


def test_each_attempt_sends_the_same(face: Face, waits: list[float]) -> None:
    server = statuses(500, 500)
    turns = ({"role": "user", "content": text} for text in "abc")
    face.create(face.client(server), messages=turns)
    assert len({request.content for request in server.requests}) == 1
    assert server.last.content.count(b'"role"') == 3


def test_retries_taken(face: Face, waits: list[float]) -> None:
    client = face.client(statuses(500, 503))
    raw = face.call(lambda: client.messages.with_raw_response.create(max_tokens=1, messages=[], model="m"))
    assert raw.retries_taken == 2
    client = face.client(statuses(500))
    taken = face.within(
        lambda: client.messages.with_streaming_response.create(max_tokens=1, messages=[], model="m"),
        lambda response: response.retries_taken,
    )
    assert taken == 1


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after-ms": "250.5", "retry-after": "9"}, 0.2505),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9.0),
        ({"retry-after": "20"}, 20.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "60"}, 60.0),
    ],
)
def test_delays_of_the_server(face: Face, waits: list[float], headers: dict[str, str], expected: float) -> None:
    server = Recorder(httpx.Response(429, headers=headers), {"id": "m"})
    face.create(face.client(server))
    assert waits == [expected]


@pytest.mark.parametrize(
    "value",
    [
        "0",
        "-10",
        "nan",
        "inf",
        "-inf",
        "1e999",
        "",
        "soon",
        "Zun, 29 Sep 2023 16:26:27 GMT",
        "Fri, 29 Sep 2023 16:26:27 GMT",
        "Fri, 31 Dec 99999 23:59:59 GMT",
        "Fri, 29 Sep 2023 99:99:99 GMT",
        "Fri, 29 Sep 2023 16:26:27 +999999999",
        "9" * 400,
    ],
)
def test_senseless_delays_are_ignored(value: str) -> None:
    assert 0.375 <= retry_delay(0, {"retry-after": value}) <= 0.5
    assert 0.375 <= retry_delay(0, {"retry-after-ms": value}) <= 0.5


def test_long_delays_are_ignored() -> None:
    assert retry_delay(0, {"retry-after": "60.1"}) <= 0.5
    assert retry_delay(0, {"retry-after-ms": "60001"}) <= 0.5


def test_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_700_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    assert server_delay({"retry-after": formatdate(now + 20, usegmt=True)}) == 20.0
    assert retry_delay(0, {"retry-after": formatdate(now + 90, usegmt=True)}) <= 0.5
    assert retry_delay(0, {"retry-after": formatdate(now - 5, usegmt=True)}) <= 0.5


@pytest.mark.parametrize(
    ("made", "longest"), [(0, 0.5), (1, 1.0), (2, 2.0), (3, 4.0), (4, 8.0), (5, 8.0), (10**6, 8.0)]
)
def test_the_wait_doubles_up_to_a_limit(made: int, longest: float) -> None:
    delays = [retry_delay(made, None) for _ in range(100)]
    assert min(delays) >= 0.75 * longest and max(delays) <= longest
    assert len(set(delays)) > 1


def test_a_stream_is_not_retried_after_its_headers(face: Face, waits: list[float]) -> None:
    class Broken(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Any:
            yield b"event: ping\ndata: {}\n\n"
            raise httpx.ReadError("gone")

        async def __aiter__(self) -> Any:
            yield b"event: ping\ndata: {}\n\n"
            raise httpx.ReadError("gone")

    headers = {"content-type": "text/event-stream"}
    server = Recorder(httpx.Response(200, headers=headers, stream=Broken()))
    with pytest.raises(anthropic.APIConnectionError) as caught:
        face.stream(face.client(server))
    assert isinstance(caught.value.__cause__, httpx.ReadError)
    assert len(server.requests) == 1 and waits == []


def test_an_idempotency_key_is_the_same_for_all_attempts(
    face: Face, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    from anthropic._http import base_client

    monkeypatch.setattr(base_client, "SDK", base_client.SDK._replace(idempotency_header="Idempotency-Key"))
    server = statuses(500, 500)
    client = face.client(server)
    face.create(client)
    keys = [request.headers["idempotency-key"] for request in server.requests]
    assert len(set(keys)) == 1 and keys[0]
    face.create(client)
    assert server.last.headers["idempotency-key"] != keys[0]
    face.call(client.post, "/x", cast_to=object, options={"idempotency_key": "mine"})
    assert server.last.headers["idempotency-key"] == "mine"
    face.call(client.get, "/x", cast_to=object)
    assert "idempotency-key" not in server.last.headers


def test_without_an_idempotency_header_none_is_sent(face: Face) -> None:
    server = Recorder()
    face.call(face.client(server).post, "/x", cast_to=object, options={"idempotency_key": "mine"})
    assert not [name for name in server.last.headers if "idempotency" in name]


def test_hooks_that_raise_for_status_are_understood(face: Face, waits: list[float]) -> None:
    def hook(response: httpx.Response) -> None:
        response.raise_for_status()

    async def ahook(response: httpx.Response) -> None:
        response.raise_for_status()

    server = statuses(500, 401)
    http_client = face.http_client(server, event_hooks={"response": [ahook if face.is_async else hook]})
    with pytest.raises(anthropic.AuthenticationError):
        face.create(face.client_class(api_key=KEY, http_client=http_client))
    assert len(server.requests) == 2
    assert _retries.FIRST_DELAY == 0.5


def test_refusals_of_other_servers_are_not_the_apis(face: Face, waits: list[float]) -> None:
    """As of a hook that fetches a token and finds that its server is down."""
    token = httpx.Request("GET", "https://tokens.example/new")

    def hook(request: httpx.Request) -> None:
        httpx.Response(401, request=token).raise_for_status()

    async def ahook(request: httpx.Request) -> None:
        hook(request)

    server = Recorder()
    http_client = face.http_client(server, event_hooks={"request": [ahook if face.is_async else hook]})
    with pytest.raises(anthropic.APIConnectionError) as caught:
        face.create(face.client_class(api_key=KEY, http_client=http_client))
    assert isinstance(caught.value.__cause__, httpx.HTTPStatusError) and not server.requests
    made_up = httpx.HTTPStatusError("x", request=token, response=httpx.Response(500))
    with pytest.raises(anthropic.APIConnectionError):
        face.create(face.client(Recorder(made_up)))


def test_hooks_are_understood_after_a_redirect(face: Face, waits: list[float]) -> None:
    def hook(response: httpx.Response) -> None:
        if not response.has_redirect_location:
            response.raise_for_status()

    async def ahook(response: httpx.Response) -> None:
        hook(response)

    server = Recorder(httpx.Response(307, headers={"location": "/elsewhere"}), httpx.Response(403))
    http_client = face.http_client(server, event_hooks={"response": [ahook if face.is_async else hook]})
    with pytest.raises(anthropic.PermissionDeniedError) as caught:
        face.create(face.client_class(api_key=KEY, http_client=http_client))
    assert caught.value.request.url.path == "/elsewhere"
