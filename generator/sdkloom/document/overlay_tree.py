"""A document while overlays change it. Nodes stay as they are, since YAML aliases share them: each change copies the
mappings and lists on the way to it, and keeps the places in the source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
from jsonpath import JSONPath, JSONPathEnvironment
from jsonpath.selectors import NameSelector

from ..diagnostics.nearest import did_you_mean
from ..diagnostics.span import Span
from ..source.limits import Budget
from ..source.nodes import MappingNode, Node, ScalarNode, SequenceNode, SourceFile

Location = tuple["str | int", ...]
"""The keys and positions that lead to a node."""


class TooLargeError(Exception):
    """The document would become larger, or deeper, than the limits allow."""


class _Environment(JSONPathEnvironment):
    max_recursion_depth = 300
    """No document is that deep."""


_environment = _Environment(strict=True)


def json_path(text: str) -> JSONPath:
    """Return a JSONPath (RFC 9535).

    Raises:
        JSONPathError: it is none.
    """
    path = _environment.compile(text)
    if not isinstance(path, JSONPath):
        raise AssertionError(f"{text} is not one path")
    return path


@attrs.define(eq=False, repr=False)
class OverlaidMapping(MappingNode):
    """A mapping with keys that stand in overlays."""

    origins: dict[str, SourceFile] = attrs.field(factory=dict[str, SourceFile])

    def key_span(self, key: str) -> Span:
        """Return the span of `key` in the file in which it stands; that of the mapping if the key isn't there."""
        offsets = self.keys.get(key)
        return self.origins.get(key, self.file).span(*offsets) if offsets else self.span


