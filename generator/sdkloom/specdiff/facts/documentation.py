"""Facts about what people read of a part of the SDK: its documentation, and whether it is deprecated."""

from __future__ import annotations

from ..collector import Collector
from ..rules import document, methods
from ..subject import Subject


def report_docs(collector: Collector, subject: Subject, old: object, new: object) -> None:
    """Report that the texts which the package shows differ."""
    if old != new:
        collector.add(document.DOCS_CHANGED, subject)


def report_deprecation(collector: Collector, subject: Subject, old: bool, new: bool) -> None:
    """Report that the mark `deprecated` came or went."""
    if old != new:
        collector.add(methods.MARKED_DEPRECATED if new else methods.NO_LONGER_DEPRECATED, subject)
