"""Tracebacks that lead from the caller's line to the reason. Loaded when something fails."""

from __future__ import annotations

from types import TracebackType
from typing import Optional, TypeVar

from ._public import PACKAGE

_ErrorT = TypeVar("_ErrorT", bound=BaseException)


def shortened(error: _ErrorT) -> _ErrorT:
    """Return the error without the frames of this package that its traceback begins with; so for its causes.

    What others did in between, such as an event hook or a transport, stays.
    """
    seen: Optional[BaseException] = error
    for _ in range(100):
        if seen is None:
            break
        seen.__traceback__ = _from_others(seen.__traceback__)
        seen = seen.__cause__ or seen.__context__
    return error


def _from_others(traceback: Optional[TracebackType]) -> Optional[TracebackType]:
    while traceback is not None and _is_ours(traceback):
        traceback = traceback.tb_next
    return traceback


def _is_ours(traceback: TracebackType) -> bool:
    name: str = traceback.tb_frame.f_globals.get("__name__", "")
    return name == PACKAGE or name.startswith(f"{PACKAGE}.")
