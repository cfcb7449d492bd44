from __future__ import annotations

from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.files.sdk_folder import pending_changes


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    (scratch / "out" / ".sdkloom-staging").mkdir(parents=True)
    pending_changes({"README.md": "generated\n"}, scratch / "out", sink)
    return {}
