"""`sdkloom verify`: the checks, one after the other."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

import attrs

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from . import CHECKS, known_differences, order, output, payloads, process, reference_models, static
from .outcome import Outcome
from .schemas import Schemas, outside_refs
from .target import Target


@attrs.frozen(kw_only=True)
class Options:
    """`seed` and `examples` (of each schema) are of the payloads; `only` names the checks to make, or all if empty."""

    seed: int = 0
    examples: int = 6
    only: tuple[str, ...] = ()


def verify(
    target: Target, options: Options, sink: DiagnosticSink, announce: Callable[[str], None] = lambda stage: None
) -> list[Outcome]:
    """Run the chosen checks: the outcome of each, in the order of `CHECKS`. Failures are in `sink`, too.

    `announce` is called with a few words before each check.
    """
    run = _Run(target, options, sink)
    return [run.outcome(name, announce) for name in CHECKS if not options.only or name in options.only]


@attrs.define
class _Run:
    """One verification. The reference models are built at most once."""

    target: Target
    options: Options
    sink: DiagnosticSink
    _is_built: bool = attrs.field(default=False, init=False)
    _fields: static.ReferenceFields | None = attrs.field(default=None, init=False)

    def outcome(self, name: str, announce: Callable[[str], None]) -> Outcome:
        announce(f"verifying: {name}")
        outcome = Outcome(name, self.sink)
        try:
            self._check(name, outcome)
        except process.RunnerFailed as error:
            outcome.fail(run_catalog.RUNNER_FAILED, self.target.start, check=name, error=error)
        return outcome

    def _check(self, name: str, outcome: Outcome) -> None:
        match name:
            case "compile":
                output.check_compile(self.target, outcome)
            case "imports":
                output.check_imports(self.target, outcome)
            case "hooks":
                output.check_hooks(self.target, outcome)
            case "order":
                order.check(self.target, self.options.seed, outcome)
            case _:
                self._compare_with_reference(name, outcome)

    def _compare_with_reference(self, name: str, outcome: Outcome) -> None:
        fields = self._reference_fields()
        if fields is None:
            outcome.is_left_out = True
        elif name == "static":
            static.check(self.target, Schemas(self.target.document), fields, outcome)
        else:
            seed, count = self.options.seed, self.options.examples
            payloads.check(self.target, Schemas(self.target.document), fields, seed, count, outcome)

    def _reference_fields(self) -> static.ReferenceFields | None:
        """The fields of the reference models; `None`, after a report, if there are none."""
        if self._is_built:
            return self._fields
        self._is_built = True
        others = (*self.target.other_files, *outside_refs(self.target.document))
        if others:
            self.sink.report(run_catalog.OTHER_FILES, self.target.start, file=others[0])
            return None
        models = reference_models.build(self.target.document, self.target.start, self.sink)
        if models is None:
            return None
        try:
            self._fields = static.ReferenceFields(models, process.ask({}, "fields", models.module))
        except process.RunnerFailed as error:
            self.sink.report(run_catalog.REFERENCE_MODELS_FAILED, self.target.start, error=error)
        return self._fields


def explanation() -> Iterator[str]:
    """The table of known differences, as lines of text."""
    for row in known_differences.TABLE:
        yield f"{row.id} ({row.check})"
        for text in (f"{row.what[:1].upper()}{row.what[1:]}.", f"Why: {row.why}."):
            yield from textwrap.wrap(text, 100, initial_indent="  ", subsequent_indent="  ")
