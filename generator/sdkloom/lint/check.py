"""All checks of `sdkloom lint`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..diagnostics.model import DiagnosticSink
from ..document.model import Document, Operation
from ..ir.api import Api
from ..ir.walk import all_resources
from ..lower.types.named_schemas import NamedSchemas
from .operations import check_operations
from .reporter import Reporter
from .schemas import check_schemas, check_types


def check(document: Document, api: Api | None, sink: DiagnosticSink) -> None:
    """Report what makes a document a bad base for an SDK. `api` is the SDK that comes of it, if it can be made.

    Operations that get no method there are left alone.
    """
    reporter = Reporter(sink)
    schemas = NamedSchemas(document)
    operations = document.operations if api is None else tuple(_with_method(document.operations, api))
    check_operations(operations, schemas, reporter)
    check_schemas(document, operations, schemas, reporter)
    if api is not None:
        check_types(api, reporter)


def _with_method(operations: Iterable[Operation], api: Api) -> Iterator[Operation]:
    methods = {
        (method.verb.lower(), method.path) for resource in all_resources(api.resources) for method in resource.methods
    }
    yield from (operation for operation in operations if (operation.method.lower(), operation.path) in methods)
