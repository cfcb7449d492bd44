"""Faults of documents: warnings, or errors in a strict run, and a page that lists them."""

from __future__ import annotations

import re
from pathlib import Path

from sdkloom.diagnostics import catalog
from sdkloom.diagnostics.model import DiagnosticSink, Rule, Severity
from sdkloom.diagnostics.span import NOWHERE

PAGE = Path(__file__).parents[3] / "docs" / "documents.md"


def test_the_page_lists_every_fault() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    listed = [code for row in rows for code in re.findall(r"`((?:DOC|LOW)\d+)`", row.split("|")[1])]
    faults = [rule.code for rule in vars(catalog).values() if isinstance(rule, Rule) and rule.is_fault]
    assert sorted(listed) == sorted(faults)


def test_faults_are_warnings_unless_the_run_is_strict() -> None:
    for strict, severity in ((False, Severity.WARNING), (True, Severity.ERROR)):
        sink = DiagnosticSink(strict=strict)
        sink.report(catalog.DUPLICATE_OPERATION_ID, NOWHERE, name="list")
        sink.report(catalog.IGNORED_KEY, NOWHERE, key="$self")
        found = {diagnostic.code: diagnostic.severity for diagnostic in sink.diagnostics}
        assert found == {"DOC033": severity, "DOC040": Severity.WARNING}
        assert sink.has_errors is strict
