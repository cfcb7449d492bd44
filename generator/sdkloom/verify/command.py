"""`sdkloom verify`: the checks, one after the other."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from . import CHECKS, order, output, payloads, process, static
from . import known_differences as known
from . import reference_models as judge
from .outcome import Outcome
from .schemas import Schemas
from .target import Subject


@attrs.frozen(kw_only=True)
class Options:
    """`seed` and `examples` (of each schema) are of the payloads; `only` names the checks to make, or all if empty."""

    seed: int = 0
    examples: int = 6
    only: tuple[str, ...] = ()


def verify(
    subject: Subject, options: Options, sink: DiagnosticSink, announce: Callable[[str], None] = lambda stage: None
) -> list[Outcome]:
    """Run the chosen checks; failures are in `sink`, too."""
    run = _Run(subject, options, sink)
    return [run.outcome(name, announce) for name in CHECKS if not options.only or name in options.only]


@attrs.define
class _Run:
    """One verification. The judge is consulted at most once."""

    subject: Subject
    options: Options
    sink: DiagnosticSink
    _consulted: bool = attrs.field(default=False, init=False)
    _fields: static.Fields | None = attrs.field(default=None, init=False)

    def outcome(self, name: str, announce: Callable[[str], None]) -> Outcome:
        announce(f"verifying: {name}")
        outcome = Outcome(name, self.sink)
        try:
            self._check(name, outcome)
        except process.TrialFailed as error:
            outcome.fail(catalog.TRIAL_FAILED, self.subject.start, check=name, error=error)
        return outcome

    def _check(self, name: str, outcome: Outcome) -> None:
        match name:
            case "compile":
                output.check_compile(self.subject, outcome)
            case "imports":
                output.check_imports(self.subject, outcome)
            case "hooks":
                output.check_hooks(self.subject, outcome)
            case "order":
                order.check(self.subject, self.options.seed, outcome)
            case _:
                self._judged(name, outcome)

    def _judged(self, name: str, outcome: Outcome) -> None:
        fields = self._consult()
        if fields is None:
            outcome.is_left_out = True
        elif name == "static":
            static.check(self.subject, Schemas(self.subject.document), fields, outcome)
        else:
            seed, count = self.options.seed, self.options.examples
            payloads.check(self.subject, Schemas(self.subject.document), fields, seed, count, outcome)

    def _consult(self) -> static.Fields | None:
        """What the judge says; `None`, after a report, if it can't be asked."""
        if self._consulted:
            return self._fields
        self._consulted = True
        if self.subject.other_files:
            self.sink.report(catalog.OTHER_FILES, self.subject.start, file=self.subject.other_files[0])
            return None
        found = judge.consult(self.subject.document, self.subject.start, self.sink)
        if found is None:
            return None
        try:
            self._fields = static.Fields(found, process.ask({}, "fields", found.module))
        except process.TrialFailed as error:
            self.sink.report(catalog.JUDGE_FAILED, self.subject.start, error=error)
        return self._fields


def explanation() -> Iterator[str]:
    """The table of known differences."""
    for row in known.TABLE:
        yield f"{row.id} ({row.check})"
        for text in (f"{row.what[:1].upper()}{row.what[1:]}.", f"Why: {row.why}."):
            yield from textwrap.wrap(text, 100, initial_indent="  ", subsequent_indent="  ")
