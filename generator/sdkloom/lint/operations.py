"""Checks of operations: their names, parameters, and what they respond with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..diagnostics import lint_catalog
from ..document.model import (
    MediaType,
    Operation,
    Parameter,
    ParameterIn,
    Response,
    Schema,
    SchemaOrRef,
    SchemaRef,
)
from ..lower.names import identifiers
from ..lower.types.named_schemas import NamedSchemas
from .reporter import Reporter

_PARAMETER = re.compile(r"\{([^{}]*)\}")
_PART = re.compile(
    r"(^|_)(limit|page|pages|per|offset|cursor|after|before|first|last|size|count|max|top|skip|start|starting|since|until|"
    r"from|to|marker|token|number|num|rows|take|length)(_|$)"
)
"""Words in names of parameters that ask for a part of a list."""

_SEVERAL, _HARDLY_ANY = 5, 0.9

_JSON = re.compile(r"application/(?:[\w.+-]+\+)?json\b.*", re.IGNORECASE)


def check_operations(operations: Iterable[Operation], schemas: NamedSchemas, reporter: Reporter) -> None:
    """Report what is wrong with operations."""
    listed = list(operations)
    _check_errors(listed, reporter)
    _check_path_parameters(listed, reporter)
    for operation in listed:
        _check_texts(operation, reporter)
        _check_parameters(operation, reporter)
        _check_responses(operation, schemas, reporter)


def _check_texts(operation: Operation, reporter: Reporter) -> None:
    endpoint = operation.endpoint
    if not operation.operation_id:
        reporter.report(lint_catalog.NO_OPERATION_ID, operation.span, endpoint=endpoint)
    if not (operation.summary or operation.description):
        reporter.report(lint_catalog.NO_DESCRIPTION, operation.span, endpoint=endpoint)
    body = operation.request_body
    if operation.method.lower() in ("get", "head") and body is not None and any(map(_says_something, body.content)):
        reporter.report(lint_catalog.BODY_OF_GET, operation.span, endpoint=endpoint)


def _says_something(media: MediaType) -> bool:
    """Whether a body has anything in it: programs that write documents give GETs an object without properties."""
    schema = media.schema
    return not (isinstance(schema, Schema) and not schema.properties and not schema.all_of and not schema.any_of)


def _check_errors(listed: list[Operation], reporter: Reporter) -> None:
    """Report operations without errors; once, if hardly any has one."""
    without = [one for one in listed if not any(map(_is_error, one.responses))]
    if len(listed) >= _SEVERAL and len(without) >= _HARDLY_ANY * len(listed):
        reporter.report(lint_catalog.HARDLY_ANY_ERRORS, without[0].span, count=len(without), all=len(listed))
        return
    for operation in without:
        reporter.report(lint_catalog.NO_ERRORS, operation.span, endpoint=operation.endpoint)


def _is_error(response: Response) -> bool:
    return response.status == "default" or response.status[:1] in "45"


def _is_success(response: Response) -> bool:
    return response.status[:1] in "23" or response.status in ("101", "default")


def _check_parameters(operation: Operation, reporter: Reporter) -> None:
    seen: dict[str, Parameter] = {}
    for parameter in operation.parameters:
        name = identifiers.attribute(parameter.name)
        other = seen.setdefault(name, parameter)
        if other is not parameter:
            reporter.report(
                lint_catalog.PARAMETERS_COLLIDE,
                parameter.span,
                related=("the other one", other.span),
                name=parameter.name,
                place=parameter.location.value,
                other=other.name,
                other_place=other.location.value,
                endpoint=operation.endpoint,
            )


def _check_path_parameters(operations: Iterable[Operation], reporter: Reporter) -> None:
    """Report the same segment of a path under two names: `/pets/{id}` and `/pets/{petId}/tags`."""
    first: dict[str, tuple[str, str]] = {}
    reported: set[tuple[str, str]] = set()
    for operation in operations:
        for match in _PARAMETER.finditer(operation.path):
            before = _PARAMETER.sub("{}", operation.path[: match.start()])
            name, path = first.setdefault(before, (match[1], operation.path))
            is_other = name != match[1] and _is_same_thing(name, match[1])
            if is_other and (before, match[1]) not in reported:
                reported.add((before, match[1]))
                facts = {"name": match[1], "other": name, "path": path}
                reporter.report(lint_catalog.PATH_PARAMETERS_DIFFER, operation.span, related=None, **facts)


def _is_same_thing(one: str, other: str) -> bool:
    """Whether one name is the other with more words before it: `id` and `petId`."""
    words, others = (identifiers.snake(name).split("_") for name in sorted((one, other), key=len))
    return others[-len(words) :] == words


def _check_responses(operation: Operation, schemas: NamedSchemas, reporter: Reporter) -> None:
    endpoint = operation.endpoint
    successes = [response for response in operation.responses if _is_success(response)]
    if not successes:
        reporter.report(lint_catalog.NO_SUCCESS, operation.span, endpoint=endpoint)
    for response in successes:
        for media in response.content:
            if not _JSON.fullmatch(media.media_type):
                continue
            if media.schema is None:
                reporter.report(lint_catalog.NO_SCHEMA, response.span, endpoint=endpoint, status=response.status)
                continue
            schema = resolved(media.schema, schemas)
            if schema is not None and response.status != "default" and is_any_object(schema):
                reporter.report(lint_catalog.ANY_OBJECT, response.span, endpoint=endpoint, status=response.status)
            if schema is not None and response.status[:1] == "2" and _is_unbounded(operation, schema, schemas):
                reporter.report(lint_catalog.UNBOUNDED_LIST, operation.span, endpoint=endpoint)


def _is_scalar(schema: Schema) -> bool:
    return bool(schema.types) and not {"object", "array"}.intersection(schema.types)


def _is_unbounded(operation: Operation, schema: Schema, schemas: NamedSchemas) -> bool:
    """Whether a GET gives a list of objects as a whole: no parameter of its query may ask for a part of it."""
    item = resolved(schema.items, schemas)
    if item is None or _is_scalar(item):
        return False
    if operation.method.lower() != "get" or schema.types != ("array",) or schema.bounds.max_items is not None:
        return False
    asked = [one for one in operation.parameters if one.location in (ParameterIn.QUERY, ParameterIn.HEADER)]
    return not any(_PART.search(identifiers.snake(parameter.name)) for parameter in asked)


def resolved(node: SchemaOrRef | None, schemas: NamedSchemas) -> Schema | None:
    """Return a schema behind its references; `None` if that leads nowhere."""
    for _ in range(20):
        if not isinstance(node, SchemaRef):
            return node
        named = schemas.target_of(node.ref)
        node = None if named is None else named.schema
    return None


def is_any_object(schema: Schema) -> bool:
    """Return whether nothing is said about an object but that it is one."""
    said = (
        schema.properties,
        schema.pattern_properties,
        schema.all_of,
        schema.any_of,
        schema.one_of,
        schema.discriminator,
        schema.bounds.max_properties,
    )
    return schema.types == ("object",) and schema.additional_properties in (None, True) and not any(said)


def sent_schemas(operation: Operation) -> Iterator[SchemaOrRef]:
    """Yield the schemas that stand in the request of an operation, or that it refers to."""
    yield from (parameter.schema for parameter in operation.parameters if parameter.schema is not None)
    contents = [media for parameter in operation.parameters for media in parameter.content]
    contents += operation.request_body.content if operation.request_body is not None else ()
    yield from _schemas(contents)


def received_schemas(operation: Operation) -> Iterator[SchemaOrRef]:
    """Yield the schemas that stand in the responses of an operation and in its callbacks."""
    for response in operation.responses:
        yield from _schemas(response.content)
        yield from (header.schema for header in response.headers if header.schema is not None)
    for callback in operation.callback_operations:
        yield from sent_schemas(callback)


def _schemas(contents: Iterable[MediaType]) -> Iterator[SchemaOrRef]:
    for media in contents:
        yield from (schema for schema in (media.schema, media.item_schema) if schema is not None)
