"""Names for schemas that are no component: targets of a `$ref` into another file, or deep into this one.

The shortest ending of `file / pointer` that no other schema has: `models/error.yml` is `error`, and when two files are
called so, `apps_error` and `databases_error`. Nothing depends on the order of the document.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping

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
    }
)
"""Words that say where a schema stands, not what it is."""
_NOT_NAME = re.compile(r"[^A-Za-z0-9]+")


def name_targets(
    targets: Iterable[Target], taken: Iterable[str], document: str
) -> tuple[dict[str, str], list[list[Target]]]:
    """Return a name for each target, by its key; and the groups of targets for which there is none.

    Files are seen from the folder of `document`, so that names don't depend on where that lies.
    """
    used = {_folded(name) for name in taken}
    folder = posixpath.dirname(document) or "."
    words = {target.key: _words(target, folder) for target in targets}
    by_key = {target.key: target for target in targets}
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
    return names, _groups(open_keys, words, by_key)


def _groups(keys: list[str], words: Mapping[str, list[str]], by_key: Mapping[str, Target]) -> list[list[Target]]:
    groups: dict[str, list[Target]] = {}
    for key in keys:
        groups.setdefault(_folded("_".join(words[key])), []).append(by_key[key])
    return list(groups.values())


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
