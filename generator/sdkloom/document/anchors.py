"""Anchors: names that schemas give to themselves, for references such as `#pet`."""

from __future__ import annotations

from collections.abc import Iterator

from ..source.nodes import MappingNode, Node, ScalarNode, SequenceNode
from .pointers import escape

Place = tuple[str, Node]
"""A JSON pointer, and what stands there."""


def find_anchors(root: Node) -> dict[str, Place]:
    """Return where each `$anchor` of a file stands, the first of equal ones (JSON Schema 2020-12 core §8.2.2)."""
    found: dict[str, Place] = {}
    pending: list[Place] = [("", root)]
    while pending:
        pointer, node = pending.pop()
        anchor = node.entries.get("$anchor") if isinstance(node, MappingNode) else None
        if isinstance(anchor, ScalarNode) and isinstance(anchor.value, str):
            found.setdefault(anchor.value, (pointer, node))
        pending += reversed(list(_inside(pointer, node)))
    return found


def _inside(pointer: str, node: Node) -> Iterator[Place]:
    if isinstance(node, MappingNode):
        for key, value in node.entries.items():
            yield f"{pointer}/{escape(key)}", value
    elif isinstance(node, SequenceNode):
        for position, item in enumerate(node.items):
            yield f"{pointer}/{position}", item
