"""Values of which schemas say whether they fit: an independent validator is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

import attrs
import jsonschema_rs

from .places import Wrap
from .schemas import Change, Json

_TEXTS = (
    "",
    "x",
    "y",
    "xx",
    "c",
    "ca",
    "cat",
    "cart",
    "dog",
    "elk",
    "ELK",
    "fox",
    "moose",
    "drake",
    "caterpillar",
    "1",
)
_NUMBERS = (-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 5.5, 6, 8, 9, 10)
_KEYS = {
    "a": ("x", 1, None, "long text"),
    "b": (1, "x", True, None, 9, "long text"),
    "c": (True, "x", 1),
    "kind": ("cat", "dog", "elk"),
    "aye": ("x",),
    "bee": (1, "x"),
    "x": ("x", "long text", 1, None),
    "xyz": ("x", "long text", 1, None),
    "yes": (1, "x"),
    "z": (1, "x"),
}


def _pool() -> Iterator[Any]:
    yield from (None, True, False)
    yield from _TEXTS
    yield from _NUMBERS
    yield from ([], ["x"], ["x", "x"], ["x", "y"], ["x", "y", "z"], ["x", "y", "z", "q"], ["long text"], [1], [None])
    yield from (
        ["cat"],
        ["fox"],
        [1, 1],
        [{"a": "x"}],
        [True],
        [[]],
        ["x", 1],
        ["x", True],
        [1, 2, 3, 4],
        ["x", 1, "x"],
    )
    yield {}
    for key, values in _KEYS.items():
        yield from ({key: value} for value in values)
    for one, other in combinations(_KEYS, 2):
        for value in _KEYS[one]:
            for second in _KEYS[other]:
                yield {one: value, other: second}
    for extra, value in (("c", True), ("c", "x"), ("z", 1), ("x", "x"), ("x", 1), ("xyz", "long text")):
        yield {"a": "x", "b": 1, extra: value}
    yield {"a": "x", "b": 1, "c": 1, "d": 1}
    yield {"kind": "other"}
    yield {"x": "x", "y": "x", "z": "x"}
    yield {"x": "x", "y": "x", "z": "x", "q": "x"}
    yield {"xyz": "x", "y": "x", "z": "x"}
    yield from ({"kind": kind, key: value} for kind in _KEYS["kind"] for key in "abc" for value in ("long text", 1))


POOL = tuple(_pool())


@attrs.frozen(kw_only=True)
class Fit:
    """What became of the values that fit. `lost` fit before, `won` fit now."""

    lost: tuple[Any, ...]
    lost_of_declared: tuple[Any, ...]
    """Without values whose keys nothing declares: who sends these was told nothing of them."""
    won: tuple[Any, ...]
    kinds_won: frozenset[str]
    """Kinds of JSON that no value had that fitted before."""
    keys_lost: frozenset[str]
    """Keys that every object had that fitted before, and that may be missing now."""


def fit_of(change: Change, wrap: Wrap) -> Fit:
    """Return what becomes of values by a change within a schema."""
    return _fit(json.dumps([change.old, change.new]), json.dumps(change.samples), wrap)


@cache
def _fit(schemas: str, samples: str, wrap: Wrap) -> Fit:
    before_and_after = [_plain(each) for each in json.loads(schemas)]
    old, new = (jsonschema_rs.Draft202012Validator(wrap.schema(each)) for each in before_and_after)
    declared = jsonschema_rs.Draft202012Validator(_closed(before_and_after[0]))
    fits: list[tuple[Any, bool, bool]] = []
    for value in (*POOL, *json.loads(samples)):
        whole = wrap.value(value)
        fits.append((value, old.is_valid(whole), new.is_valid(whole)))
    before = [value for value, fitted, _ in fits if fitted]
    after = [value for value, _, fitting in fits if fitting]
    old_kinds = frozenset(map(_kind, before))
    if "float" in old_kinds:
        old_kinds |= {"int"}
    lost = tuple(value for value, fitted, fitting in fits if fitted and not fitting)
    refused = [value for value in lost if not (wrap.repeats and new.is_valid([value]))]
    return Fit(
        lost=lost,
        lost_of_declared=tuple(value for value in refused if wrap.is_condition or declared.is_valid(value)),
        won=tuple(value for value, fitted, fitting in fits if fitting and not fitted),
        kinds_won=frozenset(map(_kind, after)) - old_kinds,
        keys_lost=_always(_fitting(before_and_after[0])) - _always(_fitting(before_and_after[1])),
    )


def _fitting(schema: Json) -> list[Any]:
    validator = jsonschema_rs.Draft202012Validator(schema)
    return [value for value in POOL if validator.is_valid(value)]


def _closed(schema: Json) -> Json:
    """The schema, with no keys but those that it declares, if it declares any."""
    declares = "properties" in json.dumps(schema)
    return {"allOf": [schema], "unevaluatedProperties": False} if declares else schema


def _always(values: list[Any]) -> frozenset[str]:
    keys = [frozenset(value) for value in values if isinstance(value, dict)]
    return frozenset[str]().union(*keys[:1]).intersection(*keys[1:])


def _kind(value: Any) -> str:
    return type(value).__name__


def _plain(schema: Any) -> Any:
    """`nullable` of OpenAPI 3.0 as JSON Schema says it."""
    if isinstance(schema, list):
        return [_plain(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    found: Json = {key: _plain(value) for key, value in schema.items() if key != "nullable"}
    if schema.get("nullable") and isinstance(schema.get("type"), str):
        found["type"] = [schema["type"], "null"]
    return found
