"""Names for schemas that are no component: targets of a `$ref` into another file, or deep into this one.

The shortest ending of `file / pointer` that no other schema has: `models/error.yml` is `error`, and when two files are
called so, `apps_error` and `databases_error`. Where that doesn't tell them apart (`…/oneOf/0` and `…/oneOf/1`), it is
their title, or else a number.
"""

from __future__ import annotations

import itertools
import posixpath
import re
from collections import Counter
from collections.abc import Iterable

from ..source.nodes import MappingNode, ScalarNode
from .files import Target
from .pointers import unescape

_STRUCTURE = frozenset(
    {
        "$defs",
        "additionalProperties",
        "allOf",
        "anyOf",
        "components",
        "content",
        "definitions",
        "headers",
        "items",
        "models",
        "not",
        "oneOf",
        "parameters",
        "pathItems",
        "paths",
        "properties",
        "requestBodies",
        "resources",
        "responses",
        "schema",
        "schemas",
        "shared",
        "specification",
        "unevaluatedProperties",
    }
)
"""Words that say where a schema stands, not what it is."""
_NOT_NAME = re.compile(r"[^A-Za-z0-9]+")


def name_targets(targets: Iterable[Target], taken: Iterable[str], document: str) -> dict[str, str]:
    """Return a name for each target, by its key.

    Files are seen from the folder of `document`, so that names don't depend on where that lies.
    """
    used = {_folded(name) for name in taken}
    folder = posixpath.dirname(document) or "."
    words = {target.key: _words(target, folder) for target in targets}
    by_key = {target.key: target for target in targets}
    titles = Counter(_folded(_title(target)) for target in targets)
    names: dict[str, str] = {}
    open_keys = sorted(words)
    for length in range(1, max((len(parts) for parts in words.values()), default=0) + 1):
        groups: dict[str, list[str]] = {}
        for key in open_keys:
            groups.setdefault(_folded(_ending(words[key], length)), []).append(key)
        for folded, keys in groups.items():
            if len(keys) == 1 and folded not in used:
                names[keys[0]] = _ending(words[keys[0]], length)
        used.update(_folded(name) for name in names.values())
        open_keys = [key for key in open_keys if key not in names]
    for key in open_keys:
        title = _title(by_key[key])
        numbered = (f"{'_'.join(words[key])}_{number}" for number in itertools.count(_position(by_key[key])))
        own = [title] if _folded(title) and titles[_folded(title)] == 1 else []
        names[key] = next(name for name in itertools.chain(own, numbered) if _folded(name) not in used)
        used.add(_folded(names[key]))
    return names


def _title(target: Target) -> str:
    title = target.node.entries.get("title") if isinstance(target.node, MappingNode) else None
    return title.value if isinstance(title, ScalarNode) and isinstance(title.value, str) else ""


def _position(target: Target) -> int:
    """Which one it is of its list, if it stands in one: `…/oneOf/0` is the first."""
    last = target.pointer.rpartition("/")[2]
    return int(last) + 1 if last.isdecimal() else 2


def _words(target: Target, folder: str) -> list[str]:
    """What a name can be made of, from the outermost folder to the last step."""
    steps = [unescape(step) for step in target.pointer.split("/")[1:]]
    stem = posixpath.splitext(posixpath.relpath(target.file, folder))[0]
    folders = [part for part in stem.split("/") if part not in ("", ".", "..")]
    named = [step for step in steps if step not in _STRUCTURE and not step.isdecimal()]
    if len(steps) > 1 and named and not _is_component(steps):
        named = ["_".join(named)]
    outer = [part for part in folders if part not in _STRUCTURE] or folders
    parts = [_NOT_NAME.sub("_", part).strip("_") for part in [*outer, *named]]
    return [part for part in parts if part] or ["schema"]


def _is_component(steps: list[str]) -> bool:
    return len(steps) == 3 and steps[0] == "components"


def _ending(words: list[str], length: int) -> str:
    return "_".join(words[-length:])


def _folded(name: str) -> str:
    """Names that would become the same Python name."""
    return _NOT_NAME.sub("", name).lower()
