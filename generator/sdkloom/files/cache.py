"""A folder of the user's own for what can be made again: `sdkloom` in `$XDG_CACHE_HOME`, or in `~/.cache`.

Nothing depends on it. Whatever is wrong with the folder or with an entry, a run does without. What others could have
written is not looked at: the folder and its files are this user's, and writable for nobody else.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path

import attrs

from .regular import read_regular

OFF = "SDKLOOM_NO_CACHE"
"""The environment variable that switches the cache off."""

ROOM = 128 * 2**20
"""Bytes of all entries. The oldest ones go."""

LARGEST = ROOM // 4
"""Bytes of an entry. What is larger isn't kept."""

_SUM = hashlib.sha256().digest_size


@attrs.frozen
class Cache:
    """Entries by key, the hex digest of all that an entry depends on. `folder` is `None` where there is no cache."""

    folder: Path | None

    @classmethod
    def of_user(cls) -> Cache:
        """The cache of this user, if the environment doesn't switch it off."""
        if os.environ.get(OFF) or not hasattr(os, "getuid"):
            return cls(None)
        home = os.environ.get("XDG_CACHE_HOME", "")
        folder = Path(home if os.path.isabs(home) else os.path.expanduser("~/.cache")) / "sdkloom"
        return cls(folder if folder.is_absolute() else None)

    def get(self, key: str) -> bytes | None:
        """The entry of a key; `None` if there is none that is whole."""
        try:
            if self.folder is None or not _is_own(os.lstat(self.folder), stat.S_ISDIR):
                return None
            path = self.folder / key
            if not _is_own(os.lstat(path), stat.S_ISREG):
                return None
            data = read_regular(path, LARGEST + _SUM, follow_links=False)
        except OSError:
            return None
        whole = hashlib.sha256(data[_SUM:]).digest() == data[:_SUM]
        return data[_SUM:] if whole else None

    def put(self, key: str, data: bytes) -> None:
        """Keep an entry, in one step; others may go for it."""
        if self.folder is None or len(data) > LARGEST:
            return
        staged = self.folder / f"{key}.{secrets.token_hex(8)}"
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            self.folder.mkdir(mode=0o700, exist_ok=True)
            if not _is_own(os.lstat(self.folder), stat.S_ISDIR):
                return
            try:
                with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.write(hashlib.sha256(data).digest() + data)
                os.replace(staged, self.folder / key)
            finally:
                staged.unlink(missing_ok=True)
            self._prune(self.folder)
        except OSError:
            return

    def _prune(self, folder: Path) -> None:
        """Remove the oldest entries, and what killed runs left."""
        found = [(entry.stat(follow_symlinks=False), entry.path) for entry in os.scandir(folder)]
        size = 0
        for status, path in sorted(found, key=lambda each: -each[0].st_mtime_ns):
            size += status.st_size
            if size > ROOM:
                os.unlink(path)


def _is_own(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Whether a folder or file is of the right kind, this user's, and writable for no other."""
    is_shared = bool(status.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
    return is_kind(status.st_mode) and status.st_uid == os.getuid() and not is_shared
