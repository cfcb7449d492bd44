from __future__ import annotations

import datetime
from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.specdiff.ignore import apply, parse_ignore_file

TEXT = """\
- id: 63de0b2a
  reason: nobody uses it yet
  expires: 2026-01-31
"""


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    apply([], parse_ignore_file("diff-ignore.yaml", TEXT, sink) or (), datetime.date(2026, 1, 31), sink)
    return {"diff-ignore.yaml": TEXT}
