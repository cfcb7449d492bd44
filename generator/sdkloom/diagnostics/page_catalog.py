"""The diagnostics of lists that come page by page: as in `catalog.py`."""

from __future__ import annotations

from .rules import error as _error
from .rules import note as _note
from .rules import warning as _warning

PAGES_LACK = _error("CFG040", "pages of the kind `{kind}` need `{key}`: `{name}` has none")
PAGES_KEY_USELESS = _error("CFG041", "`{key}` means nothing for pages of the kind `{kind}`")
NO_PAGES = _error("CFG042", "`pages` has no `{name}`")
PAGES_MISFIT = _error("LOW160", "this method can't give pages of the kind `{name}`: {missing}")
PAGES_UNUSED = _warning(
    "LOW161",
    "no method has the parameters and the response that the pages `{name}` have",
    "compare the names with those of the document, or say `page: {name}` at a method",
)
PAGES_INFERRED = _note(
    "LOW162",
    "methods that give pages, `Sync{name}`: {count}, of which this is the first; {how}",
    "say it in sdk.yaml as one of `pages`, or switch it off: `infer_pages: false`",
)
