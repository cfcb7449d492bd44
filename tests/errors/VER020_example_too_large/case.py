from __future__ import annotations

from pathlib import Path

from tests.verify.targets import PETS, read, target

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.verify import checks


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    good = target()
    schema = good.document["components"]["schemas"]["Cat"]["properties"]["lives"]
    before = dict(schema)
    schema.clear()
    schema.update({"type": "array", "minItems": 1_000_000_000, "items": {}})
    try:
        checks.verify(good, checks.Options(only=("payloads",)), sink)
    finally:
        schema.clear()
        schema.update(before)
    return {PETS: read(PETS)}
