"""One call from its first attempt to its end: what comes next is decided here, without doing it."""

from __future__ import annotations

import math
import time
from functools import cache
from typing import Any, Mapping

from .._error_mapping import connection_error
from .._lazy import httpx, logging
from .._public import PACKAGE
from .._request.body import Content
from .._request.options import FinalRequestOptions
from .._request.redaction import redacted_url
from .retries import is_retried_failure, is_retried_status, retry_delay


@cache
def logger() -> logging.Logger:
    """Return the logger of calls. `logging` is not imported before the first call."""
    return logging.getLogger(f"{PACKAGE}._base_client")


class Call:
    """The state of a call between its attempts. `deadline` is a time of `time.monotonic()`, in seconds."""

    __slots__ = (
        "content",
        "credentials",
        "deadline",
        "idempotency_key",
        "max_retries",
        "options",
        "query",
        "request",
        "retries_made",
        "timeout",
    )

    def __init__(
        self,
        options: FinalRequestOptions,
        *,
        content: Content,
        idempotency_key: str | None,
        max_retries: float,
        remaining_retries: float | None,
        timeout: float | httpx.Timeout | None,
    ) -> None:
        self.options = options
        self.content = content
        self.credentials: Any = None
        self.idempotency_key = idempotency_key
        self.max_retries = max_retries
        made = 0 if remaining_retries is None else max_retries - remaining_retries
        self.retries_made = int(made) if 0 < made < math.inf else 0
        self.timeout = timeout
        self.query: bytes | None = None
        self.request: httpx.Request | None = None
        seconds: float | None = getattr(timeout, "seconds", None)
        self.deadline = None if seconds is None or seconds == math.inf else time.monotonic() + seconds

    @property
    def time_left(self) -> float | None:
        """Seconds until the deadline, if the call has one."""
        return None if self.deadline is None else max(self.deadline - time.monotonic(), 0.0)

    @property
    def is_over(self) -> bool:
        """Whether the deadline has passed."""
        return self.deadline is not None and time.monotonic() >= self.deadline

    def extensions(self, steps: Mapping[str, float | None]) -> dict[str, object]:
        """Return what httpx is told about an attempt. No step may take longer than what is left of the call."""
        left = self.time_left
        if left is None:
            return {"timeout": steps}
        return {"timeout": {name: left if limit is None else min(limit, left) for name, limit in steps.items()}}

    def delay_after_failure(self, error: Exception, request: httpx.Request) -> float:
        """Return the seconds to wait before the next attempt, after one that got no response.

        Raises:
            APIConnectionError: if there is none, or `APITimeoutError`; the failure is its `__cause__`.
        """
        logger().debug("%s: %s %s", type(error).__name__, request.method, redacted_url(request.url))
        delay = None if self.is_over or not is_retried_failure(error) else self._next_delay(None)
        if delay is None:
            raise connection_error(error, request) from error
        return delay

    def delay_after_response(self, response: httpx.Response) -> float | None:
        """Return the seconds to wait before the next attempt, after an error status; `None` if there is none."""
        if not is_retried_status(response.status_code, response.headers):
            return None
        return self._next_delay(response.headers)

    def _next_delay(self, headers: Mapping[str, str] | None) -> float | None:
        if self.retries_made >= self.max_retries:
            return None
        delay = retry_delay(self.retries_made, headers)
        left = self.time_left
        if left is not None and delay >= left:
            return None
        self.retries_made += 1
        logger().info("Retrying %s in %.3f seconds", self.options.url.partition("?")[0], delay)
        return delay


def log_response(response: httpx.Response) -> None:
    """Log a line about a response, at the debug level."""
    if logger().isEnabledFor(logging.DEBUG):
        request = response.request
        identity = response.headers.get("request-id")
        text = "HTTP Response: %s %s %d, request id %s"
        logger().debug(text, request.method, redacted_url(request.url), response.status_code, identity)
