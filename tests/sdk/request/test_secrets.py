"""Secrets stay where they belong: not in logs, texts, pickles, nor at other origins."""

from __future__ import annotations

import logging
import pickle
import traceback
from typing import Any

import httpx
import pytest

import anthropic

from ..faces import ARGUMENTS, KEY, Face, Recorder
from ..fault_server import FaultServer, good, respond

TOKEN = "token-9876543210-secret"
EXTRA = "per-request-secret-555"
PASSWORD = "hunter2hunter2"


def redirected(face: Face, location: str, status: int, **options: Any) -> list[httpx.Request]:
    """The requests of a call that is redirected from http://one.example."""
    requests: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        if len(requests) == 1:
            return httpx.Response(status, headers={"location": location})
        return httpx.Response(200, json={"id": "m"})

    http_options = options.pop("http_options", {})
    client = face.client_class(
        **{"api_key": KEY, "base_url": "http://one.example", **options},
        http_client=face.http_client(handler, **http_options),
    )
    extra = {"X-Custom-Login": EXTRA, "X-Harmless": "also gone"}
    face.create(client, extra_headers=extra)
    return requests


ELSEWHERE = ["http://two.example/x", "https://one.example/x", "http://one.example:81/x", "//two.example/x"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ELSEWHERE)
def test_no_secret_follows_a_redirect_to_another_origin(face: Face, location: str, status: int) -> None:
    options: dict[str, Any] = {"default_headers": {"X-Default-Login": "default-secret-777"}}
    options["http_options"] = {"auth": ("user", PASSWORD), "cookies": {"session": "cookie-secret"}}
    first, second = redirected(face, location, status, **options)
    assert first.headers["x-api-key"] == KEY and first.headers["x-custom-login"] == EXTRA
    sent = str(second.headers.raw)
    for secret in (KEY, EXTRA, PASSWORD, "default-secret-777", "cookie-secret", "Basic"):
        assert secret not in sent
    assert "x-harmless" not in second.headers
    assert second.headers["anthropic-version"] == "2023-06-01"
    assert second.headers["host"] == second.url.netloc.decode()


def test_no_token_follows_either(face: Face) -> None:
    _, second = redirected(face, "http://two.example/", 307, api_key=None, auth_token=TOKEN)
    assert TOKEN not in str(second.headers.raw)


@pytest.mark.parametrize("location", ["/x", "http://one.example/x", "http://one.example:80/x", "HTTP://ONE.example/x"])
def test_the_same_origin_gets_all(face: Face, location: str) -> None:
    first, second = redirected(face, location, 307, http_options={"auth": ("user", PASSWORD)})
    for name in ("x-api-key", "x-custom-login", "authorization", "content-type"):
        assert second.headers[name] == first.headers[name]
    assert second.content == first.content


def test_a_way_back_does_not_bring_the_secrets_back(face: Face) -> None:
    requests: list[httpx.Request] = []
    places = ["http://two.example/", "http://one.example/back"]

    def handler(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        if places:
            return httpx.Response(307, headers={"location": places.pop(0)})
        return httpx.Response(200, json={})

    face.create(face.client(handler, base_url="http://one.example"))
    assert KEY not in str(requests[1].headers.raw) + str(requests[2].headers.raw)


def test_redirects_are_followed_only_if_the_http_client_follows(face: Face) -> None:
    server = Recorder(httpx.Response(307, headers={"location": "/x"}))
    http_client = face.http_client(server, follow_redirects=False)
    with pytest.raises(anthropic.APIStatusError) as caught:
        face.create(face.client_class(api_key=KEY, http_client=http_client))
    assert caught.value.status_code == 307 and len(server.requests) == 1


def test_the_history_of_redirects_is_kept(face: Face) -> None:
    server = Recorder(httpx.Response(307, headers={"location": "/x"}), {"id": "m"})
    raw = face.call(lambda: face.client(server).messages.with_raw_response.create(**ARGUMENTS))
    assert [response.status_code for response in raw.http_response.history] == [307]
    assert raw.url.path == "/x"


@pytest.mark.parametrize(
    ("secret", "problem"),
    [
        (f"{KEY}\n", "a line break"),
        (f"{KEY}\r\nX-Injected: 1", "a line break"),
        (f"{KEY}\u00e9", "a character outside of ASCII"),
        (f"{KEY}\u2028", "a character outside of ASCII"),
        (f" {KEY}", "white space at an end"),
        (f"{KEY}\x00", "a control character"),
        (f"{KEY}\x7f", "a control character"),
    ],
)
@pytest.mark.parametrize("option", ["api_key", "auth_token"])
def test_a_key_that_no_header_can_carry(face: Face, option: str, secret: str, problem: str) -> None:
    server = Recorder()
    client = face.client(server, **{"api_key": None, option: secret})
    with pytest.raises(anthropic.AnthropicError) as caught:
        face.create(client)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value) == f"The {option} can't be sent in a header: it has {problem}."
    assert KEY not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__cause__ is None and caught.value.__context__ is None
    assert not server.requests


