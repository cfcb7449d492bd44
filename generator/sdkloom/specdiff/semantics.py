"""Parts of a document or a config: without what only documents them, and where two of them differ."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any, cast

import attrs

from ..diagnostics.span import Span
from ..document.model import Schema, compared_fields

_DOCS = frozenset({"description", "title", "summary", "examples", "extensions", "doc", "example", "api_md", "file"})


def semantics_of(value: object, *, ordered: bool = True) -> object:
    """Return `value` as nested tuples, without places and without texts for people.

    If not `ordered`, lists are sorted, but for unions without a discriminator: of those the first that fits is taken.
    """
    if isinstance(value, tuple):
        items = tuple(semantics_of(item, ordered=ordered) for item in cast("tuple[object, ...]", value))
        return items if ordered else tuple(sorted(items, key=repr))
    if isinstance(value, enum.Enum) or not attrs.has(type(value)):
        return value
    fields = [field.name for field in compared_fields(type(value)) if field.name not in _DOCS]
    first_fits = {"one_of", "any_of"} if isinstance(value, Schema) and value.discriminator is None else set[str]()
    return (
        type(value).__name__,
        *(semantics_of(getattr(value, name), ordered=ordered or name in first_fits) for name in fields),
    )


def differences(old: Any, new: Any, around: str = "#") -> Iterator[tuple[str, Span, Span]]:
    """Return the smallest nodes that differ: the JSON pointer of the closest one that has a pointer, and the places in
    `old` and in `new`."""
    cls: type[Any] = old.__class__
    if old == new or new.__class__ is not cls:
        return
    if cls is tuple:
        for one, other in zip(old, new):
            yield from differences(one, other, around)
    elif attrs.has(cls):
        around = f"#{new.pointer}" if getattr(new, "pointer", "") else around
        names = [field.name for field in compared_fields(cls)]
        found = [inner for name in names for inner in differences(getattr(old, name), getattr(new, name), around)]
        if found or not hasattr(old, "span"):
            yield from found
        else:
            yield around, old.span, new.span
