"""The tree of resources of a document, by the rules of `docs/naming.md`."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

import attrs

from ...document.config import MethodConfig, Name, ResourceConfig
from ...document.lock import Section
from ...document.model import Operation, Tag
from ...document.pointers import operation_pointer
from ...document.reserved import is_device
from ..methods.resources import endpoint_of
from ..names import identifiers as names
from ..names.locked_names import LockedNames
from ..types.named_schemas import NamedSchemas
from .methods import ORDER, candidates
from .places import Places
from .rules import NO_RULES, NamingRules
from .tree import Endpoint, Node, fold_actions, grow
from .words import Spelling, same

VERBS = ("get", "post", "put", "patch", "delete")
"""The verbs whose methods choose their names first."""


def infer_resources(
    operations: Iterable[Operation],
    tags: Iterable[Tag],
    schemas: NamedSchemas,
    locked_names: LockedNames,
    claimed: Container[tuple[str, str]] = (),
    rules: NamingRules = NO_RULES,
) -> tuple[ResourceConfig, ...]:
    """Return the resources of a document; if the client itself has methods, a resource without a name stands first.

    Methods that names.lock knows keep their name, and with it their resource; but not those of the operations
    `claimed` (verb and path), for which sdk.yaml has names.
    """
    operations = sorted(operations, key=_position)
    tags = list(tags)
    spelling = Spelling(rules.acronyms, _known_spellings(operations, tags, schemas))
    inferred = [operation for operation in operations if endpoint_of(operation) not in claimed]
    locked = locked_names.get_all(Section.METHODS, map(operation_pointer, inferred), _is_reserved)
    root = grow(Places(schemas, spelling, rules).endpoints(operations))
    fold_actions(root)
    tree = _Resource(path=())
    for _, endpoint in _standing(root):
        symbol = locked.get(operation_pointer(endpoint.operation))
        if symbol is not None:
            *path, name = symbol.split(".")
            tree.inside(path)[0].methods[name] = endpoint
    for node, endpoint in _standing(root):
        if operation_pointer(endpoint.operation) not in locked:
            resource, rest = tree.inside(_final_path(node))
            resource.open.append((node, endpoint, rest))
    for resource in tree.walk():
        _choose(resource, spelling)
    for node in list(root.walk()):
        node.parent = None  # without a circle the tree goes at once, and with it what holds the document
    order = {names.snake(tag.name): number for number, tag in enumerate(tags)}
    docs = {names.snake(tag.name): tag.description for tag in tags}
    own = _methods(tree)
    client = (ResourceConfig(name="", methods=own, span=own[0].span),) if own else ()
    return (*client, *(_config(child, docs) for child in _sorted_children(tree, order)))


_Open = tuple[Node, Endpoint, Sequence[str]]
"""An operation, where it stands, and words that its name must end with."""


@attrs.define(eq=False)
class _Resource:
    """A resource in the making."""

    path: tuple[str, ...]
    methods: dict[str, Endpoint] = attrs.field(factory=dict[str, Endpoint])
    open: list[_Open] = attrs.field(factory=list[_Open])
    """Operations without a name yet."""
    children: dict[str, _Resource] = attrs.field(factory=dict[str, "_Resource"])

    def inside(self, path: Sequence[str]) -> tuple[_Resource, Sequence[str]]:
        """Return the resource at a path below. Where a method has a name of the path, that before it, and the rest."""
        resource = self
        for number, name in enumerate(path):
            if name in resource.methods:
                return resource, path[number:]
            resource = resource.children.setdefault(name, _Resource((*resource.path, name)))
        return resource, ()

    def walk(self) -> Iterator[_Resource]:
        """Yield the resource and all inside it, parents first."""
        yield self
        for child in self.children.values():
            yield from child.walk()


def _is_reserved(symbol: str) -> bool:
    """Whether a method can't be where it was."""
    *path, method = symbol.split(".")
    taken = names.CLIENT_MEMBERS
    for name in path:
        if name in taken or is_device(name):
            return True
        taken = names.RESOURCE_MEMBERS
    return method in taken


