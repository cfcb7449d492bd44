"""Regular expressions of a document (JSON Schema 2020-12 validation §6.3.3), in time and memory that are bounded.

Python's `re` would do neither: `^(a+)+$` takes exponential time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_PLAIN = re.compile(r"(?<=\\[dswDSW])-(?=[^\]])|(?<!\\)(?<!\\[pPxu])\{(?!\d+(,\d*)?\})")
r"""Characters that stand for themselves (ECMA-262 Annex B.1.2) where other dialects want an escape: `[\w-.]`, `{x`."""

_STEPS = 10_000
"""How often a match may go back and try something else; then the text doesn't fit."""

_SIZE = 10 * 2**20
"""Bytes of a compiled expression."""


@lru_cache(maxsize=1024)
def matcher(pattern: str) -> Callable[[str], bool] | None:
    """A function that tells whether a text fits; `None` for what is no regular expression, or one that is too large."""
    import jsonschema_rs  # not needed for a document without patterns

    pattern = _PLAIN.sub(r"\\\g<0>", pattern)
    options = jsonschema_rs.FancyRegexOptions(backtrack_limit=_STEPS, size_limit=_SIZE, dfa_size_limit=_SIZE)
    try:
        return jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=options).is_valid
    except (ValueError, UnicodeError):
        return None
