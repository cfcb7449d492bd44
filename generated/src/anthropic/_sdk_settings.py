"""The shape of what a generated `_sdk.py` says about its SDK."""

from __future__ import annotations

from typing import Any, FrozenSet, Literal, Mapping, NamedTuple, Optional, Tuple, Type


class Credential(NamedTuple):
    """A constructor option that becomes a header: `api_key` → `X-Api-Key: …`. Others have no name of a header."""

    option: str
    header: str = ""
    env: Optional[str] = None
    prefix: str = ""


class StreamEvents(NamedTuple):
    """What the names of server-sent events mean."""

    items: FrozenSet[str] = frozenset()
    """Their data is an item of the stream. Without any, that of every event is."""

    skipped: FrozenSet[str] = frozenset()
    """Dropped without a word."""

    error: Optional[str] = None
    """Raises."""

    terminal: FrozenSet[str] = frozenset()
    """Ends a complete stream."""

    ends: FrozenSet[str] = frozenset({"[DONE]"})
    """Data that is no item, but says that the stream is complete."""


class SdkSettings(NamedTuple):
    """What the generic runtime has to know about one SDK. Timeouts are in seconds."""

    title: str
    version: str
    base_error: Type[Exception]
    base_url: str
    base_url_env: Optional[str] = None
    servers: Any = None
    """A `Servers` where requests may go to more than `base_url`."""
    credentials: Tuple[Credential, ...] = ()
    secret_names: FrozenSet[str] = frozenset()
    """Query parameters and cookies that hold credentials."""
    headers: Mapping[str, str] = {}
    platform_headers: bool = False
    """Whether the server is told what the caller runs on."""
    timeout: float = 600.0
    connect_timeout: float = 5.0
    max_retries: int = 2
    max_connections: int = 1000
    max_keepalive_connections: int = 100
    idempotency_header: Optional[str] = None
    query_arrays: Literal["comma", "repeat", "brackets", "indices"] = "repeat"
    """How arrays are written in `extra_query`: `a=1,2`, `a=1&a=2`, `a[]=1&a[]=2` or `a[0]=1&a[1]=2`."""
    query_empty: bool = True
    """Whether empty texts in `extra_query` are sent."""
    stream_events: StreamEvents = StreamEvents()
    error_statuses: Mapping[str, int] = {}
    """The `type` of an error in a stream → the status whose exception it raises."""
