"""YAML text to nodes, straight from the events of PyYAML's parser (the C one when it is there).

An explicit stack instead of recursion: depth is a number that is checked, never a stack overflow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

import yaml
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink, Related
from ..diagnostics.span import Span
from .json_reader import report_duplicate, too_many_values
from .limits import Budget
from .nodes import MappingNode, Node, ScalarNode, SequenceNode, SourceFile
from .scalars import resolve
from .yaml_syntax import report_syntax

_SMALL = 100_000
"""A document of so many values, with its aliases written out, is never too large."""

_NOT_YAML = re.compile("[^\\t\\n\\r -~\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_OLD_BREAKS = {"\x85": "\ue0f0", "\u2028": "\ue0f1", "\u2029": "\ue0f2"}
"""Line breaks in YAML 1.1, ordinary characters in YAML 1.2 and JSON: hidden from the parser, which knows only 1.1."""

_TAG = "tag:yaml.org,2002:"
_SCALAR_TAGS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "null": (type(None),),
}


def read_yaml(file: SourceFile, sink: DiagnosticSink, budget: Budget) -> Node | None:
    """Return the single document of `file`; `None`, after a report, if it can't be read. It counts in the budget."""
    bad = _NOT_YAML.search(file.text)
    if bad:
        sink.report(catalog.CONTROL_CHARACTER, file.span(bad.start(), bad.end()), char=f"U+{ord(bad[0]):04X}")
        return None
    reader = _YamlReader(file, sink, budget)
    try:
        root = reader.read()
    except MarkedYAMLError as error:
        report_syntax(file, error, sink, budget.limits.depth)
        return None
    except _Refused:
        return None
    if root is None or (isinstance(root, ScalarNode) and root.value is None):
        sink.report(catalog.EMPTY_FILE, file.span(0, 0))
        return None
    if reader.has_bad_aliases:
        return None
    return root if _is_affordable(reader, root, sink, budget) else None


def _is_affordable(reader: _YamlReader, root: Node, sink: DiagnosticSink, budget: Budget) -> bool:
    """Take the values from the budget, with every alias written out; `False`, after a report, if that is too much."""
    count, limits = reader.count, budget.limits
    if reader.has_aliases:
        place = reader.first_alias or root.span
        count, depth = _written_out(reader.closed)
        if depth > limits.depth or count > max(_SMALL, limits.aliases * reader.count):
            sink.report(catalog.ALIAS_BOMB, place, times=limits.aliases)
            return False
        if count > budget.values:
            sink.report(catalog.OVER_LIMIT, place, related=(), hint=None, **too_many_values(limits))
            return False
    budget.values -= count
    return True


class _Refused(Exception):
    """An error was reported after which reading on makes no sense."""


class _Open:
    """A collection whose end hasn't come yet. For mappings, `key` is the one that waits for its value."""

    __slots__ = ("anchor", "flow", "key", "merges", "node", "waiting")

    def __init__(self, node: MappingNode | SequenceNode, flow: bool, anchor: str | None) -> None:
        self.node = node
        self.flow = flow
        self.anchor = anchor
        self.key: ScalarNode | None = None
        self.waiting = False
        self.merges: list[Node] = []