def _position(operation: Operation) -> tuple[str, int, str]:
    verb = operation.method.lower()
    return (operation.path, VERBS.index(verb) if verb in VERBS else len(VERBS), verb)


def _known_spellings(operations: Iterable[Operation], tags: Iterable[Tag], schemas: NamedSchemas) -> Iterator[str]:
    for tag in tags:
        yield tag.name
    for operation in operations:
        yield from operation.tags
    yield from (name.rpartition(".")[2] for name in schemas.names)


def _standing(root: Node) -> Iterator[tuple[Node, Endpoint]]:
    for node in root.walk():
        for endpoint in node.endpoints:
            yield node, endpoint


def _final_path(node: Node) -> tuple[str, ...]:
    """The names of a node and those above it as attributes of the client and of each other."""
    path: tuple[str, ...] = ()
    for word in node.place:
        taken = names.RESOURCE_MEMBERS | {path[-1]} if path else names.CLIENT_MEMBERS
        path = (*path, names.resource_name(word, taken))
    return path


def _choose(resource: _Resource, spelling: Spelling) -> None:
    """Give each operation the best name that is left: items first, then what is deepest."""
    if not resource.open:
        return
    taken = set(resource.methods) | set(resource.children)
    if not resource.path:
        taken |= names.CLIENT_MEMBERS
    wanted = [
        (one, ["_".join([name, *rest]) for name in candidates(one, node, _tag_words(one), spelling)])
        for node, one, rest in resource.open
    ]
    waiting = sorted(wanted, key=lambda pair: _rank(pair[0]))
    longest = max(len(choices) for _, choices in waiting)
    for usual in (True, False):
        for level in range(longest):
            for endpoint, choices in list(waiting):
                if (endpoint.verb in VERBS) is usual and level < len(choices) and choices[level] not in taken:
                    resource.methods[choices[level]] = endpoint
                    taken.add(choices[level])
                    waiting.remove((endpoint, choices))
    for endpoint, choices in waiting:
        number = 2
        while (name := f"{choices[0] if choices else endpoint.verb}_{number}") in taken:
            number += 1
        resource.methods[name] = endpoint
        taken.add(name)


def _tag_words(endpoint: Endpoint) -> frozenset[str]:
    return frozenset(same(word) for tag in endpoint.operation.tags for word in names.snake(tag).split("_") if word)


def _rank(endpoint: Endpoint) -> tuple[bool, bool, int, int, tuple[str, int, str]]:
    steps = endpoint.key.steps
    parameters = sum(step.is_parameter for step in steps)
    last = next((number for number, step in enumerate(reversed(steps)) if not step.is_parameter), len(steps))
    is_fetched = bool(endpoint.action) and endpoint.verb == "get"
    return (not endpoint.is_item, is_fetched, last, -parameters, _position(endpoint.operation))


def _methods(resource: _Resource) -> tuple[MethodConfig, ...]:
    def place(name: str) -> tuple[int, str]:
        return (ORDER.index(name) if name in ORDER else len(ORDER), name)

    return tuple(_method(name, resource.methods[name].operation) for name in sorted(resource.methods, key=place))


def _method(name: str, operation: Operation) -> MethodConfig:
    endpoint = Name(text=operation.endpoint, span=operation.span)
    return MethodConfig(
        name=name, verb=operation.method.lower(), path=operation.path, endpoint=endpoint, span=operation.span
    )


def _config(resource: _Resource, docs: Mapping[str, str | None]) -> ResourceConfig:
    methods = _methods(resource)
    children = tuple(_config(child, docs) for child in _sorted_children(resource, {}))
    span = methods[0].span if methods else children[0].span
    doc = docs.get(resource.path[-1]) if len(resource.path) == 1 else None
    return ResourceConfig(name=resource.path[-1], methods=methods, resources=children, doc=doc, span=span)


def _sorted_children(resource: _Resource, order: Mapping[str, int]) -> Sequence[_Resource]:
    filled = [child for child in resource.children.values() if any(one.methods for one in child.walk())]
    return sorted(filled, key=lambda child: (order.get(child.path[-1], len(order)), child.path))
