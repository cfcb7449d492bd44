"""The diagnostics of overlays, in the form of those in `catalog.py`."""

from __future__ import annotations

from .rules import error as _error
from .rules import fault as _fault
from .rules import warning as _warning

NOT_OVERLAY = _error("OVL001", "this is not an overlay: there is no key `overlay`", "begin with `overlay: 1.0.0`")
UNSUPPORTED_VERSION = _error(
    "OVL002", "version `{version}` of the Overlay Specification is not supported", "supported: 1.0.x, 1.1.x"
)
UNKNOWN_KEY = _fault("OVL003", "`{key}` is not a key of {what}")
MISSING_KEY = _error("OVL004", "`{key}` is missing in {what}")
MISSING_INFO = _fault("OVL005", "`info` is missing in this overlay", "it has a `title` and a `version`")
BAD_PATH = _error(
    "OVL006",
    "`{path}` is no JSONPath: {error}",
    "as in RFC 9535: `$.paths['/pets'].get`, `$.paths.*.*`, `$..[?@.deprecated]`",
)
SELECTS_NOTHING = _warning(
    "OVL007", "`{path}` selects nothing: the action has no effect", "remove it, or correct the path"
)
MAPPING_EXPECTED = _error("OVL008", "`{path}` selects {found}: `{key}` must be a mapping to merge into it, not {given}")
PRIMITIVE_TARGET = _error(
    "OVL009",
    "`{path}` selects {found}; Overlay 1.0 changes mappings and lists only",
    "select what holds it, or write `overlay: 1.1.0`",
)
PRIMITIVE_EXPECTED = _error("OVL010", "`{path}` selects {found}: `{key}` can't replace it by {given}")
REMOVES_ALL = _error("OVL011", "`{path}` selects the whole document, which can't be removed")
COPIES_ONE = _error("OVL012", "`copy` copies one node, and `{path}` selects {count}")
DOES_NOTHING = _warning("OVL013", "this action has neither `update` nor `remove: true` nor `copy`")
NO_EFFECT = _warning("OVL014", "`{key}` has no effect beside `{other}`", "make two actions of it")
LATER_KEY = _fault("OVL015", "`copy` comes with Overlay 1.1, and this is a 1.0 overlay", "write `overlay: 1.1.0`")
EXTENDS_ANOTHER = _warning("OVL016", "this overlay extends `{extends}`, and is laid over `{path}`")
TOO_LARGE = _error(
    "OVL017",
    "with this overlay the document has more than {values} values or {depth} levels",
    "`--limit values=…` allows more",
)
