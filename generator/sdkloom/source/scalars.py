"""Plain YAML scalars by the rules of the YAML 1.2 core schema: `no` and `12:30` and dates are text."""

from __future__ import annotations

import re

from .nodes import ScalarValue

_WORDS: dict[str, ScalarValue] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_NUMBER_START = frozenset("0123456789+-.")
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")

MAX_DIGITS = 4000
"""Python refuses to read integers of more than 4300 digits."""
MAX_HEX_DIGITS = 3300
"""An integer of so many hexadecimal digits has less than `MAX_DIGITS` decimal ones."""


def resolve(text: str) -> ScalarValue:
    """Return the value of an unquoted scalar (YAML 1.2.2 §10.3.2).

    Raises:
        ValueError: an integer has more than `MAX_DIGITS` digits.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    if _INT.fullmatch(text):
        if len(text) > MAX_DIGITS:
            raise ValueError("integer is too long")
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if len(text) > MAX_HEX_DIGITS and (_HEX.fullmatch(text) or _OCTAL.fullmatch(text)):
        raise ValueError("integer is too long")
    if _HEX.fullmatch(text):
        return int(text, 16)
    if _OCTAL.fullmatch(text):
        return int(text, 8)
    return text
