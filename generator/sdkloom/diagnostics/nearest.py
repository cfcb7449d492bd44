"""Guesses what somebody meant, for hints."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like `name`, if one is like it at all."""
    by_folded = {known_name.casefold(): known_name for known_name in sorted(known, reverse=True)}
    found = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.7)
    if not found:  # letters that changed places weigh much in short names: `gte`
        found = [folded for folded in by_folded if sorted(folded) == sorted(name.casefold())]
    return by_folded[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str], otherwise: str | None = None) -> str | None:
    """A hint that asks ``did you mean `paths`?``; `otherwise` if no known name is like it."""
    guess = nearest(name, known)
    return f"did you mean `{guess}`?" if guess else otherwise
