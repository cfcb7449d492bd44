"""The operations that get no method, because `skip` in sdk.yaml says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ...diagnostics import config_catalog
from ...diagnostics.model import DiagnosticSink
from ...diagnostics.nearest import did_you_mean
from ...document.config import Name
from ...document.model import Operation


def skipped_operations(
    patterns: Iterable[Name], operations: Iterable[Operation], sink: DiagnosticSink
) -> frozenset[tuple[str, str]]:
    """Return the verbs and paths that one of `patterns` fits: `get /pets`, `/pets` with any verb, `/internal/*`.

    A pattern that fits none is reported.
    """
    endpoints = {operation.endpoint: operation for operation in operations}
    found: set[tuple[str, str]] = set()
    for pattern in patterns:
        fitting = [operation for endpoint, operation in endpoints.items() if fits_endpoint(pattern.text, endpoint)]
        found.update((operation.method.lower(), operation.path) for operation in fitting)
        if not fitting:
            hint = did_you_mean(pattern.text, endpoints)
            sink.report(config_catalog.SKIPS_NOTHING, pattern.span, hint=hint, pattern=pattern.text)
    return frozenset(found)


def fits_endpoint(pattern: str, endpoint: str) -> bool:
    """Return whether a pattern (`/pets/*`, `get /pets`) fits an endpoint (`get /pets/{id}`)."""
    return _matcher(pattern).fullmatch(endpoint) is not None


@lru_cache(maxsize=128)
def _matcher(pattern: str) -> re.Pattern[str]:
    verb, _, path = pattern.rpartition(" ")
    parts = [re.escape(part) for part in f"{verb.strip().lower() or '*'} {path}".split("*")]
    return re.compile("[^?]*".join(parts))
