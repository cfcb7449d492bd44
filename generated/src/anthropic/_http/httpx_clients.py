"""Making httpx clients of our own, and checking what the user gives instead."""

from __future__ import annotations

import warnings
from typing import Any, Dict, Type

from .._lazy import httpx
from .._request.http_library import library_of, timeout_of
from .._types import NotGiven
from .default_limits import default_limits, default_timeout

_TIMEOUT_OF_HTTPX = 5.0
"""Seconds: the limit that an httpx client has if nobody chose one."""


def pool_options(http_client: object, **options: Any) -> Dict[str, Any]:
    """Return the deprecated options that were given. Each warns.

    Raises:
        ValueError: if one is given together with `http_client`.
    """
    given = {name: value for name, value in options.items() if value is not None}
    for name in given:
        text = f"The `{name}` argument is deprecated. The `http_client` argument should be passed instead"
        warnings.warn(text, DeprecationWarning, stacklevel=4)
        if http_client is not None:
            raise ValueError(f"The `http_client` argument is mutually exclusive with `{name}`")
    return given


def chosen_library(http_client: object, transport: object, expected: str) -> Any:
    """Return the library that a client works with: that of the given httpx client or transport, or ours.

    `expected` is the class of the httpx client: `Client` or `AsyncClient`.

    Raises:
        TypeError: if the httpx client is of the other flavour, or something else altogether.
    """
    if http_client is None:
        return library_of(transport)
    library = library_of(http_client)
    if not isinstance(http_client, getattr(library, expected)):
        raise TypeError(
            f"Invalid `http_client` argument; Expected an instance of `{library.__name__}.{expected}` "
            f"but got {type(http_client)}"
        )
    return library


def effective_timeout(
    timeout: float | httpx.Timeout | None | NotGiven, http_client: Any, library: Any
) -> float | httpx.Timeout | None:
    """Return the given timeout, else the one that somebody chose for the httpx client, else the default."""
    if not isinstance(timeout, NotGiven):
        return timeout
    if http_client is None or http_client.timeout == library.Timeout(_TIMEOUT_OF_HTTPX):
        return default_timeout(library)
    chosen: httpx.Timeout = http_client.timeout
    return chosen


def build_sync(library: Any, base_url: httpx.URL, timeout: Any, options: Dict[str, Any]) -> httpx.Client:
    """Return an httpx client with our defaults."""
    client: httpx.Client = library.Client(**_arguments(library, base_url, timeout, options, library.HTTPTransport))
    return client


def build_async(library: Any, base_url: httpx.URL, timeout: Any, options: Dict[str, Any]) -> httpx.AsyncClient:
    """Return an httpx client with our defaults."""
    arguments = _arguments(library, base_url, timeout, options, library.AsyncHTTPTransport)
    client: httpx.AsyncClient = library.AsyncClient(**arguments)
    return client


def _arguments(
    library: Any, base_url: httpx.URL, timeout: Any, options: Dict[str, Any], transport: Type[Any]
) -> Dict[str, Any]:
    limits = options.get("connection_pool_limits") or default_limits(library)
    arguments: Dict[str, Any] = {
        "base_url": base_url,
        "timeout": timeout_of(library, timeout),
        "limits": limits,
        "follow_redirects": True,
    }
    if "transport" in options:
        arguments["transport"] = options["transport"]
    proxies: Any = options.get("proxies")
    if proxies is not None and not isinstance(proxies, (str, library.Proxy)):
        # httpx 0.28 has no `proxies` any more; mounts say the same in all versions.
        arguments["mounts"] = {
            str(pattern): None if proxy is None else transport(proxy=_proxy(library, proxy), limits=limits)
            for pattern, proxy in proxies.items()
        }
    elif proxies is not None:
        arguments["proxy"] = proxies
    return arguments


def _proxy(library: Any, proxy: Any) -> Any:
    return proxy if isinstance(proxy, library.Proxy) else library.Proxy(proxy)
