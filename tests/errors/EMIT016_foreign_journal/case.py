from __future__ import annotations

from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.files.sdk_folder import write


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    staging = scratch / "out" / ".sdkloom-staging"
    staging.mkdir(parents=True)
    (staging / "lock").touch()
    (staging / "journal").write_text('{"lock": [1, 1], "added": ["README.md"], "changed": [], "removed": []}')
    write({"README.md": "generated\n"}, scratch / "out", sink)
    return {}
