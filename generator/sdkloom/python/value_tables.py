"""Values of parameters that warn: those that retire at some date, and those that have another name now."""

from __future__ import annotations

import attrs

from .literals import literal
from .signatures import AnyMethod


@attrs.frozen(kw_only=True)
class ValueTable:
    """A constant of a resource module, and what goes with it.

    `check` is the function of `_utils` that looks a value up; `what` is said about the constant.
    """

    param: str
    constant: str
    values: tuple[tuple[str, str], ...]
    message: str
    what: str
    check: str

    @property
    def notice(self) -> str:
        """The constant that holds the message."""
        return f"{self.constant}_NOTICE"


def value_tables(method: AnyMethod, symbol: str) -> list[ValueTable]:
    """The tables of a method, in the order of their use: a value is replaced before it is looked at."""
    found = [_renamed(method, param, symbol) for param in dict.fromkeys(old.param for old in method.old_values)]
    retired = method.deprecated_values
    if retired is not None:
        found.append(
            ValueTable(
                param=retired.param,
                constant=retired.constant,
                values=retired.values,
                message=retired.message,
                check="retiring_value",
                what=f"Values of `{retired.param}` that retire, and when.",
            )
        )
    return found


def _renamed(method: AnyMethod, param: str, symbol: str) -> ValueTable:
    message = f"`{symbol}({param}={literal('{value}')})` is deprecated: use `{symbol}({param}={literal('{new}')})`"
    return ValueTable(
        param=param,
        constant=f"{method.name}_{param}_RENAMED".upper(),
        values=tuple((old.value, old.of) for old in method.old_values if old.param == param),
        message=message,
        what=f"Old values of `{param}`, and those that are sent instead.",
        check="renamed_value",
    )
