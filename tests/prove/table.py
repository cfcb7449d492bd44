"""The table of a run: what the machine says of each rule in each column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sdkloom.specdiff.model import Column, Impact
from sdkloom.specdiff.rules import RULES

from .judgement import Judged, Ruling
from .undecided import UNDECIDED

_WORDS = {Impact.OK: "fine", Impact.LOOK: "look", Impact.BREAKS: "breaks"}

Cell = tuple[str, Column]


def rulings(judged: Iterable[Judged]) -> dict[Cell, Ruling]:
    """What is said of each rule in each column. A verdict is refuted if it is once; it is proven if it is once, and
    never refuted."""
    found: dict[Cell, set[Ruling]] = {}
    for each in judged:
        found.setdefault((each.rule, each.column), set()).add(each.ruling)
    order = (Ruling.REFUTED, Ruling.PROVEN, Ruling.NOT_SEEN)
    made = {cell: next(ruling for ruling in order if ruling in seen) for cell, seen in found.items()}
    return {cell: _decided(cell, ruling) for cell, ruling in made.items()}


def _decided(cell: Cell, ruling: Ruling) -> Ruling:
    rule, column = cell
    is_listed = column.value in UNDECIDED.get(rule, {})
    return Ruling.UNDECIDED if is_listed and ruling is Ruling.NOT_SEEN else ruling


def wrong(judged: Iterable[Judged]) -> list[Judged]:
    """The verdicts that make a run red: all that are refuted, and those that nothing shows in any pair."""
    judged = list(judged)
    found = rulings(judged)
    bad = (Ruling.REFUTED, Ruling.NOT_SEEN)
    return [each for each in judged if found[each.rule, each.column] in bad and each.ruling in bad]


def superfluous(judged: Iterable[Judged]) -> list[Cell]:
    """Entries of the list of what can't be decided, though it was decided."""
    return [
        cell
        for cell, ruling in rulings(judged).items()
        if cell[1].value in UNDECIDED.get(cell[0], {}) and ruling is not Ruling.UNDECIDED
    ]


def table(judged: Iterable[Judged]) -> str:
    """The rulings as text, a line for each rule, and how many there are of each kind."""
    judged = list(judged)
    found = rulings(judged)
    rules = list(dict.fromkeys(each.rule for each in judged))
    width = max(map(len, rules), default=0)
    lines = [f"{'':{width}}  " + "".join(f"{column.value:22}" for column in Column)]
    for name in sorted(rules):
        cells = [_cell(name, column, found.get((name, column))) for column in Column]
        lines.append(f"{name:{width}}  {''.join(f'{cell:22}' for cell in cells)}".rstrip())
    counts = Counter(found.values())
    lines += ["", f"{len(rules)} rules, {len(judged)} verdicts of findings"]
    lines += [f"{counts[ruling]:5} {ruling.value}" for ruling in Ruling]
    for (name, column), ruling in sorted(found.items(), key=lambda item: (item[0][0], item[0][1].value)):
        if ruling is Ruling.UNDECIDED:
            lines.append(f"      {name}, {column.value}: {UNDECIDED[name][column.value]}")
    return "\n".join(lines) + "\n"


def _cell(name: str, column: Column, ruling: Ruling | None) -> str:
    if ruling is None or name not in RULES:
        return "" if ruling is None else ruling.value
    return f"{_WORDS[RULES[name].verdict.of(column)]}: {ruling.value}"
