"""`sdkloom lint`: what the generator and the rules have to say about a document, and nothing else."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

import attrs

from ..diagnostics import listing
from ..diagnostics.model import Diagnostic, Severity
from ..files.boundary import check_given
from ..files.inputs import report_unreadable
from ..files.outputs import write_all
from ..files.paths import shown_path
from ..lint import baseline, github, rule_page, sarif
from ..pipeline import Pipeline
from .command import Command
from .exit_codes import OK


@attrs.define
class Lint(Command):
    """One run of the command."""

    def run(self) -> int:
        """Check a document, or print the page of rules; gives the exit code."""
        if self.options.rules:
            print(rule_page.render(), end="")
            return OK
        self.options.json = self.options.format == "json"
        return super().run()

    def execute(self, pipeline: Pipeline) -> int | None:
        """Run the checks; what they find is in the sink."""
        pipeline.lint()
        return OK

    def considered(self) -> tuple[Diagnostic, ...]:
        """What counts: neither what `--ignore` names, nor what a baseline accepts. Errors always count."""
        ignored = set(self.options.ignore)
        errors = [one for one in self.sink.diagnostics if one.severity is Severity.ERROR]
        found = tuple(one for one in self.sink.diagnostics if one in errors or one.code not in ignored)
        if self.options.write_baseline is not None:
            write_all({self.options.write_baseline: baseline.baseline_text(found)}, self.sink)
            return tuple(one for one in self.sink.diagnostics if one.severity is Severity.ERROR)
        if self.options.baseline is None:
            return found
        path = shown_path(Path(self.options.baseline))
        try:
            check_given(self.options.baseline)
            accepted = baseline.parse_baseline(path, self.reader(path), self.sink)
        except OSError as error:
            report_unreadable(path, error, self.sink)
            accepted = None
        return self.sink.diagnostics if accepted is None else baseline.new_ones(found, accepted, path)

    def print_diagnostics(self, found: tuple[Diagnostic, ...]) -> None:
        """Print what was found to standard output: that is what the command is for."""
        if self.options.format == "sarif":
            text = sarif.render(found, version("sdkloom"), rule_page.reasons())
        elif self.options.format == "github":
            text = github.render(found)
        else:
            text = self.listing(found, sys.stdout)
            if not text and not self.options.quiet:
                text = f"{listing.summary(found)}\n"
        print(text, end="")
