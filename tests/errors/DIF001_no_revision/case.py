from __future__ import annotations

from pathlib import Path

from tests.errors.states import DOCUMENT, resolve

from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    resolve("v9", {"spec/anthropic.yaml": DOCUMENT}, sink, scratch)
    return {}
