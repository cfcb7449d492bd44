from __future__ import annotations

from pathlib import Path

import attrs
from tests.verify.targets import target

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.verify import command


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    document = {"openapi": "3.1.0", "components": {"schemas": {"A": {"$ref": "#/components/schemas/Missing"}}}}
    command.verify(attrs.evolve(target(), document=document), command.Options(only=("static",)), sink)
    return {}
