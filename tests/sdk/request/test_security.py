"""Credentials as the document asks for them, against a recorder and against a token endpoint on loopback."""

from __future__ import annotations

import asyncio
import base64
import inspect
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qsl

import anyio
import httpx
import pytest

from ...packages import generated_package

SPEC = """
    openapi: 3.1.0
    info: {title: Vault, version: "1"}
    servers: [{url: "https://vault.test/v1"}]
    security: [{token: []}]
    paths:
      /me:
        get:
          tags: [me]
          responses: &done {"200": {description: ok, content: {application/json: {schema: {type: object}}}}}
      /jobs: {get: {tags: [jobs], responses: *done}}
      /health: {get: {tags: [health], security: [], responses: *done}}
      /maybe: {get: {tags: [maybe], security: [{}, {admin: []}], responses: *done}}
      /admin: {get: {tags: [admin_area], security: [{admin: []}], responses: *done}}
      /both: {get: {tags: [both], security: [{admin: [], q: []}], responses: *done}}
      /either: {get: {tags: [either], security: [{q: []}, {session: []}], responses: *done}}
      /cookies: {get: {tags: [cookies], security: [{session: []}], responses: *done}}
      /login: {get: {tags: [login], security: [{basic: []}], responses: *done}}
      /digest: {get: {tags: [digest_area], security: [{digest: []}], responses: *done}}
      /robots: {get: {tags: [robots], security: [{robot: [read, write]}], responses: *done}}
      /people: {get: {tags: [people], security: [{person: []}], responses: *done}}
      /own: {get: {tags: [own], security: [{odd: []}], responses: *done}}
      /certified: {get: {tags: [certified], security: [{tls: []}], responses: *done}}
    components:
      securitySchemes:
        token: {type: http, scheme: bearer}
        admin: {type: apiKey, in: header, name: X-Admin}
        q: {type: apiKey, in: query, name: k}
        session: {type: apiKey, in: cookie, name: sid}
        basic: {type: http, scheme: basic}
        digest: {type: http, scheme: digest}
        robot: {type: oauth2, flows: {clientCredentials: {tokenUrl: "/oauth/token", scopes: {read: r, write: w}}}}
        person:
          type: oauth2
          flows: {password: {tokenUrl: "https://login.test/token", refreshUrl: "https://login.test/refresh"}}
        odd: {type: http, scheme: Hawk}
        tls: {type: mutualTLS}
"""


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with generated_package(tmp_path_factory.mktemp("vault"), SPEC) as package:
        yield package


class Server:
    """Responds to everything, gives tokens, and keeps what it got. `refused` are tokens that give a 401."""

    def __init__(self, life: float | None = 3600) -> None:
        self.requests: list[httpx.Request] = []
        self.used: list[str] = []
        """The tokens that came, in order."""
        self.tokens: list[dict[str, str]] = []
        self.refused: set[str] = set()
        self.life = life
        self.wants_body = False
        self.refresh_token: str | None = None
        self.refuse_all = False
        self.lock = threading.Lock()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        with self.lock:
            if request.url.path in ("/oauth/token", "/token", "/refresh", "/v1/oauth/token"):
                return self.token(request)
            self.requests.append(request)
            self.used.append(request.headers.get("authorization", "").removeprefix("Bearer "))
        if self.used[-1] in self.refused:
            return httpx.Response(401, json={"error": "expired"})
        return httpx.Response(200, json={})

    def token(self, request: httpx.Request) -> httpx.Response:
        form = dict(parse_qsl(request.content.decode()))
        self.tokens.append({**form, "authorization": request.headers.get("authorization", ""), "url": str(request.url)})
        if self.refuse_all or (self.wants_body and "client_secret" not in form):
            return httpx.Response(401, json={"error": "invalid_client", "got": form.get("password", "")})
        body: dict[str, Any] = {"access_token": f"t{len(self.tokens)}", "token_type": "bearer"}
        if self.life is not None:
            body["expires_in"] = self.life
        if self.refresh_token:
            body["refresh_token"] = self.refresh_token
        return httpx.Response(200, json=body)

    @property
    def last(self) -> httpx.Request:
        return self.requests[-1]


def only_method(resource: Any) -> Any:
    """The method of a resource that has just one."""
    (name,) = [name for name in vars(type(resource)) if not name.startswith(("_", "with_"))]
    return getattr(resource, name)


class Caller:
    """Calls the only method of a resource, of the sync or of the async client."""

    def __init__(self, package: Any, mode: str) -> None:
        self.package, self.mode = package, mode

    def client(self, server: Callable[[httpx.Request], httpx.Response], **options: Any) -> Any:
        kind: Any = httpx.Client if self.mode == "sync" else httpx.AsyncClient
        http_client = kind(transport=httpx.MockTransport(server), follow_redirects=True)
        made: Any = self.package.Client if self.mode == "sync" else self.package.AsyncClient
        return made(http_client=http_client, **{"max_retries": 0, **options})

    def call(self, client: Any, resource: str, **arguments: Any) -> Any:
        method = only_method(getattr(client, resource))
        if self.mode == "sync":
            return method(**arguments)

        async def run() -> Any:
            return await method(**arguments)

        return anyio.run(run, backend=self.mode)


@pytest.fixture(params=["sync", "asyncio", "trio"])
def caller(request: pytest.FixtureRequest, vault: Any) -> Caller:
    return Caller(vault, request.param)


def secrets(request: httpx.Request) -> dict[str, str]:
    names = ("authorization", "x-admin", "cookie")
    return {name: request.headers[name] for name in names if name in request.headers} | dict(request.url.params)


EVERYTHING: dict[str, str] = {
    "auth_token": "T",
    "api_key": "A",
    "q": "Q &",
    "session": "S",
    "username": "Ann",
    "password": "pä ss",
    "digest_username": "Dee",
    "digest_password": "dd",
    "odd": "H",
}


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


def test_raw_calls_need_what_the_document_says_of_all(vault: Any) -> None:
    server = Server()
    client = Caller(vault, "sync").client(server, **EVERYTHING)
    client.get("/other", cast_to=object)
    assert secrets(server.last) == {"authorization": "Bearer T"}
