"""Validators of scalars: lax, as JSON needs it. An int may come as a numeric string or an integral float, a date as
text. In an exact table nothing is converted.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Dict

from .annotations import is_dict, is_list
from .dates import is_plain_date, parse_date, parse_datetime
from .hooks import Hook, Hooks, keep
from .validation_error import ValidationError

_INTEGER = re.compile(r"\s*[+-]?\d+(?:_\d+)*(?:\.0*)?\s*", re.ASCII)
_BOOLEANS = {
    **dict.fromkeys(("true", "t", "yes", "y", "on", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "off", "0"), False),
}
_KINDS: Dict[type, str] = {type(None): "null", bool: "a boolean", str: "a string", int: "an integer", float: "a number"}


def wrong(message: str) -> ValidationError:
    """The error about the value itself; whoever holds the value adds the path."""
    return ValidationError("", [((), message)])


def kind(value: object) -> str:
    """What a value is, in JSON's words where it has some."""
    if is_dict(value):
        return "an object"
    if is_list(value):
        return "an array"
    return _KINDS.get(type(value), type(value).__name__)


def guarded(hook: Hook) -> Hook:
    """A hook of a user's: what it raises about a value becomes a ValidationError."""

    def check_custom(data: Any, hooks: Hooks) -> Any:
        try:
            return hook(data, hooks)
        except ValidationError:
            raise
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise wrong(f"{type(error).__name__}: {error}") from error

    return check_custom


def _string(data: Any, hooks: Hooks) -> Any:
    if isinstance(data, str):
        return data
    raise wrong(f"expected a string, got {kind(data)}")


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
    raise wrong(f"expected an integer, got {shown(data)}")


def _float(data: Any, hooks: Hooks) -> Any:
    if type(data) is float or (type(data) is int and hooks.exact):
        return data
    if not hooks.exact and isinstance(data, (int, float, str)):
        try:
            return float(data)
        except (ValueError, OverflowError):
            pass
    raise wrong(f"expected a number, got {shown(data)}")


def _boolean(data: Any, hooks: Hooks) -> Any:
    if isinstance(data, bool):
        return data
    if not hooks.exact:
        if isinstance(data, (int, float)) and data in (0, 1):
            return bool(data)
        if isinstance(data, str) and data.lower() in _BOOLEANS:
            return _BOOLEANS[data.lower()]
    raise wrong(f"expected a boolean, got {shown(data)}")


def _null(data: Any, hooks: Hooks) -> Any:
    if data is None:
        return data
    raise wrong(f"expected null, got {kind(data)}")


def _bytes(data: Any, hooks: Hooks) -> Any:
    if isinstance(data, (bytes, bytearray)):
        return bytes(data)
    if isinstance(data, str) and not hooks.exact:
        return data.encode("utf-8", "surrogatepass")
    raise wrong(f"expected bytes, got {kind(data)}")


def check_datetime(data: Any, hooks: Hooks) -> Any:
    parsed = parse_datetime(data) if not hooks.exact or isinstance(data, datetime) else None
    if parsed is None:
        raise wrong(f"expected a date and time, got {shown(data)}")
    return parsed


def timed(data: Any, hooks: Hooks) -> Any:
    if is_plain_date(data):
        raise wrong(f"expected a date and time, got {shown(data)}")
    return check_datetime(data, hooks)


def check_date(data: Any, hooks: Hooks) -> Any:
    parsed = parse_date(data) if not hooks.exact or isinstance(data, date) else None
    if parsed is None:
        raise wrong(f"expected a date, got {shown(data)}")
    return parsed


def shown(data: Any) -> str:
    return f"the string {data!r}" if isinstance(data, str) and len(data) <= 20 else kind(data)


SCALARS: Dict[Any, Hook] = {
    Any: keep,
    object: keep,
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
