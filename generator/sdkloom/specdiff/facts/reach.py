"""What of a document is used: by requests, by responses, by anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...document.model import Document, Header, MediaType, NamedSchema, Operation, Parameter, SchemaOrRef, SchemaRef
from ...document.walk import children, walk
from ...ir.direction import Direction
from ..conditions import schemas_in
from ..json_values import is_null
from ..matching.index import REQUEST, RESPONSE
from ..places import pointer_of, targets


def reached(document: Document, *, with_conditions: bool = False) -> dict[str, frozenset[Direction]]:
    """Return the directions in which each named schema is used by requests and by responses that succeed, by its JSON
    pointer. What stands in conditions, as below `not`, is left out but `with_conditions`."""
    found: dict[str, frozenset[Direction]] = {}
    for direction, roots in ((REQUEST, _sent(document.operations)), (RESPONSE, _received(document))):
        for named in closure(roots, targets(document), with_conditions=with_conditions):
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


def beside_null(document: Document) -> frozenset[str]:
    """Return the JSON pointers of the named schemas that are only referred to as variants beside `null`."""
    beside: set[int] = set()
    refs: list[SchemaRef] = []
    for root in [*roots_of(document), *(named.schema for named in document.schemas)]:
        for node in walk(root):
            if isinstance(node, SchemaRef):
                refs.append(node)
            else:
                unions = [members for members in (node.any_of, node.one_of) if any(map(is_null, members))]
                beside.update(id(member) for members in unions for member in members)
    bare = {ref.ref.target for ref in refs if id(ref) not in beside}
    found = {ref.ref.target for ref in refs} - bare
    return frozenset(pointer_of(document, named) for target, named in targets(document).items() if target in found)


def closure(
    roots: Iterable[SchemaOrRef], within: Mapping[str, NamedSchema], *, with_conditions: bool = True
) -> Iterable[NamedSchema]:
    """Return those of `within` that `roots` refer to, and that these refer to."""
    waiting = list(roots)
    found: dict[str, NamedSchema] = {}
    while waiting:
        for target in _targets(waiting.pop(), with_conditions):
            if target in within and target not in found:
                found[target] = within[target]
                waiting.append(within[target].schema)
    return found.values()


def _targets(node: SchemaOrRef, with_conditions: bool) -> Iterator[str]:
    """What the references in a schema resolve to."""
    stack: list[SchemaOrRef] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, SchemaRef):
            yield current.ref.target
        elif current.conditions.items and with_conditions:
            stack.extend(schemas_in(current.conditions, current.span.file))
        negated = None if with_conditions or isinstance(current, SchemaRef) else current.negated
        stack.extend(inner for inner in children(current) if inner is not negated)


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
    found = (target for node in nodes for target in _targets(node, True))
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
