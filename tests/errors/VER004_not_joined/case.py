from __future__ import annotations

from pathlib import Path

import attrs
from tests.verify.targets import PETS, faulty, read, target, verify, with_definition

from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    fault = with_definition("Cat", lambda each: attrs.evolve(each, pointer="#/components/schemas/Lion"))
    verify(faulty(target(), in_api=fault), "static", sink=sink)
    return {PETS: read(PETS)}
