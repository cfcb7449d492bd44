"""`sdkloom diff`: compare a spec before and after a change, and report what it does."""

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

from ..diagnostics import listing, run_catalog
from ..diagnostics.model import DiagnosticSink, Severity
from ..diagnostics.span import Span
from ..diagnostics.terminal import Progress, wants_color
from ..emit.template_folder import TemplateFolder
from ..files.boundary import check_given
from ..files.inputs import report_unreadable
from ..files.outputs import write_all
from ..files.paths import IGNORE_NAME, own_templates, shown_path
from ..files.regular import read_regular
from ..files.revisions import SpecFiles, SpecResolver, git_style
from ..pipeline import Pipeline, changed_code
from ..source.limits import Limits
from ..specdiff import changelog, ignore
from ..specdiff.compare import compare
from ..specdiff.model import Column, Finding, Impact, Report
from ..specdiff.state import SpecState
from ..specdiff.versions import due_version
from .arguments import REPORT_FORMATS
from .exit_codes import FAILED, OK
from .memory import Memory, State
from .project import default_document
from .templates import find_templates

WITH_CODE = ("html",)
"""Formats that show the generated code."""


@attrs.define
class Diff:
    """One run of the command."""

    options: argparse.Namespace
    sink: DiagnosticSink
    progress: Progress = attrs.field(factory=Progress)
    limits: Limits = attrs.field(init=False)
    resolver: SpecResolver = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.limits = Limits(**dict(self.options.limit))
        spec, overlays = default_document(self.options.spec, self.limits.size, self.sink)
        self.resolver = SpecResolver(spec, self.sink, self.limits, overlays)

    def run(self) -> int:
        """Compare, write, and print what was asked for; gives the exit code."""
        try:
            specs = None if self.sink.has_errors else self._specs()
            report = None if specs is None else self.report(*specs)
            outputs = None if report is None else self._outputs(report)
        finally:
            self.resolver.close()
            self.progress.clear()
        written = report is not None and outputs is not None and not self.sink.has_errors and self._write(outputs)
        print(self.listing(wants_color(sys.stderr)), file=sys.stderr, end="")
        if report is None or not written or self.sink.has_errors:
            return FAILED
        return FAILED if any(self._fails(report, column) for column in Column) else OK

    def _fails(self, report: Report, column: Column) -> bool:
        asked = self.options.fail_on
        return ("any" in asked or column.value in asked) and report.worst(column) is Impact.BREAKS

    def _specs(self) -> tuple[SpecFiles, SpecFiles] | None:
        """What BASE and REVISION stand for; `None`, after a report, if one of them is nothing."""
        given: str | None = self.options.revision
        base = self.resolver.resolve(self.options.base, like=given if given and os.path.exists(given) else None)
        if given is not None:
            like = self.options.base if os.path.exists(self.options.base) else None
            revision = self.resolver.resolve(given, like=like)
        else:
            revision = None if base is None else self.resolver.working_tree(base)
        if base is None or revision is None:
            return None
        overlays = tuple(shown_path(Path(path)) for path in self.options.overlay)
        if any(self.resolver.given(path) is None for path in overlays):
            return None
        if overlays:
            base, revision = (self.resolver.with_overlays(files, overlays) for files in (base, revision))
        return self._configured(base, revision)

    def _configured(self, base: SpecFiles, revision: SpecFiles) -> tuple[SpecFiles, SpecFiles] | None:
        """Both specs with the `sdk.yaml` that is asked for. A file without one beside it takes the other's."""
        config = self.options.config
        if config is not None:
            if self.resolver.given(config) is None:
                return None
            with_config = self.resolver.with_config
            return with_config(base, config, base.lock), with_config(revision, config, revision.lock)
        if base.config is None and base.working_tree_path is None:
            base = self.resolver.with_config(base, revision.config, base.lock or revision.lock)
        elif revision.config is None and revision.working_tree_path is None:
            revision = self.resolver.with_config(revision, base.config, revision.lock or base.lock)
        return base, revision

    def _pipeline(self, spec: SpecFiles) -> Pipeline:
        return Pipeline(
            spec=spec.spec,
            config=spec.config,
            lock=spec.lock,
            overlays=spec.overlays,
            read=spec.read,
            templates=own_templates(),
            sink=self.sink,
            limits=self.limits,
            announce=self.progress.announce,
        )

    def report(self, base: SpecFiles, revision: SpecFiles) -> Report | None:
        """What changed from one spec to the other; `None` after an error, which the sink then holds."""
        old, new = self._remembered_state(base), self._pipeline(revision).spec_state()
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
            findings=tuple(map(_git_style_finding, counted)),
            ignored=tuple(attrs.evolve(one, finding=_git_style_finding(one.finding)) for one in ignored),
            version=version,
            changelog=changelog.entry(counted, version),
            sources={git_style(path): text for path, text in self.resolver.reader.texts.items()},
            code=self._code(old, new) if self._wants_code else {},
        )

    def _remembered_state(self, spec: SpecFiles) -> SpecState | None:
        """The state of a spec, which many runs compare with: made once."""
        given = ("state", spec.spec, spec.config, spec.lock, spec.overlays, self.limits, self.sink.strict)
        texts = [path for path in (spec.spec, spec.config, spec.lock) if path is not None]
        memory = Memory(given, [*texts, *spec.overlays], spec.read)
        known = memory.recall(State)
        found = DiagnosticSink(strict=self.sink.strict)
        state = None if known is None else known.state
        if known is None:
            state = attrs.evolve(self._pipeline(spec), read=memory.read, sink=found).spec_state()
        if known is None and state is not None and not self.sink.has_errors:
            memory.keep(State(state=state, diagnostics=found.diagnostics))
        for diagnostic in found.diagnostics if known is None else known.diagnostics:
            self.sink.add(diagnostic)
        return state

    @property
    def _wants_code(self) -> bool:
        return any(getattr(self.options, name) is not None for name in WITH_CODE)

    def _code(self, old: SpecState, new: SpecState) -> dict[str, str]:
        """The generated code. A report does without it where the templates don't fit both specs."""
        self.progress.announce("printing both packages")
        templates = find_templates(self.options, None, self.sink, of_working_folder=False)
        if templates is None:
            return {}
        sink = DiagnosticSink()
        folder = TemplateFolder.of(templates.root, sink, templates.over)
        code = changed_code(old.api, new.api, folder, sink)
        if code is None:
            first = next(found for found in sink.diagnostics if found.severity is Severity.ERROR)
            self.sink.report(run_catalog.CODE_NOT_SHOWN, first.span, message=first.message)
        return code or {}

    def _ignored(self, revision: SpecFiles) -> tuple[ignore.Entry, ...] | None:
        """The entries of the ignore file; `None` after a report."""
        path = self.options.ignore
        if path is None:
            path = self.resolver.sibling(revision.spec, IGNORE_NAME, revision.read)
            if path is None:
                return None if self.sink.has_errors else ()
        text = self.resolver.given(path) if self.options.ignore is not None else revision.read(path)
        return None if text is None else ignore.parse_ignore_file(path, text, self.sink)

    def _outputs(self, report: Report) -> dict[str, str] | None:
        """The texts by their file; `-` is standard output, where the plain report goes unless something else does."""
        outputs: dict[str, str] = {}
        for name in REPORT_FORMATS:
            path = getattr(self.options, name)
            if path is not None:
                outputs[path] = outputs.get(path, "") + _renderer(name)(report)
        if self.options.changelog == "-":
            outputs["-"] = outputs.get("-", "") + report.changelog
        elif self.options.changelog is not None and report.changelog:
            path = self.options.changelog
            try:
                check_given(path)
                known = read_regular(path, self.limits.size).decode()
            except FileNotFoundError:
                known = ""
            except OSError as error:
                report_unreadable(path, error, self.sink)
                return None
            except UnicodeDecodeError:
                report_unreadable(path, OSError("it is not UTF-8"), self.sink)
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
        listed = [
            attrs.evolve(diagnostic, span=_git_style_span(diagnostic.span))
            for diagnostic in self.sink.diagnostics
            if diagnostic.severity is Severity.ERROR or diagnostic.code.startswith("DIF")
        ]
        sources = {git_style(path): content for path, content in self.resolver.reader.texts.items()}
        return listing.render(listed, sources, color=color)


def _renderer(name: str) -> Callable[[Report], str]:
    """The function that makes a report of this format; only what is asked for is imported."""
    module = import_module(f"..specdiff.report.{name if name != 'json' else 'json_report'}", __package__)
    render: Callable[[Report], str] = module.render
    return render


def _same_package(old: SpecState, new: SpecState) -> bool:
    """Whether nothing but the version could differ in the generated files."""
    version = new.api.package.version
    provenance = new.api.provenance
    package = attrs.evolve(old.api.package, version=version)
    return attrs.evolve(old.api, package=package, provenance=provenance) == new.api


def _git_style_finding(finding: Finding) -> Finding:
    return attrs.evolve(
        finding,
        base=None if finding.base is None else _git_style_span(finding.base),
        revision=None if finding.revision is None else _git_style_span(finding.revision),
    )


def _git_style_span(span: Span) -> Span:
    return attrs.evolve(span, file=git_style(span.file))
