"""Diagnostics as data, and the sink that collects them."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterable

import attrs

from .span import Span


class Severity(enum.Enum):
    """How bad it is. Only errors stop the generation."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@attrs.frozen(kw_only=True)
class Rule:
    """One entry of the catalog. `wording` and `hint` are `str.format` templates; they share the facts of the report."""

    code: str
    severity: Severity
    wording: str
    hint: str | None = None
    is_fault: bool = False
    """Whether the document is at fault, and a default takes the place of what it should say."""


@attrs.frozen(kw_only=True)
class Related:
    """A second place that takes part in the matter, with a word on its role."""

    message: str
    span: Span


@attrs.frozen(kw_only=True)
class Diagnostic:
    """One message about one place."""

    code: str
    severity: Severity
    message: str
    span: Span
    hint: str | None = None
    related: tuple[Related, ...] = ()


class DiagnosticSink:
    """Collects diagnostics; a repeated report is kept once. Nothing is printed here.

    Faults of the document are errors if it is `strict`, else warnings. Codes that are `passed_over` are notes.
    """

    def __init__(self, *, strict: bool = False, passed_over: Collection[str] = ()) -> None:
        self.strict = strict
        self.passed_over = passed_over
        self._collected: dict[Diagnostic, None] = {}

    def report(
        self, rule: Rule, span: Span, *, related: Iterable[Related] = (), hint: str | None = None, **facts: object
    ) -> None:
        """Report `rule` at `span`. `facts` fill the wording and the hint; `hint` replaces that of the rule.

        Raises:
            KeyError: a fact is missing.
        """
        if hint is None and rule.hint is not None:
            hint = rule.hint.format(**facts)
        message = rule.wording.format(**facts)
        severity = Severity.ERROR if rule.is_fault and self.strict else rule.severity
        self.add(
            Diagnostic(
                code=rule.code,
                severity=severity,
                message=message,
                span=span,
                hint=hint or None,
                related=tuple(related),
            )
        )

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic that is made already."""
        if diagnostic.code in self.passed_over:
            diagnostic = attrs.evolve(diagnostic, severity=Severity.NOTE)
        self._collected.setdefault(diagnostic)

    def forget(self, is_unwanted: Callable[[Span], bool]) -> None:
        """Drop warnings and notes about places that are of no interest. Errors stay."""
        for found in list(self._collected):
            if found.severity is not Severity.ERROR and is_unwanted(found.span):
                del self._collected[found]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything reported so far, in the order of the sources."""
        return tuple(sorted(self._collected, key=_sort_key))

    @property
    def has_errors(self) -> bool:
        """Whether any diagnostic so far is an error."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self._collected)


def _sort_key(diagnostic: Diagnostic) -> tuple[Span, str, str]:
    return (diagnostic.span, diagnostic.code, diagnostic.message)
