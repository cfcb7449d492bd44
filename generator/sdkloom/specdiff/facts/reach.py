"""What of a document is used: by requests, by responses, by anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from ...document.model import Document, Header, MediaType, Operation, Parameter, SchemaOrRef, SchemaRef
from ...document.walk import children, walk
from ...ir.direction import Direction
from ..conditions import schemas_in
from ..json_values import is_null
from ..matching.index import REQUEST, RESPONSE
from ..places import pointer_of, targets

_Targets = tuple[dict[str, None], dict[str, None]]
"""What references resolve to: outside of conditions, such as `not`, and anywhere."""


class Reach:
    """The named schemas of a document that its parts refer to, by their JSON pointers. Each schema is walked once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._named = targets(document)
        self._pointers = {target: pointer_of(document, named) for target, named in self._named.items()}
        self._known: dict[int, _Targets] = {}

    @cached_property
    def directions(self) -> Mapping[str, frozenset[Direction]]:
        """The directions in which each named schema is used by requests and by responses that succeed. What stands in
        conditions is left out."""
        return self._directions(with_conditions=False)

    @cached_property
    def directions_with_conditions(self) -> Mapping[str, frozenset[Direction]]:
        """The same, with what stands in conditions."""
        return self._directions(with_conditions=True)

    @cached_property
    def referred_to(self) -> frozenset[str]:
        """What anything in the document refers to."""
        found = self._closure(roots_of(self._document), with_conditions=True)
        return frozenset(self._pointers[target] for target in found)

    @cached_property
    def beside_null(self) -> frozenset[str]:
        """What is only referred to as a variant beside `null`."""
        beside: set[int] = set()
        refs: list[SchemaRef] = []
        for root in [*roots_of(self._document), *(named.schema for named in self._document.schemas)]:
            for node in walk(root):
                if isinstance(node, SchemaRef):
                    refs.append(node)
                else:
                    unions = [members for members in (node.any_of, node.one_of) if any(map(is_null, members))]
                    beside.update(id(member) for members in unions for member in members)
        bare = {ref.ref.target for ref in refs if id(ref) not in beside}
        found = {ref.ref.target for ref in refs} - bare
        return frozenset(pointer for target, pointer in self._pointers.items() if target in found)

    def users_of_others(self, roots: Sequence[Iterable[SchemaOrRef]]) -> dict[str, list[int]]:
        """Return the positions of those of `roots` that refer to each schema that is used in no direction, directly or
        through others of these."""
        within = {target for target, pointer in self._pointers.items() if pointer not in self.directions}
        graph = {target: self._refs([self._named[target].schema], within) for target in sorted(within)}
        users = dict.fromkeys(graph, 0)  # a set of positions, as the bits of a number
        for position, schemas in enumerate(roots):
            for target in self._refs(schemas, within):
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
            self._pointers[target]: [position for position, bit in enumerate(reversed(f"{found:b}")) if bit == "1"]
            for target, found in users.items()
        }

    def _refs(self, nodes: Iterable[SchemaOrRef], within: set[str]) -> list[str]:
        found = dict.fromkeys(target for node in nodes for target in self._targets_in(node)[1])
        return [target for target in found if target in within]

    def _directions(self, *, with_conditions: bool) -> dict[str, frozenset[Direction]]:
        found: dict[str, frozenset[Direction]] = {}
        for direction, roots in ((REQUEST, _sent(self._document.operations)), (RESPONSE, _received(self._document))):
            for target in self._closure(roots, with_conditions=with_conditions):
                where = self._pointers[target]
                found[where] = found.get(where, frozenset()) | direction
        return found

    def _closure(self, roots: Iterable[SchemaOrRef], *, with_conditions: bool) -> Iterable[str]:
        """What `roots` refer to, and what that refers to."""
        waiting = list(roots)
        found: dict[str, None] = {}
        while waiting:
            for target in self._targets_in(waiting.pop())[with_conditions]:
                if target in self._named and target not in found:
                    found[target] = None
                    waiting.append(self._named[target].schema)
        return found

    def _targets_in(self, node: SchemaOrRef) -> _Targets:
        known = self._known.get(id(node))
        if known is None:
            known = self._known[id(node)] = _targets_in(node)
        return known


def roots_of(document: Document) -> Iterator[SchemaOrRef]:
    """Return the schemas of all parameters, bodies and headers."""
    requests = [*document.operations, *document.webhooks]
    requests += [inner for operation in document.operations for inner in operation.callback_operations]
    yield from _sent(requests)
    yield from _answered(requests)


def _targets_in(node: SchemaOrRef) -> _Targets:
    plain: dict[str, None] = {}
    anywhere: dict[str, None] = {}
    stack: list[tuple[SchemaOrRef, bool]] = [(node, False)]
    while stack:
        current, in_condition = stack.pop()
        if isinstance(current, SchemaRef):
            anywhere[current.ref.target] = None
            if not in_condition:
                plain[current.ref.target] = None
            negated = None
        else:
            negated = current.negated
            if current.conditions.items:
                stack += [(inner, True) for inner in schemas_in(current.conditions, current.span.file)]
        stack += [(inner, in_condition or inner is negated) for inner in children(current)]
    return plain, anywhere


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
