"""The report as one page: a single file that asks nobody for anything, with everything visible without JavaScript.

Findings stand in sections by resource, which are closed in a long report. What follows from a finding stands in it.

The template and its parts stand in `page/`. A content security policy allows the page's own style and script, by their
hashes, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import attrs
import jinja2
from markupsafe import Markup

from ...diagnostics.terminal import printable_lines
from ..changes import Change
from ..digest import outermost
from ..model import Column, Finding, Impact, Report
from . import hunks, overview
from .excerpts import Excerpt, Excerpts, Gap
from .hunks import DiffLine, Kind
from .prose import Piece, one_line, pieces

_PAGE = Path(__file__).parent / "page"

_SHORT = 40
"""Findings of a report whose sections are open where something is bad."""

_LINES = 60
"""Lines of a diff beside a finding. The whole diff stands at the end of the page."""


@attrs.frozen(kw_only=True)
class CodeFile:
    """The diff of a generated file. `more` counts the lines that aren't shown."""

    path: str
    anchor: str
    lines: tuple[DiffLine, ...]
    more: int = 0

    @property
    def added(self) -> int:
        """How many of the shown lines came."""
        return sum(line.kind is Kind.ADDED for line in self.lines)

    @property
    def removed(self) -> int:
        """How many of the shown lines went."""
        return sum(line.kind is Kind.REMOVED for line in self.lines)


@attrs.frozen(kw_only=True)
class Entry:
    """A finding with what belongs to it."""

    change: Change
    base: Excerpt | None
    revision: Excerpt | None
    code: tuple[CodeFile, ...]

    @property
    def finding(self) -> Finding:
        """The finding, which speaks for what follows from it."""
        return self.change.finding

    @property
    def impacts(self) -> tuple[tuple[str, Impact, str], ...]:
        """Name, impact and word of each column."""
        verdicts = ((column, self.finding.verdict.of(column)) for column in Column)
        return tuple((column.value, impact, overview.IMPACT_WORDS[impact]) for column, impact in verdicts)

    @property
    def place(self) -> str:
        """The place in the revision, or else in the base: `spec/anthropic.yaml:12`."""
        places = overview.places(self.finding)
        return overview.place(places[-1][1]) if places else ""

    @property
    def folded(self) -> Iterator[tuple[Finding, str]]:
        """What follows from the finding, each with its verdict, its places and its rule."""
        for finding in self.change.folded:
            places = (f"{state} {overview.place(span)}" for state, span in overview.places(finding))
            yield finding, " · ".join([overview.verdict_words(finding.verdict), *places, finding.rule.id])

    @property
    def search(self) -> str:
        """What the filter looks through, beside what the row shows."""
        finding = self.finding
        words = [finding.id, finding.rule.id, finding.resource, *finding.symbols, *finding.files, finding.pointer]
        words += [word for each in self.change.folded for word in (each.id, each.rule.id, each.message)]
        return one_line(" ".join(dict.fromkeys(words)))


@attrs.frozen(kw_only=True)
class Section:
    """The findings about a resource, the worst first."""

    resource: str
    anchor: str
    entries: tuple[Entry, ...]
    is_open: bool

    @property
    def counts(self) -> tuple[tuple[Impact, str], ...]:
        """How many findings are how bad, from bad to harmless, without zeros: `2 break`."""
        worst = [entry.finding.verdict.worst for entry in self.entries]
        return tuple(
            (impact, overview.impact_count(impact, worst.count(impact)))
            for impact in (Impact.BREAKS, Impact.LOOK, Impact.OK)
            if impact in worst
        )


@attrs.frozen(kw_only=True)
class Bar:
    """A part of the bar that shows how many findings say what in a column; in percent."""

    impact: Impact
    start: str
    width: str


def render(report: Report) -> str:
    """Return the page as HTML."""
    style, script = (Markup((_PAGE / name).read_text(encoding="utf-8")) for name in ("page.css", "page.js"))
    page = _environment().get_template("page.html.jinja")
    return page.render(
        report=report,
        overview=overview,
        sections=_sections(report),
        rows=[(row, _bars(row)) for row in overview.rows(report)],
        files=[_file(report, path) for path in sorted(report.code)],
        impacts=[(impact, overview.IMPACT_WORDS[impact]) for impact in reversed(Impact)],
        columns=[column.value for column in Column],
        policy=f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'",
        style=style,
        script=script,
    )


def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_PAGE),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
        finalize=_shown,
    )
    made.tests["gap"] = lambda value: isinstance(value, Gap)
    cast("dict[str, Any]", made.filters)["pieces"] = _pieces
    return made


def _pieces(message: str) -> list[Piece]:
    return list(pieces(one_line(message)))


def _shown(value: object) -> object:
    """Every value that a template prints: texts without what readers can't see."""
    return printable_lines(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _sections(report: Report) -> list[Section]:
    """Sections with something bad first; open, if it is a short report, where something is bad."""
    cutter = Excerpts(report.sources)
    changes = [change for members in overview.groups(report.findings).values() for change in members]
    found = overview.by_resource(changes, lambda change: outermost(change.finding.resource, report.lone_resources))
    return [
        Section(
            resource=resource or "others",
            anchor=f"r-{number}",
            entries=tuple(_entry(report, cutter, change) for change in members),
            is_open=len(changes) <= _SHORT and members[0].finding.verdict.worst is not Impact.OK,
        )
        for number, (resource, members) in enumerate(found.items(), 1)
    ]


def _entry(report: Report, cutter: Excerpts, change: Change) -> Entry:
    base, revision = cutter.pair(change.finding)
    return Entry(change=change, base=base, revision=revision, code=tuple(_code(report, change.finding)))


def _code(report: Report, finding: Finding) -> Iterator[CodeFile]:
    for path in finding.files:
        if path in report.code:
            lines = [line for hunk in hunks.relevant(report.code[path], finding.words) for line in hunk]
            end = min(_LINES, len(lines))
            while end and lines[end - 1].kind is Kind.HUNK:
                end -= 1
            yield CodeFile(path=path, anchor=_anchor(path), lines=tuple(lines[:end]), more=len(lines) - end)


def _file(report: Report, path: str) -> CodeFile:
    lines = tuple(line for hunk in hunks.hunks(report.code[path]) for line in hunk)
    return CodeFile(path=path, anchor=_anchor(path), lines=lines)


def _anchor(path: str) -> str:
    return f"code-{hashlib.sha256(path.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _bars(row: overview.Row) -> list[Bar]:
    total = sum(count for _, count in row.counts)
    bars: list[Bar] = []
    start = 0.0
    for impact, count in row.counts:
        width = 100 * count / total
        bars.append(Bar(impact=impact, start=f"{start:.2f}%", width=f"{width:.2f}%"))
        start += width
    return bars
