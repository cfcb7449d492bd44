"""What every format says in the same words and in the same order: the verdict, the groups, the version."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from typing import TypeVar

import attrs

from ...diagnostics.span import Span
from ..changes import Change, changes_of
from ..digest import Line
from ..model import TAGS, Bump, Column, Finding, Ignored, Impact, Report, Section, Verdict, Version
from ..rules import document, types

T = TypeVar("T")

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
        return ", ".join(impact_count(impact, count) for impact, count in self.counts) or "no findings"


def impact_count(impact: Impact, count: int) -> str:
    """Return `2 need a look`."""
    words = {
        Impact.BREAKS: ("breaks", "break"),
        Impact.LOOK: ("needs a look", "need a look"),
        Impact.OK: ("is fine", "are fine"),
    }
    return _counted(count, *words[impact])


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


def groups(findings: Iterable[Finding]) -> dict[Group, tuple[Change, ...]]:
    """The findings by group, in their order, each with what follows from it; groups without findings are left out."""
    found: dict[Group, list[Change]] = {group: [] for group in Group}
    for change in changes_of(findings):
        found[group_of(change.finding)].append(change)
    return {group: tuple(members) for group, members in found.items() if members}


def by_resource(things: Iterable[T], resource: Callable[[T], str]) -> dict[str, list[T]]:
    """The things by resource, in the order in which resources come up."""
    found: dict[str, list[T]] = {}
    for thing in things:
        found.setdefault(resource(thing), []).append(thing)
    return found


def counted_by_resource(changes: Iterable[Change], most: int) -> str:
    """Return how many changes there are in which resource, at `most` so many of them, those with most changes first."""
    found = by_resource(changes, lambda change: change.finding.resource)
    counts = sorted(((len(members), resource) for resource, members in found.items()), key=lambda each: -each[0])
    shown = [f"{count} in `{resource}`" for count, resource in counts[:most]]
    left = sum(count for count, _ in counts[most:])
    return ", ".join([*shown, f"{left} elsewhere"] if left else shown)


def folded_note(change: Change) -> str:
    """Return what follows from a finding and says something else, in few words."""
    counts: dict[str, list[Finding]] = {}
    for finding in change.others:
        counts.setdefault(finding.rule.id, []).append(finding)
    notes: list[str] = []
    for members in counts.values():
        noun = _NOUNS.get(members[0].rule.id)
        if noun is not None:
            notes.append(_counted(len(members), *noun))
        else:
            notes += [finding.message for finding in members]
    return ", ".join(notes)


def suggestion_note(finding: Finding) -> str:
    """Return what the lines for sdk.yaml do."""
    is_new = finding.rule.section is Section.ADDED
    return "these lines choose another name" if is_new else "these lines keep the old name"


def headline(report: Report) -> str:
    """The whole report in a sentence, without a full stop."""
    counted = group_counts(report.findings)
    if counted:
        folded = sum(bool(finding.cause) for finding in report.findings)
        cause = "it" if len(report.findings) - folded == 1 else "these"
        return f"{counted}; {_counted(folded, 'more follows', 'more follow')} from {cause}" if folded else counted
    if report.ignored:
        return f"Nothing is left to report: {_counted(len(report.ignored), 'finding is', 'findings are')} ignored"
    return "Nothing changed: both specs describe the same API and the same package"


_NOUNS = {
    types.TYPE_ADDED.id: ("new type", "new types"),
    types.TYPE_REMOVED.id: ("removed type", "removed types"),
    document.DOCS_CHANGED.id: ("text", "texts"),
    document.DOCS_OF_DOCUMENT_CHANGED.id: ("text of the document", "texts of the document"),
    document.EXTENSION_CHANGED.id: ("extension", "extensions"),
}


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
        return "no new version is called for: the package stays as it is"
    below = "" if version.level is version.bump else " below 1.0.0"
    kind = f"at least a {version.bump.value} version, for {_LEVELS[version.level]}{below}"
    if not version.said_by:
        enough = "" if version.is_enough else f": set `version: {version.due}` in sdk.yaml"
        return f"{kind}; no version is set, so it is {version.given}{enough}"
    if version.said_by == TAGS:
        return f"{kind}, behind that of the document: tag it"
    where = "" if version.said_by == "sdk.yaml" else " in sdk.yaml"
    given = "is enough" if version.is_enough else f"is too low: set `version: {version.due}`{where}"
    return f"{kind}; {version.said_by} says {version.given}, which {given}"


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


def further_symbols(change: Change) -> tuple[str, ...]:
    """The symbols of which the same is true, and that the message doesn't name."""
    others = {symbol for finding in change.others for symbol in finding.symbols}
    told = change.finding.message
    return tuple(symbol for symbol in change.finding.symbols if symbol not in others and f"`{symbol}`" not in told)


def types_note(line: Line) -> str:
    """Return how many types come or go with what a line tells: ` (12 types)`."""
    rules = (types.TYPE_ADDED, types.TYPE_REMOVED)
    count = sum(finding.rule in rules for change in line.changes for finding in change.others)
    return f" ({_counted(count, 'type', 'types')})" if count else ""


def ignored_note(ignored: Ignored) -> str:
    """Return until when a finding is ignored, and why."""
    return f"until {ignored.expires}: {ignored.reason}"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
