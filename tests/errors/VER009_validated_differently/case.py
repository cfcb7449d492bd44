from __future__ import annotations

from pathlib import Path

from tests.verify.targets import PETS, faulty, in_file, read, target, verify

from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    fault = in_file("types/small.py", "stamps: Optional[int]", "stamps: Optional[str]")
    verify(faulty(target(), in_files=fault), "payloads", sink=sink)
    return {PETS: read(PETS)}
