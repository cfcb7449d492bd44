"""OAuth 2: tokens are fetched once, kept, refreshed, and never asked for with what belongs to the API."""

from __future__ import annotations

import asyncio
import base64
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from ...packages import generated_package
from .vault import SPEC, Caller, Server, only_method, secrets


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with generated_package(tmp_path_factory.mktemp("vault"), SPEC) as package:
        yield package


@pytest.fixture(params=["sync", "asyncio", "trio"])
def caller(request: pytest.FixtureRequest, vault: Any) -> Caller:
    return Caller(vault, request.param)


ROBOT = {"client_id": "id", "client_secret": "s:e c"}


def test_a_token_is_fetched_once_and_kept(caller: Caller) -> None:
    server = Server()
    client = caller.client(server, **ROBOT)
    caller.call(client, "robots")
    caller.call(client.with_options(timeout=9), "robots")
    assert [secrets(request) for request in server.requests] == [{"authorization": "Bearer t1"}] * 2
    basic = base64.b64encode(b"id:s%3Ae+c").decode()
    assert server.tokens == [
        {
            "grant_type": "client_credentials",
            "scope": "read write",
            "authorization": f"Basic {basic}",
            "url": "https://vault.test/oauth/token",
        }
    ]


def test_a_token_that_is_given_is_not_fetched(caller: Caller) -> None:
    server = Server()
    caller.call(caller.client(server, robot="given", **ROBOT), "robots")
    assert secrets(server.last) == {"authorization": "Bearer given"} and not server.tokens


def test_a_token_expires_by_the_clock(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import import_module

    now = [1000.0]
    monkeypatch.setattr(import_module(f"{caller.package.__name__}._http.tokens"), "clock", lambda: now[0])
    server = Server(life=600)
    client = caller.client(server, **ROBOT)
    for moment in (1000.0, 1569.0, 1571.0):
        now[0] = moment
        caller.call(client, "robots")
    assert server.used == ["t1", "t1", "t2"]


def test_a_refused_token_is_fetched_anew_but_only_once(caller: Caller) -> None:
    server = Server(life=None)
    client = caller.client(server, **ROBOT)
    caller.call(client, "robots")
    server.refused = {"t1"}
    caller.call(client, "robots")
    assert server.used == ["t1", "t1", "t2"]
    server.refused = {"t2", "t3"}
    with pytest.raises(caller.package.AuthenticationError):
        caller.call(client, "robots")
    assert len(server.tokens) == 3


def test_servers_that_want_the_secret_in_the_body(caller: Caller) -> None:
    server = Server(life=0)
    server.wants_body = True
    client = caller.client(server, **ROBOT)
    caller.call(client, "robots")
    caller.call(client, "robots")
    assert ["client_secret" in form for form in server.tokens] == [False, True, True]


def test_a_password_gives_a_token_that_is_refreshed(caller: Caller) -> None:
    server = Server(life=0)
    server.refresh_token = "again"
    client = caller.client(server, person_username="Ann", person_password="pw")
    caller.call(client, "people")
    caller.call(client, "people")
    assert [(form["url"], form["grant_type"]) for form in server.tokens] == [
        ("https://login.test/token", "password"),
        ("https://login.test/refresh", "refresh_token"),
    ]
    assert server.tokens[1]["refresh_token"] == "again" and server.tokens[0]["authorization"] == ""


def test_a_token_endpoint_that_refuses(caller: Caller) -> None:
    server = Server()
    server.refuse_all = True
    client = caller.client(server, person_username="Ann", person_password="hunter2hunter2")
    with pytest.raises(caller.package.AuthenticationError) as caught:
        caller.call(client, "people")
    assert str(caught.value).startswith("No token from https://login.test/token: ")
    assert "invalid_client" in str(caught.value) and "hunter2hunter2" not in str(caught.value)
    assert not server.requests


def test_a_token_endpoint_that_cannot_be_reached(caller: Caller) -> None:
    def server(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    with pytest.raises(caller.package.APIConnectionError):
        caller.call(caller.client(server, **ROBOT), "robots")


def test_a_response_without_a_token(caller: Caller) -> None:
    def server(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=["no token"])

    with pytest.raises(caller.package.APIResponseValidationError, match="holds no access token"):
        caller.call(caller.client(server, **ROBOT), "robots")


def test_nothing_of_the_api_goes_to_the_token_endpoint(caller: Caller) -> None:
    found: list[httpx.Request] = []

    def server(request: httpx.Request) -> httpx.Response:
        found.append(request)
        return httpx.Response(200, json={"access_token": "t"})

    options: dict[str, Any] = {"default_headers": {"X-Login": "mine"}, "default_query": {"tenant": "x"}}
    caller.call(caller.client(server, person_username="a", person_password="b", **options), "people")
    assert "x-login" not in found[0].headers and not found[0].url.query
    assert found[1].headers["x-login"] == "mine" and found[1].url.params["tenant"] == "x"


def test_threads_fetch_a_token_once(vault: Any) -> None:
    server, gate = Server(), threading.Event()

    def slow(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/token"):
            gate.wait(10)
        return server(request)

    client = Caller(vault, "sync").client(slow, **ROBOT)
    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(only_method(client.robots)) for _ in range(8)]
        gate.set()
        for call in calls:
            call.result(timeout=30)
    assert len(server.tokens) == 1 and len(server.requests) == 8


def test_tasks_fetch_a_token_once_and_loops_share_it(vault: Any) -> None:
    server = Server()
    client = Caller(vault, "asyncio").client(server, **ROBOT)

    async def run() -> None:
        await asyncio.gather(*(only_method(client.robots)() for _ in range(8)))

    asyncio.run(run())
    asyncio.run(run())
    assert len(server.tokens) == 1 and len(server.requests) == 16
