"""Writes the folder of an SDK: all of it or nothing, and only files that the generator owns.

`.stats.yml` lists the files that the generator made: those are replaced and removed, others are never touched. Before
anything is written it is made sure that no link stands in any of the ways; see `staging` for how files are replaced.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

import attrs

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from ..source.limits import RefusedError
from ..source.load import decode, load
from ..source.nodes import MappingNode, SequenceNode, plain
from .boundary import InTheWayError, PlainTree, check_folder, check_way
from .paths import lexical_span, span_of
from .regular import read_regular, write_new
from .staging import (
    STAGING,
    Changes,
    ForeignJournalError,
    InterruptedRunError,
    RunningError,
    Staging,
    in_folders,
    is_below,
    remove_empty_folders,
)

MANIFEST = ".stats.yml"
_OF_OWN = {"LICENSE": "move it beside sdk.yaml, and name it there: `package: {license_file: LICENSE}`"}
"""What to do with a file of one's own, instead of the usual."""
SHOWN_SIZE = 1_000_000
"""Larger files are not compared line by line."""


@attrs.frozen(kw_only=True)
class NamesLockFile:
    """The names.lock beside the spec, which is replaced together with the SDK."""

    path: Path
    text: str

    @property
    def old_text(self) -> str | None:
        """What it holds now; `None` if it isn't there or can't be read."""
        try:
            return read_regular(self.path, follow_links=False).decode("utf-8", "replace")
        except OSError:
            return None

    @property
    def is_stale(self) -> bool:
        """Whether it has another text than it shall have."""
        return self.old_text != self.text

    @property
    def staged(self) -> Path:
        """Where the new text stands until everything else is written."""
        return self.path.with_name(f".{self.path.name}{STAGING}")


def pending_changes(
    files: Mapping[str, str], out: Path, sink: DiagnosticSink, lock_file: NamesLockFile | None = None
) -> Changes | None:
    """What `write` would change; `None` after an error. Files that are in the way are reported."""
    try:
        _check_ways(out, lock_file)
        Staging(out).check_idle()
        return _changes(files, out, sink)
    except _FAILURES as error:
        _report(error, out, sink)
    return None


def holds(sums: Mapping[str, str], out: Path) -> bool:
    """Whether `out` is as a run left it that wrote these files (path below it → SHA-256 of the text): none is missing
    or changed, and `write` would find nothing in its way. Nothing is reported."""
    try:
        _check_ways(out, None)
        Staging(out).check_idle()
        PlainTree(out).check(sums)
        return MANIFEST in sums and all(
            hashlib.sha256(read_regular(os.path.join(out, path), follow_links=False)).hexdigest() == found
            for path, found in sums.items()
        )
    except _FAILURES:
        return False


def write(
    files: Mapping[str, str], out: Path, sink: DiagnosticSink, lock_file: NamesLockFile | None = None
) -> Changes | None:
    """Make `out` hold `files` (path below it → text), and replace the lock file; gives what was changed.

    `None` after an error, and then nothing is changed.
    """
    staging = Staging(out)
    try:
        _check_ways(out, lock_file)
        with staging.held():
            changes = _changes(files, out, sink)
            stale = lock_file if lock_file is not None and lock_file.is_stale else None
            if changes or (changes is not None and stale):
                _swap(files, changes, staging, stale)
            return changes
    except _FAILURES as error:
        _report(error, out, sink)
    return None


def current_text(out: Path, path: str) -> str:
    """The text of a file on disk, for a diff; `""` if there is none that can be shown."""
    try:
        return read_regular(out / path, SHOWN_SIZE, follow_links=False).decode("utf-8", "replace")
    except OSError:
        return ""


_FAILURES = (InTheWayError, RunningError, InterruptedRunError, ForeignJournalError, OSError)


def _report(error: Exception, out: Path, sink: DiagnosticSink) -> None:
    """Report one of `_FAILURES`."""
    if isinstance(error, InTheWayError):
        place = lexical_span(error.path)
        sink.report(run_catalog.LINK_IN_THE_WAY, place, path=place.file, what=error.what)
    elif isinstance(error, RunningError):
        sink.report(run_catalog.WRITE_RUNNING, span_of(out), path=out)
    elif isinstance(error, InterruptedRunError):
        sink.report(run_catalog.INTERRUPTED, span_of(out), path=out)
    elif isinstance(error, ForeignJournalError):
        journal = Staging(out).journal
        sink.report(run_catalog.FOREIGN_JOURNAL, lexical_span(journal), path=journal, folder=journal.parent)
    elif isinstance(error, OSError):
        path = error.filename if isinstance(error.filename, str) else str(out)
        reason = error.strerror or error
        sink.report(run_catalog.CANNOT_WRITE, span_of(Path(path)), path=_below_out(path, out), error=reason)


