"""States of a spec, made from files or texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sdkloom.diagnostics.model import DiagnosticSink, Severity
from sdkloom.pipeline import Pipeline
from sdkloom.source.load import load
from sdkloom.source.nodes import plain
from sdkloom.specdiff.model import Column, Finding
from sdkloom.specdiff.state import SpecState

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def read(text: str) -> Any:
    """A YAML text as plain data."""
    root = load("spec.yaml", text, DiagnosticSink())
    assert root is not None
    return plain(root)


def pipeline(spec: str, config: str | None, read: Callable[[str], str], sink: DiagnosticSink) -> Pipeline:
    """A run over one spec, with the templates of this repository."""
    return Pipeline(spec=spec, config=config, read=read, templates=TEMPLATES, sink=sink)


def spec_state(texts: Mapping[str, str], spec: str = "spec.yaml", config: str | None = None) -> SpecState:
    """The state that comes of `texts` (by their paths). Warnings are allowed."""
    sink = DiagnosticSink()
    made = pipeline(spec, config, texts.__getitem__, sink).spec_state()
    assert made is not None, [found for found in sink.diagnostics if found.severity is Severity.ERROR]
    return made


def letters(finding: Finding) -> str:
    """The verdict as the rule table spells it: `obb`."""
    return "".join(finding.verdict.of(column).value[0] for column in Column)
