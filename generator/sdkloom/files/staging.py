"""The folder `.sdkloom-staging` in an output folder: what a run needs to replace files all together or not at all.

`new/` holds texts that go into the output, `old/` those that went out of it. While files change places there is a
`journal` of them; whatever stops the run (an error, a kill), the next one puts the old files back.

A journal says which files to remove and to replace, so it is believed only if this user's own run wrote it here: it
names the `lock` beside it by inode and by the time of its last change, which is the clock's, to the nanosecond. Nobody
who commits or packs a folder knows these numbers of the copy that somebody else makes of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs

from .boundary import InTheWayError, PlainTree, check_folder
from .regular import is_link, kind_of, read_regular, write_new

STAGING = ".sdkloom-staging"


@attrs.frozen(kw_only=True)
class Changes:
    """What differs between the files on disk and those that are generated; paths below the output folder, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def paths(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.added, *self.changed, *self.removed)


class RunningError(Exception):
    """Another process holds the staging folder."""


class InterruptedRunError(Exception):
    """A run ended without removing its staging folder."""


class ForeignJournalError(Exception):
    """There is a journal that no interrupted run of this user wrote."""


class Staging:
    """The staging folder of an output folder."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out / STAGING
        self.new = self.folder / "new"
        self.old = self.folder / "old"
        self.journal = self.folder / "journal"
        self._lock = self.folder / "lock"

    def check_idle(self) -> None:
        """Check that no run is writing, and that none was interrupted. Nothing is changed.

        Raises:
            RunningError: a run is writing.
            InterruptedRunError: one was interrupted.
            ForeignJournalError: there is a journal of somebody else.
            InTheWayError: something else stands there.
        """
        check_folder(self.folder)
        if not self.folder.exists():
            return
        self._journaled()
        with contextlib.suppress(FileNotFoundError), _locked(self._lock, os.O_RDONLY):
            pass
        raise InterruptedRunError

    @contextlib.contextmanager
    def held(self) -> Generator[None]:
        """Hold the folder, empty, after undoing what an interrupted run left. The system frees that of a killed one.

        Raises:
            RunningError: another process holds it.
            ForeignJournalError: there is a journal of somebody else; nothing is changed.
            InTheWayError: something else stands there.
        """
        check_folder(self.folder)
        self._journaled()
        existed = self.out.exists()
        self.folder.mkdir(parents=True, exist_ok=True)
        with _locked(self._lock, os.O_RDWR | os.O_CREAT):
            try:
                self.recover()
                self._clear()
                write_new(self.folder / ".gitignore", b"*\n")
                yield
            finally:
                if not self.journal.exists():  # else something could not be put back, and is still in here
                    shutil.rmtree(self.folder, ignore_errors=True)
                    if not existed:
                        with contextlib.suppress(OSError):
                            self.out.rmdir()

    def begin(self, changes: Changes) -> None:
        """Write the journal: from here on `recover` undoes the changes."""
        written = self.folder / "journal.new"
        journal = {"lock": _identity(os.lstat(self._lock)), **attrs.asdict(changes)}
        write_new(written, json.dumps(journal).encode())
        os.rename(written, self.journal)

    def end(self) -> None:
        """Remove the journal: the changes are there to stay."""
        self.journal.unlink()

    def recover(self) -> None:
        """Undo changes that did not end: their journal is still there.

        Raises:
            ForeignJournalError: somebody else wrote it.
            InTheWayError: a link stands where a file was.
        """
        changes = self._journaled()
        if changes is None:
            return
        for root in (self.out, self.new, self.old):
            PlainTree(root).check(changes.paths)
        for path in changes.added:
            if not (self.new / path).exists():
                (self.out / path).unlink(missing_ok=True)
                remove_empty_folders((self.out / path).parent, self.out)
        replaced = (path for path in (*changes.changed, *changes.removed) if (self.old / path).exists())
        for path in in_folders(self.out, replaced):
            os.replace(self.old / path, self.out / path)
        self.end()

    def _journaled(self) -> Changes | None:
        """The changes of a run that was interrupted.

        Raises:
            ForeignJournalError: no run of this user wrote that.
        """
        if not os.path.lexists(self.journal):
            return None
        try:
            written: Any = json.loads(read_regular(self.journal, follow_links=False))
            own = _is_own(os.lstat(self.journal)) and written.pop("lock") == _identity(os.lstat(self._lock))
            listed = {name: tuple(map(_below, paths)) for name, paths in written.items()}
            changes = Changes(**listed) if own else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            changes = None
        if changes is None:
            raise ForeignJournalError
        return changes

    def _clear(self) -> None:
        """Remove what an interrupted run (or somebody else) left, but the lock."""
        for entry in list(os.scandir(self.folder)):
            if entry.name == self._lock.name:
                continue
            if entry.is_dir(follow_symlinks=False) and not is_link(os.lstat(entry.path)):
                shutil.rmtree(entry.path)
            else:
                os.unlink(entry.path)


def is_below(path: str) -> bool:
    """Whether a path of the manifest or of a journal names a file below the output folder, and none of git or ours."""
    parts = path.split("/")
    plain = not path.startswith("/") and ":" not in parts[0] and not {"\\", "\0"} & set(path)
    return plain and not {"", ".", "..", STAGING} & set(parts) and ".git" not in map(str.lower, parts)


def in_folders(root: Path, paths: Iterable[str]) -> Iterator[str]:
    """Yield the paths, each once the folder below `root` in which it lies is made."""
    made: set[str] = set()
    for path in paths:
        folder = os.path.dirname(path)
        if folder not in made:
            os.makedirs(os.path.join(root, folder), exist_ok=True)
            made.add(folder)
        yield path


def remove_empty_folders(folder: Path, out: Path) -> None:
    """Remove a folder and those above it, up to the output folder, that held nothing but removed files."""
    while folder != out and folder.is_dir():
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _below(path: Any) -> str:
    if not isinstance(path, str) or not is_below(path):
        raise ValueError(path)
    return path


def _identity(status: os.stat_result) -> list[int]:
    """What only this file has, on this disk."""
    return [status.st_ino, status.st_ctime_ns]


def _is_own(status: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or status.st_uid == os.getuid()


@contextlib.contextmanager
def _locked(path: Path, flags: int) -> Generator[None]:
    """Hold a lock file.

    Raises:
        RunningError: another process holds it.
        InTheWayError: it is no regular file.
        FileNotFoundError: it isn't there, and `flags` don't create it.
    """
    with contextlib.suppress(FileNotFoundError):
        _check_regular(path, os.lstat(path))
    descriptor = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0), 0o644)
    try:
        _check_regular(path, os.fstat(descriptor))
        acquire(descriptor)
        if not _is_there(descriptor, path):
            raise RunningError
        yield
    finally:
        os.close(descriptor)


def _check_regular(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise InTheWayError(path, kind_of(status))


def acquire(descriptor: int) -> None:
    """Lock a file.

    Raises:
        RunningError: another process holds the lock.
    """
    try:
        import fcntl
    except ImportError:  # no such lock on this system
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise RunningError from None


def _is_there(descriptor: int, path: Path) -> bool:
    """Whether the file that is locked is the one at `path`: whoever held the lock before has removed his."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.lstat(path))
    except FileNotFoundError:
        return False
