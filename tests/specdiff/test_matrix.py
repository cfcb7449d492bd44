"""A sample of the matrix: cells on diagonals, so that every place and every change has some.
`python -m tests.specdiff.matrix` tries all of them."""

from __future__ import annotations

from functools import cache

from .matrix.__main__ import cells, line
from .matrix.judge import Cell
from .matrix.places import PLACES


@cache
def sample() -> tuple[Cell, ...]:
    return tuple(cells(step=41))


def test_sample() -> None:
    assert [line(cell) for cell in sample() if cell.wrong] == []


def test_sample_is_large_enough() -> None:
    assert len(sample()) >= 600
    assert {cell.place.name for cell in sample()} == {place.name for place in PLACES}
