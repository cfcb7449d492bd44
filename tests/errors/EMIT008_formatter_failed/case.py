from __future__ import annotations

from pathlib import Path

import pytest

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.emit import format


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    tool = scratch / "ruff"
    tool.write_text("#!/bin/sh\necho out of memory >&2\nexit 2\n")
    tool.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(format, "_ruff", lambda: str(tool))
        format.format_python({"a.py": "a = 1\n"}, {"a.py"}, sink)
    return {}
