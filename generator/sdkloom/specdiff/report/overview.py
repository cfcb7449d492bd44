"""What every format says in the same words and in the same order: the verdict, the groups, the version."""

from __future__ import annotations

import enum
from collections.abc import Iterable

import attrs

from ...diagnostics.span import Span
from ..model import Bump, Column, Finding, Ignored, Impact, Report, Section, Verdict, Version

IMPACT_WORDS = {Impact.BREAKS: "breaks", Impact.LOOK: "look", Impact.OK: "fine"}

_SENTENCES = {
    (Column.WIRE, Impact.BREAKS): "some old clients and the server no longer understand each other",
    (Column.WIRE, Impact.LOOK): "some old clients and the server may no longer understand each other",
    (Column.WIRE, Impact.OK): "old clients and the server understand each other as before",
    (Column.TYPING, Impact.BREAKS): "some code that type-checked no longer does",
    (Column.TYPING, Impact.LOOK): "some code that type-checked may no longer do so",
    (Column.TYPING, Impact.OK): "code that type-checked still does",
    (Column.RUNTIME, Impact.BREAKS): "some code that ran no longer does",
    (Column.RUNTIME, Impact.LOOK): "some code that ran may behave differently",
    (Column.RUNTIME, Impact.OK): "code that ran still runs",
}

_LEVELS = {Bump.PATCH: "small changes", Bump.MINOR: "additions", Bump.MAJOR: "breaking changes"}


class Group(enum.Enum):
    """How findings are listed. The value is the title."""

    BREAKS = "Breaks"
    LOOK = "Needs a look"
    HARMLESS = "Harmless"
    DOCUMENTATION = "Documentation only"


_COUNTED = {
    Group.BREAKS: ("breaks something", "break something"),
    Group.LOOK: ("needs a look", "need a look"),
    Group.HARMLESS: ("is harmless", "are harmless"),
    Group.DOCUMENTATION: ("is documentation only", "are documentation only"),
}


@attrs.frozen(kw_only=True)
class Row:
    """One column of the verdict, over all findings."""

    column: Column
    worst: Impact
    sentence: str
    counts: tuple[tuple[Impact, int], ...]
    """From bad to harmless, without zeros."""

    @property
    def counted(self) -> str:
        """`2 break, 1 needs a look`, or `no findings`."""
        words = {
            Impact.BREAKS: ("breaks", "break"),
            Impact.LOOK: ("needs a look", "need a look"),
            Impact.OK: ("is fine", "are fine"),
        }
        return ", ".join(_counted(count, *words[impact]) for impact, count in self.counts) or "no findings"


def rows(report: Report) -> tuple[Row, ...]:
    """The verdict, one row per column."""
    return tuple(_row(report, column) for column in Column)


def _row(report: Report, column: Column) -> Row:
    worst = report.worst(column)
    counts = ((impact, report.count(column, impact)) for impact in (Impact.BREAKS, Impact.LOOK, Impact.OK))
    return Row(
        column=column,
        worst=worst,
        sentence=_SENTENCES[column, worst],
        counts=tuple((impact, count) for impact, count in counts if count),
    )


def group_of(finding: Finding) -> Group:
    """Return the group in which a finding is listed."""
    worst = finding.verdict.worst
    if worst is Impact.BREAKS:
        return Group.BREAKS
    if worst is Impact.LOOK:
        return Group.LOOK
    return Group.DOCUMENTATION if finding.rule.section is Section.DOCUMENTATION else Group.HARMLESS


def groups(findings: Iterable[Finding]) -> dict[Group, tuple[Finding, ...]]:
    """The findings by group, in their order; groups without findings are left out."""
    found: dict[Group, list[Finding]] = {group: [] for group in Group}
    for finding in findings:
        found[group_of(finding)].append(finding)
    return {group: tuple(members) for group, members in found.items() if members}


def headline(report: Report) -> str:
    """The whole report in a sentence, without a full stop."""
    counted = group_counts(report.findings)
    if counted:
        return counted
    if report.ignored:
        return f"Nothing is left to report: {_counted(len(report.ignored), 'finding is', 'findings are')} ignored"
    return "Nothing changed: both specs describe the same API and the same package"


def group_counts(findings: Iterable[Finding]) -> str:
    """`2 findings break something, 1 needs a look`; `""` without findings."""
    parts = [_counted(len(members), *_COUNTED[group]) for group, members in groups(findings).items()]
    if not parts:
        return ""
    count, _, rest = parts[0].partition(" ")
    return ", ".join([f"{count} {'finding' if count == '1' else 'findings'} {rest}", *parts[1:]])


def version_change(version: Version, arrow: str) -> str:
    """`0.34.2 → 0.35.0`, or the version that stays."""
    if version.level is Bump.NONE:
        return version.given
    return f"{version.before} {arrow} {version.due}"


def version_note(version: Version) -> str:
    """What kind of version is called for, why, and whether the given one is enough."""
    if version.level is Bump.NONE:
        return "no new version is called for"
    below = "" if version.level is version.bump else " below 1.0.0"
    kind = f"at least a {version.bump.value} version, for {_LEVELS[version.level]}{below}"
    given = "is enough" if version.is_enough else f"is too low: set `version: {version.due}`"
    return f"{kind}; sdk.yaml says {version.given}, which {given}"


def version_impact(version: Version) -> Impact:
    """How the version is marked: a version that is too low breaks promises."""
    return Impact.OK if version.is_enough else Impact.BREAKS


def verdict_words(verdict: Verdict) -> str:
    """`wire fine, typing breaks, runtime look`"""
    return ", ".join(f"{column.value} {IMPACT_WORDS[verdict.of(column)]}" for column in Column)


def place(span: Span) -> str:
    """`spec/anthropic.yaml:12`"""
    return f"{span.file}:{span.line}"


def places(finding: Finding) -> tuple[tuple[str, Span], ...]:
    """The places that there are, as `base` and `revision`."""
    both = (("base", finding.base), ("revision", finding.revision))
    return tuple((state, span) for state, span in both if span is not None)


def further_symbols(finding: Finding) -> tuple[str, ...]:
    """The symbols that the message doesn't name."""
    return tuple(symbol for symbol in finding.symbols if f"`{symbol}`" not in finding.message)


def ignored_note(ignored: Ignored) -> str:
    """Return until when a finding is ignored, and why."""
    return f"until {ignored.expires}: {ignored.reason}"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
