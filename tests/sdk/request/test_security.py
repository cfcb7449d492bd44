"""Credentials as the document asks for them: what each method sends, and what isn't shown."""

from __future__ import annotations

import base64
import inspect
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from ...packages import generated_package
from .vault import EVERYTHING, SPEC, Caller, Server, secrets


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with generated_package(tmp_path_factory.mktemp("vault"), SPEC) as package:
        yield package


@pytest.fixture(params=["sync", "asyncio", "trio"])
def caller(request: pytest.FixtureRequest, vault: Any) -> Caller:
    return Caller(vault, request.param)


@pytest.mark.parametrize(
    ("resource", "sent"),
    [
        ("me", {"authorization": "Bearer T"}),
        ("health", {}),
        ("maybe", {"x-admin": "A"}),
        ("admin_area", {"x-admin": "A"}),
        ("both", {"x-admin": "A", "k": "Q &"}),
        ("either", {"k": "Q &"}),
        ("cookies", {"cookie": "sid=S"}),
        ("login", {"authorization": "Basic " + base64.b64encode("Ann:pä ss".encode()).decode()}),
        ("own", {"authorization": "Hawk H"}),
        ("certified", {}),
    ],
)
def test_each_method_sends_what_it_needs(caller: Caller, resource: str, sent: dict[str, str]) -> None:
    server = Server()
    caller.call(caller.client(server, **EVERYTHING), resource)
    assert secrets(server.last) == sent


def test_options_are_what_the_schemes_need(vault: Any) -> None:
    options = list(inspect.signature(vault.Client.__init__).parameters)
    assert sorted(options[1 : options.index("base_url")]) == [
        "api_key",
        "auth_token",
        "client_id",
        "client_secret",
        "digest_password",
        "digest_username",
        "odd",
        "password",
        "person",
        "person_client_id",
        "person_client_secret",
        "person_password",
        "person_username",
        "q",
        "robot",
        "session",
        "username",
    ]


def test_public_methods_need_no_credentials(caller: Caller) -> None:
    server = Server()
    client = caller.client(server)
    caller.call(client, "health")
    caller.call(client, "maybe")
    assert [secrets(request) for request in server.requests] == [{}, {}]


def test_what_is_missing_is_named_before_sending(caller: Caller, vault: Any) -> None:
    server = Server()
    with pytest.raises(TypeError) as caught:
        caller.call(caller.client(server, auth_token="T"), "both")
    env = vault.__name__.upper()
    assert str(caught.value) == (
        f"GET /both needs `api_key` and `q`. The client can get it as an option or from the environment: `api_key` "
        f"({env}_API_KEY), `q` ({env}_Q). It has `auth_token`."
    )
    assert not server.requests


def test_the_environment_fills_in(caller: Caller, vault: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{vault.__name__.upper()}_API_KEY", "E")
    server = Server()
    caller.call(caller.client(server), "admin_area")
    assert secrets(server.last) == {"x-admin": "E"}


def test_what_the_caller_gives_wins(caller: Caller) -> None:
    from importlib import import_module

    omit = import_module(f"{caller.package.__name__}._types").Omit()
    server = Server()
    client = caller.client(server, api_key="A", default_headers={"authorization": "Mine"})
    caller.call(client, "me")
    caller.call(client, "admin_area", extra_headers={"X-ADMIN": "other"})
    caller.call(client, "admin_area", extra_headers={"x-admin": omit})
    caller.call(client, "both", extra_query={"k": "own"})
    assert [secrets(request) for request in server.requests] == [
        {"authorization": "Mine"},
        {"authorization": "Mine", "x-admin": "other"},
        {"authorization": "Mine"},
        {"authorization": "Mine", "x-admin": "A", "k": "own"},
    ]


@pytest.mark.parametrize(
    ("options", "resource", "problem"),
    [
        ({"api_key": "a\nb"}, "admin_area", "The api_key can't be sent in a header: it has a line break."),
        ({"session": "a;b"}, "cookies", "The session can't be sent in a cookie: it has the character ';'."),
        ({"username": "a:b", "password": ""}, "login", "The username can't be sent: it has a colon."),
    ],
)
def test_what_cannot_be_sent(caller: Caller, options: dict[str, str], resource: str, problem: str) -> None:
    server = Server()
    with pytest.raises(ValueError) as caught:
        caller.call(caller.client(server, **options), resource)
    assert str(caught.value) == problem and not server.requests


def test_digest(caller: Caller) -> None:
    seen: list[str | None] = []

    def server(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("authorization"))
        if seen[-1] is None:
            challenge = 'Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth"'
            return httpx.Response(401, headers={"www-authenticate": challenge})
        return httpx.Response(200, json={})

    client = caller.client(server, **EVERYTHING)
    caller.call(client, "digest_area")
    caller.call(client, "digest_area")
    assert seen[0] is None and all(value and 'username="Dee"' in value for value in seen[1:])
    assert len(seen) == 3, "the challenge is remembered"


def test_secrets_of_queries_and_cookies_are_not_shown(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    requests: list[httpx.Request] = []

    def server(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(404, json={})

    with pytest.raises(caller.package.NotFoundError) as caught:
        caller.call(caller.client(server, q="query-secret-1", session="cookie-secret-1"), "either")
    assert requests[0].url.params["k"] == "query-secret-1"
    assert "query-secret-1" not in caplog.text + repr(caught.value.request)
    with pytest.raises(caller.package.NotFoundError) as caught:
        caller.call(caller.client(server, session="cookie-secret-1"), "cookies")
    assert "cookie-secret-1" not in caplog.text + repr(caught.value.request.headers)


def test_nothing_follows_a_redirect_to_another_host(caller: Caller) -> None:
    requests: list[httpx.Request] = []

    def server(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        if len(requests) % 2:
            return httpx.Response(307, headers={"location": "https://elsewhere.test/x"})
        return httpx.Response(200, json={})

    client = caller.client(server, **EVERYTHING)
    for resource in ("me", "both", "cookies", "login"):
        caller.call(client, resource)
        assert secrets(requests[-2]) and not secrets(requests[-1])


def test_raw_calls_need_what_the_document_says_of_all(vault: Any) -> None:
    server = Server()
    client = Caller(vault, "sync").client(server, **EVERYTHING)
    client.get("/other", cast_to=object)
    assert secrets(server.last) == {"authorization": "Bearer T"}
