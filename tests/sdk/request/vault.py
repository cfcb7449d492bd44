"""An API that asks for credentials in every way, its server, and who calls it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import anyio
import httpx

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
      /admin_area: {get: {tags: [admin_area], security: [{admin: []}], responses: *done}}
      /both: {get: {tags: [both], security: [{admin: [], q: []}], responses: *done}}
      /either: {get: {tags: [either], security: [{q: []}, {session: []}], responses: *done}}
      /cookies: {get: {tags: [cookies], security: [{session: []}], responses: *done}}
      /login: {get: {tags: [login], security: [{basic: []}], responses: *done}}
      /digest_area: {get: {tags: [digest_area], security: [{digest: []}], responses: *done}}
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
