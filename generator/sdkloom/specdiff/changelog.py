"""The entry that the findings make in a changelog, in the words of Python users (layout: keepachangelog.com, 1.1.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .model import Bump, Finding, Impact, Section, Version

BREAKING = "Breaking"
UNRELEASED = "Unreleased"
"""The heading where the API changed and the package didn't."""
_ORDER = (BREAKING, Section.REMOVED, Section.CHANGED, Section.DEPRECATED, Section.ADDED)
_HEADING = re.compile(r"^## +\[?v?(?P<version>[^\s\]]+)\]?.*$", re.MULTILINE)


def entry(findings: Iterable[Finding], version: Version) -> str:
    """The Markdown entry for the version that is due. What nobody notices in Python is left out."""
    heading = UNRELEASED if version.level is Bump.NONE else version.given if version.is_enough else version.due
    told = [finding for finding in findings if finding.rule.section is not Section.INTERNAL]
    grouped: dict[str | Section, list[str]] = {}
    for finding in told:
        if finding.rule.section is not Section.DOCUMENTATION:
            breaks = finding.verdict.worst is Impact.BREAKS
            grouped.setdefault(BREAKING if breaks else finding.rule.section, []).append(_item(finding, version))
    lines = [f"## {heading}", ""]
    for section in _ORDER:
        if section in grouped:
            title = section if isinstance(section, str) else section.value
            lines += [f"### {title}", "", *grouped[section], ""]
    lines += _documentation(told)
    if len(lines) == 2:
        lines += ["Nothing that users of the package notice.", ""]
    return "\n".join(lines)


def _item(finding: Finding, version: Version) -> str:
    """A breaking change that only concerns the wire says so: programs needn't change, but have to be upgraded."""
    only_wire = finding.verdict.wire is Impact.BREAKS and Impact.BREAKS not in (
        finding.verdict.typing,
        finding.verdict.runtime,
    )
    note = " Earlier versions of the package no longer fit the API here."
    is_told = only_wire and version.level is not Bump.NONE
    return f"- {finding.message[:1].upper()}{finding.message[1:]}.{note if is_told else ''}"


def _documentation(findings: Iterable[Finding]) -> Iterator[str]:
    symbols = [finding.symbols[0] for finding in findings if finding.rule.section is Section.DOCUMENTATION]
    if symbols:
        shown = ", ".join(f"`{symbol}`" for symbol in symbols[:5])
        more = f" and {len(symbols) - 5} more" if len(symbols) > 5 else ""
        yield from (f"### {Section.DOCUMENTATION.value}", "", f"- Better texts for {shown}{more}.", "")


def inserted(text: str, new: str) -> str:
    """`text`, a changelog, with the entry `new` above all others, or in the place of the one for the same version."""
    wanted = _HEADING.match(new)
    headings = list(_HEADING.finditer(text))
    for position, heading in enumerate(headings):
        if wanted is not None and heading["version"] == wanted["version"]:
            end = headings[position + 1].start() if position + 1 < len(headings) else len(text)
            return f"{text[: heading.start()]}{new}{_gap(text[end:])}{text[end:]}"
    if not headings:
        head = text.rstrip("\n") or "# Changelog"
        return f"{head}\n\n{new}"
    start = headings[0].start()
    return f"{text[:start]}{new}\n{text[start:]}"


def _gap(rest: str) -> str:
    return "\n" if rest else ""
