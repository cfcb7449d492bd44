"""Validators of scalars. An int may also come as a numeric string or an integral float, a date as text, and so on; in
an exact table nothing is converted.

An integer is a number without a fraction, so 1.0 is one: JSON Schema 2020-12 core §4.2.3.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Callable, Dict, Tuple

from .annotations import is_dict, is_list
from .dates import is_plain_date, parse_date, parse_datetime
from .hooks import Hook, Hooks, as_is
from .validation_error import ValidationError

_INTEGER = re.compile(r"\s*[+-]?\d+(?:_\d+)*(?:\.0*)?\s*", re.ASCII)
_BOOLEANS = {
    **dict.fromkeys(("true", "t", "yes", "y", "on", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "off", "0"), False),
}
_KINDS: Dict[type, str] = {type(None): "null", bool: "a boolean", str: "a string", int: "an integer", float: "a number"}


def invalid(message: str) -> ValidationError:
    """Return the error about the value itself; whoever holds the value adds the path."""
    return ValidationError("", [((), message)])


def json_type(value: object) -> str:
    """Return what a value is, in JSON's words where it has some: "an object", "a string", "datetime"."""
    if is_dict(value):
        return "an object"
    if is_list(value):
        return "an array"
    return _KINDS.get(type(value), type(value).__name__)


def with_validation_errors(hook: Hook) -> Hook:
    """Return a user's hook such that what it raises about a value is a ValidationError."""

    def check_custom(data: Any, hooks: Hooks) -> Any:
        try:
            return hook(data, hooks)
        except ValidationError:
            raise
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise invalid(f"{type(error).__name__}: {error}") from error

    return check_custom


def _string(data: Any, hooks: Hooks) -> Any:
    if isinstance(data, str):
        return data
    raise invalid(f"expected a string, got {json_type(data)}")


def _integer(data: Any, hooks: Hooks) -> Any:
    if type(data) is int:
        return data
    if not hooks.exact:
        if isinstance(data, int):
            return int(data)
        if isinstance(data, float) and data.is_integer():
            return int(data)
        if isinstance(data, str) and _INTEGER.fullmatch(data):
            try:
                return int(data.partition(".")[0])
            except ValueError:  # more digits than Python's limit
                pass
    raise invalid(f"expected an integer, got {describe(data)}")


def _float(data: Any, hooks: Hooks) -> Any:
    if type(data) is float or (hooks.exact and (type(data) is int or isinstance(data, float))):
        return data
    if not hooks.exact and isinstance(data, (int, float, str)):
        try:
            return float(data)
        except (ValueError, OverflowError):
            pass
    raise invalid(f"expected a number, got {describe(data)}")


def _boolean(data: Any, hooks: Hooks) -> Any:
    if isinstance(data, bool):
        return data
    if not hooks.exact:
        if isinstance(data, (int, float)) and data in (0, 1):
            return bool(data)
        if isinstance(data, str) and data.lower() in _BOOLEANS:
            return _BOOLEANS[data.lower()]
    raise invalid(f"expected a boolean, got {describe(data)}")


def _null(data: Any, hooks: Hooks) -> Any:
    if data is None:
        return data
    raise invalid(f"expected null, got {json_type(data)}")


def _bytes(data: Any, hooks: Hooks) -> Any:
    if isinstance(data, (bytes, bytearray)):
        return bytes(data)
    if isinstance(data, str) and not hooks.exact:
        from .._converters import BYTES_ARE_BASE64
        from .formats import parse_bytes

        parsed = parse_bytes(data) if BYTES_ARE_BASE64 else data.encode("utf-8", "surrogatepass")
        if parsed is not None:
            return parsed
    raise invalid(f"expected bytes, got {json_type(data)}")


def check_datetime(data: Any, hooks: Hooks) -> Any:
    """Return what the data says as a `datetime`. A date means midnight.

    Raises:
        ValidationError: if it is no date and time.
    """
    parsed = parse_datetime(data) if not hooks.exact or isinstance(data, datetime) else None
    if parsed is None:
        raise invalid(f"expected a date and time, got {describe(data)}")
    return parsed


def check_timed_datetime(data: Any, hooks: Hooks) -> Any:
    """Return what the data says as a `datetime`, for unions in which a date without a time is a `date`.

    Raises:
        ValidationError: if it is no date and time, or has no time.
    """
    if is_plain_date(data):
        raise invalid(f"expected a date and time, got {describe(data)}")
    return check_datetime(data, hooks)


def check_date(data: Any, hooks: Hooks) -> Any:
    """Return what the data says as a `date`.

    Raises:
        ValidationError: if it is no date.
    """
    parsed = parse_date(data) if not hooks.exact or isinstance(data, date) else None
    if parsed is None:
        raise invalid(f"expected a date, got {describe(data)}")
    return parsed


def check_parsed(parse: Callable[[Any], Any], expected: str, exact: Tuple[type, ...]) -> Hook:
    """Return the validator of a class that texts become. `parse` gives `None` for what is none. `exact` are the classes
    of values that it doesn't convert."""

    def check_text(data: Any, hooks: Hooks) -> Any:
        parsed = parse(data) if not hooks.exact or isinstance(data, exact) else None
        if parsed is None:
            raise invalid(f"expected {expected}, got {describe(data)}")
        return parsed

    return check_text


def describe(data: Any) -> str:
    """Return what a message says about a value: itself if it is a short string, else what it is."""
    return f"the string {data!r}" if isinstance(data, str) and len(data) <= 20 else json_type(data)


SCALARS: Dict[Any, Hook] = {
    Any: as_is,
    object: as_is,
    str: _string,
    int: _integer,
    float: _float,
    bool: _boolean,
    bytes: _bytes,
    None: _null,
    type(None): _null,
    datetime: check_datetime,
    date: check_date,
}
