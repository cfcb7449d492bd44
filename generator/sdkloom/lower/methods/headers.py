"""The headers of responses as models (OpenAPI 3.1 §4.8.21)."""

from __future__ import annotations

from collections.abc import Iterable

from ...document.model import Header, Operation, Property, Schema
from ...ir.types import NamedType, TypeExpr
from ..types.builder import TypeBuilder
from ..types.naming_context import MainType
from ..types.usage import success_responses

VERBS_OF_HEADERS = frozenset({"head", "options", "trace"})
"""Methods of HTTP whose responses are their headers (RFC 9110 §9.3.2, §9.3.7, §9.3.8), unless content is declared."""

_NOT_HEADERS = frozenset({"content-type"})
"""Declared by the media type instead (OpenAPI 3.1 §4.8.17, `headers`)."""


def gives_headers(operation: Operation) -> bool:
    """Whether a method gives the headers of the response."""
    verb = operation.method.lower()
    has_content = any(response.content for response in success_responses(operation))
    return verb == "head" or (verb in VERBS_OF_HEADERS and not has_content)


def headers_type(operation: Operation, main: MainType, builder: TypeBuilder) -> TypeExpr | None:
    """Return the model of the headers that the successes of an operation declare; `None` if they declare none."""
    declared = {
        header.name.lower(): header
        for response in reversed(success_responses(operation))
        for header in response.headers
        if header.name.lower() not in _NOT_HEADERS
    }
    if not declared:
        return None
    schema = _as_schema(declared.values(), operation)
    context = builder.open(main, operation.span, operation.pointer)
    builder.define(schema, context, operation.span)
    if builder.type_names.reserve_name(main, f"the headers `{main.name.name}`", operation.span):
        builder.publish(context.module)
    return NamedType(main.name)


def _as_schema(headers: Iterable[Header], operation: Operation) -> Schema:
    """An object with a property for each header."""
    listed = sorted(headers, key=lambda header: header.name.lower())
    text = Schema(types=("string",), span=operation.span)
    properties = tuple(
        Property(name=header.name, schema=header.schema if header.schema is not None else text, span=header.span)
        for header in listed
    )
    return Schema(types=("object",), properties=properties, pointer=operation.pointer, span=operation.span)
