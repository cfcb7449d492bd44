from __future__ import annotations

from pathlib import Path

from tests.errors.states import DOCUMENT, resolve

from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    resolve("main:docs", {"spec/anthropic.yaml": DOCUMENT, "docs/notes.yaml": "a: 1\\n"}, sink, scratch)
    return {}
