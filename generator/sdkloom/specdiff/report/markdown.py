"""The report as Markdown (GitHub's flavour), for a comment on a pull request.

GitHub refuses comments of more than 65,536 characters. A report that is longer is folded more: first what follows from
other findings is counted, then harmless findings are told by resource, then more and more findings take a line, and
what is left is counted by resource.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from ...diagnostics.span import split_lines
from ...diagnostics.terminal import printable_lines
from ..changes import Change, joined_lines
from ..digest import lines_of
from ..model import Column, Finding, Impact, Report
from . import overview
from .overview import Group
from .prose import one_line, pieces

LIMIT = 65_536
"""Characters, counted as GitHub's JavaScript does: what lies outside of the basic plane counts twice."""

_MARKS = {Impact.BREAKS: "❌", Impact.LOOK: "⚠️", Impact.OK: "✅"}
_GROUP_MARKS = {Group.BREAKS: "❌", Group.LOOK: "⚠️", Group.HARMLESS: "✅", Group.DOCUMENTATION: "📝"}
_OPEN = {Group.BREAKS, Group.LOOK}

_SYMBOLS = 12
"""More are counted where there is little room."""

_SPECIAL = re.compile(r"[\\`*{}\[\]~|^$]|(?<!\w)_|_(?!\w)|^[-+#=]|(?<=^\d)[.)](?=\s)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

# Mentions and issues are looked for after Markdown is done, so escapes don't help. A space of no width does.
_REFERENCE = re.compile(r"([@#])(?=\w)")


@attrs.frozen
class _Level:
    """How much is told: findings at length and in a line, lines about a resource, and whether harmless findings and
    those that follow from others are listed one by one."""

    whole: int
    short: int
    lines: int
    each: bool = False


_ALL = 1_000_000
_LEVELS = (
    _Level(_ALL, 0, _ALL, each=True),
    _Level(_ALL, 0, _ALL),
    _Level(40, _ALL, _ALL),
    _Level(20, 150, 12),
    _Level(10, 60, 4),
    _Level(4, 10, 1),
    _Level(0, 4, 0),
    _Level(0, 0, 0),
)
_RESOURCES = 40
"""Resources that are named in a count."""


def render(report: Report, *, limit: int = LIMIT) -> str:
    """The comment, in less than `limit` characters (at least 4,096)."""
    made = (_comment(report, level, limit) for level in _LEVELS[:-1])
    return next((each for each in made if _length(each) < limit), None) or _comment(report, _LEVELS[-1], limit)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _comment(report: Report, level: _Level, limit: int) -> str:
    blocks = [*_head(report), *_findings(report, level), *_ignored(report, limit), *_changelog(report, limit)]
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


def _findings(report: Report, level: _Level) -> Iterator[str]:
    whole, short = level.whole, level.short
    for group, changes in overview.groups(report.findings).items():
        title = f"{_GROUP_MARKS[group]} {group.value} ({len(changes)})"
        if group not in _OPEN:
            yield _folded(title, "\n".join(_harmless(report, group, changes, level)))
            continue
        yield f"### {title}"
        yield from (_whole(change, level) for change in changes[:whole])
        lines = [_compact(change.finding) for change in changes[whole : whole + short]]
        lines += _counted(changes[whole + short :])
        if lines:
            yield "\n".join(lines)
        whole, short = max(0, whole - len(changes)), max(0, short - max(0, len(changes) - whole))


def _harmless(report: Report, group: Group, changes: tuple[Change, ...], level: _Level) -> Iterator[str]:
    """Lines by resource, and every finding where there is room."""
    if group is Group.HARMLESS:
        found = overview.by_resource(lines_of(changes, report.lone_resources), lambda line: line.resource)
        for lines in found.values():
            yield from (f"- {prose(line.text)}{overview.types_note(line)}" for line in lines[: level.lines])
        yield from _counted(
            [each for lines in found.values() for line in lines[level.lines :] for each in line.changes]
        )
        chosen = [change.finding for change in changes if change.finding.suggestion]
        if chosen and level.lines == _ALL:
            block = fenced(joined_lines(finding.suggestion or "" for finding in chosen), "yaml")
            yield f"\n{_folded('Lines for sdk.yaml that choose other names', block)}"
    if level.each or group is Group.DOCUMENTATION and level.whole == _ALL:
        every = "\n".join(_compact(each) for change in changes for each in (change.finding, *change.folded))
        yield every if group is Group.DOCUMENTATION else f"\n{_folded('Each of them', every)}"
    elif group is Group.DOCUMENTATION:
        symbols = list(dict.fromkeys(symbol for change in changes for symbol in change.finding.symbols[:1]))
        shown = ", ".join(map(code, symbols[: level.whole]))
        left = len(symbols) - level.whole
        yield f"{shown} and {left} more" if shown and left > 0 else shown or f"{left} texts"


def _counted(changes: Sequence[Change]) -> Iterator[str]:
    """How many more there are in which resource."""
    if changes:
        yield f"- and {len(changes)} more: {prose(overview.counted_by_resource(changes, _RESOURCES))}"


def _whole(change: Change, level: _Level) -> str:
    """A list item, with everything else indented below it."""
    finding = change.finding
    lines = [f"- **{prose(finding.message)}**  ", f"  {_columns(finding)}  "]
    places = [f"{state} {code(overview.place(span))}" for state, span in overview.places(finding)]
    if places:
        lines.append(f"  {' → '.join(places)}  ")
    further = overview.further_symbols(change)
    if further:
        shown = further if level.each else further[:_SYMBOLS]
        more = f" and {len(further) - len(shown)} more" if len(further) > len(shown) else ""
        lines.append(f"  also {', '.join(map(code, shown))}{more}  ")
    if change.others:
        lines.append(f"  with it {prose(overview.folded_note(change))}  ")
    if finding.hint:
        lines.append(f"  💡 {prose(finding.hint)}  ")
    lines.append(f"  <sub>{finding.rule.id} · {code(finding.id)}</sub>")
    blocks: list[str] = []
    if finding.suggestion:
        blocks.append(_folded("Lines for sdk.yaml", fenced(finding.suggestion, "yaml")))
    if change.folded and level.each:
        blocks.append(_folded(f"What follows ({len(change.folded)})", "\n".join(map(_compact, change.folded))))
    for block in blocks:
        lines += ["", *(f"  {line}".rstrip() for line in block.split("\n"))]
    return "\n".join(lines)


def _columns(finding: Finding) -> str:
    impacts = ((column.value, finding.verdict.of(column)) for column in Column)
    return " · ".join(f"{name} {_MARKS[impact]} {overview.IMPACT_WORDS[impact]}" for name, impact in impacts)


def _compact(finding: Finding) -> str:
    """A list item of one line: the sentence, the columns that are touched, the place, the id."""
    touched = [column.value for column in Column if finding.verdict.of(column) is not Impact.OK]
    mark = f"{_MARKS[finding.verdict.worst]} " if touched else ""
    about = [" and ".join(touched)] if touched else []
    about += [code(overview.place(span)) for _, span in overview.places(finding)[-1:]]
    return f"- {mark}{prose(finding.message)} ({', '.join([*about, code(finding.id)])})"


def _ignored(report: Report, limit: int) -> Iterator[str]:
    if not report.ignored:
        return
    items = [
        f"- {prose(ignored.finding.message)} ({code(ignored.finding.id)})  \n  {text(overview.ignored_note(ignored))}"
        for ignored in report.ignored
    ]
    if _length("\n".join(items)) > limit // 8:
        items = [f"They stand in the ignore file: {', '.join(code(each.finding.id) for each in report.ignored[:99])}"]
    yield _folded(f"🔕 Ignored ({len(report.ignored)})", "\n".join(items))


def _changelog(report: Report, limit: int) -> Iterator[str]:
    entry = report.changelog.strip()
    if entry and _length(entry) < limit // 4:
        yield _folded("Changelog entry", fenced(entry, "markdown"))
    elif entry:
        yield f"The changelog entry has {len(split_lines(entry))} lines; `sdkloom diff … --changelog -` prints it."


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
