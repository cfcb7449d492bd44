"""Messages as text with code in it. Texts of the spec reach every format through here."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from ...diagnostics.terminal import printable_lines

_CODE = re.compile(r"`([^`]+)`")


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


def one_line(text: str) -> str:
    """`text` printable on one line, with single spaces."""
    return " ".join(printable_lines(text).split())


def shortened(message: str, length: int = 240) -> str:
    """`message`, or where it is longer than `length` its beginning up to a space, with `...`."""
    if len(message) <= length:
        return message
    start = message[:length].rpartition(" ")[0] or message[:length]
    return f"{start}{'`' if start.count('`') % 2 else ''} ..."
