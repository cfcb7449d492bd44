from __future__ import annotations

from pathlib import Path

from tests.verify.targets import PETS, faulty, read, target, verify, with_field

from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    fault = with_field("Cat", "lives", lambda field: None)
    verify(faulty(target(), in_api=fault), "static", sink=sink)
    return {PETS: read(PETS)}