class _YamlReader:
    """One run over one file."""

    def __init__(self, file: SourceFile, sink: DiagnosticSink, budget: Budget) -> None:
        self._file = file
        self._sink = sink
        self._budget = budget
        self._anchors: dict[str, Node] = {}
        self._opened: dict[str, Node] = {}
        self.has_bad_aliases = False
        self._stack: list[_Open] = []
        self._root: Node | None = None
        self._hidden = any(char in file.text for char in _OLD_BREAKS)
        self.count = 0
        self.closed: list[MappingNode | SequenceNode] = []
        self.has_aliases = False
        self.first_alias: Span | None = None

    def read(self) -> Node | None:
        text = self._file.text
        if self._hidden:
            text = text.translate(str.maketrans(_OLD_BREAKS))
        next_event = _events(text)
        handlers: dict[type, Callable[[Any], None]] = {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._open_mapping,
            SequenceStartEvent: self._open_sequence,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }
        while True:
            event = next_event()
            handler = handlers.get(type(event))
            if handler:
                handler(event)
            elif type(event) is StreamEndEvent:
                return self._root

    def _document(self, event: Any) -> None:
        if self._root is not None:
            span = self._file.span(event.start_mark.index, event.start_mark.index + 3)
            self._sink.report(
                catalog.SEVERAL_DOCUMENTS, span, related=[Related(message="the first document", span=self._root.span)]
            )
            raise _Refused

    def _scalar(self, event: Any) -> None:
        text: str = event.value
        if self._hidden:
            text = text.translate(str.maketrans({hidden: char for char, hidden in _OLD_BREAKS.items()}))
        start, end = event.start_mark.index, event.end_mark.index
        value = text
        tag: str | None = event.tag
        if (tag is None and not event.style) or (tag is not None and tag != "!"):
            try:
                value = resolve(text) if tag is None else self._tagged(tag, text, start, end)
            except ValueError:
                self._sink.report(catalog.NUMBER_TOO_LONG, self._file.span(start, end))
        self._add(ScalarNode(self._file, start, end, value, text), event.anchor)

    def _tagged(self, tag: str, text: str, start: int, end: int) -> Any:
        name = tag.removeprefix(_TAG)
        if tag == name or name not in _SCALAR_TAGS:
            self._foreign_tag(tag, start)
            return text
        if name == "str":
            return text
        value = resolve(text)
        fits = isinstance(value, _SCALAR_TAGS[name]) and (name == "bool" or not isinstance(value, bool))
        if not fits:
            self._sink.report(catalog.TAG_MISMATCH, self._file.span(start, end), text=text, tag=f"!!{name}")
        return float(value) if fits and name == "float" and value is not None else value

    def _foreign_tag(self, tag: str, start: int) -> None:
        name = tag.replace(_TAG, "!!")
        written = self._file.text.startswith("!", start)
        span = self._file.span(start, start + len(name) if written else start + 1)
        self._sink.report(catalog.FOREIGN_TAG, span, tag=name)

    def _open_mapping(self, event: Any) -> None:
        self._open(MappingNode(self._file, event.start_mark.index, event.end_mark.index, {}, {}), event, "map")

    def _open_sequence(self, event: Any) -> None:
        self._open(SequenceNode(self._file, event.start_mark.index, event.end_mark.index, []), event, "seq")

    def _open(self, node: MappingNode | SequenceNode, event: Any, tag: str) -> None:
        if event.tag not in (None, "!", _TAG + tag):
            self._foreign_tag(event.tag, node.start)
        if len(self._stack) >= self._budget.limits.depth:
            self._sink.report(
                catalog.TOO_DEEP, self._file.span(node.start, node.start + 1), limit=self._budget.limits.depth
            )
            raise _Refused
        if event.anchor:
            self._opened[event.anchor] = node
            self._anchors.pop(event.anchor, None)
        self._stack.append(_Open(node, event.flow_style, event.anchor))

    def _close(self, event: Any) -> None:
        top = self._stack.pop()
        node = top.node
        if isinstance(node, MappingNode):
            for merged in reversed(top.merges):
                self._merge(node, merged)
            last = next(reversed(node.entries.values()), None)
        else:
            last = node.items[-1] if node.items else None
        if top.flow or last is None:
            node.end = event.end_mark.index
        else:
            node.end = max(last.end, node.start)
        if top.anchor:
            self._opened.pop(top.anchor, None)
        self.closed.append(node)
        self._add(node, top.anchor)

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        span = self._file.span(start, end)
        self.first_alias = self.first_alias or span
        self.has_aliases = True
        node = self._anchors.get(event.anchor)
        if node is None:
            self.has_bad_aliases = True
            opened = self._opened.get(event.anchor)
            if opened is None:
                self._sink.report(catalog.UNDEFINED_ALIAS, span, name=event.anchor)
            else:
                anchor = Related(message="the anchor is here", span=self._file.span(opened.start, opened.start + 1))
                self._sink.report(catalog.CYCLIC_ALIAS, span, related=[anchor], name=event.anchor)
            node = ScalarNode(self._file, start, end, None, "")
        self._add(node, None)

    def _add(self, node: Node, anchor: str | None) -> None:
        """Add a finished node to the collection that is open, or make it the root."""
        self.count += 1
        if self.count > self._budget.values:
            place = self._file.span(node.start, node.start + 1)
            self._sink.report(catalog.OVER_LIMIT, place, related=(), hint=None, **too_many_values(self._budget.limits))
            raise _Refused
        if anchor:
            self._anchors[anchor] = node
        if not self._stack:
            self._root = node
            return
        top = self._stack[-1]
        parent = top.node
        if isinstance(parent, SequenceNode):
            parent.items.append(node)
        elif top.waiting:
            self._put_value(top, parent, node)
        else:
            top.key = self._checked_key(node)
            top.waiting = True

    def _checked_key(self, node: Node) -> ScalarNode | None:
        """A key as a text, as OpenAPI 3.1 §4.2 has it: `true` and `1.50` too. `None` drops the entry."""
        if isinstance(node, ScalarNode):
            if node.value is None or isinstance(node.value, (float, bool)):
                kind = "null" if node.value is None else "a truth value" if isinstance(node.value, bool) else "a number"
                self._sink.report(catalog.KEY_NOT_TEXT, node.span, key=node.text, kind=kind)
            return node
        kind = "a mapping" if isinstance(node, MappingNode) else "a list"
        self._sink.report(catalog.KEY_IS_COLLECTION, node.span, kind=kind)
        return None

    def _put_value(self, top: _Open, parent: MappingNode, node: Node) -> None:
        key = top.key
        top.waiting = False
        if key is None:
            return
        if key.text == "<<" and self._file.text.startswith("<<", key.start):
            top.merges.append(node)
        elif key.text in parent.entries:
            report_duplicate(parent, key.text, key.start, key.end, self._sink)
        else:
            parent.entries[key.text] = node
            parent.keys[key.text] = (key.start, key.end)

    def _merge(self, into: MappingNode, merged: Node) -> None:
        """`<<`: keys of the mapping itself win, then those of the mapping that is named first."""
        sources = merged.items if isinstance(merged, SequenceNode) else [merged]
        for source in sources:
            if not isinstance(source, MappingNode):
                self._sink.report(catalog.MERGE_NEEDS_MAPPING, source.span)
                continue
            for key, value in source.entries.items():
                if key not in into.entries:
                    into.entries[key] = value
                    into.keys[key] = source.keys[key]


def _events(text: str) -> Callable[[], object]:
    """The function that gives the next parse event."""
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return cast("Callable[[], object]", loader(text).get_event)


def _written_out(closed: list[MappingNode | SequenceNode]) -> tuple[int, int]:
    """How many values the document has, and how many levels, with every alias written out.

    `closed` has every collection after those that it holds, so one pass is enough.
    """
    sizes: dict[int, int] = {}
    depths: dict[int, int] = {}
    for node in closed:
        below = node.items if isinstance(node, SequenceNode) else list(node.entries.values())
        sizes[id(node)] = 1 + sum(sizes.get(id(child), 1) for child in below)
        depths[id(node)] = 1 + max((depths.get(id(child), 0) for child in below), default=0)
    return max(sizes.values(), default=0), max(depths.values(), default=0)
