from __future__ import annotations

from pathlib import Path

import pytest

from sdkloom.cli.arguments import parse
from sdkloom.cli.main import run as run_command
from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(scratch)
        Path("spec.yaml").write_text('openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\npaths: {}\n')
        Path("sdk.yaml").write_text("client: {base_url: 'https://pets.test'}\n")
        Path("hooks").mkdir()
        run_command(parse(["verify", "spec.yaml", "--only", "compile"]), sink)
    return {}
