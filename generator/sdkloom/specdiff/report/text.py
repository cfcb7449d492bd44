"""The report for a terminal.

Harmless findings take a line or two, documentation is counted; `verbose` tells all of everything. Nothing relies on
colours, and what isn't a text of the spec is ASCII. No line is wider than asked, but for the lines for sdk.yaml: they
are there to be copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...diagnostics.span import split_lines
from ...diagnostics.terminal import BOLD, DIM, GREEN, RED, YELLOW, printable
from ..model import Column, Finding, Ignored, Impact, Report
from . import overview
from .overview import IMPACT_WORDS, Group
from .wrapping import MIN_WIDTH, Run, prose, wrapped

_STYLES = {Impact.BREAKS: f"{BOLD};{RED}", Impact.LOOK: YELLOW, Impact.OK: GREEN}
_MARKS = {Impact.BREAKS: "x", Impact.LOOK: "!", Impact.OK: "-"}

_SYMBOLS = 6
"""More are counted, unless verbose."""


def render(report: Report, *, width: int, color: bool, verbose: bool = False) -> str:
    """The report in lines of at most `width` columns (at least 40)."""
    page = _Page(report, max(width, MIN_WIDTH), color, verbose)
    return "\n".join(page.lines()) + "\n"


class _Page:
    def __init__(self, report: Report, width: int, color: bool, verbose: bool) -> None:
        self._report = report
        self._width = width
        self._color = color
        self._verbose = verbose

    def lines(self) -> Iterator[str]:
        report = self._report
        compared = f"{report.package}: from `{report.base}` to `{report.revision}`"
        yield from self._wrapped(prose(compared, self._color))
        yield from self._wrapped([Run(overview.headline(report), BOLD)])
        if report.findings or report.ignored:
            yield ""
            yield from self._summary()
        for group, findings in overview.groups(report.findings).items():
            yield from self._group(group, findings)
        if report.ignored:
            yield from self._title("Ignored", len(report.ignored))
            for ignored in report.ignored:
                yield from self._ignored(ignored)
        if report.changelog.strip():
            yield from self._title("Changelog entry")
            yield from self._changelog(report.changelog)

    def _summary(self) -> Iterator[str]:
        for row in overview.rows(self._report):
            worst = Run(f"{IMPACT_WORDS[row.worst]}:", _STYLES[row.worst])
            text = f" {row.sentence} ({row.counted})"
            yield from self._entry(row.column.value, [worst, Run(text)])
        version = self._report.version
        change = Run(f"{overview.version_change(version, '->')}:", _STYLES[overview.version_impact(version)])
        yield from self._entry("version", [change, Run(" "), *self._prose(overview.version_note(version))])
        if self._report.ignored:
            yield from self._entry("ignored", [Run(f"{len(self._report.ignored)}, listed below")])

    def _group(self, group: Group, findings: tuple[Finding, ...]) -> Iterator[str]:
        yield from self._title(group.value, len(findings))
        if group is Group.DOCUMENTATION and not self._verbose:
            symbols = [symbol for finding in findings for symbol in finding.symbols[:1]]
            yield from self._wrapped(self._symbols(symbols))
            return
        for finding in findings:
            if self._verbose or group in {Group.BREAKS, Group.LOOK}:
                yield from self._whole(finding)
            else:
                yield from self._compact(finding)

    def _whole(self, finding: Finding) -> Iterator[str]:
        yield ""
        yield from self._message(finding)
        yield from self._entry("verdict", self._verdict(finding), "  ")
        for state, span in overview.places(finding):
            yield from self._entry(state, [Run(overview.place(span))], "  ")
        further = overview.further_symbols(finding)
        if further:
            yield from self._entry("also", self._symbols(further), "  ")
        if finding.hint:
            yield from self._entry("hint", self._prose(finding.hint), "  ")
        if finding.suggestion:
            yield from self._entry("sdk.yaml", [Run("these lines keep the old name:")], "  ")
            yield from (f"    {printable(line)}".rstrip() for line in split_lines(finding.suggestion.rstrip()))
        yield from self._entry("id", [Run(finding.id), Run(f" {finding.rule.id}", DIM)], "  ")

    def _compact(self, finding: Finding) -> Iterator[str]:
        _, span = overview.places(finding)[-1] if overview.places(finding) else ("", None)
        yield from self._message(finding, f" ({overview.place(span)})" if span else "")

    def _message(self, finding: Finding, place: str = "") -> Iterator[str]:
        worst = finding.verdict.worst
        mark = Run(_MARKS[worst], _STYLES[worst])
        runs = [mark, Run(" "), *prose(finding.message, self._color, BOLD if not place else ""), Run(place, DIM)]
        yield from self._wrapped(runs, rest="  ")

    def _verdict(self, finding: Finding) -> Iterator[Run]:
        for column in Column:
            impact = finding.verdict.of(column)
            yield Run(f"{column.value} " if column is Column.WIRE else f", {column.value} ")
            yield Run(IMPACT_WORDS[impact], _STYLES[impact])

    def _ignored(self, ignored: Ignored) -> Iterator[str]:
        runs = [Run(f"- {ignored.finding.id} "), *self._prose(ignored.finding.message)]
        yield from self._wrapped(runs, rest="  ")
        yield from self._wrapped([Run(overview.ignored_note(ignored), DIM)], "  ")

    def _changelog(self, text: str) -> Iterator[str]:
        for line in split_lines(text.strip()):
            body = line.lstrip()
            hang = len(line) - len(body)
            bullet = body[:2] if body[:2] in {"- ", "* "} else ""
            lead = " " * min(hang, self._width // 2) + bullet
            yield from self._wrapped(self._prose(body.removeprefix(bullet)), lead) if body else [""]

    def _symbols(self, symbols: Iterable[str]) -> Iterator[Run]:
        listed = list(symbols)
        shown = listed if self._verbose or len(listed) <= _SYMBOLS + 1 else listed[:_SYMBOLS]
        text = ", ".join(f"`{symbol}`" for symbol in shown)
        more = len(listed) - len(shown)
        yield from self._prose(f"{text} and {more} more" if more else text)

    def _title(self, title: str, count: int | None = None) -> Iterator[str]:
        yield ""
        text = title.upper() if count is None else f"{title.upper()} ({count})"
        yield from self._wrapped([Run(text, BOLD)])

    def _entry(self, label: str, runs: Iterable[Run], margin: str = "") -> Iterator[str]:
        """A label, and a text that hangs beside it."""
        yield from self._wrapped(runs, f"{margin}{label:<9} ")

    def _prose(self, message: str) -> Iterator[Run]:
        return prose(message, self._color)

    def _wrapped(self, runs: Iterable[Run], first: str = "", rest: str | None = None) -> Iterator[str]:
        return wrapped(runs, self._width, self._color, first, rest)
