from __future__ import annotations

from pathlib import Path

import attrs
from tests.verify.targets import PETS, read, target

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.verify import checks


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    checks.verify(attrs.evolve(target(), other_files=("cats.yaml",)), checks.Options(only=("static",)), sink)
    return {PETS: read(PETS)}
