"""What enumerations derive from. Members are texts or integers: they compare, print and are sent as their values.

`enum.StrEnum` comes with Python 3.11, and `IntEnum` prints names in 3.10.
"""

from __future__ import annotations

import enum

from ._typing import override


class StrEnum(str, enum.Enum):
    """An enumeration of texts."""

    @override
    def __str__(self) -> str:
        return str(self.value)

    @override
    def __format__(self, format_spec: str) -> str:
        return format(str(self.value), format_spec)


class IntEnum(int, enum.Enum):
    """An enumeration of integers."""

    @override
    def __str__(self) -> str:
        return str(self.value)

    @override
    def __format__(self, format_spec: str) -> str:
        return format(int(self.value), format_spec)
