"""Paragraphs for a terminal: wrapped at a number of columns, with their styles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ...diagnostics.terminal import CYAN, columns, paint, printable
from .prose import pieces

MIN_WIDTH = 40
"""Columns. Narrower terminals wrap by themselves."""


@attrs.frozen
class Run:
    """Text in one style; the style is a parameter of SGR (ECMA-48), or nothing."""

    text: str
    style: str = ""


Word = tuple[Run, ...]
"""What stays on one line: the runs between two spaces."""


def prose(message: str, color: bool, style: str = "") -> Iterator[Run]:
    """`message` as runs: code in a colour, or between its backticks where there are no colours."""
    for piece in pieces(message):
        if not piece.is_code:
            yield Run(piece.text, style)
        elif color:
            yield Run(piece.text, CYAN)
        else:
            yield Run(f"`{piece.text}`", style)


def wrapped(runs: Iterable[Run], width: int, color: bool, first: str = "", rest: str | None = None) -> Iterator[str]:
    """Lines of at most `width` columns. `first` begins the first line, `rest` the others (by default: blanks); both are
    plain printable text."""
    lead, rest = first, " " * columns(first) if rest is None else rest
    room = width - max(columns(first), columns(rest))
    line: list[Word] = []
    for word in _words(runs):
        for part, is_whole in _chopped(word, room):
            if line and not (is_whole and _fits([*line, part], width - columns(lead))):
                yield lead + _drawn(line, color)
                line, lead = [], rest
            line.append(part)
    if line:
        yield lead + _drawn(line, color)


def _fits(words: list[Word], room: int) -> bool:
    return sum(map(_width, words)) + len(words) - 1 <= room


def _words(runs: Iterable[Run]) -> Iterator[Word]:
    word: list[Run] = []
    for run in runs:
        for number, text in enumerate(printable(run.text.replace("\n", " ")).split(" ")):
            if number and word:
                yield tuple(word)
                word = []
            if text:
                word.append(Run(text, run.style))
    if word:
        yield tuple(word)


def _width(word: Word) -> int:
    return sum(columns(run.text) for run in word)


def _chopped(word: Word, room: int) -> Iterator[tuple[Word, bool]]:
    """The word in pieces of at most `room` columns, and whether a piece begins a word."""
    part: list[Run] = []
    left, begins = room, True
    for run in word:
        text = run.text
        while columns(text) > left:
            fitting = _fitting(text, left)
            yield (*part, Run(text[:fitting], run.style)), begins
            part, left, begins, text = [], room, False, text[fitting:]
        part.append(Run(text, run.style))
        left -= columns(text)
    yield tuple(part), begins


def _fitting(text: str, room: int) -> int:
    """How many characters from the start of `text` fit into `room` columns."""
    for index, char in enumerate(text):
        room -= columns(char)
        if room < 0:
            return index
    return len(text)


def _drawn(words: list[Word], color: bool) -> str:
    """The words with spaces between them; neighbours of one style share their codes."""
    runs: list[Run] = []
    for number, word in enumerate(words):
        gap = [Run(" ", word[0].style if runs and runs[-1].style == word[0].style else "")] if number else []
        for run in (*gap, *word):
            if runs and runs[-1].style == run.style:
                run = Run(runs.pop().text + run.text, run.style)
            runs.append(run)
    return "".join(paint(run.text, run.style, color and bool(run.style)) for run in runs)
