"""The SDK of a small document, in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sdkloom.diagnostics.model import Diagnostic, DiagnosticSink
from sdkloom.pipeline import generate

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
NOTHING: Mapping[str, Any] = {"204": {"description": "Done."}}


class Generated(NamedTuple):
    """The files, and what was reported. There are no files after an error."""

    files: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def codes(self) -> list[str]:
        """The codes of the diagnostics."""
        return [diagnostic.code for diagnostic in self.diagnostics]


def document(**parts: Any) -> dict[str, Any]:
    """A document with one operation, and `parts` in place of its own."""
    paths = {"/pets": {"get": {"operationId": "listPets", "tags": ["pets"], "responses": NOTHING}}}
    info = {"title": "Pets", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "servers": [{"url": "https://pets.test"}], "paths": paths, **parts}


def sdk(
    spec: dict[str, Any],
    config: dict[str, Any] | None = None,
    spec_file: str = "spec.json",
    config_file: str = "sdk.yaml",
) -> Generated:
    """Generate the SDK of `spec`, with `config` as its sdk.yaml."""
    texts = {spec_file: json.dumps(spec), config_file: json.dumps(config)}
    sink = DiagnosticSink()
    used = None if config is None else config_file
    files = generate(spec_file, used, read=texts.__getitem__, sink=sink, templates=TEMPLATES)
    return Generated(files or {}, sink.diagnostics)
