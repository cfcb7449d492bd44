"""OAuth 2 (RFC 6749): tokens are fetched when a request needs one, kept until they expire, and shared by all copies.

Threads that need the same token wait for one of them to fetch it, and so do tasks of the same event loop.
"""

from __future__ import annotations

import math
import time
from threading import Lock
from typing import Any, AsyncGenerator, Callable, Dict, Generator, List, Mapping, Tuple
from urllib.parse import quote_plus, urlencode
from weakref import ref

from .._error_mapping import status_error
from .._exceptions import APIResponseValidationError, APIStatusError
from .._lazy import TYPE_CHECKING, anyio, httpx
from .._request.http_library import based_on
from .._request.redaction import REDACTED
from .._request.security import RequestSecurity, basic
from .._responses.json import loads
from .._typing import override
from .connections import current_loop

if TYPE_CHECKING:
    from .._security import Grant, Scheme

    _Auth = httpx.Auth
else:
    _Auth = object

clock: Callable[[], float] = time.monotonic
"""Seconds. Tests may put another clock in its place."""

MARGIN = 30.0
"""Seconds before its end from which on a token isn't used any more; at most a tenth of its life."""


class Token:
    """A token and until when it may be used."""

    __slots__ = ("expires", "refresh", "scopes", "value")

    def __init__(self, value: str, expires: float, refresh: str | None, scopes: Tuple[str, ...]) -> None:
        self.value = value
        self.expires = expires
        self.refresh = refresh
        self.scopes = scopes

    @property
    def is_fresh(self) -> bool:
        """Whether it may be used now."""
        return clock() < self.expires


