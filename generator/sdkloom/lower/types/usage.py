"""Which named schemas responses use, and which requests do, directly or through others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ...document.model import Operation, Response, SchemaOrRef
from ...ir.direction import Direction
from .named_schemas import NamedSchemas


@attrs.frozen
class Usage:
    """The names of the schemas that are used in each direction."""

    responses: frozenset[str]
    requests: frozenset[str]

    def directions(self, name: str) -> tuple[Direction, ...]:
        """Return the directions in which the schema `name` is used."""
        response = (Direction.RESPONSE,) if name in self.responses else ()
        return response + ((Direction.REQUEST,) if name in self.requests else ())


def find_usage(
    operations: Iterable[Operation],
    schemas: NamedSchemas,
    response_only: frozenset[str],
    streamed: Iterable[str] = (),
    *,
    errors: bool,
    received: Iterable[SchemaOrRef] = (),
    sent: Iterable[SchemaOrRef] = (),
) -> Usage:
    """Follow every `$ref` of `operations`. Of the schemas `response_only`, requests use the types of responses.

    `streamed` are those of which sdk.yaml alone says that they come back; `errors` says whether the bodies of errors
    count; `received` are further bodies that come from the API, `sent` are types of parameters that sdk.yaml has.
    """
    responses: set[str] = set()
    requests: set[str] = set()
    listed = list(operations)
    for operation in listed:
        _reach(_request_schemas(operation), schemas, requests, response_only)
        _reach(_response_schemas(operation, errors), schemas, responses, frozenset())
    _reach(received, schemas, responses, frozenset())
    _reach(sent, schemas, requests, response_only)
    borrowed = requests & response_only
    for name in sorted(borrowed.union(streamed)):
        named = schemas.get(name)
        if named is not None:
            responses.add(name)
            _reach([named.schema], schemas, responses, frozenset())
    return Usage(frozenset(responses), frozenset(requests - borrowed))


def add_reachable(
    operations: Iterable[Operation],
    schemas: NamedSchemas,
    found: set[str],
    streamed: Iterable[str] = (),
    *,
    errors: bool,
) -> set[str]:
    """Add to `found` the named schemas that `operations` use in either direction; return those that were added.

    `streamed` are those of which sdk.yaml alone says that they come back.
    """
    before = set(found)
    for operation in operations:
        _reach([*_request_schemas(operation), *_response_schemas(operation, errors)], schemas, found, frozenset())
    for named in (schemas.get(name) for name in streamed):
        if named is not None and named.name not in found:
            found.add(named.name)
            _reach([named.schema], schemas, found, frozenset())
    return found - before


def _reach(roots: Iterable[SchemaOrRef], schemas: NamedSchemas, found: set[str], stop_at: frozenset[str]) -> None:
    pending = [target for root in roots for target in schemas.referred_by(root)]
    while pending:
        target = pending.pop()
        if target.name not in found:
            found.add(target.name)
            if target.name not in stop_at:
                pending.extend(schemas.needed_by(target))


def all_schemas(operation: Operation) -> Iterator[SchemaOrRef]:
    """Yield every schema that an operation takes or gives, as it stands there."""
    yield from _request_schemas(operation)
    yield from _response_schemas(operation, errors=True)


def _request_schemas(operation: Operation) -> Iterator[SchemaOrRef]:
    for parameter in operation.parameters:
        if parameter.schema is not None:
            yield parameter.schema
        if parameter.override is not None:
            yield parameter.override
        yield from (media.schema for media in parameter.content if media.schema is not None)
    if operation.request_body is not None:
        yield from (media.schema for media in operation.request_body.content if media.schema is not None)


def _response_schemas(operation: Operation, errors: bool) -> Iterator[SchemaOrRef]:
    successes = success_responses(operation)
    yield from (header.schema for each in successes for header in each.headers if header.schema is not None)
    for response in successes + (error_responses(operation) if errors else []):
        for media in response.content:
            yield from (schema for schema in (media.schema, media.item_schema) if schema is not None)


def success_responses(operation: Operation) -> list[Response]:
    """Return the responses that a client gets as a value, the lowest status first (OpenAPI 3.1 §4.8.16).

    The bodies of errors are none. `default` is one of them, unless the operation declares no success besides it. 304
    (RFC 9110 §15.4.5) is a success beside others: what the caller has is still right.
    """
    found = [response for response in operation.responses if response.status.startswith("2")]
    if found:
        found += [response for response in operation.responses if response.status == "304"]
    found = found or [response for response in operation.responses if response.status == "default"]
    return sorted(found, key=lambda response: response.status)


def error_responses(operation: Operation) -> list[Response]:
    """Return the responses that a client raises, the lowest status first and `default` last (OpenAPI 3.1 §4.8.16)."""
    successes = {response.status for response in success_responses(operation)}
    found = [response for response in operation.responses if response.status[0] in "45d"]
    return sorted(
        (response for response in found if response.status not in successes or response.status == "default"),
        key=lambda response: response.status,
    )
