"""`sdkloom verify`: check what would be generated, and print a line for each check."""

from __future__ import annotations

from typing import ClassVar

import attrs

from ..pipeline import Pipeline
from ..verify import checks
from .command import Command
from .exit_codes import OK


@attrs.define
class Verify(Command):
    """One run of the command."""

    templates_of_working_folder: ClassVar[bool] = False

    def run(self) -> int:
        """Run the checks, or print the table of known differences; gives the exit code."""
        if self.options.explain:
            print("\n".join(checks.explanation()))
            return OK
        return super().run()

    def execute(self, pipeline: Pipeline) -> int | None:
        """Run the checks and print what they found; failures are in the sink."""
        target = pipeline.target()
        if target is None:
            return None
        given = self.options
        options = checks.Options(seed=given.seed, examples=given.examples, only=tuple(given.only))
        outcomes = checks.verify(target, options, self.sink, self.progress.announce)
        self.progress.clear()
        self.facts["checks"] = [
            {"check": one.check, "leftOut": one.is_left_out, "failures": one.failures} for one in outcomes
        ]
        self.show("\n".join(outcome.line for outcome in outcomes))
        return OK
