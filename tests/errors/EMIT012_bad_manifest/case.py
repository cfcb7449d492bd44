from __future__ import annotations

from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.files.sdk_folder import write


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    out = scratch / "out"
    out.mkdir()
    (out / ".stats.yml").write_text("files:\n  - ../../etc/passwd\n")
    write({"README.md": "generated\n"}, out, sink)
    return {}
