"""Limits of values."""

from __future__ import annotations

import attrs


@attrs.frozen
class Limit:
    """`Ge(1)`: a class of `annotated-types`, and its argument."""

    name: str
    value: int | float
