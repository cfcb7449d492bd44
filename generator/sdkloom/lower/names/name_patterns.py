"""Patterns for the names of schemas in sdk.yaml: `{Beta}Request{X}` → `{Beta}{X}Param`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...document.config import Name

LONGEST = 300
"""Characters of the name or the pointer of a schema that a pattern can fit."""
MOST_HOLES = 2
"""Different holes of one letter in a pattern: with more of them, the time that long names take would explode."""

_HOLE = re.compile(r"\{([A-Z][A-Za-z0-9]*)\}")
_WORD = re.compile(r"[^\W_]+")


def is_pattern(text: str) -> bool:
    """Return whether a name in sdk.yaml has holes: `{X}`."""
    return _HOLE.search(text) is not None


def holes(text: str) -> frozenset[str]:
    """Return what stands in the holes."""
    return frozenset(_HOLE.findall(text))


def has_many_holes(text: str) -> bool:
    """Return whether a pattern has more holes of one letter than it may have."""
    return sum(len(hole) == 1 for hole in holes(text)) > MOST_HOLES


class NamePattern:
    """A name with holes. `{X}` stands for any whole words, or for none; `{Beta}` for `Beta`, or for nothing.

    `{Beta}Request{X}` fits `BetaRequestTextBlock`, `RequestTextBlock` and `Request`, but not `RequestedItem`. Earlier
    holes of one letter take as little as they can.
    """

    def __init__(self, name: Name) -> None:
        self.name = name
        self._has_holes = is_pattern(name.text)
        self._longest = 0 if has_many_holes(name.text) else LONGEST
        seen: set[str] = set()
        made = ""
        for position, piece in enumerate(_HOLE.split(name.text)):
            if position % 2 == 0:
                made += re.escape(piece)
            elif piece in seen:
                made += f"(?P={piece})"
            else:
                words = ".*?" if len(piece) == 1 else f"(?:{piece}(?![a-z]))?"
                made += f"(?:(?<![^\\W_])|(?![a-z]))(?P<{piece}>{words})"
                seen.add(piece)
        self._regex = re.compile(made, re.DOTALL)

    def fits(self, schema: str) -> bool:
        """Return whether the name of a schema (or its pointer) is one of these."""
        if not self._has_holes:
            return schema == self.name.text
        return len(schema) <= self._longest and self._regex.fullmatch(schema) is not None

    def filled(self, schema: str, text: str) -> str:
        """Return `text` with what its holes stand for in the name of a schema that fits, in Pascal case."""
        match = self._regex.fullmatch(schema)
        values = {} if match is None else match.groupdict()
        return _HOLE.sub(lambda hole: _joined(values.get(hole[1], "")), text)


class NameList:
    """Names of schemas in sdk.yaml, some of which may be patterns."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = tuple(names)
        self._exact = {name.text: name for name in self.names if not is_pattern(name.text)}
        self._patterns = [NamePattern(name) for name in self.names if is_pattern(name.text)]

    def entry_for(self, schema: str) -> Name | None:
        """Return the entry that the name of a schema fits: its own one, or else the first pattern."""
        found = (pattern.name for pattern in self._patterns if pattern.fits(schema))
        return self._exact.get(schema) or next(found, None)


def _joined(text: str) -> str:
    return "".join(word[0].upper() + word[1:] for word in _WORD.findall(text))
