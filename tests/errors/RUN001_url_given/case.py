from __future__ import annotations

from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.files.documents import find_document


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    find_document("https://api.test/v1/openapi.json", 1_000, sink)
    return {}
