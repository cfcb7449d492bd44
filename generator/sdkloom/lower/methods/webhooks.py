"""Webhooks and callbacks: requests that the API sends (OpenAPI 3.1 §4.8.1, §4.8.18)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import attrs

from ...diagnostics import catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import Document, Operation, SchemaOrRef
from ...document.pointers import operation_pointer
from ...ir.direction import Direction
from ...ir.resources import Webhook
from ...ir.types import TypeExpr
from ..names import identifiers as names
from ..types.naming_context import MainType
from ..types.registry import TYPES
from ..types.type_names import TypeNames
from .media_types import json_among


@attrs.frozen(eq=False)
class Sent:
    """A request that the API sends. `text` is what its name is made of, `schema` that of its JSON."""

    text: str
    operation: Operation
    schema: SchemaOrRef | None
    is_callback: bool


def sent_by_api(document: Document) -> list[Sent]:
    """Return the webhooks of a document and the callbacks of its operations, in its order.

    A callback whose name others have too is named after its operation in addition.
    """
    found = [Sent(hook.path, hook, _body(hook), False) for hook in document.webhooks]
    callbacks = [(operation, inner) for operation in document.operations for inner in operation.callback_operations]
    counts = Counter(inner.path for _, inner in callbacks)
    for operation, inner in callbacks:
        owner = operation.operation_id or f"{operation.method} {operation.path}"
        text = inner.path if counts[inner.path] == 1 else f"{owner} {inner.path}"
        found.append(Sent(text, inner, _body(inner), True))
    return found


def bodies(sent: Iterable[Sent]) -> Iterator[SchemaOrRef]:
    """Yield the schemas of what the API sends."""
    return (request.schema for request in sent if request.schema is not None)


def lower_webhooks(
    sent: Iterable[Sent],
    typed: Callable[[SchemaOrRef, MainType], TypeExpr],
    type_names: TypeNames,
    sink: DiagnosticSink,
) -> tuple[Webhook, ...]:
    """Return a parser for each request that has JSON; the others are reported. `typed` makes the type of a schema."""
    listed = list(sent)
    for request in listed:
        if request.schema is None:
            rule = catalog.CALLBACK if request.is_callback else catalog.WEBHOOK
            sink.report(rule, request.operation.span, name=request.text)
    with_json = [request for request in listed if request.schema is not None]
    attributes = names.attributes([request.text for request in with_json], frozenset({"any_webhook"}))
    made: dict[str, Webhook] = {}
    for request in with_json:
        attribute = attributes[request.text]
        if request.schema is not None and attribute not in made:
            made[attribute] = _webhook(request, request.schema, attribute, typed, type_names)
    return tuple(made.values())


def _webhook(
    request: Sent,
    schema: SchemaOrRef,
    attribute: str,
    typed: Callable[[SchemaOrRef, MainType], TypeExpr],
    type_names: TypeNames,
) -> Webhook:
    place = operation_pointer(request.operation)
    wanted = [f"{names.pascal(attribute)}Webhook"]
    name = type_names.name_of(TYPES, Direction.RESPONSE, place, wanted)
    operation = request.operation
    return Webhook(
        attribute=attribute,
        name=operation.path,
        type=typed(schema, MainType(name=name, direction=Direction.RESPONSE, place=place)),
        doc=operation.description or operation.summary,
        pointer=place,
        span=operation.span,
    )


def _body(operation: Operation) -> SchemaOrRef | None:
    content = operation.request_body.content if operation.request_body is not None else ()
    media = json_among(media for media in content if media.schema is not None)
    return None if media is None else media.schema
