"""What a check found, and its line in the report."""

from __future__ import annotations

from collections import Counter

import attrs

from ..diagnostics.model import DiagnosticSink, Rule
from ..diagnostics.span import Span
from .known_differences import Known


@attrs.define
class Outcome:
    """One check that ran. `counts` are pairs of a number and what was counted."""

    check: str
    sink: DiagnosticSink
    counts: list[tuple[int, str]] = attrs.field(factory=list[tuple[int, str]])
    known: Counter[Known] = attrs.field(factory=Counter[Known])
    failures: int = 0
    is_left_out: bool = False
    """It could not be made; a message says why."""

    def count(self, number: int, what: str) -> None:
        self.counts.append((number, what))

    def accept(self, known: Known) -> None:
        """A difference that the table of known ones explains."""
        self.known[known] += 1

    def fail(self, rule: Rule, span: Span, *, hint: str | None = None, **facts: object) -> None:
        """A failure, as a diagnostic at `span`. `facts` fill the wording of the rule."""
        self.failures += 1
        self.sink.report(rule, span, related=(), hint=hint, **facts)

    @property
    def line(self) -> str:
        """`payloads  ok      812 examples, 9 known differences (null-for-optional 9)`"""
        if self.is_left_out:
            return f"{self.check:<9} left out"
        words = [f"{number} {what}" for number, what in self.counts]
        if self.known:
            listed = ", ".join(f"{known.id} {number}" for known, number in sorted(self.known.items(), key=_by_id))
            words.append(f"{self.known.total()} known differences ({listed})")
        words.append(f"{self.failures} failures")
        return f"{self.check:<9} {'FAILED' if self.failures else 'ok':<7} {', '.join(words)}"


def _by_id(entry: tuple[Known, int]) -> str:
    return entry[0].id
