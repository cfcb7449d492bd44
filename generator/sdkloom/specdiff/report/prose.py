"""Messages as text with code in it. Texts of the spec reach every format through here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import attrs

_CODE = re.compile(r"`([^`]+)`")

_JOINERS = {"\u200c", "\u200d"}
"""They say nothing by themselves, yet emoji and some scripts are wrong without them."""

_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}

_NO_CHARACTERS = {"\ufffe", "\uffff"}
"""XML may not hold them."""


@attrs.frozen
class Piece:
    """A run of prose, or of code that stood between backticks."""

    text: str
    is_code: bool = False


def pieces(message: str) -> Iterator[Piece]:
    """`message` in its runs. A backtick that has no partner is prose."""
    end = 0
    for found in _CODE.finditer(message):
        if found.start() > end:
            yield Piece(message[end : found.start()])
        yield Piece(found[1], is_code=True)
        end = found.end()
    if end < len(message):
        yield Piece(message[end:])


def visible(text: str) -> str:
    """`text` without what readers can't see: `·` stands for control characters, marks that turn the direction of
    writing, halves of surrogate pairs and what is no character. Tabs stay; every line break is `\\n`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "".join("·" if _is_invisible(char) else char for char in text)


def one_line(text: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(visible(text).split())


def _is_invisible(char: str) -> bool:
    if char in _NO_CHARACTERS:
        return True
    return unicodedata.category(char) in _INVISIBLE and char not in _JOINERS and char not in "\n\t"
