"""Where public names say that they live."""

from __future__ import annotations

from typing import Any, TypeVar, cast

_T = TypeVar("_T")

PACKAGE = __name__.rpartition(".")[0]


def public(value: _T) -> _T:
    """Say that a class or function lives in the package itself: users import it there, tracebacks should say so."""
    cast(Any, value).__module__ = PACKAGE
    return value