@pytest.mark.parametrize("name", ["X-Login", "X-Api-Key"])
def test_a_header_that_cannot_be_sent(face: Face, name: str) -> None:
    server = Recorder()
    with pytest.raises(anthropic.AnthropicError) as caught:
        face.create(face.client(server), extra_headers={name: f"{EXTRA}\n"})
    assert str(caught.value) == f"The header '{name}' can't be sent: its value has a line break."
    with pytest.raises(anthropic.AnthropicError, match="is no name of a header"):
        face.create(face.client(server), extra_headers={"bad name": "x"})
    with pytest.raises(TypeError, match="The value of the header 'X-Number' must be a string, not int"):
        face.create(face.client(server), extra_headers={"X-Number": 5})
    assert not server.requests


def chain(error: BaseException | None) -> str:
    """All texts of an exception and of what it came from."""
    texts = []
    while error is not None:
        texts += [str(error), repr(error), *map(str, error.args)]
        error = error.__cause__ or error.__context__
    return "\n".join(texts)


def test_servers_that_repeat_the_key(face: Face) -> None:
    echo = {"error": {"message": f"invalid x-api-key: {KEY}"}}
    with pytest.raises(anthropic.AuthenticationError) as caught:
        face.create(face.client(Recorder(httpx.Response(401, json=echo))))
    assert KEY not in chain(caught.value) and "[secure]" in str(caught.value)
    with pytest.raises(anthropic.AuthenticationError) as caught:
        face.create(
            face.client(Recorder(httpx.Response(401, text=f"bad token {TOKEN}")), api_key=None, auth_token=TOKEN)
        )
    assert TOKEN not in chain(caught.value)


def test_headers_of_requests_have_a_quiet_repr(face: Face) -> None:
    with pytest.raises(anthropic.NotFoundError) as caught:
        face.create(face.client(Recorder(httpx.Response(404))), extra_headers={"X-Session-Token": EXTRA})
    for headers in (caught.value.request.headers, caught.value.request.headers.copy()):
        shown = repr(headers)
        assert KEY not in shown and EXTRA not in shown and "2023-06-01" in shown
    assert caught.value.request.headers["x-api-key"] == KEY
    assert KEY not in repr(face.client(Recorder()))


def test_headers_after_a_redirect_have_a_quiet_repr(face: Face) -> None:
    request = redirected(face, "/elsewhere", 307)[-1]
    assert request.headers["x-api-key"] == KEY and KEY not in repr(request.headers)


def test_passwords_in_urls(face: Face, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server = Recorder(httpx.Response(500, headers={"retry-after-ms": "1"}))
    client = face.client(server, base_url=f"http://user:{PASSWORD}@h/x", default_query={"api_key": TOKEN, "q": "1"})
    with pytest.raises(anthropic.InternalServerError) as caught:
        face.create(client)
    assert server.last.headers["authorization"].startswith("Basic ")
    assert server.last.url.params["api_key"] == TOKEN
    assert server.last.url.userinfo == b""
    assert PASSWORD not in chain(caught.value) + caplog.text
    assert TOKEN not in caplog.text
    assert "q=1" in caplog.text


def test_logs_at_every_level(face: Face, caplog: pytest.LogCaptureFixture, no_delay: None) -> None:
    caplog.set_level(1)
    for responses in ((good,), (respond(b"{}", "500 No"),), (respond(KEY.encode(), "401 No"),)):
        with FaultServer(*responses) as server:
            client = face.client_class(api_key=KEY, base_url=server.url, max_retries=1)
            try:
                face.create(client, extra_headers={"X-Custom-Login": EXTRA})
            except anthropic.APIStatusError as error:
                logging.getLogger("test").exception("caught", exc_info=error)
    assert KEY not in caplog.text and EXTRA not in caplog.text
    assert "HTTP Response: POST" in caplog.text and "Retrying" in caplog.text


def test_logging_is_switched_on_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    from anthropic._startup import setup_logging

    levels = {name: logging.getLogger(name).level for name in ("anthropic", "httpx")}
    try:
        for value, level in (("nonsense", logging.NOTSET), ("info", logging.INFO), ("debug", logging.DEBUG)):
            monkeypatch.setenv("ANTHROPIC_LOG", value)
            logging.getLogger("anthropic").setLevel(logging.NOTSET)
            setup_logging("anthropic", "ANTHROPIC_LOG")
            assert logging.getLogger("anthropic").level == level
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def test_pickled_exceptions_hold_no_secrets(face: Face) -> None:
    with pytest.raises(anthropic.APIStatusError) as caught:
        face.create(face.client(Recorder(httpx.Response(400))), extra_headers={"X-Auth-Thing": EXTRA})
    data = pickle.dumps(caught.value)
    assert KEY.encode() not in data and EXTRA.encode() not in data
    assert pickle.loads(data).request.headers["x-api-key"] == "[secure]"
    assert caught.value.request.headers["x-api-key"] == KEY
