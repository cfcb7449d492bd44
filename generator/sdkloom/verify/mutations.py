"""Payloads with one thing wrong: a key removed, or a value broken."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

import attrs

from .schemas import Json, as_list, as_object

Path = tuple[str | int, ...]

_MOST = 500
"""Of one payload. Each is a copy of it."""


@attrs.frozen(kw_only=True)
class Mutation:
    """`how`: `removed`, `null`, `other type` or `other text`; `path` leads to the value."""

    how: str
    path: Path
    payload: Json = attrs.field(eq=False)


def mutations(payload: Json, chance: random.Random, *, everything: bool) -> Iterator[Mutation]:
    """Each key of the root in every way, or else a few keys at any depth."""
    places = list(_places(payload))
    chosen: list[tuple[Path, str]] = []
    if everything:
        at_root = [path for path in places if len(path) == 1]
        chosen += [(path, how) for path in at_root for how in _ways(_value_at(payload, path))]
        places = [path for path in places if len(path) > 1]
    for path in chance.sample(places, min(3, len(places))):
        ways = _ways(_value_at(payload, path))
        chosen.append((path, ways[chance.randrange(len(ways))]))
    if len(chosen) > _MOST:
        chosen = chance.sample(chosen, _MOST)
    for path, how in chosen:
        yield Mutation(how=how, path=path, payload=_changed(payload, path, how))


def _places(value: Json, path: Path = ()) -> Iterator[Path]:
    """The path of every key in `value`."""
    for key, inner in as_object(value).items():
        yield (*path, key)
        yield from _places(inner, (*path, key))
    for position, inner in enumerate(as_list(value)):
        yield from _places(inner, (*path, position))


def _ways(value: Json) -> tuple[str, ...]:
    return ("removed", "null", "other type", *(("other text",) if isinstance(value, str) else ()))


def _value_at(payload: Json, path: Path) -> Json:
    for step in path:
        payload = payload[step]
    return payload


def _changed(payload: Json, path: Path, how: str) -> Json:
    changed = copy.deepcopy(payload)
    parent: Any = _value_at(changed, path[:-1])
    if how == "removed":
        del parent[path[-1]]
    elif how == "null":
        parent[path[-1]] = None
    elif how == "other text":
        parent[path[-1]] = "no such value"
    else:
        parent[path[-1]] = ["broken"] if isinstance(parent[path[-1]], dict) else {"broken": True}
    return changed
