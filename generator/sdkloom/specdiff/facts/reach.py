"""What of a document is used: by requests, by responses, by anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...document.model import Document, Header, MediaType, NamedSchema, Operation, Parameter, SchemaOrRef, SchemaRef
from ...document.walk import walk
from ...ir.direction import Direction
from ..matching.index import REQUEST, RESPONSE
from ..places import pointer_of, targets


def reached(document: Document) -> dict[str, frozenset[Direction]]:
    """Return the directions in which each named schema is used by requests and by responses that succeed, by its JSON
    pointer."""
    found: dict[str, frozenset[Direction]] = {}
    for direction, roots in ((REQUEST, _sent(document.operations)), (RESPONSE, _received(document))):
        for named in closure(roots, targets(document)):
            where = pointer_of(document, named)
            found[where] = found.get(where, frozenset()) | direction
    return found


def referred_to(document: Document) -> frozenset[str]:
    """Return the JSON pointers of the named schemas that something in the document refers to."""
    return frozenset(pointer_of(document, named) for named in closure(roots_of(document), targets(document)))


def roots_of(document: Document) -> Iterator[SchemaOrRef]:
    """Return the schemas of all parameters, bodies and headers."""
    requests = [*document.operations, *document.webhooks]
    requests += [inner for operation in document.operations for inner in operation.callback_operations]
    yield from _sent(requests)
    yield from _answered(requests)


def closure(roots: Iterable[SchemaOrRef], within: Mapping[str, NamedSchema]) -> Iterable[NamedSchema]:
    """Return those of `within` that `roots` refer to, and that these refer to."""
    waiting = list(roots)
    found: dict[str, NamedSchema] = {}
    while waiting:
        for inner in walk(waiting.pop()):
            target = inner.ref.target if isinstance(inner, SchemaRef) else ""
            if target in within and target not in found:
                found[target] = within[target]
                waiting.append(within[target].schema)
    return found.values()


def users_of(within: Mapping[str, NamedSchema], roots: Sequence[Iterable[SchemaOrRef]]) -> dict[int, list[int]]:
    """Return the positions of those of `roots` that refer to each schema of `within`, directly or through others of
    them, by its `id`. Each schema is walked once, however many roots refer to it."""
    graph = {target: list(_refs([named.schema], within)) for target, named in within.items()}
    users = dict.fromkeys(graph, 0)  # a set of positions, as the bits of a number
    for position, schemas in enumerate(roots):
        for target in _refs(schemas, within):
            users[target] |= 1 << position
    order = _users_first(graph)
    is_stable = False
    while not is_stable:  # once more for every circle
        is_stable = True
        for target in order:
            for inner in graph[target]:
                if users[target] | users[inner] != users[inner]:
                    users[inner] |= users[target]
                    is_stable = False
    return {
        id(within[target]): [position for position, bit in enumerate(reversed(f"{found:b}")) if bit == "1"]
        for target, found in users.items()
    }


def _refs(nodes: Iterable[SchemaOrRef], within: Mapping[str, NamedSchema]) -> dict[str, None]:
    found = (inner.ref.target for node in nodes for inner in walk(node) if isinstance(inner, SchemaRef))
    return {target: None for target in found if target in within}


def _users_first(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """The keys of `graph`, each before those that it refers to, circles aside."""
    order: list[str] = []
    seen: set[str] = set()
    for root in graph:
        work = [(root, iter(graph[root]))] if root not in seen else []
        seen.add(root)
        while work:
            target, inner = work[-1]
            further = next((each for each in inner if each not in seen), None)
            if further is None:
                order.append(target)
                work.pop()
            else:
                seen.add(further)
                work.append((further, iter(graph[further])))
    return order[::-1]


def _sent(operations: Iterable[Operation]) -> Iterator[SchemaOrRef]:
    for operation in operations:
        for parameter in operation.parameters:
            yield from _schemas([parameter, *parameter.content])
        yield from _schemas(content_of(operation))


def _answered(operations: Iterable[Operation], only_success: bool = False) -> Iterator[SchemaOrRef]:
    for operation in operations:
        for response in operation.responses:
            if is_success(response.status) or not only_success:
                yield from _schemas([*response.content, *response.headers])


def _received(document: Document) -> Iterator[SchemaOrRef]:
    """What comes from the API: responses that succeed, and webhooks."""
    yield from _answered(document.operations, only_success=True)
    for sent in (*document.webhooks, *(inner for each in document.operations for inner in each.callback_operations)):
        yield from _schemas(content_of(sent))


def _schemas(nodes: Iterable[MediaType | Parameter | Header]) -> Iterator[SchemaOrRef]:
    for node in nodes:
        if node.schema is not None:
            yield node.schema
        if isinstance(node, MediaType) and node.item_schema is not None:
            yield node.item_schema


def is_success(status: str) -> bool:
    """Return whether a status, such as `200` or `2XX`, is that of success (RFC 9110 §15.3)."""
    return status.startswith("2")


def content_of(operation: Operation) -> tuple[MediaType, ...]:
    """Return the request body of an operation in its media types."""
    return () if operation.request_body is None else operation.request_body.content
