"""Making httpx clients of our own, and checking what the user gives instead."""

from __future__ import annotations

import warnings
from typing import Any, Dict, Type

from .._lazy import httpx
from .._types import NotGiven


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


def check_http_client(http_client: object, expected: Type[Any]) -> None:
    """Refuse a client of the other flavour, or something else altogether.

    Raises:
        TypeError: if the client is not an instance of the expected class.
    """
    if http_client is not None and not isinstance(http_client, expected):
        raise TypeError(
            f"Invalid `http_client` argument; Expected an instance of `httpx.{expected.__name__}` "
            f"but got {type(http_client)}"
        )


def effective_timeout(
    timeout: float | httpx.Timeout | None | NotGiven, http_client: Any
) -> float | httpx.Timeout | None:
    """Return the given timeout, else the one that somebody chose for the httpx client, else the default."""
    from .defaults import DEFAULT_TIMEOUT, HTTPX_DEFAULT_TIMEOUT

    if not isinstance(timeout, NotGiven):
        return timeout
    if http_client is not None and http_client.timeout != HTTPX_DEFAULT_TIMEOUT:
        chosen: httpx.Timeout = http_client.timeout
        return chosen
    return DEFAULT_TIMEOUT


def build_sync(base_url: httpx.URL, timeout: Any, options: Dict[str, Any]) -> httpx.Client:
    """Return an httpx client with our defaults."""
    return httpx.Client(**_arguments(base_url, timeout, options, httpx.HTTPTransport))


def build_async(base_url: httpx.URL, timeout: Any, options: Dict[str, Any]) -> httpx.AsyncClient:
    """Return an httpx client with our defaults."""
    return httpx.AsyncClient(**_arguments(base_url, timeout, options, httpx.AsyncHTTPTransport))


def _arguments(base_url: httpx.URL, timeout: Any, options: Dict[str, Any], transport: Type[Any]) -> Dict[str, Any]:
    from .defaults import DEFAULT_CONNECTION_LIMITS

    limits = options.get("connection_pool_limits", DEFAULT_CONNECTION_LIMITS)
    arguments: Dict[str, Any] = {
        "base_url": base_url,
        "timeout": httpx.Timeout(timeout),
        "limits": limits,
        "follow_redirects": True,
    }
    if "transport" in options:
        arguments["transport"] = options["transport"]
    proxies: Any = options.get("proxies")
    if proxies is not None and not isinstance(proxies, (str, httpx.Proxy)):
        # httpx 0.28 has no `proxies` any more; mounts say the same in all versions.
        arguments["mounts"] = {
            str(pattern): None if proxy is None else transport(proxy=_proxy(proxy), limits=limits)
            for pattern, proxy in proxies.items()
        }
    elif proxies is not None:
        arguments["proxy"] = proxies
    return arguments


def _proxy(proxy: Any) -> httpx.Proxy:
    return proxy if isinstance(proxy, httpx.Proxy) else httpx.Proxy(proxy)
