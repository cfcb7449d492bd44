"""The entry that the findings make in a changelog, in the words of Python users (layout: keepachangelog.com, 1.1.0).

It is Markdown, and encoded as such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .changes import Change, changes_of
from .digest import Line, lines_of
from .model import Bump, Finding, Impact, Section, Version
from .report import markdown

BREAKING = "Breaking"
UNRELEASED = "Unreleased"
"""The heading where the API changed and the package didn't."""
_ORDER = (BREAKING, Section.REMOVED, Section.CHANGED, Section.DEPRECATED, Section.ADDED)
_HEADING = re.compile(r"^## +\[?v?(?P<version>[^\s\]]+)\]?.*$", re.MULTILINE)


def entry(findings: Iterable[Finding], version: Version, lone: frozenset[str] = frozenset()) -> str:
    """The Markdown entry for the version that is due; empty if there is neither a version nor anything to tell.

    What nobody notices in Python is left out. `lone` are the resources that only one of two SDKs has.
    """
    heading = UNRELEASED if version.level is Bump.NONE else version.given if version.is_enough else version.due
    told = [change for change in changes_of(findings) if change.finding.rule.section is not Section.INTERNAL]
    grouped: dict[str | Section, list[Change]] = {}
    for change in told:
        if change.finding.rule.section is not Section.DOCUMENTATION:
            breaks = change.finding.verdict.worst is Impact.BREAKS
            grouped.setdefault(BREAKING if breaks else change.finding.rule.section, []).append(change)
    lines = [f"## {markdown.text(heading)}", ""]
    for section in _ORDER:
        if section in grouped:
            title = section if isinstance(section, str) else section.value
            items = (_item(line, version) for line in lines_of(grouped[section], lone))
            lines += [f"### {title}", "", *items, ""]
    lines += _documentation(change.finding for change in told)
    if len(lines) == 2 and heading == UNRELEASED:
        return ""
    if len(lines) == 2:
        lines += ["Nothing that users of the package notice.", ""]
    return "\n".join(lines)


def _item(line: Line, version: Version) -> str:
    """A breaking change that only concerns the wire says so: programs needn't change, but have to be upgraded."""
    verdict = line.changes[0].finding.verdict
    only_wire = verdict.wire is Impact.BREAKS and Impact.BREAKS not in (verdict.typing, verdict.runtime)
    note = " Earlier versions of the package no longer fit the API here."
    is_told = only_wire and version.level is not Bump.NONE
    message = markdown.prose(line.text[:1].upper() + line.text[1:])
    return f"- {message}.{note if is_told else ''}"


def _documentation(findings: Iterable[Finding]) -> Iterator[str]:
    symbols = [finding.symbols[0] for finding in findings if finding.rule.section is Section.DOCUMENTATION]
    if symbols:
        shown = ", ".join(markdown.code(symbol) for symbol in symbols[:5])
        more = f" and {len(symbols) - 5} more" if len(symbols) > 5 else ""
        yield from (f"### {Section.DOCUMENTATION.value}", "", f"- The texts of {shown}{more} changed.", "")


def inserted(text: str, new: str) -> str:
    """`text`, a changelog, with the entry `new` above those of other versions, or in place of the one for its version.

    A heading that is there stays, with its date. So do the ends of lines and a byte order mark.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n")
    result = _inserted(lines, new)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return mark + (result.replace("\n", "\r\n") if "\r\n" in text else result)


def _inserted(text: str, new: str) -> str:
    title, _, body = new.partition("\n")
    version = _version(title)
    headings = list(_HEADING.finditer(text))
    for heading, following in zip(headings, [*headings[1:], None]):
        if heading["version"].lower() == version:
            end = len(text) if following is None else following.start()
            return f"{text[: heading.end()]}\n{body}{_gap(text[end:])}{text[end:]}"
    others = [heading for heading in headings if heading["version"].lower() != UNRELEASED.lower()]
    if not others:
        head = text.rstrip("\n") or "# Changelog"
        return f"{head}\n\n{new}"
    start = (headings if version == UNRELEASED.lower() else others)[0].start()
    return f"{text[:start]}{new}\n{text[start:]}"


def _version(title: str) -> str:
    heading = _HEADING.match(title)
    return "" if heading is None else heading["version"].lower()


def _gap(rest: str) -> str:
    return "\n" if rest else ""
