"""Writes the folder of an SDK: all of it or nothing, and only files that the generator owns.

`.stats.yml` lists the files that the generator made: those are replaced and removed, others are never touched. New
texts are staged inside the output folder, the old ones are kept beside them, and a journal names both; whatever stops
the swap (an error, a kill), the next step is to put the old ones back.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any, cast

import attrs
import yaml

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from .paths import span_of

MANIFEST = ".stats.yml"
_STAGING = ".sdkloom-staging"
_JOURNAL = "journal"


@attrs.frozen(kw_only=True)
class Changes:
    """What differs between the files on disk and those that are generated; paths below the output folder, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@attrs.frozen(kw_only=True)
class NamesLockFile:
    """The names.lock beside the spec, which is replaced together with the SDK."""

    path: Path
    text: str

    @property
    def old_text(self) -> str | None:
        """What it holds now; `None` if it isn't there or can't be read."""
        try:
            return self.path.read_bytes().decode("utf-8", "replace")
        except OSError:
            return None

    @property
    def is_stale(self) -> bool:
        """Whether it has another text than it shall have."""
        return self.old_text != self.text

    @property
    def staged(self) -> Path:
        """Where the new text stands until everything else is written."""
        return self.path.with_name(f".{self.path.name}{_STAGING}")


def pending_changes(files: Mapping[str, str], out: Path, sink: DiagnosticSink) -> Changes | None:
    """What `write` would change; `None` after an error. Files that are in the way are reported."""
    owned = _owned(out, sink)
    if owned is None:
        return None
    added: list[str] = []
    changed: list[str] = []
    for path in sorted(files):
        current = _read(out, path, sink)
        if current is None:
            added.append(path)
        elif current != files[path].encode():
            changed.append(path)
            if path not in owned:
                sink.report(catalog.NOT_OWNED, span_of(out / path), path=path)
    removed = [path for path in sorted(owned - set(files)) if os.path.isfile(out / path)]
    if sink.has_errors:
        return None
    return Changes(added=tuple(added), changed=tuple(changed), removed=tuple(removed))


def write(
    files: Mapping[str, str], out: Path, sink: DiagnosticSink, lock_file: NamesLockFile | None = None
) -> Changes | None:
    """Make `out` hold `files` (path below it → text), and replace the lock file; gives what was changed.

    `None` after an error, and then nothing is changed.
    """
    try:
        with _exclusive(out):
            _recover(out)
            changes = pending_changes(files, out, sink)
            stale = lock_file if lock_file is not None and lock_file.is_stale else None
            if changes or (changes is not None and stale):
                _swap(files, changes, out, stale)
            return changes
    except _RunningError:
        sink.report(catalog.WRITE_RUNNING, span_of(out), path=out)
    except OSError as error:
        path = error.filename if isinstance(error.filename, str) else str(out)
        sink.report(
            catalog.CANNOT_WRITE, span_of(Path(path)), path=_below_out(path, out), error=error.strerror or error
        )
    return None


def current_text(out: Path, path: str) -> str:
    """The text of a file on disk, for a diff; `""` if there is none."""
    try:
        return (out / path).read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def _swap(files: Mapping[str, str], changes: Changes, out: Path, lock_file: NamesLockFile | None) -> None:
    """Stage the new texts, then rename file by file; put the old ones back if anything goes wrong."""
    staging = out / _STAGING
    written = [*changes.added, *changes.changed]
    try:
        if lock_file is not None:
            lock_file.staged.write_bytes(lock_file.text.encode())
        for path in written:
            _make_parent(staging / "new" / path)
            (staging / "new" / path).write_bytes(files[path].encode())
        journal = [f"+ {path}" for path in changes.added] + [f"~ {path}" for path in changes.changed]
        journal += [f"- {path}" for path in changes.removed]
        (staging / _JOURNAL).write_text("\n".join(journal) + "\n", encoding="utf-8")
        for path in [*changes.changed, *changes.removed]:
            _make_parent(staging / "old" / path)
            os.replace(out / path, staging / "old" / path)
        for path in written:
            _make_parent(out / path)
            os.replace(staging / "new" / path, out / path)
        if lock_file is not None:
            os.replace(lock_file.staged, lock_file.path)
    except BaseException:
        _recover(out)
        if lock_file is not None:
            lock_file.staged.unlink(missing_ok=True)
        raise
    (staging / _JOURNAL).unlink()
    for path in changes.removed:
        _remove_empty_folders((out / path).parent, out)


