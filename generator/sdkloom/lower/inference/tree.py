"""The tree of words that paths make, and which of its leaves are actions of the node above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ...document.model import Operation
from ..names import identifiers as names
from .answers import Answer
from .operation_ids import Reading
from .paths import PathKey
from .words import STANDARD, is_plural, is_verbal, same


@attrs.define(eq=False)
class Endpoint:
    """An operation, and what is known of it for its name."""

    operation: Operation
    key: PathKey
    place: tuple[str, ...]
    """The words of its path, in snake case: where it stands in the tree."""
    answer: Answer
    is_item: bool
    """Whether the path ends in a parameter."""
    after_parameter: bool
    """Whether a parameter stands before the last word."""
    words: tuple[str, ...] = ()
    """Of the operation id, cleaned."""
    summary: tuple[str, ...] = ()
    """The words of a short summary."""
    action: str = ""
    name: str = ""
    """What an extension calls the method."""

    @property
    def verb(self) -> str:
        """The HTTP verb, in lower case."""
        return self.operation.method.lower()


@attrs.define(eq=False)
class Node:
    """A word of paths with what stands there and below."""

    name: str
    parent: Node | None = None
    endpoints: list[Endpoint] = attrs.field(factory=list[Endpoint])
    children: dict[str, Node] = attrs.field(factory=dict[str, "Node"])

    @property
    def place(self) -> tuple[str, ...]:
        """The words from the root to here."""
        return () if self.parent is None else (*self.parent.place, self.name)

    @property
    def has_items(self) -> bool:
        """Whether a parameter follows the word in some path."""
        below = (endpoint for child in self.children.values() for endpoint in child.endpoints)
        return any(endpoint.is_item for endpoint in self.endpoints) or any(one.after_parameter for one in below)

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it, parents first."""
        yield self
        for child in list(self.children.values()):
            yield from child.walk()


def grow(endpoints: Iterable[Endpoint]) -> Node:
    """Return the root of a tree with every endpoint at its place."""
    root = Node("")
    for endpoint in endpoints:
        node = root
        for word in endpoint.place:
            node = node.children.setdefault(word, Node(word, node))
        node.endpoints.append(endpoint)
    return root


def fold_actions(root: Node) -> None:
    """Make the leaves that are actions methods of the node above them."""
    verbal = _is_verb_only(root)
    for node in list(root.walk()):
        for child in list(node.children.values()):
            if child.children or any(one.is_item or one.action or one.name for one in child.endpoints):
                continue
            if (verbal and node is root) or is_action(child):
                for endpoint in child.endpoints:
                    endpoint.action = child.name
                node.endpoints += child.endpoints
                del node.children[child.name]


def _is_verb_only(root: Node) -> bool:
    """Whether an API has no resources in its paths: `/sendPhoto`, `/getMe`."""
    leaves = [child for child in root.children.values() if not child.children and not child.has_items]
    verbal = [child for child in leaves if is_verbal(child.name, reading=False)]
    return len(verbal) > 2 and len(verbal) * 10 > len(root.children) * 6


def is_action(node: Node) -> bool:
    """Whether a leaf says what is done to the node above it, and isn't a resource of its own."""
    endpoints, parent = node.endpoints, node.parent
    assert parent is not None
    if parent.parent is None and _is_tagged(node, node.name):
        return False
    verbs = {endpoint.verb for endpoint in endpoints}
    if len(endpoints) > 1:
        return is_verbal(node.name, reading=True) and len(verbs) == len(endpoints) and verbs <= {"get", "post"}
    (endpoint,) = endpoints
    reads = endpoint.verb in ("get", "head")
    told = Reading(endpoint.words, own_words(parent))
    if is_verbal(node.name, reads and node.name.split("_")[0] != told.verb, told.verb):
        return endpoint.verb != "delete" or "_" not in node.name
    if endpoint.verb == "post" and not is_plural(node.name):
        is_alone = len(parent.children) == 1 and not parent.endpoints and _is_tagged(node, parent.name)
        return endpoint.after_parameter or parent.has_items or is_alone
    says_verb = told.plain and told.verb not in STANDARD and not is_plural(node.name)
    return reads and parent.parent is not None and (endpoint.answer is Answer.FILE or says_verb)


def _is_tagged(node: Node, name: str) -> bool:
    """Whether a tag says that the operations of a leaf belong to the resource `name`."""
    tags = {names.snake(tag) for endpoint in node.endpoints for tag in endpoint.operation.tags}
    return name in tags


def own_words(node: Node) -> frozenset[str]:
    """Return the words of a resource and of those above it, as `same` compares them."""
    words = [word for part in node.place for word in (*part.split("_"), part.replace("_", ""))]
    return frozenset(map(same, words))
