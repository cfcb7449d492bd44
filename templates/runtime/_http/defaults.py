"""What needs httpx to be there: default settings, the default httpx clients, aliases of httpx's own names."""

from __future__ import annotations

from typing import Any, Dict, KeysView, TypeAlias, Union

import httpx

from .._public import public
from .._request.redaction import REDACTED, is_secret_name
from .._sdk import SDK
from .._typing import override

Timeout = httpx.Timeout
Transport = httpx.BaseTransport
AsyncTransport = httpx.AsyncBaseTransport
ProxiesTypes: TypeAlias = Union[str, httpx.Proxy, Dict[Union[str, httpx.URL], Union[None, str, httpx.URL, httpx.Proxy]]]

DEFAULT_TIMEOUT = httpx.Timeout(timeout=SDK.timeout, connect=SDK.connect_timeout)
"""The time limit of a client that was given none."""

DEFAULT_CONNECTION_LIMITS = httpx.Limits(
    max_connections=SDK.max_connections, max_keepalive_connections=SDK.max_keepalive_connections
)
"""How many connections a client holds."""

HTTPX_DEFAULT_TIMEOUT = httpx.Timeout(5.0)
"""The limit that an httpx client has if nobody chose one."""


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


class RequestHeaders(httpx.Headers):
    """Headers whose `repr` doesn't show secrets, and whose values are found faster.

    httpx turns the headers of each request into a dict to look for cookies, and searches its list once per header.
    """

    _values: Dict[str, str] | None = None

    @override
    def __getitem__(self, key: str) -> str:
        return (self._values or self._found())[key.lower()]

    @override
    def keys(self) -> KeysView[str]:
        return self._found().keys()

    @override
    def __setitem__(self, key: str, value: str) -> None:
        self._values = None
        super().__setitem__(key, value)

    @override
    def __delitem__(self, key: str) -> None:
        self._values = None
        super().__delitem__(key)

    @override
    def update(self, *args: Any, **kwargs: Any) -> None:
        super().update(*args, **kwargs)
        self._values = None

    @override
    def copy(self) -> RequestHeaders:
        return RequestHeaders(self)

    @override
    def __repr__(self) -> str:
        shown = [(name, REDACTED if is_secret_name(name) else value) for name, value in self.multi_items()]
        return repr(httpx.Headers(shown))

    def _found(self) -> Dict[str, str]:
        values = self._values
        if values is None:
            self._values = values = dict(self.items())
        return values
