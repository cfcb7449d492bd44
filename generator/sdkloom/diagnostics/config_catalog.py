"""The diagnostics of how sdk.yaml and the document go together, in the form of those in `catalog.py`."""

from __future__ import annotations

from .rules import error as _error
from .rules import warning as _warning

# LOW: resources and methods

NOT_INFERRED = _error("LOW140", "no method `{name}` of `{resource}` follows from the document")
INFERRED_ELSEWHERE = _warning(
    "LOW141",
    "`{wanted}` would be `{endpoint}`, which is called `{name}` now",
    "list that method too, under the name that it shall have",
)
UNKNOWN_LIKE = _error("LOW142", "this resource has no generated method `{name}`")
SKIPS_NOTHING = _warning("LOW143", "`{pattern}` fits no operation of the document", "remove it from `skip`")
