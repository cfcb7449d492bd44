"""The shape of what `_sdk.py` says about security schemes, where they are more than headers that all requests need."""

from __future__ import annotations

from typing import Literal, Mapping, NamedTuple, Optional, Sequence, Tuple

Requirement = Sequence[Mapping[str, Sequence[str]]]
"""Alternatives, each with the schemes that are needed together and the scopes of each, as OpenAPI writes them."""


class Grant(NamedTuple):
    """A way to get a token: RFC 6749 §4.3, §4.4. `client` are the options with the id and the secret of the client."""

    kind: Literal["client_credentials", "password"]
    url: str
    options: Tuple[str, ...]
    client: Tuple[str, ...] = ()
    refresh_url: Optional[str] = None


class Scheme(NamedTuple):
    """A security scheme: where the values of `options` are sent, and under which name."""

    place: Literal["header", "query", "cookie", "basic", "digest", "connection"]
    name: str = ""
    prefix: str = ""
    options: Tuple[str, ...] = ()
    grants: Tuple[Grant, ...] = ()


class Security(NamedTuple):
    """The schemes by name, and what a request needs that says nothing else."""

    schemes: Mapping[str, Scheme]
    default: Requirement
