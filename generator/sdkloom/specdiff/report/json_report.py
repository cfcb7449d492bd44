"""The report as JSON, as `report.schema.json` says (JSON Schema 2020-12): in ASCII, with keys in a fixed order.

No line of it is a command of a CI server, in whose log it may be printed."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ...diagnostics.span import Span
from ..changes import changes_of
from ..model import Column, Finding, Impact, Report, Verdict

SCHEMA_VERSION = 2
"""Grows when a reader of the old form would fail or misread; new keys alone don't count."""

SCHEMA_PATH = Path(__file__).parent / "report.schema.json"

_COMMAND = re.compile(r"(?<=#)#(?=\w*\[)")
"""What `##[group]` is known by, as `diagnostics.terminal.without_commands` says; in JSON it stands in strings only."""


def render(report: Report) -> str:
    """Everything of the report but the texts of the specs."""
    version, changes = report.version, changes_of(report.findings)
    made = {
        "schemaVersion": SCHEMA_VERSION,
        "package": report.package,
        "base": report.base,
        "revision": report.revision,
        "summary": {column.value: _summary(report, column) for column in Column},
        "version": {
            "level": version.level.value,
            "bump": version.bump.value,
            "before": version.before,
            "given": version.given,
            "due": version.due,
            "isEnough": version.is_enough,
        },
        "findings": [_finding(change.finding) for change in changes],
        "folded": [_finding(finding) for change in changes for finding in change.folded],
        "ignored": [
            {"finding": _finding(ignored.finding), "reason": ignored.reason, "expires": ignored.expires}
            for ignored in report.ignored
        ],
        "changelog": report.changelog,
        "code": {path: report.code[path] for path in sorted(report.code)},
    }
    return _COMMAND.sub(r"\\u0023", json.dumps(made, indent=2)) + "\n"


def _summary(report: Report, column: Column) -> dict[str, object]:
    counts = {impact.value: report.count(column, impact) for impact in reversed(Impact)}
    return {"worst": report.worst(column).value, **counts}


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "id": finding.id,
        "rule": finding.rule.id,
        "section": finding.rule.section.value,
        "worst": finding.verdict.worst.value,
        "verdict": _verdict(finding.verdict),
        "message": finding.message,
        "hint": finding.hint,
        "symbols": list(finding.symbols),
        "pointer": finding.pointer,
        "base": _span(finding.base),
        "revision": _span(finding.revision),
        "files": list(finding.files),
        "words": list(finding.words),
        "suggestion": finding.suggestion,
        "resource": finding.resource,
        "cause": finding.cause or None,
    }


def _verdict(verdict: Verdict) -> dict[str, str]:
    return {column.value: verdict.of(column).value for column in Column}


def _span(span: Span | None) -> dict[str, object] | None:
    if span is None:
        return None
    return {
        "file": span.file,
        "line": span.line,
        "column": span.col,
        "endLine": span.end_line,
        "endColumn": span.end_col,
    }
