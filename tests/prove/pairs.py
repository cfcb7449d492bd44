"""The pairs of states that are compared: those of `tests/specdiff`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs

from ..specdiff.test_rules import CASES, texts


@attrs.frozen
class Pair:
    """Two states, as texts of a document and of an sdk.yaml. `case` is the rule whose folder they stand in."""

    name: str
    case: str
    old: tuple[str, str | None]
    new: tuple[str, str | None]


def pairs(cases: tuple[str, ...] = ()) -> Iterator[Pair]:
    """Yield the pairs of some rules, or of all: the change, the way back, and what looks like it and is harmless."""
    for case in cases or CASES:
        found = {name: side(case, name) for name in ("base", "revision", "neighbour", "harmless")}
        base, revision = found["base"], found["revision"]
        assert base is not None and revision is not None
        yield Pair(case, case, base, revision)
        yield Pair(f"{case} (back)", case, revision, base)
        for name in ("neighbour", "harmless"):
            other = found[name]
            if other is not None:
                yield Pair(f"{case} ({name})", case, base, other)


def side(case: str, name: str) -> tuple[str, str | None] | None:
    """One of the states in the folder of a rule, if it is there."""
    found = texts(case)
    if f"{name}.yaml" not in found:
        return None
    return found[f"{name}.yaml"], found.get(f"{name}.sdk.yaml", found.get("base.sdk.yaml"))


def folder_of(case: str) -> Path:
    """The folder of a rule."""
    return Path(__file__).parents[1] / "specdiff" / "rules" / case
