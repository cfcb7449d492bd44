from __future__ import annotations

from pathlib import Path

import attrs
from tests.verify.targets import target

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.verify import checks


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    document = {"openapi": "3.1.0", "components": {"schemas": {"A": {"$ref": "#/components/schemas/Missing"}}}}
    checks.verify(attrs.evolve(target(), document=document), checks.Options(only=("static",)), sink)
    return {}
