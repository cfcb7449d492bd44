"""`sdkloom generate`: write the SDK, or show what would be written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ..diagnostics.model import DiagnosticSink
from ..diagnostics.terminal import DIM, GREEN, RED, YELLOW, paint, painted_diff, printable, wants_color
from ..emit.begun import BEGUN
from ..emit.template_folder import TemplateFolder
from ..files.paths import CONFIG_NAME, HOOKS_NAME, LOCK_NAME, TEMPLATES_NAME, shown_path
from ..files.sdk_folder import Changes, NamesLockFile, current_text, holds, pending_changes, write
from ..files.settings import PROJECT_FILE
from ..pipeline import Pipeline, names_lock_text
from .command import STDIN_NAME, Command
from .contents import Contents, endpoints, summary
from .exit_codes import FAILED, OK
from .memory import Memory, Output

if TYPE_CHECKING:
    from ..ir.api import Api


@attrs.define
class Generate(Command):
    """One run of the command."""

    def execute(self, pipeline: Pipeline) -> int | None:
        """Write the SDK; with `--check`, `--dry-run` and `--suggest` show something, and write nothing."""
        if self.options.suggest:
            return self._suggest(pipeline)
        memory = self._memory(pipeline)
        known = memory.recall(Output)
        if known is not None and self._is_as_known(known):
            return OK
        pipeline = attrs.evolve(pipeline, read=memory.read)
        sdk = pipeline.sdk()
        if sdk is None:
            return None
        api, operations = sdk.api, endpoints(sdk)
        del sdk  # printing a large document needs the room
        files = pipeline.render(api)
        if files is None:
            return None
        out = self._out(api.package.distribution)
        begun = {path for path in BEGUN if os.path.lexists(out / path)}
        files = {path: text for path, text in files.items() if path not in begun}
        self.progress.announce(f"writing {shown_path(out)}")
        only_look = self.options.check or self.options.dry_run
        lock = self._lock(api)
        stale = lock if lock is not None and lock.is_stale else None
        change = pending_changes if only_look else write
        changes = change(files, out, self.sink, lock)
        if changes is None:
            return None
        contents = summary(api, operations, self.sink.diagnostics)
        if stale is None:  # else the next run has another input
            owned = {path: text for path, text in files.items() if path not in BEGUN}
            memory.keep(Output.of(owned, api.package.distribution, contents, self.sink.diagnostics))
        self.progress.clear()
        code = OK
        self._keep(changes, len(files), out)
        if self.options.check:
            code = self._show_difference(files, changes, out, stale)
        else:
            self._show_changes(changes, len(files), out, stale)
        self._show_contents(contents, out)
        return code

    def _keep(self, changes: Changes, total: int, out: Path) -> None:
        """Keep for `--json` what happened to the files."""
        listed = {"added": changes.added, "changed": changes.changed, "removed": changes.removed}
        unchanged = total - len(changes.added) - len(changes.changed)
        self.facts |= {"out": shown_path(out), "files": {**listed, "unchanged": unchanged}}

    def _show_contents(self, contents: Contents, out: Path) -> None:
        self.facts |= {"contents": contents.record}
        text = f"{printable(shown_path(out))}: {contents.line}"
        self.show(text, file=sys.stderr if self.options.check else None)

    def inputs(self) -> set[str]:
        """The files and folders that the run depended on, also those that weren't there."""
        beside = self.lock_path.parent
        names = {str(beside / name) for name in (CONFIG_NAME, LOCK_NAME, HOOKS_NAME)} | {PROJECT_FILE, TEMPLATES_NAME}
        given = {self.options.spec, self.options.config, *self.options.overlay} - {None, STDIN_NAME}
        found = names | given | set(self.reader.texts) | self.reader.missing
        if self.templates is not None:
            for folder in (self.templates.root, *(layer.root for layer in self.templates.over)):
                found |= {str(folder), *map(str, folder.rglob("*"))}
        return found

    def outputs(self) -> set[str]:
        """The inputs that the run itself may have written."""
        return {str(self.lock_path), shown_path(self.lock_path)}

    def _out(self, distribution: str) -> Path:
        return Path(os.path.normpath(self.options.out or distribution))

    def _memory(self, pipeline: Pipeline) -> Memory:
        """What is remembered of this input: all that the output and the messages depend on."""

        def given() -> Iterator[object]:
            yield "generate"
            yield from (pipeline.spec, pipeline.config, pipeline.lock, pipeline.overlays, pipeline.only, pipeline.skip)
            yield from (pipeline.limits, self.sink.strict, self.options.lock, pipeline.templates, pipeline.over)
            templates = TemplateFolder.of(pipeline.templates, DiagnosticSink(), pipeline.over)
            yield from ((path, templates.read(path)) for path in sorted(templates.found))

        texts = [path for path in (pipeline.spec, pipeline.config, pipeline.lock) if path is not None]
        return Memory(given(), [*texts, *pipeline.overlays], pipeline.read)

    def _is_as_known(self, known: Output) -> bool:
        """Whether the folder is as an earlier run of this input left it; then tells what that run would tell now."""
        out, total = self._out(known.distribution), len(known.sums)
        if not holds(known.sums, out) or not all(os.path.lexists(out / path) for path in BEGUN):
            return False
        for diagnostic in known.diagnostics:
            self.sink.add(diagnostic)
        self.progress.clear()
        self._keep(Changes(), total, out)
        if self.options.check:
            self._show_all_as_generated(total, out)
        else:
            self._show_changes(Changes(), total, out, None)
        self._show_contents(known.contents, out)
        return True

    def _suggest(self, pipeline: Pipeline) -> int | None:
        lines = pipeline.suggestions()
        if lines is None:
            return None
        self.progress.clear()
        self.facts["suggestions"] = lines
        if lines and not self.options.json:  # also with `--quiet`: they are what was asked for
            print("\n".join(map(printable, lines)))
        if not lines:
            self.show("# no name is new or reads badly")
        return OK

    def _lock(self, api: Api) -> NamesLockFile | None:
        """What names.lock shall be, if there is one or shall be one."""
        if not self.options.lock and not os.path.lexists(self.lock_path):
            return None
        return NamesLockFile(path=self.lock_path, text=names_lock_text(api))

    def _show_difference(self, files: dict[str, str], changes: Changes, out: Path, lock: NamesLockFile | None) -> int:
        import difflib  # only here, and slow to import

        color = wants_color(sys.stdout)
        for path in sorted([*changes.added, *changes.changed, *changes.removed]):
            old, new = current_text(out, path).splitlines(), files.get(path, "").splitlines()
            name = f"{shown_path(out)}/{path}"
            before = "/dev/null" if path in changes.added else name
            after = "/dev/null" if path in changes.removed else f"{name} (generated)"
            self.show(painted_diff(difflib.unified_diff(old, new, before, after, lineterm=""), color))
        if lock is not None:
            old, new, name = (lock.old_text or "").splitlines(), lock.text.splitlines(), shown_path(lock.path)
            self.show(painted_diff(difflib.unified_diff(old, new, name, f"{name} (generated)", lineterm=""), color))
        count = len(changes.added) + len(changes.changed) + len(changes.removed) + (lock is not None)
        if count:
            differ = f"{_files(count)} differ{'s' if count == 1 else ''}"
            self.show(f"{printable(shown_path(out))}: {differ}; `sdkloom generate` writes them", file=sys.stderr)
            return FAILED
        self._show_all_as_generated(len(files), out)
        return OK

    def _show_all_as_generated(self, total: int, out: Path) -> None:
        self.show(f"{printable(shown_path(out))}: {_files(total)}, all as generated", file=sys.stderr)

    def _show_changes(self, changes: Changes, total: int, out: Path, lock: NamesLockFile | None) -> None:
        color = wants_color(sys.stdout)
        listed = [(path, "+", GREEN) for path in changes.added] + [(path, "~", YELLOW) for path in changes.changed]
        listed += [(path, "-", RED) for path in changes.removed]
        if self.options.dry_run or len(listed) <= 20:
            for path, mark, style in sorted(listed):
                self.show(f"{paint(mark, style, color)} {printable(f'{shown_path(out)}/{path}')}")
        if lock is not None:
            mark, style = ("~", YELLOW) if shown_path(lock.path) in self.reader.texts else ("+", GREEN)
            self.show(f"{paint(mark, style, color)} {printable(shown_path(lock.path))}")
        written, removed = len(changes.added) + len(changes.changed), len(changes.removed)
        words = f"{written} written, {removed} removed, {total - written} unchanged"
        if self.options.dry_run:
            words = f"{written} to write, {removed} to remove, {total - written} unchanged"
        seconds = paint(f"({self.progress.seconds:.2f} s)", DIM, color)
        self.show(f"{printable(shown_path(out))}: {_files(total)}: {words} {seconds}")


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"
