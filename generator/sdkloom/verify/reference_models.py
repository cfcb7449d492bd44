"""The reference models: pydantic models that datamodel-code-generator, which shares no code with sdkloom, makes of the
same document."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from typing import Any

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.span import Span
from . import process
from .schemas import JsonObject

_SHOWN = 300
"""Characters of an error of datamodel-code-generator that a message shows."""


@attrs.frozen(kw_only=True)
class ReferenceModels:
    """`module` is Python source. `classes` maps the JSON pointer of a schema (`#/components/schemas/Pet`) to the names
    of the classes that were made from it."""

    module: str
    classes: Mapping[str, tuple[str, ...]]


def build(document: JsonObject, start: Span, sink: DiagnosticSink) -> ReferenceModels | None:
    """The reference models of `document`; `None`, after a report at `start`, if datamodel-code-generator isn't
    installed or can't read the document. It works in a process of its own, in an empty folder."""
    if not _is_installed():
        sink.report(catalog.REFERENCE_MODELS_MISSING, start)
        return None
    try:
        built: Any = process.ask({}, "reference models", document=document)
    except process.RunnerFailed as error:
        built = {"error": str(error)}
    if "error" in built:
        sink.report(catalog.REFERENCE_MODELS_FAILED, start, error=built["error"][:_SHOWN])
        return None
    classes = {pointer: tuple(names) for pointer, names in built["classes"].items()}
    return ReferenceModels(module=built["module"], classes=classes)


def _is_installed() -> bool:
    """It isn't part of what `sdkloom generate` needs."""
    return importlib.util.find_spec("datamodel_code_generator") is not None
