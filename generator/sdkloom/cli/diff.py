"""`sdkloom diff`: two states of a spec in, a report out."""

from __future__ import annotations

import argparse
import datetime
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

import attrs

from ..beside import Beside
from ..diagnostics import catalog, listing
from ..diagnostics.model import Diagnostic, DiagnosticSink, Severity
from ..diagnostics.span import Span
from ..diagnostics.terminal import Progress, wants_color
from ..files.outputs import write_all
from ..files.paths import place, shown, templates_folder
from ..files.revisions import Resolver, State, displayed
from ..pipeline import Pipeline, changed_code
from ..specdiff import changelog, ignore
from ..specdiff.compare import compare
from ..specdiff.model import Column, Finding, Impact, Report
from ..specdiff.state import SpecState
from ..specdiff.versions import due_version
from .diff_arguments import FORMATS, IGNORE_NAME

WITH_CODE = ("html",)
"""Formats that show the generated code."""


_LARGE = 300_000
"""Characters of a spec from which a second process is worth its start."""


@attrs.define
class Diff:
    """One run of the command."""

    options: argparse.Namespace
    sink: DiagnosticSink
    progress: Progress = attrs.field(factory=Progress)
    resolver: Resolver = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.resolver = Resolver(self.options.spec, self.sink)

    def run(self) -> int:
        """Compare, write, and print what was asked for; the exit code."""
        try:
            states = self._states()
            report = None if states is None else self.report(*states)
            outputs = None if report is None else self._outputs(report)
        finally:
            self.resolver.close()
            self.progress.clear()
        written = report is not None and outputs is not None and not self.sink.has_errors and self._write(outputs)
        print(self.listing(wants_color(sys.stderr)), file=sys.stderr, end="")
        if report is None or not written or self.sink.has_errors:
            return 1
        return 1 if any(self._fails(report, column) for column in Column) else 0

    def _fails(self, report: Report, column: Column) -> bool:
        asked = self.options.fail_on
        return ("any" in asked or column.value in asked) and report.worst(column) is Impact.BREAKS

    def _states(self) -> tuple[State, State] | None:
        given: str | None = self.options.revision
        base = self.resolver.state(self.options.base, like=given if given and os.path.exists(given) else None)
        if given is not None:
            like = self.options.base if os.path.exists(self.options.base) else None
            revision = self.resolver.state(given, like=like)
        else:
            revision = None if base is None else self.resolver.working_tree(base)
        if base is None or revision is None:
            return None
        return self._configured(base, revision)

    def _configured(self, base: State, revision: State) -> tuple[State, State] | None:
        """Both states with the configuration that is asked for. A file without one beside it takes the other's."""
        config = self.options.config
        if config is not None:
            if not self.resolver.reader.has(config):
                self.resolver.cannot_read(config)
                return None
            shape = self.resolver.with_shape
            return shape(base, config, base.lock), shape(revision, config, revision.lock)
        if base.config is None and base.here is None:
            base = self.resolver.with_shape(base, revision.config, base.lock or revision.lock)
        elif revision.config is None and revision.here is None:
            revision = self.resolver.with_shape(revision, base.config, revision.lock or base.lock)
        return base, revision

    def _pipeline(self, state: State) -> Pipeline:
        return Pipeline(
            spec=state.spec,
            config=state.config,
            lock=state.lock,
            read=state.read,
            templates=templates_folder(self.options.templates),
            sink=self.sink,
            announce=self.progress.announce,
        )

    def _spec_states(self, base: State, revision: State) -> tuple[SpecState | None, SpecState | None]:
        """Both SDKs as data; those of large documents are made at the same time."""
        before, after = self._pipeline(base), self._pipeline(revision)
        if not self.resolver.reader.has(base.spec) or len(base.read(base.spec)) < _LARGE:
            return before.spec_state(), after.spec_state()
        beside = Beside(lambda: self._apart(before))
        new = after.spec_state()
        old, diagnostics, texts = beside.result()
        for diagnostic in diagnostics:
            self.sink.add(diagnostic)
        self.resolver.reader.texts.update(texts)
        return old, new

    def _apart(self, pipeline: Pipeline) -> tuple[SpecState | None, tuple[Diagnostic, ...], dict[str, str]]:
        """One state with everything that its making left behind, for another process."""
        self.resolver.reopen()
        texts = self.resolver.reader.texts
        known = set(texts)
        made = attrs.evolve(pipeline, announce=_silent).spec_state()
        return made, self.sink.diagnostics, {path: text for path, text in texts.items() if path not in known}

    def report(self, base: State, revision: State) -> Report | None:
        """What changed from one state to the other; `None` after an error, which the sink then holds."""
        old, new = self._spec_states(base, revision)
        entries = self._ignored(revision)
        if old is None or new is None or entries is None:
            return None
        self.progress.announce("comparing")
        counted, ignored = ignore.apply(compare(old, new), entries, datetime.date.today(), self.sink)
        version = due_version(
            counted, old.api.package.version, new.api.package.version, same_package=_same_package(old, new)
        )
        return Report(
            base=base.label,
            revision=revision.label,
            package=new.api.package.import_name,
            findings=tuple(map(_displayed, counted)),
            ignored=tuple(attrs.evolve(one, finding=_displayed(one.finding)) for one in ignored),
            version=version,
            changelog=changelog.entry(counted, version),
            sources={displayed(path): text for path, text in self.resolver.reader.texts.items()},
            code=self._code(old, new) if self._wants_code else {},
        )

    @property
    def _wants_code(self) -> bool:
        return any(getattr(self.options, name) is not None for name in WITH_CODE)

    def _code(self, old: SpecState, new: SpecState) -> dict[str, str]:
        """The generated code. A report does without it where the templates don't fit both states."""
        self.progress.announce("printing both packages")
        templates = templates_folder(self.options.templates)
        if not (templates / "sdk").is_dir():
            self.sink.report(catalog.TEMPLATES_MISSING, place(templates), folder=shown(templates))
            return {}
        sink = DiagnosticSink()
        code = changed_code(old.api, new.api, templates, sink)
        if code is None:
            first = next(found for found in sink.diagnostics if found.severity is Severity.ERROR)
            self.sink.report(catalog.CODE_NOT_SHOWN, first.span, message=first.message)
        return code or {}

    def _ignored(self, revision: State) -> tuple[ignore.Entry, ...] | None:
        """The entries of the ignore file; `None` after a report."""
        path = self.options.ignore
        if path is None:
            path = os.path.join(os.path.dirname(revision.spec), IGNORE_NAME)
            if not self.resolver.reader.has(path):
                return ()
        elif not self.resolver.reader.has(path):
            self.resolver.cannot_read(path)
            return None
        return ignore.parse_ignore_file(path, self.resolver.reader(path), self.sink)

    def _outputs(self, report: Report) -> dict[str, str] | None:
        """The texts by their file; `-` is standard output, where the plain report goes unless something else does."""
        outputs: dict[str, str] = {}
        for name in FORMATS:
            path = getattr(self.options, name)
            if path is not None:
                outputs[path] = outputs.get(path, "") + _renderer(name)(report)
        if self.options.changelog == "-":
            outputs["-"] = outputs.get("-", "") + report.changelog
        elif self.options.changelog is not None and report.changelog:
            path = self.options.changelog
            try:
                known = Path(path).read_bytes().decode() if os.path.exists(path) else ""
            except OSError as error:
                self.resolver.cannot_read(path, error.strerror or error)
                return None
            except UnicodeDecodeError:
                self.resolver.cannot_read(path, "it is not UTF-8")
                return None
            outputs[path] = changelog.inserted(known, report.changelog)
        if "-" not in outputs:
            outputs["-"] = self.text(report, wants_color(sys.stdout))
        return outputs

    def _write(self, outputs: Mapping[str, str]) -> bool:
        if not write_all({path: text for path, text in outputs.items() if path != "-"}, self.sink):
            return False
        print(outputs["-"], end="")
        return True

    def text(self, report: Report, color: bool) -> str:
        """The report for a terminal."""
        from ..specdiff.report import text

        width = shutil.get_terminal_size((100, 24)).columns
        return text.render(report, width=width, color=color, verbose=self.options.verbose)

    def listing(self, color: bool) -> str:
        """Errors, and warnings about the ignore file. What a spec merely loses in Python is `generate`'s to tell."""
        shown = [
            attrs.evolve(diagnostic, span=_shown_span(diagnostic.span))
            for diagnostic in self.sink.diagnostics
            if diagnostic.severity is Severity.ERROR or diagnostic.code.startswith("DIF")
        ]
        sources = {displayed(path): content for path, content in self.resolver.reader.texts.items()}
        return listing.render(shown, sources, color=color)


def _renderer(name: str) -> Callable[[Report], str]:
    """The function that makes a report of this format; only what is asked for is imported."""
    module = import_module(f"..specdiff.report.{name if name != 'json' else 'json_report'}", __package__)
    render: Callable[[Report], str] = module.render
    return render


def _silent(stage: str) -> None:
    """Announces nothing."""


def _same_package(old: SpecState, new: SpecState) -> bool:
    """Whether nothing but the version could differ in the generated files."""
    version = new.api.package.version
    provenance = new.api.provenance
    package = attrs.evolve(old.api.package, version=version)
    return attrs.evolve(old.api, package=package, provenance=provenance) == new.api


def _displayed(finding: Finding) -> Finding:
    return attrs.evolve(
        finding,
        base=None if finding.base is None else _shown_span(finding.base),
        revision=None if finding.revision is None else _shown_span(finding.revision),
    )


def _shown_span(span: Span) -> Span:
    return attrs.evolve(span, file=displayed(span.file))
