"""Parts of a document without what only documents them."""

from __future__ import annotations

import enum
from typing import cast

import attrs

_DOCS = frozenset({"description", "title", "summary", "examples", "extensions"})


def meaning(value: object) -> object:
    """`value` as nested tuples, without places and without texts for people."""
    if isinstance(value, tuple):
        return tuple(meaning(item) for item in cast("tuple[object, ...]", value))
    if isinstance(value, enum.Enum) or not attrs.has(type(value)):
        return value
    fields = [field for field in attrs.fields(type(value)) if field.eq and field.name not in _DOCS]
    return (type(value).__name__, *(meaning(getattr(value, field.name)) for field in fields))
