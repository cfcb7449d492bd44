"""The report as workflow commands of GitHub Actions, which become annotations beside the changed lines.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands

A notice tells the verdict; what breaks is an error, what needs a look a warning. Harmless findings have no annotation.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...diagnostics.terminal import printable_lines, workflow_command
from ..model import Column, Finding, Impact, Report
from . import overview
from .prose import one_line

_COMMANDS = {Impact.BREAKS: "error", Impact.LOOK: "warning"}


def render(report: Report) -> str:
    """One command a line, the verdict first, then the findings, the worst first, and at last what follows from them.

    GitHub shows the first ten of each kind of a step; the others stand in the log.
    """
    files = {
        span.file for finding in report.findings for state, span in overview.places(finding) if state == "revision"
    }
    files |= report.sources.keys()
    lines = [_verdict(report)]
    for finding in sorted(report.findings, key=lambda each: bool(each.cause)):
        command = _COMMANDS.get(finding.verdict.worst)
        if command is not None:
            lines.append(workflow_command(command, _properties(finding, files), _message(finding)))
    return "\n".join(lines) + "\n"


def _verdict(report: Report) -> str:
    lines = [overview.headline(report)]
    if report.findings:
        lines += [f"{row.column.value}: {row.sentence} ({row.counted})" for row in overview.rows(report)]
        change = overview.version_change(report.version, "->")
        lines.append(f"version: {change}: {overview.version_note(report.version)}")
    title = one_line(f"{report.package}: {report.base} -> {report.revision}")
    return workflow_command("notice", {"title": title}, "\n".join(map(one_line, lines)))


def _properties(finding: Finding, files: set[str]) -> dict[str, str]:
    """What was removed has no line in the checked out file, so GitHub gets the file alone, if it is known."""
    worst = finding.verdict.worst
    columns = ", ".join(column.value for column in Column if finding.verdict.of(column) is worst)
    title = f"{'breaks' if worst is Impact.BREAKS else 'look at'} {columns} ({finding.rule.id})"
    if finding.revision is not None:
        return {"file": finding.revision.file, "line": str(finding.revision.line), "title": title}
    if finding.base is not None:
        # `main:spec/anthropic.yaml` was that file before.
        file = finding.base.file.rpartition(":")[2]
        if file in files:
            return {"file": file, "title": title}
    return {"title": title}


def _message(finding: Finding) -> str:
    return "\n".join(_lines(finding))


def _lines(finding: Finding) -> Iterator[str]:
    yield one_line(finding.message)
    yield overview.verdict_words(finding.verdict)
    if finding.base is not None:
        yield one_line(f"before: {overview.place(finding.base)}")
    if finding.hint:
        yield one_line(f"hint: {finding.hint}")
    if finding.suggestion:
        yield f"lines for sdk.yaml:\n{printable_lines(finding.suggestion).rstrip()}"
    yield f"id: {finding.id}" + (f", follows from {finding.cause}" if finding.cause else "")
