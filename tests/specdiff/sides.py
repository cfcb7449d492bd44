"""Sides of a comparison, made from files or texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from sdkloom.diagnostics.model import DiagnosticSink, Severity
from sdkloom.pipeline import Pipeline
from sdkloom.specdiff.model import Column, Finding
from sdkloom.specdiff.side import Side

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class _Loader(yaml.SafeLoader):
    """Reads numbers and dates as YAML 1.2 does: `12:30` is text, and so is a date."""


_NOT_CORE = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:timestamp")
_Loader.yaml_implicit_resolvers = {
    first: [entry for entry in entries if entry[0] not in _NOT_CORE]
    for first, entries in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"[-+]?[0-9]+$"), list("-+0123456789"))


def read(text: str) -> Any:
    """A YAML text as plain data."""
    return yaml.load(text, Loader=_Loader)


def pipeline(spec: str, config: str | None, read: Callable[[str], str], sink: DiagnosticSink) -> Pipeline:
    return Pipeline(spec=spec, config=config, read=read, templates=TEMPLATES, sink=sink)


def side(texts: Mapping[str, str], spec: str = "spec.yaml", config: str | None = None) -> Side:
    """The side that comes of `texts` (by their paths). Warnings are allowed."""
    sink = DiagnosticSink()
    made = pipeline(spec, config, texts.__getitem__, sink).side()
    assert made is not None, [found for found in sink.diagnostics if found.severity is Severity.ERROR]
    return made


def letters(finding: Finding) -> str:
    """The verdict as the rule table spells it: `obb`."""
    return "".join(finding.verdict.of(column).value[0] for column in Column)
