from __future__ import annotations

from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.specdiff.ignore import parse_ignore_file

TEXT = """\
- id: 63de0b2a
  reason: nobody uses it yet
  expires: 2026-02-30
"""


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    parse_ignore_file("diff-ignore.yaml", TEXT, sink)
    return {"diff-ignore.yaml": TEXT}