def _check_ways(out: Path, lock_file: NamesLockFile | None) -> None:
    """Check the ways to the output folder and to names.lock.

    Raises:
        InTheWayError: a link stands there, or something that is no folder.
    """
    check_way(out)
    check_folder(out)
    if lock_file is not None and lock_file.is_stale:
        check_way(lock_file.path)


def _changes(files: Mapping[str, str], out: Path, sink: DiagnosticSink) -> Changes | None:
    """What is to be changed; `None` after a report.

    Raises:
        InTheWayError: a link stands in the way to a file.
    """
    PlainTree(out).check([MANIFEST])
    owned = _owned(out, sink)
    if owned is None:
        return None
    PlainTree(out).check([*files, *owned])
    added: list[str] = []
    changed: list[str] = []
    for path in sorted(files):
        is_same = _holds(os.path.join(out, path), files[path].encode(), sink)
        if is_same is None:
            added.append(path)
        elif not is_same:
            changed.append(path)
            if path not in owned:
                hint = _OF_OWN.get(path, run_catalog.NOT_OWNED.hint)
                sink.report(run_catalog.NOT_OWNED, span_of(out / path), hint=hint, path=path)
    removed = [path for path in sorted(owned - set(files)) if os.path.isfile(out / path)]
    if sink.has_errors:
        return None
    return Changes(added=tuple(added), changed=tuple(changed), removed=tuple(removed))


def _swap(files: Mapping[str, str], changes: Changes, staging: Staging, lock_file: NamesLockFile | None) -> None:
    """Stage the new texts, then rename file by file; put the old ones back if anything goes wrong."""
    out = staging.out
    written = [*changes.added, *changes.changed]
    try:
        if lock_file is not None:
            write_new(lock_file.staged, lock_file.text.encode())
        for path in in_folders(staging.new, written):
            write_new(os.path.join(staging.new, path), files[path].encode())
        staging.begin(changes)
        for path in in_folders(staging.old, [*changes.changed, *changes.removed]):
            os.replace(os.path.join(out, path), os.path.join(staging.old, path))
        for path in in_folders(out, written):
            os.replace(os.path.join(staging.new, path), os.path.join(out, path))
        if lock_file is not None:
            os.replace(lock_file.staged, lock_file.path)
    except BaseException:
        staging.recover()
        if lock_file is not None:
            lock_file.staged.unlink(missing_ok=True)
        raise
    staging.end()
    for path in changes.removed:
        remove_empty_folders((out / path).parent, out)


def _owned(out: Path, sink: DiagnosticSink) -> set[str] | None:
    """The files that an earlier run made."""
    manifest = out / MANIFEST
    try:
        data = read_regular(manifest, follow_links=False)
    except FileNotFoundError:
        return set()
    except OSError as error:
        sink.report(run_catalog.BAD_MANIFEST, span_of(manifest), problem=error.strerror or error)
        return None
    found = DiagnosticSink()
    text = decode(str(manifest), data, found)
    root = None if text is None else load(str(manifest), text, found)
    if root is None or found.has_errors:
        first = found.diagnostics[0]
        place = attrs.evolve(first.span, file=span_of(manifest).file)
        sink.report(run_catalog.BAD_MANIFEST, place, problem=first.message)
        return None
    listed = root.entries.get("files") if isinstance(root, MappingNode) else None
    owned: set[str] = set()
    for node in listed.items if isinstance(listed, SequenceNode) else []:
        path = plain(node)
        if not isinstance(path, str) or not is_below(path):
            sink.report(run_catalog.BAD_MANIFEST, span_of(manifest), problem=f"{path!r} is no path below this folder")
            return None
        owned.add(path)
    return owned


def _holds(path: str, data: bytes, sink: DiagnosticSink) -> bool | None:
    """Whether a file holds these bytes; `None` if it isn't there, or (after a report) can't be read."""
    try:
        status = os.lstat(path)
        if stat.S_ISREG(status.st_mode) and status.st_size != len(data):
            return False
        return read_regular(path, len(data), follow_links=False) == data
    except FileNotFoundError:
        return None
    except OSError as error:
        hint = error.hint if isinstance(error, RefusedError) else None
        sink.report(run_catalog.CANNOT_READ, span_of(Path(path)), hint=hint, path=path, error=error.strerror or error)
        return None


def _below_out(path: str, out: Path) -> str:
    """A path below the output folder, whichever staged copy of it failed."""
    if Path(path).is_relative_to(out):
        parts = Path(path).relative_to(out).parts
        parts = parts[2:] if parts[:1] == (STAGING,) and len(parts) > 2 else parts
        return "/".join(parts) or str(out)
    return path
