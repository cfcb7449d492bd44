from __future__ import annotations

import os
from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.files.settings import read_settings


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    text = "[tool.sdkloom]\noverlays = [1]\n"
    (scratch / "pyproject.toml").write_text(text)
    before = os.getcwd()
    os.chdir(scratch)
    try:
        read_settings(1_000, sink)
    finally:
        os.chdir(before)
    return {"pyproject.toml": text}