class TokenStore:
    """The tokens of one account, by their scopes, and the locks of those who fetch them."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.in_body = False
        """Whether the server wants the secret of the client in the body, not as HTTP Basic authentication."""
        self._tokens: Dict[Tuple[str, ...], Token] = {}
        self._locks: Dict[int, Tuple[ref[Any], Any]] = {}

    def find(self, scopes: Tuple[str, ...]) -> Token | None:
        """Return a token that has these scopes, fresh or not; a fresh one if there is any."""
        fitting = [token for token in list(self._tokens.values()) if set(scopes) <= set(token.scopes)]
        return max(fitting, key=lambda token: token.expires, default=None)

    def keep(self, scopes: Tuple[str, ...], token: Token) -> None:
        """Keep a token."""
        self._tokens[scopes] = token

    def drop(self, value: str) -> None:
        """Forget that a token may be used. What it is refreshed with stays."""
        for token in list(self._tokens.values()):
            if token.value == value:
                token.expires = -math.inf

    def loop_lock(self) -> Any:
        """Return the lock of the running event loop."""
        loop = current_loop()
        with self.lock:
            found = self._locks.get(id(loop))
            if found is None or found[0]() is not loop:
                self._locks = {key: held for key, held in self._locks.items() if held[0]() is not None}
                found = self._locks[id(loop)] = (ref(loop), anyio.Lock())
            return found[1]


class _Refused(Exception):
    """The token endpoint refused a refresh token: another way is tried."""


class TokenAuth(_Auth):
    """Puts a token into requests. One that the server refuses (401) is fetched once more."""

    def __init__(self, client: Any, grant: Grant, scopes: Tuple[str, ...]) -> None:
        self._client = client
        self._grant = grant
        self._scopes = scopes
        self._values = {option: getattr(client, option) for option in (*grant.options, *grant.client)}
        key = ("token", grant.url, grant.kind, *self._values.values())
        store: TokenStore = client._auth_state.get(key) or client._auth_state.setdefault(key, TokenStore())
        self._store = store

    @override
    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        for is_last in (False, True):
            token = self._fresh()
            if token is None:
                with self._store.lock:
                    token = self._fresh() or (yield from self._fetched(request))
            request.headers["Authorization"] = f"Bearer {token.value}"
            response = yield request
            if response.status_code != 401 or is_last:
                return
            self._store.drop(token.value)

    @override
    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        for is_last in (False, True):
            token = self._fresh()
            if token is None:
                async with self._store.loop_lock():
                    token = self._fresh()
                    if token is None:
                        fetching = self._fetching(request)
                        asking = next(fetching)
                        while token is None:
                            response = yield asking
                            await response.aread()
                            try:
                                asking = fetching.send(response)
                            except StopIteration as end:
                                token = end.value
            request.headers["Authorization"] = f"Bearer {token.value}"
            response = yield request
            if response.status_code != 401 or is_last:
                return
            self._store.drop(token.value)

    def _fresh(self) -> Token | None:
        token = self._store.find(self._scopes)
        return token if token is not None and token.is_fresh else None

    def _fetched(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, Token]:
        """The same as `_fetching`, with responses that are read."""
        fetching = self._fetching(request)
        asking = next(fetching)
        while True:
            response = yield asking
            response.read()
            try:
                asking = fetching.send(response)
            except StopIteration as end:
                token: Token = end.value
                return token

    def _fetching(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, Token]:
        """Ask for a token: by the refresh token if there is one, else as the grant says."""
        old = self._store.find(self._scopes)
        if old is not None and old.refresh is not None:
            form = {"grant_type": "refresh_token", "refresh_token": old.refresh}
            try:
                return (yield from self._asked(request, self._grant.refresh_url or self._grant.url, form, old))
            except _Refused:
                pass
        form = {"grant_type": self._grant.kind}
        if self._grant.kind == "password":
            username, password = (self._values[option] for option in self._grant.options)
            form.update(username=username, password=password)
        if self._scopes:
            form["scope"] = " ".join(self._scopes)
        return (yield from self._asked(request, self._grant.url, form, None))

    def _asked(
        self, request: httpx.Request, url: str, form: Mapping[str, str], old: Token | None
    ) -> Generator[httpx.Request, httpx.Response, Token]:
        in_body = self._store.in_body
        response = yield self._token_request(request, url, form, in_body)
        if response.status_code in (400, 401) and self._client_secret and not in_body and old is None:
            # Some servers know the secret only in the body: RFC 6749 §2.3.1 allows both.
            other = yield self._token_request(request, url, form, True)
            if other.is_success:
                self._store.in_body, response = True, other
        if not response.is_success:
            if old is not None:
                raise _Refused
            raise self._refusal(response)
        token = self._token(response, old)
        self._store.keep(self._scopes, token)
        return token

    @property
    def _client_secret(self) -> Tuple[str, str] | None:
        options = self._grant.client
        return (self._values[options[0]], self._values[options[1]]) if options and self._values[options[1]] else None

    def _token_request(self, request: httpx.Request, url: str, form: Mapping[str, str], in_body: bool) -> httpx.Request:
        """A request of its own: nothing that the API gets goes to the token endpoint, which may be on another host."""
        headers = [("Accept", "application/json"), ("Content-Type", "application/x-www-form-urlencoded")]
        headers.append(("User-Agent", request.headers.get("user-agent", "")))
        secret = self._client_secret
        if secret is not None and not in_body:
            headers.append(("Authorization", basic(quote_plus(secret[0]), quote_plus(secret[1]))))
        elif secret is not None:
            form = {**form, "client_id": secret[0], "client_secret": secret[1]}
        target = self._client._origin.join(url)  # OpenAPI 3.1 §4.6: relative to the server
        made: httpx.Request = self._client._new_request(
            "POST",
            target,
            headers=self._client._new_headers(headers),
            content=urlencode(form).encode("ascii"),
            extensions=dict(request.extensions),
        )
        return made

    def _token(self, response: httpx.Response, old: Token | None) -> Token:
        """The token of a response: RFC 6749 §5.1."""
        try:
            body: Any = loads(response.content)
            value, life = body["access_token"], body.get("expires_in")
            refresh = body.get("refresh_token") or (old.refresh if old is not None else None)
            seconds = math.inf if life is None else float(life)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            value, seconds, refresh = None, 0.0, None
        if not isinstance(value, str) or not value:
            message = f"The response of {response.request.url} holds no access token."
            raise APIResponseValidationError(response, None, message=message)
        margin = min(MARGIN, seconds / 10) if seconds < math.inf else 0.0
        return Token(value, clock() + seconds - margin, refresh, self._scopes)

    def _refusal(self, response: httpx.Response) -> APIStatusError:
        error = status_error(response)
        error.message = f"No token from {response.request.url}: {error.message}"
        secrets: List[str] = [value for value in self._values.values() if value]
        for secret in secrets:
            error.message = error.message.replace(secret, REDACTED)
        error.args = (error.message,)
        return error


class TokenSecurity(RequestSecurity):
    """Chooses credentials, and fetches tokens."""

    @override
    def _token_auth(self, scheme: Scheme, scopes: Tuple[str, ...], client: Any) -> Any:
        for grant in scheme.grants:
            if all(getattr(client, option) for option in grant.options):
                return based_on(TokenAuth, client._library.Auth)(client, grant, scopes)
        raise AssertionError("no grant fits")
