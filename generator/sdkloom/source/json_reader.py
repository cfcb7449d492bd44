"""JSON text to nodes. Separate from YAML, because JSON isn't quite a subset of what YAML readers take:
surrogate pairs, tabs, long keys; and it is faster."""

from __future__ import annotations

import re
from collections.abc import Callable
from json import JSONDecodeError, decoder
from typing import NoReturn, cast

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink, Related, Rule
from .limits import Budget, Limits
from .nodes import MappingNode, Node, ScalarNode, SequenceNode, SourceFile
from .scalars import MAX_DIGITS

_blank = re.compile(r"[ \t\n\r]*").match
_number = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?").match
_word = re.compile(r"[A-Za-z_][A-Za-z_0-9]*|\S").match
_scan_string = cast("Callable[[str, int, bool], tuple[str, int]]", vars(decoder)["scanstring"])
_WORDS = {"true": True, "false": False, "null": None}


class JsonSyntaxError(Exception):
    """Where reading stopped. Reported by the caller, who may try YAML instead."""

    def __init__(self, start: int, end: int, rule: Rule, hint: str | None = None, **facts: object) -> None:
        super().__init__(rule.code)
        self._start, self._end, self._rule, self._hint, self._facts = start, end, rule, hint, facts

    @property
    def is_final(self) -> bool:
        """Whether it is the same in YAML, which needs more time to find that out."""
        return self._rule in (catalog.OVER_LIMIT, catalog.TOO_DEEP)

    def report(self, file: SourceFile, sink: DiagnosticSink) -> None:
        """Report the error at its position in `file`."""
        sink.report(self._rule, file.span(self._start, self._end), related=(), hint=self._hint, **self._facts)


class JsonReader:
    """One run over one file. Duplicate keys are reported and the first one is kept."""

    def __init__(self, file: SourceFile, sink: DiagnosticSink, budget: Budget) -> None:
        self._file = file
        self._text = file.text
        self._sink = sink
        self._budget = budget
        self._left = budget.values

    def read(self) -> Node:
        """Return the value that the file holds (RFC 8259).

        Raises:
            JsonSyntaxError: the text isn't JSON, or has more than the budget allows.
        """
        start = _end(_blank(self._text))
        if start == len(self._text):
            raise JsonSyntaxError(start, start, catalog.EMPTY_FILE)
        node = self._value(start, 0)
        rest = _end(_blank(self._text, node.end))
        if rest != len(self._text):
            self._fail(rest, "the end of the file", "a JSON file holds one value")
        self._budget.values = self._left
        return node

    def _value(self, start: int, depth: int) -> Node:
        text = self._text
        self._left -= 1
        if self._left < 0:
            raise JsonSyntaxError(start, start + 1, catalog.OVER_LIMIT, **too_many_values(self._budget.limits))
        char = text[start : start + 1]
        if char == '"':
            value, end = self._string(start)
            return ScalarNode(self._file, start, end, value, value)
        if char == "{":
            return self._mapping(start, depth + 1)
        if char == "[":
            return self._sequence(start, depth + 1)
        found = _number(text, start)
        if found:
            return self._scalar_number(start, found)
        found = _word(text, start)
        if found and found[0] in _WORDS:
            return ScalarNode(self._file, start, found.end(), _WORDS[found[0]], found[0])
        hint = "JSON strings have double quotes" if char == "'" or char.isalpha() else None
        self._fail(start, "a value", hint or ("JSON allows no comma here" if char in ("]", "}") else None))

    def _scalar_number(self, start: int, found: re.Match[str]) -> ScalarNode:
        text = found[0]
        whole = found[1] is None and found[2] is None
        if whole and len(text) > MAX_DIGITS:
            raise JsonSyntaxError(start, found.end(), catalog.NUMBER_TOO_LONG)
        return ScalarNode(self._file, start, found.end(), int(text) if whole else float(text), text)

    def _string(self, start: int) -> tuple[str, int]:
        try:
            return _scan_string(self._text, start + 1, True)
        except JSONDecodeError as error:
            problem = error.msg[:1].lower() + error.msg[1:].partition(":")[0].removesuffix(" at").removesuffix(
                " starting"
            )
            position = min(error.pos, max(len(self._text) - 1, 0))
            raise JsonSyntaxError(position, position + 1, catalog.SYNTAX, problem=problem) from None

    def _sequence(self, start: int, depth: int) -> SequenceNode:
        self._check_depth(start, depth)
        text = self._text
        items: list[Node] = []
        position = _end(_blank(text, start + 1))
        if text[position : position + 1] == "]":
            return SequenceNode(self._file, start, position + 1, items)
        while True:
            node = self._value(position, depth)
            items.append(node)
            position = _end(_blank(text, node.end))
            char = text[position : position + 1]
            if char == "]":
                return SequenceNode(self._file, start, position + 1, items)
            if char != ",":
                self._fail(position, "`,` or `]`")
            position = _end(_blank(text, position + 1))

    def _mapping(self, start: int, depth: int) -> MappingNode:
        self._check_depth(start, depth)
        text, blank = self._text, _blank
        node = MappingNode(self._file, start, start, {}, {})
        entries, keys = node.entries, node.keys
        position = _end(blank(text, start + 1))
        if text[position : position + 1] == "}":
            node.end = position + 1
            return node
        while True:
            if text[position : position + 1] != '"':
                hint = (
                    "JSON allows no comma here"
                    if text[position : position + 1] == "}"
                    else "JSON keys have double quotes"
                )
                self._fail(position, "a key", hint)
            key, key_end = self._string(position)
            colon = _end(blank(text, key_end))
            if text[colon : colon + 1] != ":":
                self._fail(colon, "`:`")
            value = self._value(_end(blank(text, colon + 1)), depth)
            if key in entries:
                report_duplicate(node, key, position, key_end, self._sink)
            else:
                entries[key] = value
                keys[key] = (position, key_end)
            position = _end(blank(text, value.end))
            char = text[position : position + 1]
            if char == "}":
                node.end = position + 1
                return node
            if char != ",":
                self._fail(position, "`,` or `}`")
            position = _end(blank(text, position + 1))

    def _check_depth(self, start: int, depth: int) -> None:
        if depth > self._budget.limits.depth:
            raise JsonSyntaxError(start, start + 1, catalog.TOO_DEEP, limit=self._budget.limits.depth)

    def _fail(self, position: int, expected: str, hint: str | None = None) -> NoReturn:
        found = _word(self._text, position)
        what = f"`{found[0]}`" if found else "the end of the file"
        end = found.end() if found else position
        raise JsonSyntaxError(position, end, catalog.SYNTAX, hint=hint, problem=f"expected {expected}, found {what}")


def too_many_values(limits: Limits) -> dict[str, str]:
    """The facts of the message at the place where the values come to their limit."""
    return {
        "what": "the document, with the files that it refers to, has",
        "limit": f"{limits.values} values",
        "name": "values",
    }


def report_duplicate(node: MappingNode, key: str, start: int, end: int, sink: DiagnosticSink) -> None:
    """Report that `node` has the key a second time, from offset `start` to `end`."""
    first = Related(message="first given here", span=node.key_span(key))
    sink.report(catalog.DUPLICATE_KEY, node.file.span(start, end), related=[first], key=key)


def _end(found: re.Match[str] | None) -> int:
    """`_blank` always matches; this tells the type checker."""
    return found.end() if found else 0
