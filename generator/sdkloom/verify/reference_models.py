"""The reference models: pydantic models that datamodel-code-generator, which shares no code with sdkloom, makes of the
same document."""

from __future__ import annotations

import json
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.span import Span
from ..document.pointers import escape
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
    installed or can't read the document."""
    library = _installed()
    if library is None:
        sink.report(catalog.REFERENCE_MODELS_MISSING, start)
        return None
    if most_variants(document) > _MOST_VARIANTS:
        error = f"unions with discriminators have more than {_MOST_VARIANTS} variants, those of unions inside included"
        sink.report(catalog.REFERENCE_MODELS_FAILED, start, error=error)
        return None
    with tempfile.TemporaryDirectory(prefix="sdkloom-") as scratch:
        module, metadata = Path(scratch, "models.py"), Path(scratch, "models.json")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of formats that it doesn't know
                _generate(library, document, module, metadata)
        except Exception as error:  # whatever stops it: there are no models
            words = " ".join(str(error).split())[:_SHOWN]
            sink.report(catalog.REFERENCE_MODELS_FAILED, start, error=words or type(error).__name__)
            return None
        classes: dict[str, list[str]] = {}
        for model in json.loads(metadata.read_text(encoding="utf-8"))["models"]:
            classes.setdefault(model["source_ref"], []).append(model["class_name"])
        found = {pointer: tuple(names) for pointer, names in classes.items()}
        source = module.read_text(encoding="utf-8")
    return ReferenceModels(module=source, classes=found)


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


def _installed() -> ModuleType | None:
    """Imported when it is needed: it isn't part of what `sdkloom generate` needs."""
    try:
        import datamodel_code_generator
    except ImportError:
        return None
    return datamodel_code_generator


def _generate(library: Any, document: JsonObject, module: Path, metadata: Path) -> None:
    """Schemas and operations; nothing that would hide a difference: null is told from absent, enums stay values,
    and undeclared keys are kept, as JSON Schema has it."""
    from datamodel_code_generator.parser import LiteralType

    library.generate(
        document,
        input_file_type=library.InputFileType.OpenAPI,
        output=module,
        output_model_type=library.DataModelType.PydanticV2BaseModel,
        emit_model_metadata=metadata,
        openapi_scopes=[library.OpenAPIScope.Schemas, library.OpenAPIScope.Paths],
        allow_remote_refs=False,
        strict_refs=True,
        disable_timestamp=True,
        strict_nullable=True,
        extra_fields="allow",
        enum_field_as_literal=LiteralType.All,
        treat_dot_as_module=False,
        formatters=[],
    )
