"""Logging: switched on by an environment variable, free of secrets at every level."""

from __future__ import annotations

import logging
from typing import Any

from .._lazy import httpx
from .._request.redaction import url_for_people

FORMAT = "[%(asctime)s - %(name)s:%(lineno)d - %(levelname)s] %(message)s"


def switch_on(level: str, package: str) -> None:
    """Print what the package and httpx do, from this level (`debug`, `info`) on."""
    logging.basicConfig(format=FORMAT, datefmt="%Y-%m-%d %H:%M:%S")
    for name in (package, "httpx"):
        logging.getLogger(name).setLevel(level.upper())


def guard_httpx() -> None:
    """httpx logs the URL of every request. Take passwords and secret query parameters out of it."""
    logging.getLogger("httpx").addFilter(_hide_urls)


def _hide_urls(record: logging.LogRecord) -> bool:
    if isinstance(record.args, tuple):
        record.args = tuple(_shown(value) for value in record.args)
    return True


def _shown(value: Any) -> Any:
    return url_for_people(value) if isinstance(value, httpx.URL) else value
