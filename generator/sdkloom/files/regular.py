"""Reads regular files of bounded size, and nothing else: a pipe or a device could keep the reader for ever."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..source.limits import DEFAULT_LIMITS, RefusedError, too_large

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_regular(path: str | Path, limit: int = DEFAULT_LIMITS.size, *, follow_links: bool = True) -> bytes:
    """The bytes of a regular file of at most `limit` bytes.

    Raises:
        RefusedError: it is something else, or larger.
        OSError: it can't be read.
    """
    _check(os.stat(path, follow_symlinks=follow_links), limit)
    descriptor = os.open(path, _OPEN | (0 if follow_links else _NO_LINK))
    with os.fdopen(descriptor, "rb") as file:
        _check(os.fstat(descriptor), limit)
        data = file.read(limit + 1)
    if len(data) > limit:
        raise too_large(limit)
    return data


def kind_of(status: os.stat_result) -> str:
    """What a file is that is no regular one: `a pipe`."""
    if is_link(status):
        return "a link"
    return next((name for is_kind, name in _KINDS if is_kind(status.st_mode)), "no regular file")


def is_link(status: os.stat_result) -> bool:
    """Whether the result of `os.lstat` is that of a symbolic link, or of a junction (Windows)."""
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
    return stat.S_ISLNK(status.st_mode) or (junction is not None and getattr(status, "st_reparse_tag", 0) == junction)


def _check(status: os.stat_result, limit: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise RefusedError(f"it is {kind_of(status)}", "give a regular file")
    if status.st_size > limit:
        raise too_large(limit)


def write_new(path: str | Path, data: bytes) -> None:
    """Write a file of its own. What has its name, a link for instance, is removed first.

    Raises:
        OSError: it can't be written.
    """
    if os.path.lexists(path):
        os.unlink(path)
    descriptor = os.open(path, _CREATE, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
