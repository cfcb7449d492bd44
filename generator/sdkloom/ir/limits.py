"""Limits of values."""

from __future__ import annotations

from typing import Union

import attrs


@attrs.frozen
class Limit:
    """`Ge(1)`: a class of `annotated-types`, and its argument."""

    name: str
    value: int | float


@attrs.frozen
class PatternLimit:
    """A regular expression that a part of the text fits."""

    pattern: str


@attrs.frozen
class HeldLimits:
    """The limits of what a list or a dictionary holds."""

    limits: Limits


Limits = tuple[Union[Limit, PatternLimit, HeldLimits], ...]
