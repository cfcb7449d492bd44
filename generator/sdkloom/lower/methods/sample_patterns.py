"""Texts that regular expressions take, spelled from the expressions themselves (ECMA-262 §22.2.1)."""

from __future__ import annotations

import re
from collections.abc import Callable

from ...document.model import Bounds

_LONGEST = 4096
"""Characters of a text; one that would be longer is not spelled."""

_DEEPEST = 30
"""Groups inside of each other."""

_REPEATS = (1, 0, 2, 4, 8, 16, 32, 64)
"""How often an open repetition is tried."""

_CLASSES = {"d": "1", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a"}
_PROPERTIES = {"N": "1", "D": "1", "P": "-", "S": "+", "Z": " "}
"""Characters of the categories of Unicode that begin so; of others, a letter."""
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v"}
_EMPTY = re.compile(r"\^|\$|\\[bBAzZ]")
_LOOK = re.compile(r"\(\?<?[=!]")
_GROUP = re.compile(r"\((\?:|\?P?<\w+>)?")
_COUNT = re.compile(r"\{(\d+)(,(\d*))?\}")
_CODE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]+)\})")
_PROPERTY = re.compile(r"\\[pP]\{(\w+)[^}]*\}")
_USUAL = "a1A0-_ x.,:/+@"


class _NotSpelledError(Exception):
    """The expression has something that isn't read here, or takes too long a text."""


def text_for(pattern: str, bounds: Bounds, fits: Callable[[str], bool]) -> str | None:
    """Return a text that a pattern and the bounds take, made of its first alternatives; `None` if none is found.

    `fits` tells whether a text fits the pattern.
    """
    least, most = bounds.min_length or 0, min(bounds.max_length or _LONGEST, _LONGEST)
    if least > most:
        return None
    shortest = len(_spelled(pattern, 0) or "")
    repeated = len(_spelled(pattern, 1) or "") - shortest
    repeats = (*_REPEATS, -(-(least - shortest) // repeated)) if least > shortest and repeated > 0 else _REPEATS
    for text in (_spelled(pattern, count) for count in repeats):
        for filled in () if text is None else (text, text + text[-1:] * (least - len(text))):
            if least <= len(filled) <= most and fits(filled):
                return filled
    return None


def _spelled(pattern: str, repeats: int) -> str | None:
    try:
        return _Spelling(pattern, repeats).text()
    except _NotSpelledError:
        return None


class _Spelling:
    """Reads an expression once, from left to right."""

    def __init__(self, pattern: str, repeats: int) -> None:
        self._pattern = pattern
        self._repeats = repeats
        self._at = 0

    def text(self) -> str:
        text = self._alternatives(0)
        if self._at < len(self._pattern):
            raise _NotSpelledError
        return text

    def _alternatives(self, depth: int) -> str:
        """The first of several alternatives that isn't empty; the others are read past."""
        if depth > _DEEPEST:
            raise _NotSpelledError
        first = self._sequence(depth)
        while self._takes("|"):
            other = self._sequence(depth)
            first = first or other
        return first

    def _sequence(self, depth: int) -> str:
        found: list[str] = []
        length = 0
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            text = self._atom(depth)
            count = self._count()
            length += len(text) * count
            if length > _LONGEST:
                raise _NotSpelledError
            found.append(text * count)
        return "".join(found)

    def _atom(self, depth: int) -> str:
        if self._match(_EMPTY):
            return ""
        if self._match(_LOOK):  # whether it holds is seen in the end
            self._closed(depth)
            return ""
        if self._match(_GROUP):
            return self._closed(depth)
        if self._takes("["):
            return self._class()
        return "x" if self._takes(".") else self._char()

    def _closed(self, depth: int) -> str:
        text = self._alternatives(depth + 1)
        if not self._takes(")"):
            raise _NotSpelledError
        return text

    def _class(self) -> str:
        """One character of a class: the first that is a letter or digit, or else the first."""
        is_negated = self._takes("^")
        ranges: list[tuple[str, str]] = []
        while not self._takes("]"):
            low = self._char()
            is_range = (
                self._pattern[self._at : self._at + 1] == "-" and self._pattern[self._at + 1 : self._at + 2] != "]"
            )
            self._at += is_range
            ranges.append((low, self._char() if is_range else low))
        if is_negated:
            free = [char for char in _USUAL if not any(low <= char <= high for low, high in ranges)]
            return free[0] if free else "x"
        if not ranges:
            raise _NotSpelledError
        return next((low for low, _ in ranges if low.isascii() and low.isalnum()), ranges[0][0])

    def _char(self) -> str:
        """One character, also an escaped one, or one of those that an escape stands for."""
        if code := self._match(_CODE):
            return chr(int(code[1] or code[2] or code[3], 16))
        if name := self._match(_PROPERTY):
            return "A" if name[1].startswith(("Lu", "Upper")) else _PROPERTIES.get(name[1][0], "a")
        if not self._takes("\\"):
            return self._next()
        char = self._next()
        if char.isdigit() or char == "k":  # what a group took
            raise _NotSpelledError
        return _CLASSES.get(char) or _CONTROLS.get(char) or char

    def _count(self) -> int:
        """How often the last atom is repeated."""
        least, most = 1, 1
        if self._takes("?"):
            least = 0
        elif self._takes("*"):
            least, most = 0, _LONGEST
        elif self._takes("+"):
            most = _LONGEST
        elif found := self._match(_COUNT):
            least = int(found[1])
            most = least if found[2] is None else int(found[3] or _LONGEST)
        self._takes("?")
        return max(least, min(most, self._repeats))

    def _match(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        found = expression.match(self._pattern, self._at)
        if found is not None:
            self._at = found.end()
        return found

    def _takes(self, char: str) -> bool:
        is_next = self._pattern.startswith(char, self._at)
        self._at += is_next
        return is_next

    def _next(self) -> str:
        if self._at >= len(self._pattern):
            raise _NotSpelledError
        self._at += 1
        return self._pattern[self._at - 1]
