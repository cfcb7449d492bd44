from __future__ import annotations

from pathlib import Path

from sdkloom.cli.init import refuse_to_overwrite
from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    refuse_to_overwrite(Path("spec/sdk.yaml"), sink)
    return {}
