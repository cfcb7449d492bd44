"""Runs the stages of the generator on the folder of a case, as far as they get."""

from __future__ import annotations

from pathlib import Path

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.config import parse_config
from sdkloom.document.parse import parse_document
from sdkloom.source.load import decode


def run(folder: Path) -> tuple[DiagnosticSink, dict[str, str]]:
    """What the generator has to say about the case, and the texts that it read."""
    sink = DiagnosticSink()
    texts: dict[str, str] = {}

    def read(path: str) -> str:
        texts[path] = (folder / path).read_bytes().decode()
        return texts[path]

    spec = "spec.json" if (folder / "spec.json").exists() else "spec.yaml"
    text = decode(spec, (folder / spec).read_bytes(), sink)
    if text is not None:
        parse_document(spec, read, sink)
    else:
        texts[spec] = (folder / spec).read_bytes().decode(errors="replace")
    if (folder / "sdk.yaml").exists():
        parse_config("sdk.yaml", read("sdk.yaml"), sink)
    return sink, texts
