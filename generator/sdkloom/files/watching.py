"""Notices that files change, by looking at them again and again: it works on every system and on mounted folders."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping

INTERVAL = 0.1
"""Seconds between two looks."""

Stamps = Mapping[str, tuple[int, int, int] | None]
"""What tells that a file is another one than before: its time, size and number; `None` if it isn't there."""


def stamps(paths: Iterable[str]) -> dict[str, tuple[int, int, int] | None]:
    """Return the stamps of files and folders."""
    return {path: _stamp(path) for path in paths}


def wait_for_change(before: Stamps) -> list[str]:
    """Return the paths that are no longer what they were, once they have been left alone for a moment."""
    while True:
        now = stamps(before)
        changed = [path for path, stamp in before.items() if now[path] != stamp]
        if changed:
            return _settled(now, changed)
        time.sleep(INTERVAL)


def _settled(seen: Stamps, changed: list[str]) -> list[str]:
    """Editors write a file in several steps: wait until nothing happens any more."""
    while True:
        time.sleep(INTERVAL / 2)
        now = stamps(seen)
        if now == seen:
            return changed
        changed = [*changed, *(path for path in now if now[path] != seen[path] and path not in changed)]
        seen = now


def _stamp(path: str) -> tuple[int, int, int] | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):  # `ValueError`: no path can hold a NUL
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
