"""The diagnostics of bodies and responses and their media types: as in `catalog.py`."""

from __future__ import annotations

from .rules import note as _note
from .rules import warning as _warning

BODY_NOT_OFFERED = _warning("LOW028", "bodies of type `{media}` can't be sent: the method sends `{chosen}`")
BODY_WITHOUT_SCHEMA = _warning("LOW029", "the body of type `{media}` has no schema: it may be anything")
SILENT_READS = _note(
    "LOW204",
    "methods that read, but return `None`, since the success of their `GET` has no `content`: {count}, of which this "
    "is the first; `with_raw_response` has what arrives",
    "describe the `content`, or say `returns` in sdk.yaml",
)
SCHEMA_UNUSED = _warning("LOW206", "the schema of {content} of type `{media}` isn't used: it is {given} as it is")
PART_HEADER = _warning(
    "LOW030",
    "the header `{header}` of the parts of `{name}` has no one value: it is left out",
    "give it a `const` in the document; a caller can send it with a file: `(name, file, type, headers)`",
)
