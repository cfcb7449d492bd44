"""The whole machine: pairs in, rulings out."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import attrs

from sdkloom.specdiff.compare import compare
from sdkloom.specdiff.model import Column, Finding

from .checking import Complaints, Key, check
from .judgement import Judged, Witness, judge, programs_of, witnesses
from .pairs import Pair
from .program import Source
from .states import NoPackage, State, state

_AT_ONCE = 15
"""So many pairs go into one run of pyright."""


Proof = tuple[list[Judged], dict[str, str]]
"""What became of every verdict; and why some pairs can't be judged, by their names."""


@attrs.frozen(kw_only=True)
class Evidence:
    """What is found about one pair."""

    pair: Pair
    findings: tuple[Finding, ...]
    witnesses: dict[Column, list[Witness]]

    def judged(self) -> list[Judged]:
        """The verdicts of all findings, and what no finding covers."""
        return list(judge(self.pair.name, self.findings, self.witnesses))


def prove(pairs: Sequence[Pair], jobs: int = 1) -> Proof:
    """Judge every verdict of some pairs."""
    parts = [pairs[start : start + _AT_ONCE] for start in range(0, len(pairs), _AT_ONCE)]
    if jobs == 1:
        proofs = [_prove(part) for part in parts]
    else:
        with ProcessPoolExecutor(jobs) as pool:
            proofs = list(pool.map(_prove, parts))
    skipped: dict[str, str] = {}
    for _, more in proofs:
        skipped.update(more)
    return [each for judged, _ in proofs for each in judged], skipped


def _prove(pairs: Sequence[Pair]) -> Proof:
    found, skipped = evidence(pairs)
    return [each for of_pair in found for each in of_pair.judged()], skipped


def evidence(pairs: Sequence[Pair]) -> tuple[list[Evidence], dict[str, str]]:
    """Run and check the programs of some pairs, all of them at once. Why a pair can't be judged stands beside it."""
    skipped: dict[str, str] = {}
    ready: list[tuple[Pair, State, State, Source]] = []
    for pair in pairs:
        try:
            old, new = state(*pair.old), state(*pair.new)
        except NoPackage as error:
            skipped[pair.name] = str(error)
            continue
        ready.append((pair, old, new, programs_of(old, new)))
    said = _checked(ready)
    found: list[Evidence] = []
    for pair, old, new, programs in ready:
        name = f"{old.key}_{new.key}"
        seen = witnesses(old, new, programs, said.get((old.key, name)), said.get((new.key, name)))
        found.append(Evidence(pair=pair, findings=compare(old.spec_state, new.spec_state), witnesses=seen))
    return found, skipped


def _checked(ready: list[tuple[Pair, State, State, Source]]) -> dict[Key, list[Complaints]]:
    states = {each.key: each for _, old, new, _ in ready for each in (old, new)}
    sources = {f"{old.key}_{new.key}": programs for _, old, new, programs in ready}
    wanted = [
        (side.key, f"{old.key}_{new.key}")
        for _, old, new, _ in ready
        if old.code != new.code  # or else no checker can see a difference
        for side in (old, new)
    ]
    if not wanted:
        return {}
    with tempfile.TemporaryDirectory(prefix="prove-") as folder:
        return check(states, sources, wanted, Path(folder))
