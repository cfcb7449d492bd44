"""The reference models: pydantic models that datamodel-code-generator, which shares no code with sdkloom, makes of the
same document."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from typing import Any

import attrs

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.span import Span
from ..document.pointers import escape
from . import process
from .schemas import JsonObject, Schemas, as_object

_MOST_VARIANTS = 5000
"""datamodel-code-generator spells out every variant of a union with a discriminator, once for each way to it."""

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
        sink.report(run_catalog.REFERENCE_MODELS_MISSING, start)
        return None
    if most_variants(document) > _MOST_VARIANTS:
        error = f"unions with discriminators have more than {_MOST_VARIANTS} variants, those of unions inside included"
        sink.report(run_catalog.REFERENCE_MODELS_FAILED, start, error=error)
        return None
    try:
        built: Any = process.ask({}, "reference models", document=document)
    except process.RunnerFailed as error:
        built = {"error": str(error)}
    if "error" in built:
        sink.report(run_catalog.REFERENCE_MODELS_FAILED, start, error=built["error"][:_SHOWN])
        return None
    classes = {pointer: tuple(names) for pointer, names in built["classes"].items()}
    return ReferenceModels(module=built["module"], classes=classes)


def most_variants(document: JsonObject) -> int:
    """In how many ways the union with the most variants leads to something that is no union with a discriminator."""
    schemas = Schemas(document)
    counts: dict[str, int] = {}
    pending = [f"#/components/schemas/{escape(name)}" for name in _component_schemas(document)]
    while pending:
        place = schemas.at(pending[-1])
        if place is None or "discriminator" not in place.schema:
            counts[pending.pop()] = 1
            continue
        inner = [member.pointer for member in schemas.variants(place)]
        unknown = [pointer for pointer in inner if pointer not in counts]
        if unknown and pending[-1] not in counts:
            counts[pending[-1]] = 1  # as long as it isn't known, and inside of itself
            pending += unknown
        else:
            counts[pending.pop()] = sum(counts.get(pointer, 1) for pointer in inner)
    return max(counts.values(), default=0)


def _component_schemas(document: JsonObject) -> JsonObject:
    return as_object(as_object(document.get("components")).get("schemas"))


def _is_installed() -> bool:
    """It isn't part of what `sdkloom generate` needs."""
    return importlib.util.find_spec("datamodel_code_generator") is not None
