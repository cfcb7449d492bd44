from __future__ import annotations

from pathlib import Path

import attrs
from tests.verify.targets import PETS, faulty, read, target, verify

from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    modules = tuple(module for module in target().api.type_modules if module.name != "small")
    faulty_one = faulty(target(), in_api=lambda api: attrs.evolve(api, type_modules=modules), show=False)
    verify(faulty_one, "static", sink=sink)
    return {PETS: read(PETS)}
