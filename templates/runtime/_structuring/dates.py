"""Dates on the wire: `date-time` and `full-date` of RFC 3339 §5.6, other ISO 8601 text, and Unix time."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Optional

_DATE = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
_TIME = r"(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
_ZONE = r"(?P<zone>[Zz]|[+-]\d{2}(?::?\d{2})?)?"
_DATETIME = rf"{_DATE}(?:[Tt _]{_TIME}\s*{_ZONE})?"
_NUMBER = r"[+-]?\d{1,20}(?:\.\d{1,20})?"
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MILLISECONDS_FROM = 2e10
"""A larger number is meant in milliseconds."""


def parse_datetime(value: Any) -> Optional[datetime]:
    """Return what ISO text (a date means midnight) or Unix time says, or `None` if the value is no such thing.

    Unix time is in seconds, or in milliseconds if it is larger than 2e10 (the year 2603). It gives UTC.
    """
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return _from_number(float(value))
        if isinstance(value, str):
            match = re.fullmatch(_DATETIME, value, re.ASCII)
            if match:
                return _from_match(match)
            return _from_number(float(value)) if re.fullmatch(_NUMBER, value, re.ASCII) else None
    except (ValueError, OverflowError):
        pass
    return None


def parse_date(value: Any) -> Optional[date]:
    """Return the date that ISO text or Unix time says, or `None` if the value is no such thing.

    Text or a datetime with a time of day is no date, unless it is midnight. Unix time may be any time of its day.
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    parsed = parse_datetime(value)
    if parsed is None:
        return None
    midnight = parsed.hour == parsed.minute == parsed.second == parsed.microsecond == 0
    return (
        parsed.date()
        if midnight or not isinstance(value, (str, datetime)) or re.fullmatch(_NUMBER, str(value), re.ASCII)
        else None
    )


def parse_time(value: Any) -> Optional[time]:
    """Return the time of day that ISO text says, or `None` if the value is no such thing."""
    if isinstance(value, time):
        return value
    match = re.fullmatch(rf"{_TIME}\s*{_ZONE}", value, re.ASCII) if isinstance(value, str) else None
    try:
        return None if match is None else _time_of(match)
    except ValueError:
        return None


def is_plain_date(value: Any) -> bool:
    """Whether `value` is a date without a time, as such or as ISO text."""
    if isinstance(value, str):
        return re.fullmatch(_DATE, value, re.ASCII) is not None
    return isinstance(value, date) and not isinstance(value, datetime)


def _from_number(seconds: float) -> datetime:
    if abs(seconds) > _MILLISECONDS_FROM:
        seconds /= 1000
    return _EPOCH + timedelta(seconds=seconds)


def _from_match(match: re.Match[str]) -> datetime:
    day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    return datetime.combine(day, time() if match["hour"] is None else _time_of(match))


def _time_of(match: re.Match[str]) -> time:
    micros = int((match["fraction"] or "0").ljust(9, "0")[:6])
    return time(
        int(match["hour"]), int(match["minute"]), int(match["second"] or 0), micros, tzinfo=_zone(match["zone"])
    )


def _zone(text: Optional[str]) -> Optional[timezone]:
    if not text:
        return None
    if text in "Zz":
        return timezone.utc
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def iso(value: Any) -> str:
    """Return a date or a time as ISO 8601 text, with `Z` for UTC."""
    text: str = value.isoformat()
    return text[:-6] + "Z" if isinstance(value, datetime) and text.endswith("+00:00") else text


def rfc3339(value: Any) -> str:
    """Return a date or a time of a caller as text: RFC 3339 §5.6. One without a zone is local time, as for Python.

    Raises:
        ValueError: if it is too early or too late for that.
    """
    if isinstance(value, datetime) and value.tzinfo is None:
        try:
            value = value.astimezone()
        except (OverflowError, OSError):
            raise ValueError(f"{value!r} has no time zone, and no local one can be found") from None
    return iso(value)
