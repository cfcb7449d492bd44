"""Random edits of a document as plain data, most of them such that it still looks like OpenAPI."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

Path = tuple[Any, ...]

ODD_TEXTS = (
    "",
    " ",
    "class",
    "self",
    "__init__",
    "con",
    "../../x",
    "a/b",
    "a\nb",
    "a\r\nX: 1",
    '"""',
    "'''\\",
    "\\",
    "{{ 7*7 }}",
    "{% raw %}",
    "-->",
    "<script>",
    "`x`",
    "\u202ea",
    "\u2028",
    "\x85",
    "\x1b[31m",
    "\ud800",
    "é" * 300,
    "x" * 5000,
    "#/components/schemas/Nothing",
    "#/",
    "https://example.com/a#b",
    "null",
    "1e999",
)
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**70, 1.5, 1e308, [], {}, [None], [[]], {"": None}, {"$ref": 1}, {"$ref": "#/paths"},
)  # fmt: skip
SCHEMAS: tuple[Any, ...] = (
    True,
    {"type": "object"},
    {"type": ["string", "null"]},
    {"type": "array"},
    {"type": "array", "items": {"type": "array", "items": {}}},
    {"enum": []},
    {"enum": [1, "1", None, True]},
    {"const": {}},
    {"oneOf": []},
    {"anyOf": [{"type": "string"}, {"type": "integer"}]},
    {"allOf": [{"type": "string"}, {"type": "object"}]},
    {"not": {}},
    {"type": "string", "format": "date-time", "default": "soon"},
    {"type": "object", "required": ["nothing"], "additionalProperties": {"type": "number"}},
    {"type": "object", "properties": {"class": {"type": "integer"}, "Class": {"type": "string"}, "": {}}},
)
COMPOSERS = ("allOf", "anyOf", "oneOf", "items", "not", "additionalProperties")


def places(tree: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every node of a tree, the root first."""
    yield path
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from places(value, (*path, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from places(value, (*path, index))


def at(tree: Any, path: Path) -> Any:
    """The node at a path."""
    for step in path:
        tree = tree[step]
    return tree


def mutated(tree: Any, chance: random.Random, times: int) -> Any:
    """A copy of a tree after some random edits."""
    made = copy.deepcopy(tree)
    for _ in range(times):
        paths = [path for path in places(made) if path]
        if not paths:
            return made
        path = chance.choice(paths)
        edit = chance.choice(EDITS)
        edit(made, path, at(made, path[:-1]), chance)
    return made


def _remove(tree: Any, path: Path, parent: Any, chance: random.Random) -> None:
    del parent[path[-1]]


def _odd(tree: Any, path: Path, parent: Any, chance: random.Random) -> None:
    parent[path[-1]] = copy.deepcopy(chance.choice([*ODD_VALUES, *ODD_TEXTS]))


def _odd_text(tree: Any, path: Path, parent: Any, chance: random.Random) -> None:
    if isinstance(parent[path[-1]], str):
        parent[path[-1]] = chance.choice([chance.choice(ODD_TEXTS), parent[path[-1]] + chance.choice(ODD_TEXTS)])


def _rename(tree: Any, path: Path, parent: Any, chance: random.Random) -> None:
    if isinstance(parent, dict):
        key = chance.choice([chance.choice(ODD_TEXTS), path[-1] + "_", path[-1].upper(), chance.choice(list(parent))])
        parent[key] = parent.pop(path[-1])


def _schema(tree: Any, path: Path, parent: Any, chance: random.Random) -> None:
    if isinstance(parent[path[-1]], dict):
        parent[path[-1]] = copy.deepcopy(chance.choice(SCHEMAS))


def _wrap(tree: Any, path: Path, parent: Any, chance: random.Random) -> None:
    inner = parent[path[-1]]
    if isinstance(inner, dict):
        word = chance.choice(COMPOSERS)
        parent[path[-1]] = {word: [inner, copy.deepcopy(chance.choice(SCHEMAS))] if word.endswith("Of") else inner}


def _copy(tree: Any, path: Path, parent: Any, chance: random.Random) -> None:
    source = chance.choice([each for each in places(tree) if each])
    parent[path[-1]] = copy.deepcopy(at(tree, source))


def _refer(tree: Any, path: Path, parent: Any, chance: random.Random) -> None:
    target = chance.choice([each for each in places(tree) if each])
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in target)
    parent[path[-1]] = {"$ref": "#/" + "/".join(steps)}


def _repeat(tree: Any, path: Path, parent: Any, chance: random.Random) -> None:
    if isinstance(parent, list):
        parent.append(copy.deepcopy(parent[path[-1]]))
    elif isinstance(parent, dict):
        parent[f"{path[-1]}2"] = copy.deepcopy(parent[path[-1]])


EDITS: tuple[Callable[[Any, Path, Any, random.Random], None], ...] = (
    _remove, _odd, _odd_text, _rename, _schema, _wrap, _copy, _refer, _repeat,
)  # fmt: skip
