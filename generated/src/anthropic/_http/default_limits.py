"""The limits that hold where the caller gives none, as either HTTP library takes them."""

from __future__ import annotations

from typing import Any

from .._lazy import httpx
from .._sdk import SDK


def default_timeout(library: Any) -> httpx.Timeout:
    """Return the time limit of a client that was given none."""
    timeout: httpx.Timeout = library.Timeout(timeout=SDK.timeout, connect=SDK.connect_timeout)
    return timeout


def default_limits(library: Any) -> httpx.Limits:
    """Return how many connections a client holds that was told nothing."""
    limits: httpx.Limits = library.Limits(
        max_connections=SDK.max_connections, max_keepalive_connections=SDK.max_keepalive_connections
    )
    return limits
