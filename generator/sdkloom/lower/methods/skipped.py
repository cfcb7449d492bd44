"""The operations that get no method, because `skip` in sdk.yaml says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
        fits = _matcher(pattern.text)
        fitting = [operation for endpoint, operation in endpoints.items() if fits.fullmatch(endpoint)]
        found.update((operation.method.lower(), operation.path) for operation in fitting)
        if not fitting:
            hint = did_you_mean(pattern.text, endpoints)
            sink.report(config_catalog.SKIPS_NOTHING, pattern.span, hint=hint, pattern=pattern.text)
    return frozenset(found)


def _matcher(pattern: str) -> re.Pattern[str]:
    verb, _, path = pattern.rpartition(" ")
    parts = [re.escape(part) for part in f"{verb.strip().lower() or '*'} {path}".split("*")]
    return re.compile("[^?]*".join(parts))
