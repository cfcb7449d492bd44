"""The parts of a unified diff that belong to a finding."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator

import attrs


class Kind(enum.Enum):
    """What a line of a diff is. The value names its class in the page."""

    HUNK = "hunk"
    ADDED = "added"
    REMOVED = "removed"
    SAME = "same"


@attrs.frozen
class DiffLine:
    """A line of a diff. `text` comes without the mark in front, but for the head of a hunk."""

    kind: Kind
    text: str


_KINDS = {"+": Kind.ADDED, "-": Kind.REMOVED, " ": Kind.SAME}


def hunks(diff: str) -> list[tuple[DiffLine, ...]]:
    """The hunks of the diff of one file, without the lines that name the file."""
    found: list[list[DiffLine]] = []
    for line in diff.split("\n"):
        if line.startswith("@@"):
            found.append([DiffLine(Kind.HUNK, line)])
        elif found and line[:1] in _KINDS:
            found[-1].append(DiffLine(_KINDS[line[:1]], line[1:]))
    return [tuple(lines) for lines in found]


def relevant(diff: str, words: Iterable[str]) -> list[tuple[DiffLine, ...]]:
    """The hunks that change a line with one of the words; else those that show one; else all."""
    every = hunks(diff)
    pattern = _pattern(words)
    if pattern is None:
        return every
    changed = [hunk for hunk in every if any(map(pattern.search, _texts(hunk, {Kind.ADDED, Kind.REMOVED})))]
    return changed or [hunk for hunk in every if any(map(pattern.search, _texts(hunk, set(Kind))))] or every


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Finds the words as a whole: `model` isn't in `models`."""
    parts = [rf"(?<!\w){re.escape(word)}(?!\w)" for word in words if word]
    return re.compile("|".join(parts)) if parts else None


def _texts(hunk: Iterable[DiffLine], kinds: set[Kind]) -> Iterator[str]:
    return (line.text for line in hunk if line.kind in kinds)
