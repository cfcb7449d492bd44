"""Parts of a document or a config without what only documents them."""

from __future__ import annotations

import enum
from typing import cast

import attrs

from ..document.model import Schema

_DOCS = frozenset({"description", "title", "summary", "examples", "extensions", "doc", "example", "api_md", "file"})


def meaning(value: object, *, ordered: bool = True) -> object:
    """`value` as nested tuples, without places and without texts for people.

    If not `ordered`, lists are sorted, but for unions without a discriminator: of those the first that fits is taken.
    """
    if isinstance(value, tuple):
        items = tuple(meaning(item, ordered=ordered) for item in cast("tuple[object, ...]", value))
        return items if ordered else tuple(sorted(items, key=repr))
    if isinstance(value, enum.Enum) or not attrs.has(type(value)):
        return value
    fields = [field.name for field in attrs.fields(type(value)) if field.eq and field.name not in _DOCS]
    first_fits = {"one_of", "any_of"} if isinstance(value, Schema) and value.discriminator is None else set[str]()
    return (
        type(value).__name__,
        *(meaning(getattr(value, name), ordered=ordered or name in first_fits) for name in fields),
    )
