from __future__ import annotations

from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.files.sdk_folder import write


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    write({f"docs/{300 * 'x'}.md": "generated\n"}, scratch / "out", sink)
    return {}
