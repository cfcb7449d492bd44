"""Texts that fit a regular expression, as far as Python reads it as ECMAScript does."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

_LONGEST = 1_000
"""No text is made for a longer expression."""

_RANGE = 256
"""Characters of a range such as `a-z` that may be drawn."""


def from_pattern(pattern: str, chance: random.Random, spend: Callable[[int], None]) -> str:
    """A text that fits `pattern`; empty if none can be made. `spend` is told of the characters, piece by piece; what it
    raises ends the work: `((a*)*)*` may become very long."""
    if len(pattern) > _LONGEST:
        return ""
    try:
        text: str = _maker()(chance, spend).xeger(pattern)
    except (re.error, ArithmeticError, IndexError, KeyError, NotImplementedError, RecursionError, ValueError):
        return ""
    return text


def _characters(ends: tuple[int, int]) -> list[str]:
    """The characters from the first to the last code point, or the first of them."""
    first, last = ends
    return [chr(code) for code in range(first, min(last + 1, first + _RANGE))]


def _maker() -> Any:
    """`Xeger` with a budget. Imported when it is needed: it isn't part of what `sdkloom generate` needs."""
    from rstr.xeger import STAR_PLUS_LIMIT, Xeger

    class BoundedXeger(Xeger):
        def __init__(self, chance: random.Random, spend: Callable[[int], None]) -> None:
            super().__init__(chance)
            self._spend = spend
            cases: Any = self._cases
            cases["range"] = _characters

        def _handle_repeat(self, start_range: int, end_range: int, value: Any) -> str:
            parts: list[str] = []
            most = max(start_range, min(end_range, STAR_PLUS_LIMIT))
            for _ in range(self._random.randint(start_range, most)):
                parts.append("".join(self._handle_state(state) for state in value))
                self._spend(len(parts[-1]) + 1)
            return "".join(parts)

        def _handle_group(self, value: Any) -> str:
            text: str = super()._handle_group(value)
            self._spend(len(text))
            return text

    return BoundedXeger
