"""YAML and JSON values that know where they stand.

A node keeps character offsets; its `Span` is computed when somebody asks. Aliased YAML nodes are shared objects.
"""

from __future__ import annotations

import bisect
import re

import attrs

from ..diagnostics.span import Span

ScalarValue = bool | int | float | str | None

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class SourceFile:
    """The name and text of a file, and the way from an offset to a line and a column.

    References start from `base`: the path, but of an overlay that of the document.
    """

    __slots__ = ("_line_starts", "base", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = self.base = path
        self.text = text.removeprefix("\ufeff")
        self._line_starts: list[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """Return the range between two offsets in characters; the second one is outside."""
        line, col = self._line_and_column(start)
        end_line, end_col = self._line_and_column(max(start, end))
        return Span(file=self.path, line=line, col=col, end_line=end_line, end_col=end_col)

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        starts = self._line_starts
        if starts is None:
            starts = self._line_starts = [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]
        line = bisect.bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1


@attrs.define(eq=False, repr=False)
class ScalarNode:
    """A single value. `text` is how it was written (`1.10`, `0o17`), for strings it equals `value`."""

    file: SourceFile
    start: int
    end: int
    value: ScalarValue
    text: str

    @property
    def span(self) -> Span:
        """The range that the value takes."""
        return self.file.span(self.start, self.end)


@attrs.define(eq=False, repr=False)
class SequenceNode:
    """A list."""

    file: SourceFile
    start: int
    end: int
    items: list[Node]

    @property
    def span(self) -> Span:
        """The range that the value takes."""
        return self.file.span(self.start, self.end)


@attrs.define(eq=False, repr=False)
class MappingNode:
    """A mapping. Keys are texts, in source order; `keys` has the offsets where each key begins and ends."""

    file: SourceFile
    start: int
    end: int
    entries: dict[str, Node]
    keys: dict[str, tuple[int, int]]

    @property
    def span(self) -> Span:
        """The range that the value takes."""
        return self.file.span(self.start, self.end)

    def key_span(self, key: str) -> Span:
        """Return the span of `key`; that of the mapping if the key isn't there."""
        offsets = self.keys.get(key)
        return self.file.span(*offsets) if offsets else self.span


Node = ScalarNode | SequenceNode | MappingNode


def plain(node: Node) -> object:
    """Return the value as dicts, lists and scalars, for code that doesn't need spans."""
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries.items()}


def describe(node: Node) -> str:
    """Say in a message what stands there: `a mapping`, `the number `1``."""
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    if node.value is None:
        return "null" if node.text else "nothing"
    if isinstance(node.value, bool):
        return f"`{node.text}`"
    return f"the number `{node.text}`" if not isinstance(node.value, str) else "a text"
