from __future__ import annotations

from pathlib import Path

import pytest

from sdkloom.cli import main as cli
from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(scratch)
        cli.run(cli.parse(["generate", "spec.yaml", "--config", "nothing.yaml"]), sink)
    return {}
