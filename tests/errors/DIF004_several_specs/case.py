from __future__ import annotations

from pathlib import Path

from tests.errors.states import DOCUMENT, resolve

from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    resolve("apis", {"apis/a.yaml": DOCUMENT, "apis/b.yaml": DOCUMENT}, sink, scratch)
    return {}
