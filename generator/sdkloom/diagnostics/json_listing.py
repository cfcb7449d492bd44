"""Diagnostics as JSON: one form for all commands, in ASCII, with keys in a fixed order (`docs/commands.md`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from .model import Diagnostic, Severity
from .span import NOWHERE, Span

_COMMAND = re.compile(r"(?<=#)#(?=\w*\[)")
"""What `##[group]` is known by, as `terminal.without_commands` says; in JSON it stands in strings only."""


def json_text(value: object) -> str:
    """Return a value as JSON on several lines, of which none is a command of a CI server."""
    return _COMMAND.sub(r"\\u0023", json.dumps(value, indent=2)) + "\n"


def records(diagnostics: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """Return diagnostics as JSON objects. Lines and columns count from 1; `end` is behind the last character."""
    return [
        {
            "code": found.code,
            "severity": found.severity.value,
            "message": found.message,
            "hint": found.hint,
            **place(found.span),
            "related": [{"message": related.message, **place(related.span)} for related in found.related],
        }
        for found in diagnostics
    ]


def counts(diagnostics: Iterable[Diagnostic]) -> dict[str, int]:
    """Return how many diagnostics there are of each severity: `errors`, `warnings`, `notes`."""
    severities = [found.severity for found in diagnostics]
    return {f"{severity.value}s": severities.count(severity) for severity in Severity}


def place(span: Span) -> dict[str, object]:
    """Return a place as JSON; what stands in no file (an argument of the command line) has null everywhere."""
    if span == NOWHERE:
        return {"file": None, "line": None, "column": None, "end": None}
    end = {"line": span.end_line, "column": span.end_col}
    return {"file": span.file, "line": span.line, "column": span.col, "end": end}
