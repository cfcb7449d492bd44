"""Bodies that may be left out as a whole, but not in part."""

from __future__ import annotations

from typing import Mapping, Sequence

from .._types import NOT_GIVEN, NotGiven
from .._utils import given


def all_or_nothing(members: Mapping[str, object], required: Sequence[str]) -> Mapping[str, object] | NotGiven:
    """Return the members that were given; if there are none, nothing is sent.

    Raises:
        TypeError: if there are some, but not all that a body must have.
    """
    found = given(members)
    missing = [name for name in required if name not in found]
    if found and missing:
        listed = ", ".join(f"'{name}'" for name in missing)
        raise TypeError(f"Missing required arguments: {listed}; the body needs them, or nothing")
    return found or NOT_GIVEN
