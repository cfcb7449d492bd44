"""Where a piece of text lies in a source file."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True, order=True)
class Span:
    """A half-open range in one file; lines and columns count from 1."""

    file: str
    line: int
    col: int
    end_line: int
    end_col: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.col}"


NOWHERE = Span(file="<none>", line=1, col=1, end_line=1, end_col=1)
"""The origin of nodes that no source text stands behind."""


def split_lines(text: str) -> list[str]:
    """Lines as spans count them: YAML's breaks, not those of `str.splitlines`."""
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    return normal.removeprefix("\ufeff").split("\n")


def origin() -> Span:
    """An attrs field for the span of a node: never part of equality, hash or repr."""
    return attrs.field(default=NOWHERE, eq=False, order=False, repr=False)


def pointer() -> str:
    """An attrs field for the JSON pointer (RFC 6901) of a node: like the span, never part of equality."""
    return attrs.field(default="", eq=False, order=False, repr=False)
