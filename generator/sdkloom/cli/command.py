"""What `generate`, `verify` and `dump` share: one spec to read, and messages at the end."""

from __future__ import annotations

import abc
import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, TextIO

import attrs

from ..diagnostics import listing, run_catalog
from ..diagnostics.json_listing import counts, json_text, records
from ..diagnostics.model import Diagnostic, DiagnosticSink, Severity
from ..diagnostics.terminal import Progress, wants_color
from ..files.boundary import Boundary, check_given
from ..files.inputs import Reader, report_unreadable, within
from ..files.paths import CONFIG_NAME, LOCK_NAME, is_regular, shown_path
from ..files.regular import read_regular
from ..pipeline import Pipeline
from ..source.limits import Limits, RefusedError, too_large
from .exit_codes import FAILED
from .project import STANDARD_INPUT, complete
from .templates import Templates, find_templates

STDIN_NAME = "<stdin>"
"""What messages call standard input."""


@attrs.define
class Command(abc.ABC):
    """One run of a command."""

    templates_of_working_folder: ClassVar[bool] = True
    """Whether `./templates` and `hooks/` beside sdk.yaml are used without being asked for."""

    options: argparse.Namespace
    sink: DiagnosticSink
    reader: Reader = attrs.field(init=False)
    limits: Limits = attrs.field(init=False)
    templates: Templates | None = attrs.field(default=None, init=False)
    progress: Progress = attrs.field(factory=Progress, init=False)
    facts: dict[str, Any] = attrs.field(factory=dict[str, Any], init=False)
    """What `--json` prints beside the diagnostics."""

    def __attrs_post_init__(self) -> None:
        self.limits = Limits(**dict(self.options.limit))
        self.reader = Reader(lambda path: read_regular(path, self.limits.size), self.sink)

    @abc.abstractmethod
    def execute(self, pipeline: Pipeline) -> int | None:
        """Do the command's own work; gives the exit code, or `None` after an error, which the sink then holds."""

    def run(self) -> int:
        """Run the command and print all diagnostics; gives the exit code, which follows their severity."""
        pipeline = self._pipeline() if self._complete() else None
        code = None if pipeline is None else self.execute(pipeline)
        self.progress.clear()
        found = self.considered()
        if self.options.json:
            print(json_text({"diagnostics": records(found), "counts": counts(found), **self.facts}), end="")
        else:
            is_quiet = self.options.quiet
            self.print_diagnostics(tuple(one for one in found if not is_quiet or self._fails(one)))
        return FAILED if code is None or any(map(self._fails, found)) else code

    def considered(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that are printed, and that decide about the exit code."""
        return self.sink.diagnostics

    def print_diagnostics(self, found: tuple[Diagnostic, ...]) -> None:
        """Print diagnostics for people."""
        print(self.listing(found, sys.stderr), file=sys.stderr, end="")

    def listing(self, found: tuple[Diagnostic, ...], stream: TextIO) -> str:
        """The diagnostics with the lines of the sources, as text for a stream."""
        self._read_templates()
        return listing.render(found, self.reader.texts, color=wants_color(stream))

    def show(self, text: str, *, file: TextIO | None = None) -> None:
        """Print a line for people: to standard output, or to `file`. `--quiet` and `--json` do without it."""
        if not self.options.quiet and not self.options.json:
            print(text, file=file)

    def _fails(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic makes the command fail."""
        is_warning = diagnostic.severity is Severity.WARNING
        return diagnostic.severity is Severity.ERROR or (self.options.fail_on_warning and is_warning)

    def _complete(self) -> bool:
        """Find what the arguments don't say, and read standard input; `False` after a report."""
        if not complete(self.options, self.limits.size, self.sink, templates=self.templates_of_working_folder):
            return False
        if self.options.spec != STANDARD_INPUT:
            return True
        data = sys.stdin.buffer.read(self.limits.size + 1)
        if len(data) > self.limits.size:
            report_unreadable(STDIN_NAME, too_large(self.limits.size), self.sink)
            return False
        self.options.spec = STDIN_NAME
        self.reader.keep(STDIN_NAME, data)
        return not self.sink.has_errors

    @property
    def lock_path(self) -> Path:
        """Where names.lock is, or would be: beside the spec."""
        return Path(self.options.spec or "").parent / LOCK_NAME

    def _pipeline(self) -> Pipeline | None:
        """The pipeline for the spec with what stands beside it; `None`, after a report, if a file can't be read."""
        spec, config, lock = self.options.spec, self.options.config, str(self.lock_path)
        given = [path for path in (spec, config, *self.options.overlay) if path is not None]
        if not all(map(self._may_read, given)):
            return None
        read = within(self.reader, Boundary.of(spec), {shown_path(Path(path)) for path in given})
        if config is None:
            config = str(Path(spec).parent / CONFIG_NAME)
            config = config if os.path.lexists(config) else None
        of_working_folder = self.templates_of_working_folder
        self.templates = find_templates(self.options, config, self.sink, of_working_folder=of_working_folder)
        if self.templates is None:
            return None
        config = None if config is None else shown_path(Path(config))
        lock = shown_path(Path(lock)) if os.path.lexists(lock) else None
        if not all(self._can_read(path, read) for path in (config, lock) if path is not None):
            return None
        return Pipeline(
            spec=shown_path(Path(spec)),
            config=config,
            lock=lock,
            overlays=tuple(shown_path(Path(path)) for path in self.options.overlay),
            read=read,
            templates=self.templates.root,
            over=self.templates.over,
            sink=self.sink,
            limits=self.limits,
            announce=self.progress.announce,
            only=tuple(getattr(self.options, "part_only", ())),
            skip=tuple(getattr(self.options, "part_skip", ())),
        )

    def _may_read(self, path: str) -> bool:
        """Whether no link leads out of the tree of a file that the command line names; reports it otherwise."""
        try:
            check_given(path)
        except RefusedError as error:
            report_unreadable(path, error, self.sink)
            return False
        return True

    def _can_read(self, path: str, read: Callable[[str], str]) -> bool:
        try:
            read(path)
        except OSError as error:
            report_unreadable(path, error, self.sink)
            return False
        return True

    def _read_templates(self) -> None:
        """Read the templates that messages point at. What can't be one, and a link on the way, isn't looked at."""
        names = {found.span.file for found in self.sink.diagnostics if found.code != run_catalog.NOT_A_TEMPLATE.code}
        for name in names:
            path = None if self.templates is None else self.templates.disk_file(name)
            if path is not None and name not in self.reader.texts and is_regular(path):
                self.reader.texts[name] = path.read_text(encoding="utf-8", errors="replace")
