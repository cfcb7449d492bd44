from __future__ import annotations

from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.files.sdk_folder import write


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    (scratch / "out").mkdir()
    (scratch / "out" / "docs").write_text("a file where a folder is needed\n")
    write({"docs/README.md": "generated\n"}, scratch / "out", sink)
    return {}
