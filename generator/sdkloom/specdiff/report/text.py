"""The report for a terminal.

It fits on a screen or two: the first findings that break something or need a look are told at length, the next ones
take a line, and what is left is counted by resource. So are harmless ones. `full` tells all of everything. Nothing
relies on colours, and what isn't a text of the spec is ASCII. No line is wider than asked, but for the lines for
sdk.yaml: they are there to be copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...diagnostics.span import split_lines
from ...diagnostics.terminal import BOLD, DIM, GREEN, RED, YELLOW, printable
from ..changes import Change, changes_of
from ..digest import Line, lines_of
from ..model import Column, Finding, Ignored, Impact, Report
from . import overview
from .overview import IMPACT_WORDS, Group
from .prose import shortened
from .wrapping import MIN_WIDTH, Run, prose, wrapped

_STYLES = {Impact.BREAKS: f"{BOLD};{RED}", Impact.LOOK: YELLOW, Impact.OK: GREEN}
_MARKS = {Impact.BREAKS: "x", Impact.LOOK: "!", Impact.OK: "-"}

_SYMBOLS = 6
_WHOLE, _FEW = 3, 5
_SHORT, _AT_LEAST = 10, 3
_ALL_LINES = 14
_RESOURCES = 6
"""How many are shown unless the report is full: symbols of a finding; findings at length where there are many, and
where there are few; findings in a line over all, and in a group; lines about what is harmless; resources in a count."""

_MORE = (
    "`--full` shows every finding with its id, its places and its verdict; `--changelog -` prints the changelog entry"
)


def render(report: Report, *, width: int, color: bool, full: bool = False) -> str:
    """The report in lines of at most `width` columns (at least 40)."""
    page = _Page(report, max(width, MIN_WIDTH), color, full)
    return "\n".join(page.lines()) + "\n"


class _Page:
    def __init__(self, report: Report, width: int, color: bool, full: bool) -> None:
        self._report = report
        self._width = width
        self._color = color
        self._full = full
        bad = [change for change in changes_of(report.findings) if change.finding.verdict.worst is not Impact.OK]
        self._whole_room = _FEW if len(bad) <= _FEW else _WHOLE
        self._short_room = _SHORT

    def lines(self) -> Iterator[str]:
        report = self._report
        compared = f"{report.package}: from `{report.base}` to `{report.revision}`"
        yield from self._wrapped(prose(compared, self._color))
        yield from self._wrapped([Run(overview.headline(report), BOLD)])
        if report.findings or report.ignored:
            yield ""
            yield from self._summary()
        for group, changes in overview.groups(report.findings).items():
            yield from self._group(group, changes)
        if report.ignored:
            yield from self._title("Ignored", len(report.ignored))
            for ignored in report.ignored:
                yield from self._ignored(ignored)
        if report.findings and not self._full:
            yield ""
            yield from self._wrapped(self._prose(_MORE))

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

    def _group(self, group: Group, changes: tuple[Change, ...]) -> Iterator[str]:
        yield from self._title(group.value, len(changes))
        if self._full:
            for change in changes:
                yield from self._whole(change)
        elif group is Group.DOCUMENTATION:
            yield from self._wrapped(
                self._symbols(symbol for change in changes for symbol in change.finding.symbols[:1])
            )
        elif group is Group.HARMLESS:
            yield from self._by_resource(changes)
        else:
            whole, rest = changes[: self._whole_room], changes[self._whole_room :]
            room = max(self._short_room, _AT_LEAST)
            short = rest if len(rest) <= room + 1 else rest[:room]
            self._whole_room -= len(whole)
            self._short_room -= len(short)
            for change in whole:
                yield from self._whole(change)
            if whole and short:
                yield ""
            for change in short:
                yield from self._compact(change.finding)
            yield from self._counted(rest[len(short) :])

    def _by_resource(self, changes: tuple[Change, ...]) -> Iterator[str]:
        """All lines if they are few, or else those about new methods, and the first ones about each resource."""
        lines = lines_of(changes, self._report.lone_resources)
        shown = lines if len(lines) <= _ALL_LINES + 1 else self._chosen(lines)
        for line in shown:
            yield from self._line(line, with_place=shown is lines)
        yield from self._counted([change for line in lines if line not in shown for change in line.changes])
        for change in changes:
            if change.finding.suggestion and change.finding.hint:
                yield from self._whole(change)

    @staticmethod
    def _chosen(lines: Sequence[Line]) -> Sequence[Line]:
        by_resource = overview.by_resource(lines, lambda line: line.resource)
        ranked = [(rank, line) for members in by_resource.values() for rank, line in enumerate(members)]
        ranked.sort(key=lambda each: (not each[1].is_about_methods, each[0]))
        chosen = [line for _, line in ranked[:_ALL_LINES]]
        return [line for line in lines if line in chosen]

    def _line(self, line: Line, with_place: bool) -> Iterator[str]:
        spans = overview.places(line.changes[0].finding)[-1:] if with_place and len(line.changes) == 1 else ()
        notes = overview.types_note(line) + "".join(f" ({overview.place(span)})" for _, span in spans)
        runs = [Run(_MARKS[Impact.OK], _STYLES[Impact.OK]), Run(" "), *self._prose(shortened(line.text))]
        yield from self._wrapped([*runs, Run(notes, DIM)], rest="  ")

    def _counted(self, changes: Sequence[Change]) -> Iterator[str]:
        """How many more there are in which resource."""
        if changes:
            note = overview.counted_by_resource(changes, _RESOURCES)
            yield from self._wrapped(self._prose(f"and {len(changes)} more: {note}"), "  ")

    def _whole(self, change: Change) -> Iterator[str]:
        finding = change.finding
        yield ""
        yield from self._message(finding)
        yield from self._entry("verdict", self._verdict(finding), "  ")
        for state, span in overview.places(finding):
            yield from self._entry(state, [Run(overview.place(span))], "  ")
        further = overview.further_symbols(change)
        if further:
            yield from self._entry("also", self._symbols(further), "  ")
        if change.folded:
            yield from self._folded(change)
        if finding.hint:
            yield from self._entry("hint", self._prose(finding.hint), "  ")
        if finding.suggestion:
            yield from self._entry("sdk.yaml", [Run(f"{overview.suggestion_note(finding)}:")], "  ")
            yield from (f"    {printable(line)}".rstrip() for line in split_lines(finding.suggestion.rstrip()))
        yield from self._entry("id", [Run(finding.id), Run(f" {finding.rule.id}", DIM)], "  ")

    def _folded(self, change: Change) -> Iterator[str]:
        """What follows from a finding: counted, or with its id, its places and its verdict."""
        if not self._full:
            if change.others:
                yield from self._entry("with it", self._prose(overview.folded_note(change)), "  ")
            return
        for finding in change.folded:
            yield from self._wrapped([Run("+ "), *self._prose(finding.message)], "  ", "    ")
            places = "".join(f", {state} {overview.place(span)}" for state, span in overview.places(finding))
            about = f"{overview.verdict_words(finding.verdict)}{places}, {finding.id} {finding.rule.id}"
            yield from self._wrapped([Run(about, DIM)], "    ", "    ")

    def _compact(self, finding: Finding) -> Iterator[str]:
        """The sentence, the columns that are touched, the place, the id."""
        worst = finding.verdict.worst
        touched = " and ".join(column.value for column in Column if finding.verdict.of(column) is worst)
        _, span = overview.places(finding)[-1] if overview.places(finding) else ("", None)
        place = f"; {overview.place(span)}" if span else ""
        yield from self._message(finding, f" ({touched}{place}; {finding.id})")

    def _message(self, finding: Finding, place: str = "") -> Iterator[str]:
        worst = finding.verdict.worst
        mark = Run(_MARKS[worst], _STYLES[worst])
        message = finding.message if self._full else shortened(finding.message)
        runs = [mark, Run(" "), *prose(message, self._color, BOLD if not place else ""), Run(place, DIM)]
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

    def _symbols(self, symbols: Iterable[str]) -> Iterator[Run]:
        listed = list(dict.fromkeys(symbols))
        shown = listed if self._full or len(listed) <= _SYMBOLS + 1 else listed[:_SYMBOLS]
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
