"""Limits of values that `annotated-types` has no class for."""

from __future__ import annotations

import re

from ._typing import override


class Matches:
    """Tells whether a part of a text fits a regular expression (JSON Schema 2020-12 validation §6.3.3).

    `Annotated[str, Predicate(Matches("^a"))]` is for pydantic and other readers; the SDK itself doesn't look at it.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __call__(self, text: str) -> bool:
        return re.search(self.pattern, text) is not None

    @override
    def __repr__(self) -> str:
        return f"Matches({self.pattern!r})"

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Matches) and self.pattern == other.pattern

    @override
    def __hash__(self) -> int:
        return hash((Matches, self.pattern))
