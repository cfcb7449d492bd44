from __future__ import annotations

from pathlib import Path

import pytest

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.emit import format


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(format, "_ruff", lambda: "no-such-formatter")
        format.format_python({"a.py": "a = 1\n"}, {"a.py"}, sink)
    return {}
