"""`sdkloom generate`: write the SDK, or show what would be written."""

from __future__ import annotations

import difflib
import os
import sys
from pathlib import Path

import attrs

from ..diagnostics.terminal import DIM, GREEN, RED, YELLOW, paint, painted_diff, printable, wants_color
from ..files.paths import shown_path
from ..files.sdk_folder import Changes, NamesLockFile, current_text, pending_changes, write
from ..ir.api import Api
from ..pipeline import Pipeline, names_lock_text
from .command import Command
from .exit_codes import FAILED, OK


@attrs.define
class Generate(Command):
    """One run of the command."""

    def execute(self, pipeline: Pipeline) -> int | None:
        """Write the SDK; with `--check`, `--dry-run` and `--suggest` show something, and write nothing."""
        if self.options.suggest:
            return self._suggest(pipeline)
        api = pipeline.api()
        files = None if api is None else pipeline.render(api)
        if api is None or files is None:
            return None
        out = Path(os.path.normpath(self.options.out or api.package.distribution))
        self.progress.announce(f"writing {shown_path(out)}")
        only_look = self.options.check or self.options.dry_run
        lock = self._lock(api)
        stale = lock if lock is not None and lock.is_stale else None
        change = pending_changes if only_look else write
        changes = change(files, out, self.sink, lock)
        if changes is None:
            return None
        self.progress.clear()
        if self.options.check:
            return self._show_difference(files, changes, out, stale)
        self._show_changes(changes, len(files), out, stale)
        return OK

    def _suggest(self, pipeline: Pipeline) -> int | None:
        lines = pipeline.suggestions()
        if lines is None:
            return None
        self.progress.clear()
        for line in lines:
            print(printable(line))
        if not lines:
            print("# no name is new or reads badly")
        return OK

    def _lock(self, api: Api) -> NamesLockFile | None:
        """What names.lock shall be, if there is one or shall be one."""
        if not self.options.lock and not os.path.lexists(self.lock_path):
            return None
        return NamesLockFile(path=self.lock_path, text=names_lock_text(api))

    def _show_difference(self, files: dict[str, str], changes: Changes, out: Path, lock: NamesLockFile | None) -> int:
        color = wants_color(sys.stdout)
        for path in sorted([*changes.added, *changes.changed, *changes.removed]):
            old, new = current_text(out, path).splitlines(), files.get(path, "").splitlines()
            name = f"{shown_path(out)}/{path}"
            before = "/dev/null" if path in changes.added else name
            after = "/dev/null" if path in changes.removed else f"{name} (generated)"
            print(painted_diff(difflib.unified_diff(old, new, before, after, lineterm=""), color))
        if lock is not None:
            old, new, name = (lock.old_text or "").splitlines(), lock.text.splitlines(), shown_path(lock.path)
            print(painted_diff(difflib.unified_diff(old, new, name, f"{name} (generated)", lineterm=""), color))
        count = len(changes.added) + len(changes.changed) + len(changes.removed) + (lock is not None)
        if count:
            differ = f"{_files(count)} differ{'s' if count == 1 else ''}"
            print(f"{printable(shown_path(out))}: {differ}; `sdkloom generate` writes them", file=sys.stderr)
            return FAILED
        print(f"{printable(shown_path(out))}: {_files(len(files))}, all as generated", file=sys.stderr)
        return OK

    def _show_changes(self, changes: Changes, total: int, out: Path, lock: NamesLockFile | None) -> None:
        color = wants_color(sys.stdout)
        listed = [(path, "+", GREEN) for path in changes.added] + [(path, "~", YELLOW) for path in changes.changed]
        listed += [(path, "-", RED) for path in changes.removed]
        if self.options.dry_run or len(listed) <= 20:
            for path, mark, style in sorted(listed):
                print(f"{paint(mark, style, color)} {printable(f'{shown_path(out)}/{path}')}")
        if lock is not None:
            mark, style = ("~", YELLOW) if shown_path(lock.path) in self.reader.texts else ("+", GREEN)
            print(f"{paint(mark, style, color)} {printable(shown_path(lock.path))}")
        written, removed = len(changes.added) + len(changes.changed), len(changes.removed)
        words = f"{written} written, {removed} removed, {total - written} unchanged"
        if self.options.dry_run:
            words = f"{written} to write, {removed} to remove, {total - written} unchanged"
        seconds = paint(f"({self.progress.seconds:.2f} s)", DIM, color)
        print(f"{printable(shown_path(out))}: {_files(total)}: {words} {seconds}")


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"
