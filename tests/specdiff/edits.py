"""Single edits of an OpenAPI document, as plain data: what a person could do to it in one step."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Path = tuple[Any, ...]

# Keywords that a schema may get, with a value for each.
KEYWORDS: dict[str, Any] = {
    "additionalProperties": {"type": "string"},
    "allOf": [{"minLength": 2}],
    "anyOf": [{"type": "string"}, {"type": "integer"}],
    "const": "a",
    "default": "a",
    "deprecated": True,
    "description": "Another text.",
    "enum": ["a", "b"],
    "examples": ["a"],
    "format": "date-time",
    "items": {"type": "integer"},
    "maximum": 9,
    "minLength": 3,
    "not": {"type": "integer"},
    "pattern": "^a",
    "readOnly": True,
    "required": ["added"],
    "title": "Another",
    "uniqueItems": True,
    "x-cost": 1,
}


class Edit(NamedTuple):
    """What is done where; `change` gives the new value of a node."""

    what: str
    path: Path
    change: Callable[[Any], Any]

    def apply(self, tree: Any) -> Any:
        new = copy.deepcopy(tree)
        if not self.path:
            return self.change(new)
        parent = new
        for key in self.path[:-1]:
            parent = parent[key]
        parent[self.path[-1]] = self.change(parent[self.path[-1]])
        return new


def edits(tree: Any) -> list[Edit]:
    """Every edit of every node, in the order of the document."""
    return [edit for path, node in _nodes(tree, ()) for edit in _edits(path, node)]


def _nodes(node: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    yield path, node
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in entries:
        yield from _nodes(inner, (*path, key))


def _edits(path: Path, node: Any) -> Iterator[Edit]:
    match node:
        case dict():
            for key in node:
                yield Edit(f"delete {key}", path, lambda old, key=key: _without(old, key))
            yield Edit("reverse", path, lambda old: dict(reversed(old.items())))
            if is_schema(path, node):
                yield from _edits_of_schema(path, node)
        case list():
            for index in range(len(node)):
                yield Edit(f"delete {index}", path, lambda old, index=index: old[:index] + old[index + 1 :])
            yield Edit("reverse", path, lambda old: old[::-1])
        case bool():
            yield Edit("flip", path, lambda old: not old)
        case str() if path[-1:] != ("$ref",):
            yield Edit("change", path, lambda old: old + "x")
        case int() | float():
            yield Edit("change", path, lambda old: old + 1)
        case _:
            return


def is_schema(path: Path, node: dict[str, Any]) -> bool:
    """Whether a node is a schema, and not a reference to one."""
    inside = path[-2:-1] in {("properties",), ("anyOf",), ("oneOf",), ("allOf",)}
    named = len(path) == 3 and path[:2] == ("components", "schemas")
    return "$ref" not in node and (inside or named or path[-1:] in {("schema",), ("items",), ("itemSchema",)})


def _edits_of_schema(path: Path, node: dict[str, Any]) -> Iterator[Edit]:
    for keyword, value in KEYWORDS.items():
        if node.get(keyword) != value:
            yield Edit(f"set {keyword}", path, lambda old, keyword=keyword, value=value: {**old, keyword: value})
    for kind in ("string", "integer", "array", "object", ["string", "null"]):
        if node.get("type") != kind:
            yield Edit(f"make it {kind}", path, lambda old, kind=kind: {**old, "type": kind})
    yield Edit("allow null", path, lambda old: {"anyOf": [old, {"type": "null"}]})
    yield Edit("make it a list", path, lambda old: {"type": "array", "items": old})
    if isinstance(node.get("enum"), list):
        yield Edit("add a value", path, lambda old: {**old, "enum": [*old["enum"], "added"]})
    if isinstance(node.get("properties"), dict):
        yield from _edits_of_properties(path, node)


def _edits_of_properties(path: Path, node: dict[str, Any]) -> Iterator[Edit]:
    yield Edit("add a property", path, lambda old: _with_property(old, "added", False))
    yield Edit("add a required property", path, lambda old: _with_property(old, "added", True))
    for name in node["properties"]:
        yield Edit(f"require or not {name}", path, lambda old, name=name: _flipped(old, name))
        yield Edit(f"rename {name}", path, lambda old, name=name: _renamed(old, name, f"{name}_now"))


def _without(old: dict[str, Any], key: Any) -> dict[str, Any]:
    return {name: value for name, value in old.items() if name != key}


def _with_property(old: dict[str, Any], name: str, required: bool) -> dict[str, Any]:
    new = {**old, "properties": {**old["properties"], name: {"type": "string"}}}
    return {**new, "required": [*old.get("required", []), name]} if required else new


def _flipped(old: dict[str, Any], name: str) -> dict[str, Any]:
    required = [other for other in old.get("required", []) if other != name]
    return {**old, "required": required if name in old.get("required", []) else [*required, name]}


def _renamed(old: dict[str, Any], name: str, to: str) -> dict[str, Any]:
    properties = {to if key == name else key: value for key, value in old["properties"].items()}
    required = [to if key == name else key for key in old.get("required", [])]
    return {**old, "properties": properties, "required": required}
