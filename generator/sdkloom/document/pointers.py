"""JSON pointers (RFC 6901): their steps, and those of an operation and of a security scheme."""

from __future__ import annotations

import posixpath

from ..diagnostics.span import NOWHERE
from .model import Operation


def escape(key: str) -> str:
    """Return a key as a step of a JSON pointer: `a/b` → `a~1b` (RFC 6901 §3)."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key


def unescape(step: str) -> str:
    """Return the key that a step of a JSON pointer names: `a~1b` → `a/b` (RFC 6901 §4)."""
    return step.replace("~1", "/").replace("~0", "~")


def pointer_from(document: str, file: str, pointer: str) -> str:
    """Return `pointer` as a reference that stands in the file `document` would write it.

    `#/components/schemas/Pet` in the document itself, and `models/pet.yaml#/Pet` in another file.
    """
    if file in (document, NOWHERE.file):
        return f"#{pointer}"
    return f"{posixpath.relpath(file, posixpath.dirname(document) or '.')}#{pointer}"


def operation_pointer(operation: Operation) -> str:
    """Return `#/paths/~1pets/get`: where the document lists the operation, even if the path item is in another file."""
    return f"#/paths/{escape(operation.path)}/{operation.method.lower()}"


def scheme_pointer(name: str) -> str:
    """Return `#/components/securitySchemes/api_key` for the name of a security scheme."""
    return f"#/components/securitySchemes/{escape(name)}"
