"""Texts and numbers that keep to formats and bounds."""

from __future__ import annotations

import math

from ...document.model import Bounds
from ...document.patterns import matcher
from ..types.shape_kinds import ScalarShape
from .sample_patterns import text_for

_FORMATS = {
    "date-time": "2024-02-29T12:30:00Z",
    "date": "2024-02-29",
    "time": "12:30:00Z",
    "duration": "PT1H30M",
    "decimal": "12.50",
    "email": "someone@example.com",
    "idn-email": "someone@example.com",
    "hostname": "example.com",
    "idn-hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "uri-reference": "https://example.com/",
    "iri": "https://example.com/",
    "url": "https://example.com/",
    "uuid": "182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e",
    "regex": "^a+$",
    "json-pointer": "/a/b",
}
_PASSWORD = "Passw0rd!"
_BASE64 = "aGVsbG8="
LONGEST = 4096
"""Texts that must be longer are so long."""


def sample_text(shape: ScalarShape, bounds: Bounds, name: str) -> str:
    """Return a text of the format (JSON Schema 2020-12 validation §7.3) that the pattern takes; without a format
    `name`, cut or filled to size."""
    if shape.base64:
        return _BASE64
    formatted = _FORMATS.get(shape.format or "")
    if bounds.pattern is not None:
        return _matching(bounds.pattern, bounds, formatted or _within(name, bounds))
    return formatted or _within(name, bounds)


def sample_number(kind: str, bounds: Bounds) -> int | float:
    """Return 1 (or 1.5) if it is allowed, or else a number next to a bound. Bounds beyond all floats don't count."""
    try:
        return _allowed(kind, bounds)
    except (ArithmeticError, ValueError):
        return 1


def _allowed(kind: str, bounds: Bounds) -> int | float:
    step = bounds.multiple_of or (1 if kind == "integer" else 0.5)
    low = _open(bounds.minimum, bounds.exclusive_minimum, step)
    high = _open(bounds.maximum, bounds.exclusive_maximum, -step)
    number: int | float = 1 if kind == "integer" else 1.5
    if high is not None and number > high:
        number = high
    if low is not None and number < low:
        number = low
    if bounds.multiple_of is not None:
        number = math.ceil(number / step) * step
        number = number - step if high is not None and number > high else number
    return math.ceil(number) if kind == "integer" else number


def _open(bound: float | None, exclusive: float | bool | None, step: float) -> float | None:
    """The bound itself, or one step inside of an exclusive one (a flag in OpenAPI 3.0, a number later)."""
    if exclusive is True:
        return None if bound is None else bound + step
    if exclusive is None or exclusive is False:
        return bound
    inner = exclusive + step
    return inner if bound is None else (max(bound, inner) if step > 0 else min(bound, inner))


def _within(text: str, bounds: Bounds) -> str:
    """`text`, cut or filled up to the allowed length."""
    text = text if bounds.max_length is None else text[: bounds.max_length]
    return text + "x" * (min(bounds.min_length or 0, LONGEST) - len(text))


def _matching(pattern: str, bounds: Bounds, text: str) -> str:
    """The first text that the pattern takes: `text`, that of a format, one that the pattern spells. `text` if none."""
    fits = matcher(pattern)
    if fits is None:
        return text
    for known in (text, *_FORMATS.values(), _PASSWORD):
        if _within(known, bounds) == known and fits(known):
            return known
    spelled = text_for(pattern, bounds, fits)
    return text if spelled is None else spelled