class DocumentTree:
    """The document; `root` is its present state."""

    def __init__(self, root: Node, budget: Budget) -> None:
        self.root = root
        self._budget = budget
        self._own: dict[int, Node] = {}
        self._views: dict[int, tuple[Node, object]] = {}

    def begin(self) -> None:
        """Begin a change: what the last one made may be shared by now."""
        self._own = {}

    def select(self, path: JSONPath) -> list[Location]:
        """Return where the nodes are that a path selects, each once.

        Raises:
            JSONPathError: it can't be evaluated.
            TooLargeError: it selects more than the document may have.
        """
        found: dict[Location, None] = {}
        view: Any = self._view(self.root)
        for count, match in enumerate(path.finditer(view)):
            if count > self._budget.limits.values:
                raise TooLargeError
            found[tuple(match.parts)] = None
        return list(found)

    def has(self, location: Location) -> bool:
        """Return whether there is a node at a location."""
        try:
            self.at(location)
        except (KeyError, IndexError):
            return False
        return True

    def at(self, location: Location) -> Node:
        """Return the node at a location that was selected."""
        node = self.root
        for step in location:
            node = _child(node, step)
        return node

    def guess(self, path: JSONPath) -> str | None:
        """Return a hint at the first key on a path that isn't there, if one that is there is like it."""
        node = self.root
        for segment in path.segments if path.singular_query() else ():
            selector = segment.selectors[0]
            if not isinstance(node, MappingNode) or not isinstance(selector, NameSelector):
                return None
            if selector.name not in node.entries:
                return did_you_mean(selector.name, node.entries)
            node = node.entries[selector.name]
        return None

    def merge(self, location: Location, value: Node) -> None:
        """Merge `value` into the node at a location: keys into a mapping, items into a list, anything else replaces.

        Raises:
            TooLargeError: the document would become too large.
        """
        self._charge(value, len(location))
        if not location:
            self.root = self._merged(self.root, value)
            return
        parent = self._owned_at(location[:-1])
        _put(parent, location[-1], self._merged(_child(parent, location[-1]), value))

    def append(self, location: Location, value: Node) -> None:
        """Append `value` to the list at a location.

        Raises:
            TooLargeError: the document would become too large.
        """
        self._charge(value, len(location) + 1)
        found = self._owned_at(location)
        if isinstance(found, SequenceNode):
            found.items.append(value)

    def remove(self, locations: Iterable[Location]) -> None:
        """Remove nodes, none of which is the root."""
        gone = set(locations)
        for location in sorted(gone, key=_from_the_end, reverse=True):
            if any(location[:length] in gone for length in range(1, len(location))):
                continue
            parent = self._owned_at(location[:-1])
            step = location[-1]
            if isinstance(parent, MappingNode):
                parent.entries.pop(str(step), None)
                parent.keys.pop(str(step), None)
            elif isinstance(parent, SequenceNode) and isinstance(step, int):
                del parent.items[step]

    def _owned_at(self, location: Location) -> Node:
        """The node at a location, as a copy that may be changed."""
        node = self.root = self._owned(self.root)
        for step in location:
            child = self._owned(_child(node, step))
            _put(node, step, child)
            node = child
        return node

    def _owned(self, node: Node) -> Node:
        if isinstance(node, ScalarNode) or id(node) in self._own:
            return node
        if isinstance(node, SequenceNode):
            copy: Node = SequenceNode(node.file, node.start, node.end, list(node.items))
        else:
            origins = dict(node.origins) if isinstance(node, OverlaidMapping) else {}
            copy = OverlaidMapping(node.file, node.start, node.end, dict(node.entries), dict(node.keys), origins)
        self._own[id(copy)] = copy
        return copy

    def _merged(self, node: Node, value: Node) -> Node:
        if isinstance(node, MappingNode) and isinstance(value, MappingNode):
            own = self._owned(node)
            if isinstance(own, OverlaidMapping):
                for key, inner in value.entries.items():
                    if key in own.entries:
                        own.entries[key] = self._merged(own.entries[key], inner)
                        continue
                    own.entries[key] = inner
                    own.keys[key] = value.keys.get(key, (value.start, value.start))
                    own.origins[key] = value.file
                    if isinstance(value, OverlaidMapping):
                        own.origins[key] = value.origins.get(key, value.file)
            return own
        if isinstance(node, SequenceNode) and isinstance(value, SequenceNode):
            own = self._owned(node)
            if isinstance(own, SequenceNode):
                own.items.extend(value.items)
            return own
        return value

    def _charge(self, value: Node, level: int) -> None:
        """Take from the budget what the document grows by.

        Raises:
            TooLargeError: that is more than there is.
        """
        size, levels = _measured(value, {})
        self._budget.values -= size
        if self._budget.values < 0 or level + levels > self._budget.limits.depth:
            raise TooLargeError

    def _view(self, node: Node) -> object:
        """The value of a node without its places. Views of what doesn't change are made once."""
        if isinstance(node, ScalarNode):
            return node.value
        known = self._views.get(id(node))
        if known is not None:
            return known[1]
        view: object
        if isinstance(node, SequenceNode):
            view = [self._view(item) for item in node.items]
        else:
            view = {key: self._view(value) for key, value in node.entries.items()}
        self._views[id(node)] = (node, view)
        return view


def _child(node: Node, step: str | int) -> Node:
    if isinstance(node, MappingNode):
        return node.entries[str(step)]
    if isinstance(node, SequenceNode) and isinstance(step, int):
        return node.items[step]
    raise KeyError(step)


def _put(node: Node, step: str | int, value: Node) -> None:
    if isinstance(node, MappingNode):
        node.entries[str(step)] = value
    elif isinstance(node, SequenceNode) and isinstance(step, int):
        node.items[step] = value


def _from_the_end(location: Location) -> list[tuple[int, str]]:
    """Sorts items of a list by their positions."""
    return [(step, "") if isinstance(step, int) else (-1, step) for step in location]


def _measured(node: Node, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """How many values a node has, and how many levels, with what is shared counted wherever it stands."""
    if isinstance(node, ScalarNode):
        return 1, 0
    if id(node) not in known:
        below = node.items if isinstance(node, SequenceNode) else node.entries.values()
        found = [_measured(child, known) for child in below]
        known[id(node)] = (1 + sum(size for size, _ in found), 1 + max((level for _, level in found), default=0))
    return known[id(node)]
