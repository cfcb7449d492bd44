from __future__ import annotations

from pathlib import Path

import pytest

from sdkloom.cli.arguments import parse
from sdkloom.cli.main import run as run_command
from sdkloom.diagnostics.model import DiagnosticSink

SPEC = 'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\npaths: {}\n'


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    """One that isn't there, and one that lies outside of what may be read."""
    texts: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LICENSE.txt", "../LICENSE.txt"):
            folder = scratch / str(len(texts)) / "spec"
            folder.mkdir(parents=True)
            (folder.parent / "LICENSE.txt").write_text("All rights reserved.\n")
            patch.chdir(folder)
            Path("spec.yaml").write_text(SPEC)
            Path("sdk.yaml").write_text(f"package:\n  license_file: {name}\n")
            run_command(parse(["generate", "spec.yaml"]), sink)
            texts[str(folder)] = ""
    return {}
