"""Generates a Python SDK from an OpenAPI document.

from sdkloom import DiagnosticSink, generate

files = generate("spec.yaml", None, read=my_read, sink=DiagnosticSink(), templates=Path("templates"))
"""

from __future__ import annotations

from .diagnostics.model import Diagnostic as Diagnostic
from .diagnostics.model import DiagnosticSink as DiagnosticSink
from .pipeline import generate as generate

__version__ = "0.1.0"
__all__ = ["Diagnostic", "DiagnosticSink", "generate"]
