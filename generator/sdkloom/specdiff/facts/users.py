"""Where a component is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ...document.model import Document, SchemaOrRef, SchemaRef
from ...document.pointers import pointer_from
from ...document.walk import walk
from ..matching.index import Index
from ..places import pointer_of, targets
from ..subject import Subject
from .reach import roots_of


def users_in(documents: tuple[Document, Document], indexes: tuple[Index, Index]) -> Callable[[str], Iterable[Subject]]:
    """Return a function that gives what in the SDK stands for the places that refer to a component, by its pointer.
    The documents are only walked if somebody asks."""
    found: dict[str, list[Subject]] = {}
    is_known = False

    def users(pointer: str) -> Iterable[Subject]:
        nonlocal is_known
        if not is_known:
            is_known = True
            for document, index in zip(documents, indexes):
                for target, place in _references(document):
                    named = index.nearest(place)
                    if named is not None:
                        found.setdefault(target, []).append(named)
        return found.get(pointer, ())

    return users


def _references(document: Document) -> Iterator[tuple[str, str]]:
    """Every component that is referred to, with the pointer of the reference."""
    pointers = {key: pointer_of(document, named) for key, named in targets(document).items()}
    nodes: list[SchemaOrRef] = [*roots_of(document), *(named.schema for named in document.schemas)]
    for root in nodes:
        for node in walk(root):
            if isinstance(node, SchemaRef) and node.ref.target in pointers:
                yield pointers[node.ref.target], pointer_from(document.file, node.span.file, node.pointer)
