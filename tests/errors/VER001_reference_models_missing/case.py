from __future__ import annotations

from pathlib import Path

import pytest
from tests.verify.targets import target

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.verify import checks, reference_models


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reference_models, "_is_installed", lambda: False)
        checks.verify(target(), checks.Options(only=("static", "payloads")), sink)
    return {}
