"""What `generate`, `verify` and `dump` share: one spec to read, and messages at the end."""

from __future__ import annotations

import abc
import argparse
import sys
from pathlib import Path
from typing import ClassVar

import attrs

from ..diagnostics import catalog, listing
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.terminal import Progress, wants_color
from ..files.inputs import Reader
from ..files.paths import CONFIG_NAME, LOCK_NAME, is_regular, shown_path, span_of, templates_folder
from ..pipeline import Pipeline
from .exit_codes import FAILED


@attrs.define
class Command(abc.ABC):
    """One run of a command."""

    templates_of_working_folder: ClassVar[bool] = True
    """Whether `./templates` is used without being asked for."""

    options: argparse.Namespace
    sink: DiagnosticSink
    reader: Reader = attrs.field(init=False)
    progress: Progress = attrs.field(factory=Progress, init=False)

    def __attrs_post_init__(self) -> None:
        self.reader = Reader(lambda path: Path(path).read_bytes(), self.sink)

    @abc.abstractmethod
    def execute(self, pipeline: Pipeline) -> int | None:
        """Do the command's own work; gives the exit code, or `None` after an error, which the sink then holds."""

    def run(self) -> int:
        """Run the command and print all diagnostics; gives the exit code, which follows their severity."""
        pipeline = self._pipeline()
        code = None if pipeline is None else self.execute(pipeline)
        self.progress.clear()
        self._read_templates()
        text = listing.render(self.sink.diagnostics, self.reader.texts, color=wants_color(sys.stderr))
        print(text, file=sys.stderr, end="")
        return FAILED if code is None or self.sink.has_errors else code

    @property
    def lock_path(self) -> Path:
        """Where names.lock is, or would be: beside the spec."""
        return Path(self.options.spec).parent / LOCK_NAME

    @property
    def _templates_folder(self) -> Path:
        return templates_folder(self.options.templates, of_working_folder=self.templates_of_working_folder)

    def _pipeline(self) -> Pipeline | None:
        """The pipeline for the spec with what stands beside it; `None`, after a report, if a file can't be read."""
        templates = self._templates_folder
        if not (templates / "sdk").is_dir():
            self.sink.report(catalog.TEMPLATES_MISSING, span_of(templates), folder=shown_path(templates))
            return None
        config = self.options.config
        if config is None:
            beside = Path(self.options.spec).parent / CONFIG_NAME
            config = str(beside) if beside.is_file() else None
        config = None if config is None else shown_path(Path(config))
        lock = shown_path(self.lock_path) if self.lock_path.is_file() else None
        if not all(self._is_readable(path) for path in (config, lock) if path is not None):
            return None
        return Pipeline(
            spec=shown_path(Path(self.options.spec)),
            config=config,
            lock=lock,
            read=self.reader,
            templates=templates,
            sink=self.sink,
            announce=self.progress.announce,
        )

    def _is_readable(self, path: str) -> bool:
        try:
            self.reader(path)
        except OSError as error:
            self.sink.report(catalog.CANNOT_READ, span_of(Path(path)), path=path, error=error.strerror or error)
            return False
        return True

    def _read_templates(self) -> None:
        """Read the templates that messages point at. What can't be one, and a link on the way, isn't looked at."""
        templates = self._templates_folder
        names = {found.span.file for found in self.sink.diagnostics if found.code != catalog.NOT_A_TEMPLATE.code}
        for name in names:
            path = templates / name.removeprefix("templates/")
            if name.startswith("templates/") and name not in self.reader.texts and is_regular(path):
                self.reader.texts[name] = path.read_text(encoding="utf-8", errors="replace")
