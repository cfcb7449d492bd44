"""Generates a Python SDK from an OpenAPI document, and tells what a change of the document does to it.

from sdkloom import DiagnosticSink, Pipeline, compare, generate

files = generate("spec.yaml", None, read=my_read, sink=DiagnosticSink(), templates=Path("templates"))

states = [
    Pipeline(spec=path, config=None, read=my_read, sink=DiagnosticSink(), templates=Path("templates")).spec_state()
    for path in ("old.yaml", "new.yaml")
]
findings = compare(*states)
"""

from __future__ import annotations

TYPE_CHECKING = False  # not from `typing`: the first import of `python -m sdkloom` still looks in the working folder

if TYPE_CHECKING:
    from .diagnostics.model import Diagnostic as Diagnostic
    from .diagnostics.model import DiagnosticSink as DiagnosticSink
    from .pipeline import Pipeline as Pipeline
    from .pipeline import generate as generate
    from .specdiff.compare import compare as compare

__all__ = ["Diagnostic", "DiagnosticSink", "Pipeline", "compare", "generate"]


def __getattr__(name: str) -> object:
    """The stages are imported on first need: `sdkloom --help` needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name.startswith("Diagnostic"):
        from .diagnostics import model

        return getattr(model, name)
    if name == "compare":
        from .specdiff.compare import compare

        return compare
    from . import pipeline

    return getattr(pipeline, name)
