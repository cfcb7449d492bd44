from __future__ import annotations

from pathlib import Path

import attrs
from tests.verify.subjects import PETS, faulty, read, subject, verify

from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    modules = tuple(module for module in subject().api.type_modules if module.name != "small")
    faulty_one = faulty(subject(), in_api=lambda api: attrs.evolve(api, type_modules=modules), show=False)
    verify(faulty_one, "static", sink=sink)
    return {PETS: read(PETS)}
