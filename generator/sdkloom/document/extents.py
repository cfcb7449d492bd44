"""Where parts of a document stand, from their keys to their ends."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from ..diagnostics.span import Span
from ..source.nodes import MappingNode, Node
from .pointers import unescape

_Place = tuple[int, int]
"""Line and column."""


class Extents:
    """The parts of a document that some pointers lead to. What a `$ref` on the way hides is none of them."""

    def __init__(self, root: Node, pointers: Iterable[str]) -> None:
        self._ends: dict[str, dict[_Place, _Place]] = defaultdict(dict)
        for pointer in pointers:
            self._add(root, [unescape(step) for step in pointer.split("/")[1:]])
        self._starts = {file: sorted(ends) for file, ends in self._ends.items()}

    def _add(self, node: Node, steps: list[str]) -> None:
        key: Span | None = None
        for step in steps:
            if not isinstance(node, MappingNode) or step not in node.entries:
                return
            key, node = node.key_span(step), node.entries[step]
        span = node.span
        if key is not None and key.file == span.file:
            self._ends[key.file][key.line, key.col] = (span.end_line, span.end_col)

    def hold(self, span: Span) -> bool:
        """Return whether a place lies in one of the parts."""
        starts = self._starts.get(span.file, [])
        at = bisect_right(starts, (span.line, span.col))
        return at > 0 and (span.line, span.col) < self._ends[span.file][starts[at - 1]]
