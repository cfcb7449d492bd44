from __future__ import annotations

from pathlib import Path

import pytest
from tests.verify.subjects import subject

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.verify import command
from sdkloom.verify import reference_models as judge


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judge, "_installed", lambda: None)
        command.verify(subject(), command.Options(only=("static", "payloads")), sink)
    return {}
