"""What a request carries to show who sends it: as the operation asks, and as far as the client has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Set, Tuple

from .._exceptions import InvalidHeaderError
from .._lazy import httpx
from .._sdk import SDK
from .headers import value_problem
from .options import FinalRequestOptions

if TYPE_CHECKING:
    from .._security import Requirement, Scheme, Security

_AUTHORIZATION = "authorization"


class Credentials:
    """What is added to one request. Headers, query and cookies that the caller gives are not among it."""

    __slots__ = ("auth", "cookies", "headers", "query")

    def __init__(self) -> None:
        self.headers: Dict[str, str] = {}
        self.query: List[Tuple[str, str]] = []
        self.cookies: List[Tuple[str, str]] = []
        self.auth: Any = None

    def raw_query(self) -> bytes:
        """Return the parameters of the query, percent-encoded."""
        from urllib.parse import quote

        return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in self.query).encode()

    def add_cookies(self, request: httpx.Request) -> None:
        """Add the cookies to those that the request has (RFC 6265 §5.4)."""
        if self.cookies:
            mine = [f"{name}={value}" for name, value in self.cookies]
            others = request.headers.get("cookie")
            request.headers["Cookie"] = "; ".join([*([others] if others else []), *mine])


class RequestSecurity:
    """Chooses credentials: the first alternative whose schemes the client can all serve."""

    def __init__(self, security: Security) -> None:
        self._security = security

    def credentials(self, client: Any, options: FinalRequestOptions, http_client: Any) -> Credentials:
        """Return what a request needs.

        Raises:
            TypeError: if the client lacks it. The text names what is needed, and the options for it.
        """
        needs: Requirement = self._security.default if options.security is None else options.security
        given = _given(client, options, http_client)
        for need in needs:
            if need and all(self._is_met(self._security.schemes[name], client, given) for name in need):
                return self._made(need, client, given)
        if needs and all(needs):
            raise TypeError(self._missing(client, options, needs))
        return Credentials()

    def _is_met(self, scheme: Scheme, client: Any, given: Set[Tuple[str, str]]) -> bool:
        return (
            scheme.place == "connection"
            or _key(scheme) in given
            or _is_set(client, scheme)
            or any(_has_all(client, grant.options) for grant in scheme.grants)
        )

    def _made(self, need: Mapping[str, Any], client: Any, given: Set[Tuple[str, str]]) -> Credentials:
        made = Credentials()
        for name, scopes in need.items():
            scheme = self._security.schemes[name]
            if scheme.place == "connection" or _key(scheme) in given:
                continue
            if not _is_set(client, scheme):
                made.auth = self._token_auth(scheme, tuple(scopes), client)
            elif scheme.place in ("basic", "digest"):
                self._add_login(made, scheme, client)
            else:
                _add_secret(made, scheme, _text(client, scheme.options[0]))
        return made

    def _token_auth(self, scheme: Scheme, scopes: Tuple[str, ...], client: Any) -> Any:
        """An httpx auth that fetches tokens."""
        raise NotImplementedError

    def _add_login(self, made: Credentials, scheme: Scheme, client: Any) -> None:
        username, password = (_text(client, option) for option in scheme.options)
        if scheme.place == "digest":  # one for all requests, as it keeps the challenge of the server: RFC 7616 §3.6
            key = (client._library, "digest", username, password)
            made.auth = client._auth_state.get(key)
            if made.auth is None:
                made.auth = client._auth_state.setdefault(key, client._library.DigestAuth(username, password))
            return
        if ":" in username:  # RFC 7617 §2
            raise InvalidHeaderError(f"The {scheme.options[0]} can't be sent: it has a colon.")
        made.headers.setdefault("Authorization", basic(username, password))

    def _missing(self, client: Any, options: FinalRequestOptions, needs: Requirement) -> str:
        wanted = ", or ".join(" and ".join(self._option_text(name) for name in need) for need in needs)
        known = {credential.option: credential.env for credential in SDK.credentials}
        asked = [option for need in needs for name in need for option in self._options(name)]
        asked = list(dict.fromkeys(option for option in asked if getattr(client, option) is None))
        sources = [f"`{option}` ({known[option]})" if known.get(option) else f"`{option}`" for option in asked]
        found = [f"`{option}`" for option in known if getattr(client, option) is not None]
        place = f"{options.method.upper()} {options.url.partition('?')[0]}"
        return (
            f"{place} needs {wanted}. The client can get it as an option or from the environment: "
            f"{', '.join(sources) or 'nothing is missing'}. It has {', '.join(found) or 'no credentials'}."
        )

    def _options(self, name: str) -> List[str]:
        scheme = self._security.schemes[name]
        return [*scheme.options, *(option for grant in scheme.grants for option in grant.options)]

    def _option_text(self, name: str) -> str:
        scheme = self._security.schemes[name]
        if scheme.place == "connection":
            return "a certificate of the client (`http_client`)"
        ways = [scheme.options, *(grant.options for grant in scheme.grants)]
        return " or ".join(" with ".join(f"`{option}`" for option in way) for way in ways if way)


def basic(username: str, password: str) -> str:
    """Return the value of `Authorization` for a name and a password: RFC 7617."""
    from base64 import b64encode

    return "Basic " + b64encode(f"{username}:{password}".encode()).decode("ascii")


def _key(scheme: Scheme) -> Tuple[str, str]:
    """The place that a scheme fills. Names of headers have no case."""
    if scheme.place in ("basic", "digest"):
        return "header", _AUTHORIZATION
    return scheme.place, scheme.name.lower() if scheme.place == "header" else scheme.name


def _given(client: Any, options: FinalRequestOptions, http_client: Any) -> Set[Tuple[str, str]]:
    """The places that the caller fills, or leaves empty on purpose."""
    headers = [client._custom_headers, options.headers or {}, _chosen_headers(client, http_client)]
    found = {("header", name.lower()) for each in headers for name in each}
    found |= {
        ("query", name) for each in (client._custom_query, options.params or {}, http_client.params) for name in each
    }
    found |= {("cookie", name) for name in http_client.cookies}
    if client.custom_auth is not None or client._url_auth is not None or http_client.auth is not None:
        found.add(("header", _AUTHORIZATION))
    return found


def _chosen_headers(client: Any, http_client: Any) -> List[str]:
    """Headers of the user's httpx client and of an overridden `auth_headers` that may be credentials."""
    usual = {"accept", "accept-encoding", "connection", "user-agent"}
    return [*(name for name in http_client.headers if name not in usual), *client.auth_headers]


def _is_set(client: Any, scheme: Scheme) -> bool:
    """Whether the client has all values. A password may be empty."""
    return bool(scheme.options) and _has_all(client, scheme.options)


def _has_all(client: Any, options: Tuple[str, ...]) -> bool:
    values = [getattr(client, option) for option in options]
    return bool(values[0]) and all(value is not None for value in values)


def _text(client: Any, option: str) -> str:
    value = getattr(client, option)
    if not isinstance(value, str):
        raise TypeError(f"{option} must be a string, not {type(value).__name__}.")
    return value


def _add_secret(made: Credentials, scheme: Scheme, secret: str) -> None:
    option = scheme.options[0]
    if scheme.place == "query":
        made.query.append((scheme.name, secret))
        return
    problem = value_problem(secret)
    if scheme.place == "cookie" and problem is None:
        problem = next((f"the character {mark!r}" for mark in ' ",;\\' if mark in secret), None)
    if problem:
        raise InvalidHeaderError(f"The {option} can't be sent in a {scheme.place}: it has {problem}.")
    if scheme.place == "cookie":
        made.cookies.append((scheme.name, secret))
    else:
        made.headers.setdefault(scheme.name, scheme.prefix + secret)