def _recover(out: Path) -> None:
    """Undo a swap that did not end: its journal is still there."""
    staging = out / _STAGING
    journal = staging / _JOURNAL
    if not journal.is_file():
        return
    for line in journal.read_text(encoding="utf-8").splitlines():
        mark, _, path = line.partition(" ")
        if mark == "+" and not (staging / "new" / path).exists():
            (out / path).unlink(missing_ok=True)
            _remove_empty_folders((out / path).parent, out)
        elif (staging / "old" / path).exists():
            _make_parent(out / path)
            os.replace(staging / "old" / path, out / path)
    journal.unlink()


@contextlib.contextmanager
def _exclusive(out: Path) -> Generator[None]:
    """Hold the staging folder; refuse when another process does. The system frees the lock of a killed process."""
    existed = out.exists()
    staging = out / _STAGING
    staging.mkdir(parents=True, exist_ok=True)
    lock = os.open(staging / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(lock)
        if not _is_there(lock, staging / "lock"):
            raise _RunningError
        try:
            yield
        finally:
            shutil.rmtree(staging, ignore_errors=True)
            if not existed:
                with contextlib.suppress(OSError):
                    out.rmdir()
    finally:
        os.close(lock)


def _acquire(descriptor: int) -> None:
    """Lock a file.

    Raises:
        _RunningError: another process holds the lock.
    """
    try:
        import fcntl
    except ImportError:  # no such lock on this system
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _RunningError from None


def _is_there(descriptor: int, path: Path) -> bool:
    """Whether the file that is locked is the one at `path`: whoever held the lock before has removed his."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


class _RunningError(Exception):
    """Another process holds the staging folder."""


def _owned(out: Path, sink: DiagnosticSink) -> set[str] | None:
    """The files that an earlier run made."""
    manifest = out / MANIFEST
    try:
        loaded: Any = yaml.safe_load(manifest.read_bytes())
    except FileNotFoundError:
        return set()
    except (OSError, ValueError, yaml.YAMLError) as error:
        sink.report(catalog.BAD_MANIFEST, span_of(manifest), problem=str(error).splitlines()[0])
        return None
    listed: Any = cast("dict[Any, Any]", loaded).get("files") if isinstance(loaded, dict) else None
    owned: set[str] = set()
    for path in cast("list[Any]", listed) if isinstance(listed, list) else []:
        if not isinstance(path, str) or not _inside(path):
            sink.report(catalog.BAD_MANIFEST, span_of(manifest), problem=f"{path!r} is no path below this folder")
            return None
        owned.add(path)
    return owned


def _inside(path: str) -> bool:
    parts = path.split("/")
    return bool(path) and not path.startswith("/") and ":" not in parts[0] and not {"", ".", ".."} & set(parts)


def _read(out: Path, path: str, sink: DiagnosticSink) -> bytes | None:
    try:
        return (out / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        sink.report(catalog.CANNOT_READ, span_of(out / path), path=path, error=error.strerror or error)
        return None


def _make_parent(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)


def _remove_empty_folders(folder: Path, out: Path) -> None:
    """Folders that held nothing but removed files."""
    while folder != out and folder.is_dir():
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _below_out(path: str, out: Path) -> str:
    """A path below the output folder, whichever staged copy of it failed."""
    with contextlib.suppress(ValueError):
        inner = Path(path).relative_to(out)
        parts = inner.parts[2:] if inner.parts[:1] == (_STAGING,) and len(inner.parts) > 2 else inner.parts
        return "/".join(parts) or str(out)
    return path
