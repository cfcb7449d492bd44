"""Diagnostics as workflow commands of GitHub Actions, which become annotations beside the lines."""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnostics.model import Diagnostic, Severity
from ..diagnostics.span import NOWHERE
from ..diagnostics.terminal import workflow_command

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Return one command a line."""
    return "".join(f"{_command(found)}\n" for found in diagnostics)


def _command(found: Diagnostic) -> str:
    span, place = found.span, {}
    if span != NOWHERE:
        place = {"file": span.file, "line": str(span.line), "endLine": str(span.end_line)}
        if span.line == span.end_line:
            place |= {"col": str(span.col), "endColumn": str(span.end_col)}
    text = found.message if found.hint is None else f"{found.message}\nhint: {found.hint}"
    return workflow_command(_COMMANDS[found.severity], {**place, "title": found.code}, text)
