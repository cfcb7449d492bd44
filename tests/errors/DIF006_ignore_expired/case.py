from __future__ import annotations

import datetime
from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.specdiff.ignore import apply, parse_ignore_file
from sdkloom.specdiff.model import Finding
from sdkloom.specdiff.rules import types

TEXT = """\
- id: 63de0b2a
  reason: nobody uses it yet
  expires: 2026-01-31
"""


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    entries = parse_ignore_file("diff-ignore.yaml", TEXT, sink) or ()
    finding = Finding(rule=types.TYPE_REMOVED, key="anthropic.types.Tool", message="a type was removed")
    apply([finding], entries, datetime.date(2026, 2, 1), sink)
    return {"diff-ignore.yaml": TEXT}
