"""What requests carry to show who sends them, and where they go: security schemes, requirements, servers."""

from __future__ import annotations

import enum

import attrs

from ..diagnostics.span import Span, origin

Alternative = tuple[tuple[str, tuple[str, ...]], ...]
"""Schemes that are needed together, each with the scopes that a token must have."""

Requirement = tuple[Alternative, ...]
"""One of these is needed. None, or an empty one, means that nothing has to be sent."""


class Place(enum.Enum):
    """How a credential is sent. The value is the word for it in the package."""

    HEADER = "header"
    QUERY = "query"
    COOKIE = "cookie"
    BASIC = "basic"
    DIGEST = "digest"
    CONNECTION = "connection"
    """By the TLS connection: nothing is added to requests."""


@attrs.frozen(kw_only=True)
class Grant:
    """A way to get a token: `client_credentials` (RFC 6749 §4.4) or `password` (§4.3), and the options it needs."""

    kind: str
    url: str
    refresh_url: str | None = None
    options: tuple[str, ...] = ()
    client: tuple[str, ...] = ()
    """The options with the id and the secret of the client."""


@attrs.frozen(kw_only=True)
class Scheme:
    """A security scheme: `options` of the clients are sent in `place` under the name `parameter`."""

    name: str
    place: Place
    parameter: str = ""
    prefix: str = ""
    options: tuple[str, ...] = ()
    grants: tuple[Grant, ...] = ()


@attrs.frozen(kw_only=True)
class ServerVariable:
    """An option of the clients that is a part of server URLs."""

    option: str
    name: str
    values: tuple[str, ...] = ()
    env: str | None = None
    doc: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class ServerUrl:
    """A URL with `{placeholders}`, and the values of those that aren't given."""

    url: str
    defaults: tuple[tuple[str, str], ...] = ()

    @property
    def expanded(self) -> str:
        """The URL with the values of the placeholders that have one."""
        url = self.url
        for name, value in self.defaults:
            url = url.replace("{" + name + "}", value)
        return url


@attrs.frozen(kw_only=True)
class Environment:
    """A server by its name: `environment="sandbox"`."""

    name: str
    server: ServerUrl
    doc: str | None = None


@attrs.frozen(kw_only=True)
class OwnServer:
    """The server of some operations: by default `server`, in an environment of that name another one."""

    server: ServerUrl
    by_environment: tuple[tuple[str, ServerUrl], ...] = ()


@attrs.frozen(kw_only=True)
class Servers:
    """Where requests go, if that is more than one URL."""

    default: ServerUrl
    environments: tuple[Environment, ...] = ()
    option: str = "environment"
    """The option of the clients that chooses one of them."""
    variables: tuple[ServerVariable, ...] = ()
    own: tuple[OwnServer, ...] = ()
