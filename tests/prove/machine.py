"""The whole machine: pairs in, rulings out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from .checking import Complaints, Key, check
from .judgement import Judged, judge, programs_of, witnesses
from .pairs import Pair
from .program import Source
from .states import NoPackage, State, state

_AT_ONCE = 60
"""So many packages go into one run of pyright."""


def prove(pairs: Iterable[Pair], is_checked: bool = True) -> tuple[list[Judged], dict[str, str]]:
    """Judge every verdict of some pairs; and why some pairs can't be judged, by their names. Without `is_checked` no
    checker runs, and typing isn't judged."""
    judged: list[Judged] = []
    skipped: dict[str, str] = {}
    ready: list[tuple[Pair, State, State, Source]] = []
    for pair in pairs:
        try:
            old, new = state(*pair.old), state(*pair.new)
        except NoPackage as error:
            skipped[pair.name] = str(error)
            continue
        ready.append((pair, old, new, programs_of(old, new)))
    for start in range(0, len(ready), _AT_ONCE):
        judged += _some(ready[start : start + _AT_ONCE], is_checked)
    return judged, skipped


def _some(ready: list[tuple[Pair, State, State, Source]], is_checked: bool) -> list[Judged]:
    said: dict[Key, list[Complaints]] = {}
    if is_checked:
        states = {each.key: each for _, old, new, _ in ready for each in (old, new)}
        sources = {f"{old.key}_{new.key}": programs for _, old, new, programs in ready}
        wanted = [(side.key, f"{old.key}_{new.key}") for _, old, new, _ in ready for side in (old, new)]
        with tempfile.TemporaryDirectory(prefix="prove-") as folder:
            said = check(states, sources, wanted, Path(folder))
    judged: list[Judged] = []
    for pair, old, new, programs in ready:
        name = f"{old.key}_{new.key}"
        found = witnesses(old, new, programs, said.get((old.key, name)), said.get((new.key, name)))
        judged += judge(pair.name, old, new, found)
    return judged
