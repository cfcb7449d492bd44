"""All checks of `sdkloom lint`."""

from __future__ import annotations

from ..diagnostics.model import DiagnosticSink
from ..document.model import Document
from ..ir.api import Api
from ..lower.types.named_schemas import NamedSchemas
from .operations import check_operations
from .reporter import Reporter
from .schemas import check_schemas, check_types


def check(document: Document, api: Api | None, sink: DiagnosticSink) -> None:
    """Report what makes a document a bad base for an SDK. `api` is the SDK that comes of it, if it can be made."""
    reporter = Reporter(sink)
    schemas = NamedSchemas(document)
    check_operations(document, schemas, reporter)
    check_schemas(document, schemas, reporter)
    if api is not None:
        check_types(api, reporter)
