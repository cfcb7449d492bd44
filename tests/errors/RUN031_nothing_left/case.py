from __future__ import annotations

from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.pipeline import Pipeline

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.test"}]
paths:
  /pets: {get: {operationId: listPets, tags: [pets], responses: {"204": {description: Fine.}}}}
"""


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    part = {"only": ("listPets",), "skip": ("/pets",)}
    Pipeline(spec="spec.yaml", config=None, read=lambda path: SPEC, templates=scratch, sink=sink, **part).spec_state()
    return {"spec.yaml": SPEC}
