"""The whole machine: pairs in, rulings out."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from sdkloom.specdiff.compare import compare

from .checking import Complaints, Key, check
from .judgement import Judged, judge, programs_of, witnesses
from .pairs import Pair
from .program import Source
from .states import NoPackage, State, state

_AT_ONCE = 15
"""So many pairs go into one run of pyright."""


Proof = tuple[list[Judged], dict[str, str]]
"""What became of every verdict; and why some pairs can't be judged, by their names."""


def prove(pairs: Sequence[Pair], is_checked: bool = True, jobs: int = 1) -> Proof:
    """Judge every verdict of some pairs. Without `is_checked` no checker runs, and typing isn't judged."""
    parts = [pairs[start : start + _AT_ONCE] for start in range(0, len(pairs), _AT_ONCE)]
    if jobs == 1:
        proofs = [_prove(part, is_checked) for part in parts]
    else:
        with ProcessPoolExecutor(jobs) as pool:
            proofs = list(pool.map(_prove, parts, [is_checked] * len(parts)))
    skipped: dict[str, str] = {}
    for _, more in proofs:
        skipped.update(more)
    return [each for judged, _ in proofs for each in judged], skipped


def _prove(pairs: Sequence[Pair], is_checked: bool) -> Proof:
    skipped: dict[str, str] = {}
    ready: list[tuple[Pair, State, State, Source]] = []
    for pair in pairs:
        try:
            old, new = state(*pair.old), state(*pair.new)
        except NoPackage as error:
            skipped[pair.name] = str(error)
            continue
        ready.append((pair, old, new, programs_of(old, new)))
    return _judged(ready, is_checked), skipped


def _judged(ready: list[tuple[Pair, State, State, Source]], is_checked: bool) -> list[Judged]:
    said: dict[Key, list[Complaints]] = {}
    if is_checked:
        states = {each.key: each for _, old, new, _ in ready for each in (old, new)}
        sources = {f"{old.key}_{new.key}": programs for _, old, new, programs in ready}
        wanted = [
            (side.key, f"{old.key}_{new.key}")
            for _, old, new, _ in ready
            if old.code != new.code  # or else no checker can see a difference
            for side in (old, new)
        ]
        with tempfile.TemporaryDirectory(prefix="prove-") as folder:
            said = check(states, sources, wanted, Path(folder))
    judged: list[Judged] = []
    for pair, old, new, programs in ready:
        name = f"{old.key}_{new.key}"
        found = witnesses(old, new, programs, said.get((old.key, name)), said.get((new.key, name)))
        judged += judge(pair.name, compare(old.spec_state, new.spec_state), found)
    return judged
