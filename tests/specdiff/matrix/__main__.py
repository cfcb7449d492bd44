"""Tries every change at every place, and prints what is wrong: `python -m tests.specdiff.matrix [WORD ...]`.

A WORD picks places and changes by a part of their names.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from .changes import CHANGES
from .judge import Cell, forget, judged
from .places import PLACES


def cells(step: int = 1, words: Iterable[str] = ()) -> Iterator[Cell]:
    """Judge every change at every place, or one cell of `step`: so that each place and each change has some. Names have
    all of `words`."""
    for row, place in enumerate(PLACES):
        for column, change in enumerate(CHANGES):
            name = f"{place.name} | {change.name}"
            if (row + column) % step == 0 and all(word in name for word in words):
                cell = judged(place, change)
                if cell is not None:
                    yield cell
        forget()


def line(cell: Cell) -> str:
    """Return a cell in words: where, what, what is wrong, what was found."""
    return f"{cell.place.name} | {cell.change.name}: {'; '.join(cell.wrong)} [{', '.join(cell.rules)}]"


def table(found: Iterable[Cell]) -> str:
    """Return a line for each place: its cells, those that are silent, and those with a false finding."""
    found = list(found)
    lines = [f"{'place':55} cells silent false"]
    for place in PLACES:
        own = [cell for cell in found if cell.place is place]
        silent = sum(any(text == "silent" or "at least" in text for text in cell.wrong) for cell in own)
        false = sum(any(text != "silent" and "at least" not in text for text in cell.wrong) for cell in own)
        lines.append(f"{place.name:55} {len(own):5} {silent:6} {false:5}")
    wrong = sum(bool(cell.wrong) for cell in found)
    return "\n".join([*lines, f"{len(found)} cells, {wrong} wrong"])


def main() -> int:
    """Print the table, and each cell that is wrong; return 1 if there is one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--by", choices=("change", "place"))
    options = parser.parse_args()
    found: list[Cell] = []
    for cell in cells(options.step, options.words):
        found.append(cell)
        if cell.wrong and not options.by:
            print(line(cell), flush=True)
    if options.by:
        wrong = Counter((getattr(cell, options.by).name, text[:60]) for cell in found for text in cell.wrong)
        for (name, text), count in wrong.most_common():
            print(f"{count:4} {name}: {text}")
    print(table(found))
    return 1 if any(cell.wrong for cell in found) else 0


if __name__ == "__main__":
    sys.exit(main())
