"""Generates a Python SDK from an OpenAPI document.

from sdkloom import DiagnosticSink, generate

files = generate("spec.yaml", None, read=my_read, sink=DiagnosticSink(), templates=Path("templates"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .diagnostics.model import Diagnostic as Diagnostic
    from .diagnostics.model import DiagnosticSink as DiagnosticSink
    from .pipeline import generate as generate

__all__ = ["Diagnostic", "DiagnosticSink", "generate"]


def __getattr__(name: str) -> object:
    """The stages are imported on first need: `sdkloom --help` needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "generate":
        from .pipeline import generate

        return generate
    from .diagnostics import model

    return getattr(model, name)
