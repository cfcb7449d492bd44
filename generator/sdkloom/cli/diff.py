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

from ..diagnostics import catalog, config_catalog, listing, run_catalog
from ..diagnostics.model import DiagnosticSink, Related, Severity
from ..diagnostics.span import Span
from ..diagnostics.terminal import Progress, wants_color
from ..emit.template_folder import TemplateFolder
from ..files.boundary import check_given
from ..files.inputs import report_unreadable
from ..files.outputs import write_all
from ..files.paths import IGNORE_NAME, own_templates, shown_path
from ..files.regular import read_regular
from ..files.revisions import SpecFiles, SpecResolver, git_style
from ..pipeline import Pipeline, changed_code, with_suggestions
from ..source.limits import Limits
from ..specdiff import changelog, ignore
from ..specdiff.areas import lone_resources
from ..specdiff.causes import without_missing_causes
from ..specdiff.compare import compare
from ..specdiff.model import TAGS, Column, Finding, Impact, Report
from ..specdiff.state import SpecState
from ..specdiff.versions import due_version
from .arguments import REPORT_FORMATS
from .exit_codes import FAILED, OK
from .memory import Memory, State
from .project import default_document
from .templates import find_templates

WITH_CODE = ("html",)
"""Formats that show the generated code."""


ABSENT = frozenset(
    rule.code
    for rule in (
        catalog.NO_SCHEMA,
        catalog.NO_ENDPOINT,
        catalog.NO_PARAMETER,
        catalog.NO_METHOD,
        catalog.TYPE_PATTERN_IDLE,
        config_catalog.NOT_INFERRED,
        config_catalog.SELECTS_NOTHING,
        config_catalog.UNKNOWN_LIKE,
        config_catalog.PARAMETER_NOWHERE,
        config_catalog.NO_TYPE,
        catalog.NO_INLINE_SCHEMA,
        catalog.STYLE_OF_NOTHING,
        catalog.HANDLES_NO_UNION,
        catalog.NO_ARGUMENT,
    )
)
"""Errors about what sdk.yaml names and the document doesn't have."""


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

    def _states(self, specs: tuple[SpecFiles, SpecFiles]) -> list[SpecState | None]:
        """Both states. An sdk.yaml that they share may name what only one of the documents has: a note says so."""
        if specs[0].config is None or specs[0].config != specs[1].config:
            return [self._base_state(specs[0], self.sink), self._pipeline(specs[1], self.sink).spec_state()]
        sinks = [DiagnosticSink(strict=self.sink.strict, passed_over=ABSENT) for _ in specs]
        states = [self._base_state(specs[0], sinks[0]), self._pipeline(specs[1], sinks[1]).spec_state()]
        absent = [
            {(found.code, found.span): found for found in sink.diagnostics if found.code in ABSENT} for sink in sinks
        ]
        for number, (spec, sink, state) in enumerate(zip(specs, sinks, states)):
            lone = [found for key, found in absent[number].items() if key not in absent[1 - number]]
            excused = lone if state is not None or sink.has_errors else []
            for found in sink.diagnostics:
                if found.code not in ABSENT:
                    self.sink.add(found)
                elif found not in excused:
                    self.sink.add(attrs.evolve(found, severity=Severity.ERROR))
            if excused:
                self.sink.report(
                    run_catalog.ABSENT_IN_ONE,
                    excused[0].span,
                    related=[Related(message=found.message, span=found.span) for found in excused[1:3]],
                    state=spec.label,
                    first=excused[0].message,
                    more=f", and {len(excused) - 1} more like it" if len(excused) > 1 else "",
                )
        return states

    def _base_state(self, spec: SpecFiles, sink: DiagnosticSink) -> SpecState | None:
        """The state that many runs compare with: made once."""
        given = (
            "state",
            spec.spec,
            spec.config,
            spec.lock,
            spec.overlays,
            self.limits,
            sink.strict,
            *sorted(sink.passed_over),
        )
        texts = [path for path in (spec.spec, spec.config, spec.lock) if path is not None]
        memory = Memory(given, [*texts, *spec.overlays], spec.read)
        known = memory.recall(State)
        found = DiagnosticSink(strict=sink.strict, passed_over=sink.passed_over)
        state = None if known is None else known.state
        if known is None:
            state = attrs.evolve(self._pipeline(spec, found), read=memory.read).spec_state()
        if known is None and state is not None and not self.sink.has_errors:
            memory.keep(State(state=state, diagnostics=found.diagnostics))
        for diagnostic in found.diagnostics if known is None else known.diagnostics:
            sink.add(diagnostic)
        return state

    def _pipeline(self, spec: SpecFiles, sink: DiagnosticSink) -> Pipeline:
        return Pipeline(
            spec=spec.spec,
            config=spec.config,
            lock=spec.lock,
            overlays=spec.overlays,
            read=spec.read,
            templates=own_templates(),
            sink=sink,
            limits=self.limits,
            announce=self.progress.announce,
        )

    def report(self, base: SpecFiles, revision: SpecFiles) -> Report | None:
        """What changed from one spec to the other; `None` after an error, which the sink then holds."""
        old, new = self._states((base, revision))
        entries = self._ignored(revision)
        if self.sink.has_errors or old is None or new is None or entries is None:
            return None
        self.progress.announce("comparing")
        counted, ignored = ignore.apply(
            with_suggestions(compare(old, new), new), entries, datetime.date.today(), self.sink
        )
        counted = without_missing_causes(counted)
        version = due_version(
            counted,
            old.api.package.version,
            new.api.package.version,
            same_package=_same_package(old, new),
            said_by=_said_by(new),
        )
        lone = lone_resources(old.api, new.api)
        return Report(
            base=base.label,
            revision=revision.label,
            package=new.api.package.import_name,
            findings=tuple(map(_git_style_finding, counted)),
            lone_resources=lone,
            ignored=tuple(attrs.evolve(one, finding=_git_style_finding(one.finding)) for one in ignored),
            version=version,
            changelog=changelog.entry(counted, version, lone),
            sources={git_style(path): text for path, text in self.resolver.reader.texts.items()},
            code=self._code(old, new) if self._wants_code else {},
        )

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
            outputs["-"] = "" if self.options.quiet else self.text(report, wants_color(sys.stdout))
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
        return text.render(report, width=width, color=color, full=self.options.full)

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


def _said_by(state: SpecState) -> str:
    """What gives the version of the package; `""` if nothing does."""
    if state.config.package.tagged:
        return TAGS
    if state.config.package.has_version:
        return "sdk.yaml"
    return "the document" if state.document.info.version == state.api.package.version else ""


def _git_style_finding(finding: Finding) -> Finding:
    return attrs.evolve(
        finding,
        base=None if finding.base is None else _git_style_span(finding.base),
        revision=None if finding.revision is None else _git_style_span(finding.revision),
    )


def _git_style_span(span: Span) -> Span:
    return attrs.evolve(span, file=git_style(span.file))
