"""The report as Markdown (GitHub's flavour), for a comment on a pull request.

GitHub refuses comments of more than 65,536 characters. Where a report is longer, whole findings are left out from the
end, and a line says how many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...diagnostics.span import split_lines
from ...diagnostics.terminal import printable_lines
from ..model import Column, Finding, Impact, Report
from . import overview
from .overview import Group
from .prose import one_line, pieces

LIMIT = 65_536
"""Characters, counted as GitHub's JavaScript does: what lies outside of the basic plane counts twice."""

_MARKS = {Impact.BREAKS: "❌", Impact.LOOK: "⚠️", Impact.OK: "✅"}
_GROUP_MARKS = {Group.BREAKS: "❌", Group.LOOK: "⚠️", Group.HARMLESS: "✅", Group.DOCUMENTATION: "📝"}
_OPEN = {Group.BREAKS, Group.LOOK}

_SPECIAL = re.compile(r"[\\`*{}\[\]~|^$]|(?<!\w)_|_(?!\w)|^[-+#=]|(?<=^\d)[.)](?=\s)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

# Mentions and issues are looked for after Markdown is done, so escapes don't help. A space of no width does.
_REFERENCE = re.compile(r"([@#])(?=\w)")


def render(report: Report, *, limit: int = LIMIT) -> str:
    """The comment, in less than `limit` characters."""
    kept, dropped = 0, len(report.findings) + 1
    while dropped - kept > 1:
        middle = (kept + dropped) // 2
        if _length(_comment(report, middle, limit)) < limit:
            kept = middle
        else:
            dropped = middle
    return _comment(report, kept, limit)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _comment(report: Report, kept: int, limit: int) -> str:
    """The comment with the first `kept` findings."""
    blocks = [*_head(report), *_findings(report, kept), *_ignored(report, limit), *_changelog(report, limit)]
    return "\n\n".join(blocks) + "\n"


def _head(report: Report) -> Iterator[str]:
    yield f"## {text(report.package)}: {code(report.base)} → {code(report.revision)}"
    yield f"**{text(overview.headline(report))}.**"
    if not report.findings:
        return
    table = ["| | | breaks | look | fine | |", "|---|---|--:|--:|--:|---|"]
    for row in overview.rows(report):
        counts = dict(row.counts)
        numbers = " | ".join(str(counts.get(impact, 0)) for impact in (Impact.BREAKS, Impact.LOOK, Impact.OK))
        table.append(f"| {_MARKS[row.worst]} | **{row.column.value}** | {numbers} | {text(row.sentence)} |")
    yield "\n".join(table)
    mark = _MARKS[overview.version_impact(report.version)]
    change = text(overview.version_change(report.version, "→"))
    yield f"{mark} **Version {change}**: {prose(overview.version_note(report.version))}."


def _findings(report: Report, kept: int) -> Iterator[str]:
    ordered = [finding for members in overview.groups(report.findings).values() for finding in members]
    shown = overview.groups(ordered[:kept])
    totals = {group: len(members) for group, members in overview.groups(ordered).items()}
    for group, findings in shown.items():
        title = f"{_GROUP_MARKS[group]} {group.value} ({totals[group]})"
        if group in _OPEN:
            yield f"### {title}"
            yield from map(_whole, findings)
        else:
            yield _folded(title, "\n".join(map(_compact, findings)))
    left = overview.group_counts(ordered[kept:])
    if left:
        yield f"**Left out, because a comment has an end:** {left}. The other formats show them."


def _whole(finding: Finding) -> str:
    """A list item, with everything else indented below it."""
    lines = [f"- **{prose(finding.message)}**  ", f"  {_columns(finding)}  "]
    places = [f"{state} {code(overview.place(span))}" for state, span in overview.places(finding)]
    if places:
        lines.append(f"  {' → '.join(places)}  ")
    further = overview.further_symbols(finding)
    if further:
        lines.append(f"  also {', '.join(map(code, further))}  ")
    if finding.hint:
        lines.append(f"  💡 {prose(finding.hint)}  ")
    lines.append(f"  <sub>{finding.rule.id} · {code(finding.id)}</sub>")
    if finding.suggestion:
        block = _folded("Lines for sdk.yaml", fenced(finding.suggestion, "yaml"))
        lines += ["", *(f"  {line}".rstrip() for line in block.split("\n"))]
    return "\n".join(lines)


def _columns(finding: Finding) -> str:
    impacts = ((column.value, finding.verdict.of(column)) for column in Column)
    return " · ".join(f"{name} {_MARKS[impact]} {overview.IMPACT_WORDS[impact]}" for name, impact in impacts)


def _compact(finding: Finding) -> str:
    places = overview.places(finding)
    place = f" ({code(overview.place(places[-1][1]))})" if places else ""
    return f"- {prose(finding.message)}{place}"


def _ignored(report: Report, limit: int) -> Iterator[str]:
    if not report.ignored:
        return
    items = [
        f"- {prose(ignored.finding.message)} ({code(ignored.finding.id)})  \n  {text(overview.ignored_note(ignored))}"
        for ignored in report.ignored
    ]
    yield _folded(f"🔕 Ignored ({len(items)})", "\n".join(_within(items, limit // 8)))


def _changelog(report: Report, limit: int) -> Iterator[str]:
    entry = report.changelog.strip()
    if entry:
        shown = "\n".join(_within(split_lines(entry), limit // 4))
        yield _folded("Changelog entry", fenced(shown, "markdown"))


def _within(lines: list[str], room: int) -> list[str]:
    """The first lines that fit into `room` characters, and how many more there are."""
    for number, line in enumerate(lines):
        room -= _length(line) + 1
        if room < 0:
            return [*lines[:number], f"… {len(lines) - number} more"]
    return lines


def _folded(summary: str, body: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{body}\n\n</details>"


def prose(message: str) -> str:
    """A message, with its code as code."""
    return "".join(code(piece.text) if piece.is_code else _escaped(piece.text) for piece in pieces(one_line(message)))


def text(plain: str) -> str:
    """Text that means nothing in Markdown, in HTML or to GitHub."""
    return _escaped(one_line(plain))


def _escaped(plain: str) -> str:
    escaped = _SPECIAL.sub(lambda found: "\\" + found[0], plain)
    escaped = "".join(_ENTITIES.get(char, char) for char in escaped)
    return _REFERENCE.sub(r"\1&#8203;", escaped)


def code(plain: str) -> str:
    """A code span, with as many backticks around it as it needs."""
    plain = one_line(plain)
    fence = "`" * (_longest_run(plain) + 1)
    gap = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{fence}{gap}{plain}{gap}{fence}"


def fenced(plain: str, language: str) -> str:
    """A code block, with a fence that its text can't close."""
    fence = "`" * max(3, _longest_run(plain) + 1)
    return f"{fence}{language}\n{printable_lines(plain).rstrip()}\n{fence}"


def _longest_run(plain: str) -> int:
    return max(map(len, re.findall("`+", plain)), default=0)
