"""Which failures are tried again, and when. Pure functions: no clock but what is handed in."""

from __future__ import annotations

import math
import time
from typing import Mapping

FIRST_DELAY = 0.5
"""Seconds before the first retry; each of the next waits twice as long as the one before."""

LONGEST_DELAY = 8.0
"""Seconds, where the delay is our choice."""

LONGEST_SERVER_DELAY = 60.0
"""Seconds, where the server asks for a delay. If it asks for more, the delay is our choice."""


def is_retried_status(status: int, headers: Mapping[str, str]) -> bool:
    """Whether a response is tried again.

    These are timeouts (408), conflicts (409), rate limits (429, RFC 6585 §4) and failures of the server (5xx), unless
    the server says otherwise in the header `x-should-retry`.
    """
    said = headers.get("x-should-retry")
    if said == "true":
        return True
    if said == "false":
        return False
    return status in (408, 409, 429) or status >= 500


def is_retried_failure(error: Exception) -> bool:
    """Whether a failure to send or receive is tried again: not if it would only repeat itself."""
    from .._request.http_library import library_of
    from .._sdk import SDK

    library = library_of(error)

    hopeless = (
        library.TooManyRedirects,
        library.UnsupportedProtocol,
        library.LocalProtocolError,
        library.InvalidURL,
        library.CookieConflict,
        library.StreamError,
        SDK.base_error,
        RecursionError,
    )
    mistakes = (TypeError, ValueError)  # in hooks, auth, transports, settings
    if isinstance(error, hopeless) or _is_bad_certificate(error):
        return False
    return isinstance(error, OSError) or not isinstance(error, mistakes)


def _is_bad_certificate(error: BaseException | None) -> bool:
    """Whether the server could not prove who it is (RFC 8446 §4.4.2.4): asking again changes nothing."""
    for _ in range(8):
        if error is None:
            return False
        if type(error).__name__ == "SSLCertVerificationError" or "CERTIFICATE_VERIFY_FAILED" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def retry_delay(retries_made: int, headers: Mapping[str, str] | None) -> float:
    """Return the seconds to wait before the next attempt.

    That is what the server asks for if it is sensible, else longer each time, less up to a quarter at random.
    """
    asked = server_delay(headers) if headers is not None else None
    if asked is not None and 0 < asked <= LONGEST_SERVER_DELAY:
        return asked
    delay = min(FIRST_DELAY * 2.0 ** min(retries_made, 10), LONGEST_DELAY)
    import random

    return delay * (1 - 0.25 * random.random())


def server_delay(headers: Mapping[str, str]) -> float | None:
    """Return the delay in seconds that the server asks for, or `None` if it says nothing that makes sense.

    `Retry-After` is a number of seconds or a date (RFC 9110 §10.2.3); `retry-after-ms` is more exact, and wins.
    """
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    text = headers.get("retry-after")
    seconds = _number(text)
    return seconds if seconds is not None or text is None else _seconds_until(text)


def _number(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _seconds_until(date: str) -> float | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(date).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError, OSError):
        return None
