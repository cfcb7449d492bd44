"""The pairs of states that are compared: those of `tests/specdiff`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import attrs

from ..specdiff.test_rules import CASES, texts


@attrs.frozen
class Pair:
    """Two states, as texts of a document and of an sdk.yaml. `case` is the rule whose folder they stand in, `kind` is
    one of `KINDS`."""

    case: str
    kind: str
    old: tuple[str, str | None]
    new: tuple[str, str | None]

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.case if self.kind == "change" else f"{self.case} ({self.kind})"


KINDS = ("change", "back", "neighbour", "harmless")


def pairs(cases: tuple[str, ...] = (), kinds: Collection[str] = KINDS) -> Iterator[Pair]:
    """Yield the pairs of some rules, or of all: the change, the way back, and what looks like it and is harmless."""
    for case in cases or CASES:
        found = {name: side(case, name) for name in ("base", "revision", "neighbour", "harmless")}
        base, revision = found["base"], found["revision"]
        assert base is not None and revision is not None
        sides = {"change": (base, revision), "back": (revision, base)}
        sides |= {name: (base, other) for name in KINDS[2:] if (other := found[name]) is not None}
        yield from (Pair(case, kind, *both) for kind, both in sides.items() if kind in kinds)


def side(case: str, name: str) -> tuple[str, str | None] | None:
    """One of the states in the folder of a rule, if it is there."""
    found = texts(case)
    if f"{name}.yaml" not in found:
        return None
    return found[f"{name}.yaml"], found.get(f"{name}.sdk.yaml", found.get("base.sdk.yaml"))


def folder_of(case: str) -> Path:
    """The folder of a rule."""
    return Path(__file__).parents[1] / "specdiff" / "rules" / case
