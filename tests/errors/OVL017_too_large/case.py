from __future__ import annotations

from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.parse import parse_document
from sdkloom.source.limits import Limits

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths: {}
x-words: {a: [lorem, ipsum]}
"""
OVERLAY = """\
overlay: 1.1.0
info: {title: Twice as large with each action, version: "1"}
actions:
""" + "".join(
    f"  - {{target: $.x-words, copy: $.x-words}}\n  - {{target: $.x-words.a, update: [dolor{at}]}}\n"
    for at in range(30)
)


def run(sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    texts = {"spec.yaml": SPEC, "overlay.yaml": OVERLAY}
    parse_document("spec.yaml", texts.__getitem__, sink, Limits(values=1_000), ["overlay.yaml"])
    return texts
