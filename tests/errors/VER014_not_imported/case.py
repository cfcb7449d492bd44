from __future__ import annotations

from pathlib import Path

from tests.verify.subjects import PETS, faulty, in_file, read, subject, verify

from sdkloom.diagnostics.model import DiagnosticSink


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    fault = in_file("types/cat.py", "class Cat", "class Kitten")
    verify(faulty(subject(), in_files=fault), "imports", sink=sink)
    return {PETS: read(PETS)}
