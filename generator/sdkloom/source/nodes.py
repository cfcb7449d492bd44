"""YAML and JSON values that know their place.

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
    """The name and text of a file, and the way from an offset to a line and a column."""

    __slots__ = ("_line_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text.removeprefix("\ufeff")
        self._line_starts: list[int] | None = None

    def span(self, start: int, end: int) -> Span:
        line, col = self._place(start)
        end_line, end_col = self._place(max(start, end))
        return Span(file=self.path, line=line, col=col, end_line=end_line, end_col=end_col)

    def _place(self, offset: int) -> tuple[int, int]:
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
        return self.file.span(self.start, self.end)


@attrs.define(eq=False, repr=False)
class SequenceNode:
    file: SourceFile
    start: int
    end: int
    items: list[Node]

    @property
    def span(self) -> Span:
        return self.file.span(self.start, self.end)


@attrs.define(eq=False, repr=False)
class MappingNode:
    """Keys are text, in source order; `keys` has the offsets of each key."""

    file: SourceFile
    start: int
    end: int
    entries: dict[str, Node]
    keys: dict[str, tuple[int, int]]

    @property
    def span(self) -> Span:
        return self.file.span(self.start, self.end)

    def get(self, key: str) -> Node | None:
        return self.entries.get(key)

    def key_span(self, key: str) -> Span:
        """Where `key` stands; the mapping itself if it isn't there."""
        place = self.keys.get(key)
        return self.file.span(*place) if place else self.span


Node = ScalarNode | SequenceNode | MappingNode


def plain(node: Node) -> object:
    """The value as dicts, lists and scalars, for code that doesn't need places."""
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries.items()}
