"""Dates on the wire: ISO 8601 and Unix time."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Any, Optional

_DATE = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
_TIME = r"(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
_ZONE = r"(?P<zone>[Zz]|[+-]\d{2}(?::?\d{2})?)?"
_MOMENT = rf"{_DATE}(?:[Tt _]{_TIME}\s*{_ZONE})?"
_NUMBER = r"[+-]?\d{1,20}(?:\.\d{1,20})?"
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MILLISECONDS_FROM = 2e10
"""A larger number is meant in milliseconds."""


def parse_datetime(value: Any) -> Optional[datetime]:
    """A datetime from ISO text (a date means midnight) or Unix time, also in milliseconds; `None` if it is none."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return _from_number(float(value))
        if isinstance(value, str):
            match = re.fullmatch(_MOMENT, value, re.ASCII)
            if match:
                return _from_match(match)
            return _from_number(float(value)) if re.fullmatch(_NUMBER, value, re.ASCII) else None
    except (ValueError, OverflowError):
        pass
    return None


def parse_date(value: Any) -> Optional[date]:
    """A date from ISO text or Unix time; a moment must be a midnight, unless it is Unix time. `None` if it is none."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    moment = parse_datetime(value)
    if moment is None:
        return None
    midnight = moment.hour == moment.minute == moment.second == moment.microsecond == 0
    return (
        moment.date()
        if midnight or not isinstance(value, (str, datetime)) or re.fullmatch(_NUMBER, str(value), re.ASCII)
        else None
    )


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
    parts = match.groupdict()
    moment = datetime(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    if parts["hour"] is None:
        return moment
    micros = int((parts["fraction"] or "0").ljust(9, "0")[:6])
    return moment.replace(
        hour=int(parts["hour"]),
        minute=int(parts["minute"]),
        second=int(parts["second"] or 0),
        microsecond=micros,
        tzinfo=_zone(parts["zone"]),
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
    """ISO 8601, with `Z` for UTC."""
    text: str = value.isoformat()
    return text[:-6] + "Z" if isinstance(value, datetime) and text.endswith("+00:00") else text
