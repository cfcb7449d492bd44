"""What was accepted before: a file of diagnostics that don't count any more. Lines may move; the message stays.

The file is JSON: `{"version": 1, "accepted": [{"code", "file", "message", "count"}, …]}`, sorted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, cast

from ..diagnostics import lint_catalog
from ..diagnostics.json_listing import json_text
from ..diagnostics.model import Diagnostic, DiagnosticSink, Severity
from ..diagnostics.span import Span

VERSION = 1

Key = tuple[str, str, str]
"""Code, file and message."""


def baseline_text(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a baseline that accepts these diagnostics. Errors are never accepted."""
    counted = Counter(_key(found) for found in diagnostics if found.severity is not Severity.ERROR)
    accepted = [
        {"code": code, "file": file, "message": message, "count": count}
        for (code, file, message), count in sorted(counted.items())
    ]
    return json_text({"version": VERSION, "accepted": accepted})


def parse_baseline(path: str, text: str, sink: DiagnosticSink) -> Counter[Key] | None:
    """Return how many of each diagnostic a baseline accepts; `None`, after a report, if it is none."""
    try:
        found: Any = json.loads(text)
        has_version = isinstance(found, dict) and cast("dict[str, Any]", found).get("version") == VERSION
        entries = cast("list[dict[str, Any]]", found["accepted"]) if has_version else None
        accepted = Counter({_accepted(one): int(one["count"]) for one in entries or ()})
        problem = None if has_version else f"its `version` isn't {VERSION}"
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        accepted, problem = Counter[Key](), f"it lacks {error}" if isinstance(error, KeyError) else str(error)
    if problem is not None:
        sink.report(lint_catalog.BAD_BASELINE, _start_of(path), problem=problem)
        return None
    return accepted


def _accepted(entry: dict[str, Any]) -> Key:
    return str(entry["code"]), str(entry["file"]), str(entry["message"])


def new_ones(diagnostics: Iterable[Diagnostic], accepted: Counter[Key], path: str) -> tuple[Diagnostic, ...]:
    """Return what isn't accepted, with a note if something is accepted that is gone."""
    left = Counter(accepted)
    found: list[Diagnostic] = []
    for diagnostic in diagnostics:
        key = _key(diagnostic)
        if diagnostic.severity is not Severity.ERROR and left[key] > 0:
            left[key] -= 1
        else:
            found.append(diagnostic)
    gone = sum(left.values())
    if gone:
        obsolete = DiagnosticSink()
        obsolete.report(lint_catalog.BASELINE_OBSOLETE, _start_of(path), count=gone)
        found += obsolete.diagnostics
    return tuple(found)


def _key(diagnostic: Diagnostic) -> Key:
    return diagnostic.code, diagnostic.span.file, diagnostic.message


def _start_of(path: str) -> Span:
    return Span(file=path, line=1, col=1, end_line=1, end_col=1)
