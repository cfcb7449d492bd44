"""Runs the stages of the generator on the folder of a case, as far as they get."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.config_read import parse_config
from sdkloom.document.parse import parse_document
from sdkloom.emit.template_folder import OWN_HOOKS, Layer
from sdkloom.pipeline import Pipeline, generate
from sdkloom.source.load import decode

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LAYERS = {"templates": "", "hooks": OWN_HOOKS}
"""Folders of a case that are laid over the templates, and where."""

FRONT = ("SRC", "DOC", "CFG", "OVL")
"""Codes of reading: their cases need not make sense to the later stages."""


def run(folder: Path, scratch: Path) -> tuple[DiagnosticSink, dict[str, str]]:
    """What the generator has to say about the case, and the texts that it read.

    A folder `templates/` in the case is laid over the real templates; `hooks/` is that beside sdk.yaml. A file
    `case.py` with a function `run(sink, scratch) -> {file: text}` does by itself what can't be said with files.
    """
    sink = DiagnosticSink()
    texts: dict[str, str] = {}

    def read(path: str) -> str:
        texts[path] = (folder / path).read_bytes().decode()
        return texts[path]

    if (folder / "case.py").exists():
        return sink, _run_by_itself(folder, sink, scratch)
    if folder.name.startswith(FRONT):
        _run_front(folder, read, sink, texts)
        return sink, texts
    over = [Layer(folder / name, name, at) for name, at in LAYERS.items() if (folder / name).exists()]
    if folder.name.startswith("LNT"):
        Pipeline(spec=_spec(folder), config=None, read=read, templates=TEMPLATES, sink=sink).lint()
        return sink, texts
    config = "sdk.yaml" if (folder / "sdk.yaml").exists() else None
    lock = "names.lock" if (folder / "names.lock").exists() else None
    generate(_spec(folder), config, lock=lock, read=read, sink=sink, templates=TEMPLATES, over=tuple(over))
    return sink, texts


def _run_front(folder: Path, read: Callable[[str], str], sink: DiagnosticSink, texts: dict[str, str]) -> None:
    spec = _spec(folder)
    data = (folder / spec).read_bytes()
    if decode(spec, data, sink) is None:
        texts[spec] = data.decode(errors="replace")
    else:
        overlays = ["overlay.yaml"] if (folder / "overlay.yaml").exists() else []
        parse_document(spec, read, sink, overlays=overlays)
    if (folder / "sdk.yaml").exists():
        parse_config("sdk.yaml", read("sdk.yaml"), sink)


def _run_by_itself(folder: Path, sink: DiagnosticSink, scratch: Path) -> dict[str, str]:
    run_case: Any = runpy.run_path(str(folder / "case.py"))["run"]
    texts: dict[str, str] = run_case(sink, scratch)
    return texts


def _spec(folder: Path) -> str:
    return "spec.json" if (folder / "spec.json").exists() else "spec.yaml"
