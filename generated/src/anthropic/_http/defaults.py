"""What needs httpx to be there: default settings, the default httpx clients, aliases of httpx's own names."""

from __future__ import annotations

from typing import Any, Dict, TypeAlias, Union

from .._lazy import httpx
from .._public import public
from .default_limits import default_limits, default_timeout

Timeout = httpx.Timeout
Transport = httpx.BaseTransport
AsyncTransport = httpx.AsyncBaseTransport
ProxiesTypes: TypeAlias = Union[str, httpx.Proxy, Dict[Union[str, httpx.URL], Union[None, str, httpx.URL, httpx.Proxy]]]

DEFAULT_TIMEOUT = default_timeout(httpx)
"""The time limit of a client that was given none."""

DEFAULT_CONNECTION_LIMITS = default_limits(httpx)
"""How many connections a client holds."""


@public
class DefaultHttpxClient(httpx.Client):
    """An `httpx.Client` with the defaults of this SDK for timeout, connection limits and redirects."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**_with_defaults(kwargs))


@public
class DefaultAsyncHttpxClient(httpx.AsyncClient):
    """An `httpx.AsyncClient` with the defaults of this SDK for timeout, connection limits and redirects."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**_with_defaults(kwargs))


def _with_defaults(kwargs: Dict[str, Any]) -> Dict[str, Any]:
    return {
        "timeout": DEFAULT_TIMEOUT,
        "limits": DEFAULT_CONNECTION_LIMITS,
        "follow_redirects": True,
        **kwargs,
    }
