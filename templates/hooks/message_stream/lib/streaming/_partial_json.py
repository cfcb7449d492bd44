"""JSON (RFC 8259) that arrives in pieces: after each piece, the value as far as it is known."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import Any, Dict, List, Optional, Union

_SPACE = "[ \t\n\r]*"
_INSIDE = r'[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*'
_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_WORDS: Dict[str, Any] = {"true": True, "false": False, "null": None}
_WORDS.update({word: float(word) for word in ("NaN", "Infinity", "-Infinity")})
_token = re.compile(  # a string, number or word with the mark after it, or a mark
    rf'{_SPACE}(?:(?:"({_INSIDE})"|({_NUMBER})(?=[ \t\n\r,\]}}])|({"|".join(_WORDS)})){_SPACE}([:,])?|([][{{}}:,"]))'
).match
_inside = re.compile(_INSIDE).match

# What may come next: marks, and `v` for a value.
_VALUE, _ITEM_OR_END, _KEY, _KEY_OR_END = '[{"v', '[{"v]', '"', '"}'
_MORE = {dict: ",}", list: ",]"}

_HEX = frozenset("0123456789abcdefABCDEF")
_MAX_DEPTH = 201
_ABSENT = object()

_probe: List[Any] = [[]]
_holder = {"only": _probe[0]}
_references: Callable[[object], int] = getattr(sys, "getrefcount", id)  # not everywhere: then all is copied
_OWNED = _references(_probe[0])  # what `_references` says of a container that only the tree and the stack hold


class PartialJSON:
    """Parses each character once, and keeps one tree up to date.

        shown = []
        parser = PartialJSON(shown.append)
        parser.feed('{"a": [1, 2')  # shown[-1] == {"a": [1, 2]}
        parser.feed('3], "b')       # shown[-1] == {"a": [1, 23]}

    `assign` gets the root whenever it is a new object, and has to keep it in one place: that place always shows the
    value so far. What isn't finished is left out, except containers, and numbers as read so far. A container that
    someone else holds too is copied before it is changed, so whatever was handed out stays as it was.
    """

    def __init__(self, assign: Callable[[Any], object]) -> None:
        self._assign = assign
        self._stack: List[Union[Dict[str, Any], List[Any]]] = []  # the open containers
        self._keys: List[str] = []  # under which key each of them stands, if its parent is an object
        self._key = ""
        self._expected = _VALUE
        self._carry = ""  # the start of a token whose end hasn't come
        self._string: Optional[List[str]] = None  # the pieces of an open string
        self._replaced: Any = None  # by a number that may go on: a list with what stood there before
        self._owned = False
        self._seen = 0

    def feed(self, piece: str) -> None:
        """Take the next piece.

        Raises:
            ValueError: if it can't be part of a JSON document.
        """
        self._owned = False
        if self._replaced is not None:
            self._retract(*self._replaced)
        text, at, self._carry = self._carry + piece, 0, ""
        self._seen += len(piece)
        while True:
            if self._string is not None:
                at = self._continue_string(text, at, self._string)
            token = _token(text, at)
            if token is None:
                break
            at = token.end()
            string, number, word, after, mark = token.groups()
            if mark:
                self._take(mark)
                continue
            if string is not None:
                self._end_string(string)
            else:
                self._put(_to_number(number) if number else _WORDS[word])
            if after:
                self._take(after)
        if at < len(text) and self._string is None:
            self._keep(text[at:].lstrip(" \t\n\r"))

    def _take(self, mark: str) -> None:
        if mark not in self._expected:
            raise self._error(mark)
        if mark == ",":
            self._expected = _KEY if type(self._stack[-1]) is dict else _VALUE
        elif mark == ":":
            self._expected = _VALUE
        elif mark == '"':
            self._string = []
        elif mark in "]}":
            self._stack.pop()
            self._keys.pop()
            self._expected = _MORE[type(self._stack[-1])] if self._stack else ""
        elif len(self._stack) == _MAX_DEPTH:
            raise ValueError(f"JSON is nested more than {_MAX_DEPTH} levels deep")
        else:
            container: Union[Dict[str, Any], List[Any]] = {} if mark == "{" else []
            key = self._key
            self._put(container)
            self._stack.append(container)
            self._keys.append(key)
            self._expected = _KEY_OR_END if mark == "{" else _ITEM_OR_END

    def _continue_string(self, text: str, at: int, pieces: List[str]) -> int:
        """Read on in an open string. Return the place after it, or the end of the text."""
        found = _inside(text, at)
        end = found.end() if found else at
        pieces.append(text[at:end])
        if text.startswith('"', end):
            self._string = None
            self._end_string("".join(pieces))
            return end + 1
        self._carry = rest = text[end:]
        if rest and not (rest[:2] in ("\\", "\\u") and len(rest) < 6 and _HEX.issuperset(rest[2:])):
            raise self._error(rest)
        return len(text)

    def _end_string(self, raw: str) -> None:
        value = json.loads(f'"{raw}"') if "\\" in raw else raw
        if "v" in self._expected or '"' not in self._expected:
            self._put(value)
        else:
            self._key, self._expected = value, ":"

    def _put(self, value: object) -> None:
        if "v" not in self._expected:
            raise self._error(str(value))
        if not self._owned:
            self._own()
        if not self._stack:
            self._expected = ""
            self._assign(value)
            return
        top = self._stack[-1]
        self._expected = _MORE[type(top)]
        if isinstance(top, list):
            top.append(value)
        else:
            top[self._key] = value

    def _own(self) -> None:
        """Copy the open containers that somebody else holds too."""
        stack = self._stack
        for depth in range(len(stack)):
            if _references(stack[depth]) > _OWNED:
                stack[depth] = node = stack[depth].copy()
                if not depth:
                    self._assign(node)
                elif isinstance(parent := stack[depth - 1], list):
                    parent[-1:] = [node]
                else:
                    parent[self._keys[depth]] = node
        self._owned = True

    def _keep(self, rest: str) -> None:
        """Look at what is left over: the start of a token, or an error."""
        if not rest:
            return
        is_number = _is_number(rest)
        may_be_value = is_number or _is_number(f"{rest}0") or any(word.startswith(rest) for word in _WORDS)
        if "v" not in self._expected or not may_be_value:
            raise self._error(rest)
        self._carry = rest
        if is_number:
            top = self._stack[-1] if self._stack else None
            replaced = [top.get(self._key, _ABSENT) if isinstance(top, dict) else _ABSENT]
            self._put(_to_number(rest))
            self._replaced = replaced

    def _retract(self, replaced: object) -> None:
        """Take a number back that may go on."""
        self._own()
        self._replaced = None
        self._expected = _VALUE
        top = self._stack[-1] if self._stack else None
        if isinstance(top, list):
            del top[-1:]
        elif isinstance(top, dict):
            top.pop(self._key, None) if replaced is _ABSENT else top.update({self._key: replaced})

    def _error(self, found: str) -> ValueError:
        return ValueError(f"malformed JSON: unexpected {found[:20]!r} within the first {self._seen} characters")


def _is_number(text: str) -> bool:
    found = _token(f"{text},")
    return found is not None and found[2] == text


def _to_number(text: str) -> Union[int, float]:
    return float(text) if text.strip("-0123456789") else int(text)
