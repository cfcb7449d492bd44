from __future__ import annotations

from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.parse import parse_document
from sdkloom.source.limits import Limits

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths: {}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}, age: {type: integer}, kind: {$ref: "kind.yaml"}}}
"""


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    texts = {"spec.yaml": SPEC, "kind.yaml": "{type: string, enum: [cat, dog]}\n"}
    parse_document("spec.yaml", texts.__getitem__, sink, Limits(values=30))
    return texts
