"""What extensions of other generators in the document say about the names and types of parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ...diagnostics import config_catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import Document, JsonObject, Operation, Parameter, Schema

_NAMES = ("x-stainless-param", "x-fern-parameter-name", "x-speakeasy-name-override")
"""Extensions of a parameter, or of its schema, whose value is a name."""

_TYPE = "x-stainless-override-schema"


def vendor_name(parameter: Parameter) -> str | None:
    """Return the name that an extension gives to a parameter."""
    return next((name for _, name in _names(parameter)), None)


def without_vendor_extensions(document: Document) -> Document:
    """Return the document without what this module reads."""
    return attrs.evolve(document, operations=tuple(map(_plain, document.operations)))


def report_vendor_extensions(operations: Iterable[Operation], sink: DiagnosticSink) -> None:
    """Say which extensions decide about parameters, and where the first of each stands."""
    first: dict[str, Parameter] = {}
    for operation in operations:
        for parameter in operation.parameters:
            keys = [key for key, _ in _names(parameter)]
            for key in [*keys[:1], *([_TYPE] if parameter.override is not None else [])]:
                first.setdefault(key, parameter)
    for key, parameter in first.items():
        what = "type" if key == _TYPE else "name"
        sink.report(config_catalog.VENDOR_PARAMETER, parameter.span, key=key, what=what, name=parameter.name)


def _names(parameter: Parameter) -> Iterator[tuple[str, str]]:
    schemas = [each for each in (parameter.override, parameter.schema) if isinstance(each, Schema)]
    for extensions in (parameter.extensions, *(schema.extensions for schema in schemas)):
        for key, value in extensions.items:
            if key in _NAMES and isinstance(value, str) and value:
                yield key, value


def _plain(operation: Operation) -> Operation:
    return attrs.evolve(operation, parameters=tuple(map(_without, operation.parameters)))


def _without(parameter: Parameter) -> Parameter:
    schema = parameter.schema
    if isinstance(schema, Schema):
        schema = attrs.evolve(schema, extensions=_others(schema.extensions))
    return attrs.evolve(parameter, schema=schema, override=None, extensions=_others(parameter.extensions))


def _others(extensions: JsonObject) -> JsonObject:
    return JsonObject(tuple([(key, value) for key, value in extensions.items if key not in _NAMES]))
