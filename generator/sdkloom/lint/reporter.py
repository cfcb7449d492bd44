"""How the checks report."""

from __future__ import annotations

from ..diagnostics.lint_catalog import Advice
from ..diagnostics.model import DiagnosticSink, Related
from ..diagnostics.span import Span


class Reporter:
    """Reports advice to a sink."""

    def __init__(self, sink: DiagnosticSink) -> None:
        self._sink = sink

    def report(self, advice: Advice, span: Span, *, related: tuple[str, Span] | None = None, **facts: object) -> None:
        """Report `advice` at `span`; `related` is a second place, with a word on it."""
        places = [] if related is None else [Related(message=related[0], span=related[1])]
        self._sink.report(advice.rule, span, related=places, hint=None, **facts)
