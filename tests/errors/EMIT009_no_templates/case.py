from __future__ import annotations

from pathlib import Path

import pytest

from sdkloom.cli.arguments import parse
from sdkloom.cli.main import run as run_command
from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(scratch)
        run_command(parse(["generate", "spec.yaml", "--templates", "nothing"]), sink)
    return {}
