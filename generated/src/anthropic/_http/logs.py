"""Logging: switched on by an environment variable, free of secrets at every level."""

from __future__ import annotations

import logging
from typing import Any

from .._lazy import httpx
from .._request.redaction import redacted_url

FORMAT = "[%(asctime)s - %(name)s:%(lineno)d - %(levelname)s] %(message)s"


def enable_logging(level: str, package: str) -> None:
    """Log what the package and httpx do, from this level (`debug`, `info`) on."""
    logging.basicConfig(format=FORMAT, datefmt="%Y-%m-%d %H:%M:%S")
    for name in (package, "httpx"):
        logging.getLogger(name).setLevel(level.upper())


def redact_httpx_logs() -> None:
    """Take passwords and secret query parameters out of the URLs that httpx logs, one for every request."""
    logging.getLogger("httpx").addFilter(_redact_urls)


def _redact_urls(record: logging.LogRecord) -> bool:
    if isinstance(record.args, tuple):
        record.args = tuple(_shown(value) for value in record.args)
    return True


def _shown(value: Any) -> Any:
    """A URL stays one, so that the filters of other packages like this one see it too."""
    return httpx.URL(redacted_url(value)) if isinstance(value, httpx.URL) else value
