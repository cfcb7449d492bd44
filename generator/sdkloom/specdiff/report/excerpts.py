"""The lines of the specs that a finding is about, with the changed ones marked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence

import attrs

from ...diagnostics.span import Span, split_lines
from ..model import Finding

CONTEXT = 3
"""Lines shown around a place of one line, and around a change in a long place."""

WHOLE = 40
"""Lines. Longer places are shown around their changes."""

_COMPARED = 400
"""Lines at the start of a place that are compared."""

_WIDTH = 600
"""Longer lines are cut, around the place if it stands in one line (minified JSON is a single one)."""

_AFTER_KEY = re.compile(r"[\"']?\s*:")


@attrs.frozen(kw_only=True)
class Line:
    """A line of a spec: whether the place covers it, and whether the other spec has none like it."""

    number: int
    text: str
    is_covered: bool
    is_changed: bool


@attrs.frozen(kw_only=True)
class Gap:
    """Lines that aren't shown."""

    count: int


@attrs.frozen(kw_only=True)
class Excerpt:
    """Lines of one spec, from the top."""

    span: Span
    rows: tuple[Line | Gap, ...]


class Excerpts:
    """Cuts pieces out of the specs."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._lines = {file: split_lines(text) for file, text in sources.items()}

    def pair(self, finding: Finding) -> tuple[Excerpt | None, Excerpt | None]:
        """What the base says and what the revision says."""
        base, revision = self._range(finding.base), self._range(finding.revision)
        if base and revision:
            was, became = _changes(self._texts(finding.base, base), self._texts(finding.revision, revision))
        else:
            was, became = self._all(finding.base, base), self._all(finding.revision, revision)
        return self._excerpt(finding.base, base, was), self._excerpt(finding.revision, revision, became)

    def _range(self, span: Span | None) -> range:
        """The numbers of the lines: those of the place, and some around it."""
        lines = self._lines.get(span.file, []) if span else []
        if span is None or span.line > len(lines):
            return range(0)
        covered = self._covered(span)
        first, last = covered[0], covered[-1]
        if first == last:
            first, last = first - CONTEXT, last + CONTEXT
        last = min(last, first + _COMPARED, len(lines))
        while last > span.line and not lines[last - 1].strip():
            last -= 1
        return range(max(first, 1), last + 1)

    def _covered(self, span: Span) -> range:
        """The numbers of the lines of a place: a key and its value, also where the place is only one of the two."""
        lines = self._lines[span.file]
        line = lines[span.line - 1]
        last = span.end_line - 1 if span.end_col == 1 and span.end_line > span.line else span.end_line
        if line[: span.col - 1].strip(" -"):
            return range(span.line, last + 1)
        if last == span.line and _AFTER_KEY.match(line, span.end_col - 1):
            return range(span.line, _end_of_value(lines, span) + 1)
        is_below_key = span.line > 1 and 0 <= _indentation(lines[span.line - 2]) < span.col - 1
        return range(span.line - is_below_key, last + 1)

    def _all(self, span: Span | None, numbers: range) -> set[int]:
        """The indexes of the lines of what the other spec doesn't have: all but those around it."""
        if span is None or not numbers:
            return set()
        covered = self._covered(span)
        return {index for index, number in enumerate(numbers) if number in covered}

    def _texts(self, span: Span | None, numbers: range) -> list[str]:
        return [self._lines[span.file][number - 1] for number in numbers] if span else []

    def _excerpt(self, span: Span | None, numbers: range, changed: set[int]) -> Excerpt | None:
        if span is None or not numbers:
            return None
        covered = self._covered(span)
        lines = [
            Line(number=number, text=text, is_covered=number in covered, is_changed=index in changed)
            for index, (number, text) in enumerate(zip(numbers, _outdented(self._texts(span, numbers), span)))
        ]
        return Excerpt(span=span, rows=tuple(_thinned(lines)))


def _indentation(line: str) -> int:
    """How many blanks begin a line; -1 for a line without text."""
    text = line.lstrip(" ")
    return len(line) - len(text) if text.strip() else -1


def _end_of_value(lines: Sequence[str], key: Span) -> int:
    """The number of the last line below a key that is indented deeper."""
    last = key.line
    for number in range(key.line + 1, min(key.line + _COMPARED, len(lines)) + 1):
        indentation = _indentation(lines[number - 1])
        if indentation >= key.col:
            last = number
        elif indentation >= 0:
            break
    return last


def _changes(base: Sequence[str], revision: Sequence[str]) -> tuple[set[int], set[int]]:
    """The indexes of the lines without a partner in the other spec. Indentation doesn't count."""
    removed: set[int] = set()
    added: set[int] = set()
    before, after = ([line.strip() for line in lines] for lines in (base, revision))
    for tag, start, end, other, other_end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            removed.update(range(start, end))
            added.update(range(other, other_end))
    return removed, added


def _thinned(lines: list[Line]) -> Iterator[Line | Gap]:
    """All lines of a short place. Of a long one: the first lines, and those around changes."""
    if len(lines) <= WHOLE:
        yield from lines
        return
    kept = set(range(CONTEXT + 1))
    for index, line in enumerate(lines):
        if line.is_changed:
            kept.update(range(index - CONTEXT, index + CONTEXT + 1))
    kept = set(sorted(kept)[: 2 * WHOLE])
    left = 0
    for index, line in enumerate(lines):
        if index not in kept:
            left += 1
            continue
        if left:
            yield Gap(count=left)
            left = 0
        yield line
    if left:
        yield Gap(count=left)


def _outdented(texts: Sequence[str], span: Span) -> Iterator[str]:
    """The lines without the indentation that all of them have, and cut to a width that can be read."""
    margin = min((_indentation(text) for text in texts if text.strip()), default=0)
    for text in texts:
        yield _cut(text, span, margin) if len(text) - margin > _WIDTH else text[margin:]


def _cut(text: str, span: Span, margin: int) -> str:
    start = max(margin, span.col - 1 - _WIDTH // 4) if span.line == span.end_line else margin
    end = start + _WIDTH
    return ("…" if start > margin else "") + text[start:end] + ("…" if end < len(text) else "")
