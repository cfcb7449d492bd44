"""Logging: switched on by an environment variable, free of secrets at every level."""

from __future__ import annotations

import logging
from typing import Any

from .._request.http_library import LIBRARIES, classes, library_of, url_of
from .._request.redaction import redacted_url

FORMAT = "[%(asctime)s - %(name)s:%(lineno)d - %(levelname)s] %(message)s"


def enable_logging(level: str, package: str) -> None:
    """Log what the package and httpx do, from this level (`debug`, `info`) on."""
    logging.basicConfig(format=FORMAT, datefmt="%Y-%m-%d %H:%M:%S")
    for name in (package, *LIBRARIES):
        logging.getLogger(name).setLevel(level.upper())


def redact_httpx_logs(library: str) -> None:
    """Take passwords and secret query parameters out of the URLs that httpx, or httpx2, logs: one for every request."""
    logging.getLogger(library).addFilter(_redact_urls)


def _redact_urls(record: logging.LogRecord) -> bool:
    if isinstance(record.args, tuple):
        record.args = tuple(_shown(value) for value in record.args)
    return True


def _shown(value: Any) -> Any:
    """A URL stays one, so that the filters of other packages like this one see it too."""
    return url_of(library_of(value), redacted_url(value)) if isinstance(value, classes("URL")) else value
