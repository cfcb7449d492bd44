"""The judge: datamodel-code-generator, which reads the same document by itself and makes pydantic models of it."""

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
"""Characters of an error of the judge that a message shows."""


@attrs.frozen(kw_only=True)
class Judge:
    """`module` is Python source. `classes` maps the pointer of a schema to the classes that were made from it."""

    module: str
    classes: Mapping[str, tuple[str, ...]]


def consult(document: JsonObject, place: Span, sink: DiagnosticSink) -> Judge | None:
    """What the judge makes of `document`; `None`, after a report at `place`, if it isn't there or can't read it."""
    judge = _installed()
    if judge is None:
        sink.report(catalog.JUDGE_MISSING, place)
        return None
    with tempfile.TemporaryDirectory(prefix="sdkloom-") as scratch:
        module, metadata = Path(scratch, "judge.py"), Path(scratch, "judge.json")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of formats that it doesn't know
                _generate(judge, document, module, metadata)
        except Exception as error:  # whatever stops it: there is no verdict
            words = " ".join(str(error).split())[:_SHOWN]
            sink.report(catalog.JUDGE_FAILED, place, error=words or type(error).__name__)
            return None
        classes: dict[str, list[str]] = {}
        for model in json.loads(metadata.read_text(encoding="utf-8"))["models"]:
            classes.setdefault(model["source_ref"], []).append(model["class_name"])
        found = {pointer: tuple(names) for pointer, names in classes.items()}
        source = module.read_text(encoding="utf-8")
    return Judge(module=source, classes=found)


def _installed() -> ModuleType | None:
    """Imported when it is needed: it isn't part of what `sdkloom generate` needs."""
    try:
        import datamodel_code_generator
    except ImportError:
        return None
    return datamodel_code_generator


def _generate(judge: Any, document: JsonObject, module: Path, metadata: Path) -> None:
    """Schemas and operations; nothing that would hide a difference: null is told from absent, enums stay values,
    and undeclared keys are kept, as JSON schema has it."""
    from datamodel_code_generator.parser import LiteralType

    judge.generate(
        document,
        input_file_type=judge.InputFileType.OpenAPI,
        output=module,
        output_model_type=judge.DataModelType.PydanticV2BaseModel,
        emit_model_metadata=metadata,
        openapi_scopes=[judge.OpenAPIScope.Schemas, judge.OpenAPIScope.Paths],
        allow_remote_refs=False,
        strict_refs=True,
        disable_timestamp=True,
        strict_nullable=True,
        extra_fields="allow",
        enum_field_as_literal=LiteralType.All,
        treat_dot_as_module=False,
        formatters=[],
    )
