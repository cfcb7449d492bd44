"""Numbers of JSON with all their digits, for SDKs in which they are decimals. Other SDKs never load this.

A float has 17 digits and writes `1.10` as `1.1`. So what a float would change is read as a `JSONNumber`: a float that
knows its text, of which a `Decimal` is made where the types say so. On the way back decimals become such numbers, and
`NumberEncoder` writes their texts.
"""

from __future__ import annotations

import json
import math
from decimal import Decimal
from functools import partial
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Any, Callable, Iterable, List, Optional, Tuple

from .._typing import override
from .annotations import is_dict, is_iterable

_LONG = 300
"""Longer texts are no integers here: Python refuses to read very long ones."""


class JSONNumber(float):
    """A number that a float would round, or write in another way. Its text is `str(number)`."""

    __slots__ = ("_text",)

    _text: str

    def __new__(cls, text: str) -> JSONNumber:
        number = super().__new__(cls, text)
        number._text = text
        return number

    @override
    def __repr__(self) -> str:
        return self._text

    @override
    def __reduce__(self) -> Tuple[Any, ...]:
        return JSONNumber, (self._text,)


def number(text: str) -> float:
    """Return a number of JSON that has a fraction or an exponent."""
    value = float(text)
    return value if float.__repr__(value) == text else JSONNumber(text)


def json_number(value: Decimal) -> float:
    """Return a decimal as JSON has it. What JSON lacks (RFC 8259 §6) becomes the float that it lacks, too."""
    if not value.is_finite():
        return math.nan if value.is_nan() else float(value)
    text = str(value)
    return int(text) if len(text) < _LONG and text.lstrip("-").isdigit() else number(text)


class NumberEncoder(json.JSONEncoder):
    """Writes what its base class writes, and numbers with all their digits. Keys aren't sorted or left out."""

    @override
    def encode(self, o: Any) -> str:
        return self._text(o, "\n", [])

    def _text(self, value: Any, line: str, parents: List[int]) -> str:
        """`line` is what begins a line, `parents` are the ids of what the value is in."""
        if isinstance(value, str):
            return self._quoted(value)
        if value is None or value is True or value is False:
            return {None: "null", True: "true", False: "false"}[value]
        if isinstance(value, int):
            return int.__repr__(value)
        if isinstance(value, float):
            return self._float(value)
        if id(value) in parents:
            raise ValueError("Circular reference detected")
        parents.append(id(value))
        if is_dict(value):
            inner = self._line(line)
            pairs = (
                f"{self._quoted(self._key(key))}{self.key_separator}{self._text(item, inner, parents)}"
                for key, item in value.items()
            )
            text = self._joined("{", pairs, "}", line)
        elif is_iterable(value, (list, tuple)):
            inner = self._line(line)
            text = self._joined("[", (self._text(item, inner, parents) for item in value), "]", line)
        else:
            text = self._text(self.default(value), line, parents)
        parents.pop()
        return text

    def _quoted(self, text: str) -> str:
        return encode_basestring_ascii(text) if self.ensure_ascii else encode_basestring(text)

    def _line(self, line: str) -> str:
        indent: Any = self.indent
        return line if indent is None else line + (indent if isinstance(indent, str) else " " * indent)

    def _joined(self, opening: str, texts: Iterable[str], closing: str, line: str) -> str:
        indent: Any = self.indent
        if indent is None:
            return opening + self.item_separator.join(texts) + closing
        inner = self._line(line)
        text = f"{self.item_separator}{inner}".join(texts)
        return f"{opening}{inner}{text}{line}{closing}" if text else opening + closing

    def _float(self, value: float) -> str:
        if isinstance(value, JSONNumber):
            return str(value)
        return float.__repr__(value) if math.isfinite(value) else self.odd(value)

    def odd(self, value: float) -> str:
        """Return the text of a number that JSON lacks.

        Raises:
            ValueError: always; a subclass may have a text.
        """
        raise ValueError(f"Out of range float values are not JSON compliant: {value!r}")

    def _key(self, key: Any) -> str:
        if isinstance(key, str):
            return key
        if key is None or isinstance(key, (int, float)):
            return self._text(key, "", [])
        raise TypeError(f"keys must be str, int, float, bool or None, not {type(key).__name__}")


class LenientEncoder(NumberEncoder):
    """Writes null for numbers that JSON lacks. `indent` is the number of spaces; `None` is compact."""

    def __init__(self, indent: Optional[int] = None) -> None:
        super().__init__(ensure_ascii=False, separators=(",", ":") if indent is None else (",", ": "), indent=indent)

    @override
    def odd(self, value: float) -> str:
        return "null"


loads: Callable[..., Any] = partial(json.loads, parse_float=number)
"""Reads JSON as `json.loads` does, and no digit is lost."""

dumps: Callable[..., str] = partial(json.dumps, cls=NumberEncoder)
"""Writes JSON as `json.dumps` does, and no digit is lost."""
