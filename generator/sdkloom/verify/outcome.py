"""What a check found, and its line in the report."""

from __future__ import annotations

from collections import Counter

import attrs

from ..diagnostics.model import DiagnosticSink, Rule
from ..diagnostics.span import Span
from .known_differences import KnownDifference


@attrs.define
class Outcome:
    """One check that ran. `counts` are pairs of a number and what was counted."""

    check: str
    sink: DiagnosticSink
    counts: list[tuple[int, str]] = attrs.field(factory=list[tuple[int, str]])
    known_differences: Counter[KnownDifference] = attrs.field(factory=Counter[KnownDifference])
    failures: int = 0
    is_left_out: bool = False
    """It could not be made; a message says why."""

    def count(self, number: int, what: str) -> None:
        """Add a number to the line of the report."""
        self.counts.append((number, what))

    def accept(self, difference: KnownDifference) -> None:
        """Count a difference that the table of known ones explains."""
        self.known_differences[difference] += 1

    def fail(self, rule: Rule, span: Span, *, hint: str | None = None, **facts: object) -> None:
        """Report a failure, as a diagnostic at `span`. `facts` fill the wording of the rule."""
        self.failures += 1
        self.sink.report(rule, span, related=(), hint=hint, **facts)

    @property
    def line(self) -> str:
        """The line of the report: `payloads  ok      812 examples, 9 known differences (null-for-optional 9)`"""
        if self.is_left_out:
            return f"{self.check:<9} left out"
        words = [f"{number} {what}" for number, what in self.counts]
        if self.known_differences:
            by_id = sorted(self.known_differences.items(), key=lambda entry: entry[0].id)
            listed = ", ".join(f"{difference.id} {number}" for difference, number in by_id)
            words.append(f"{self.known_differences.total()} known differences ({listed})")
        words.append(f"{self.failures} failures")
        return f"{self.check:<9} {'FAILED' if self.failures else 'ok':<7} {', '.join(words)}"
