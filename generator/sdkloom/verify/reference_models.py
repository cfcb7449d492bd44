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
    installed or can't read the document."""
    library = _installed()
    if library is None:
        sink.report(catalog.REFERENCE_MODELS_MISSING, start)
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
