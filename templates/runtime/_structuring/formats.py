"""Texts that stand for values of other classes: UUIDs, decimal numbers, durations, times of day, and bytes.

This is loaded where such a class is met for the first time: most SDKs have none.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import time, timedelta
from decimal import Decimal
from typing import Any, Callable, Dict, Optional, Tuple
from uuid import UUID

from .._converters import BYTES_ARE_BASE64, NUMBERS_ARE_DECIMAL
from .dates import parse_time
from .hooks import Hook, Hooks, as_is

_UUID = r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}"
_DECIMAL = r"[+-]?(?:\d{1,4000}(?:\.\d{0,4000})?|\.\d{1,4000})(?:[eE][+-]?\d{1,5})?"
_PART = r"\d{1,18}(?:[.,]\d{1,18})?"
_TIME_PARTS = rf"T(?=\d)(?:(?P<hours>{_PART})H)?(?:(?P<minutes>{_PART})M)?(?:(?P<seconds>{_PART})S)?"
_DURATION = rf"(?P<sign>[+-]?)P(?=\d|T\d)(?:(?P<weeks>{_PART})W)?(?:(?P<days>{_PART})D)?(?:{_TIME_PARTS})?"
_DAY = 24 * 60 * 60


def parse_uuid(value: Any) -> Optional[UUID]:
    """Return a UUID (RFC 9562 §4), or `None` if the value is none."""
    if isinstance(value, UUID):
        return value
    is_text = isinstance(value, str) and re.fullmatch(_UUID, value, re.ASCII | re.IGNORECASE)
    return UUID(value) if is_text else None


def parse_decimal(value: Any) -> Optional[Decimal]:
    """Return a number as a `Decimal`, or `None` if the value is none. A float is the number that it is printed as."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = repr(value)
    is_text = isinstance(value, str) and re.fullmatch(_DECIMAL, value, re.ASCII)
    return Decimal(value) if is_text else None


def parse_number(value: Any) -> Optional[Decimal]:
    """Return a number of JSON as a `Decimal`, with all its digits, or `None` if the value is none."""
    return None if isinstance(value, str) else parse_decimal(value)


def parse_duration(value: Any) -> Optional[timedelta]:
    """Return what an ISO 8601 duration or a number of seconds says, or `None` if the value is none.

    One with years or months is none: how long they are depends on the calendar.
    """
    if isinstance(value, timedelta):
        return value
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return timedelta(seconds=value)
        match = re.fullmatch(_DURATION, value, re.ASCII) if isinstance(value, str) else None
        if match is None:
            return None
        parts = {
            name: float(part.replace(",", ".")) for name, part in match.groupdict().items() if part and name != "sign"
        }
        duration = timedelta(**parts)
        return -duration if match["sign"] == "-" else duration
    except (ValueError, OverflowError):
        return None


def parse_bytes(value: Any) -> Optional[bytes]:
    """Return what base64 text says (RFC 4648 §4 and §5, padded or not), or `None` if the value is none."""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    if not isinstance(value, str):
        return None
    text = "".join(value.split()).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def duration_text(value: timedelta) -> str:
    """Return a duration as ISO 8601 text: `P1DT2H30M`."""
    total = abs(value)
    days, seconds = total.days, total.seconds
    parts = [(days, "D"), (seconds // 3600, "H"), (seconds % 3600 // 60, "M")]
    texts = [f"{number}{unit}" if number else "" for number, unit in parts]
    second = f"{seconds % 60}.{total.microseconds:06}".rstrip("0").rstrip(".")
    texts.append("" if second == "0" else f"{second}S")
    clock = "".join(texts[1:])
    text = f"P{texts[0]}T{clock}" if clock else f"P{texts[0] or 'T0S'}"
    return f"-{text}" if value < timedelta() else text


def bytes_text(value: Any) -> str:
    """Return bytes as JSON has them: base64, or UTF-8 in an SDK that has none as base64.

    Raises:
        UnicodeDecodeError: if they are no UTF-8, but have to be.
    """
    return base64.b64encode(value).decode("ascii") if BYTES_ARE_BASE64 else bytes(value).decode("utf-8")


_Parser = Tuple[Callable[[Any], Any], str, Tuple[type, ...]]
"""What reads values as a class, what messages call them, and the classes of those that aren't converted thereby."""

_PARSERS: Dict[Any, _Parser] = {
    UUID: (parse_uuid, "a UUID", (UUID,)),
    Decimal: (parse_decimal, "a decimal number", (Decimal,)),
    timedelta: (parse_duration, "a duration", (timedelta,)),
    time: (parse_time, "a time of day", (time,)),
}
if BYTES_ARE_BASE64:
    _PARSERS[bytes] = (parse_bytes, "base64", (bytes,))
if NUMBERS_ARE_DECIMAL:
    _PARSERS[Decimal] = (parse_number, "a number", (Decimal, float, int))


def parser_of(cls: Any) -> Optional[_Parser]:
    """Return how values are read as a class; `None` for classes that JSON has no other values for."""
    return _PARSERS.get(cls)


def lenient_hook(cls: Any) -> Hook:
    """Return the hook of a class that keeps what does not fit."""
    found = parser_of(cls)
    if found is None:
        return as_is
    parse = found[0]

    def structure_text(data: Any, hooks: Hooks) -> Any:
        parsed = parse(data)
        return data if parsed is None else parsed

    return structure_text


uuid_hook = lenient_hook(UUID)
decimal_hook = lenient_hook(Decimal)
duration_hook = lenient_hook(timedelta)
time_hook = lenient_hook(time)
base64_hook = lenient_hook(bytes)
