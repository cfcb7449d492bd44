"""Parts of a document or a config: without what only documents them, and where two of them differ."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any, cast

import attrs

from ..document.model import Schema
from ..source.span import Span

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


def differences(old: object, new: object, around: str = "#") -> Iterator[tuple[str, Span, Span]]:
    """The smallest nodes that differ: the JSON pointer of the closest one that has a pointer, and both places."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        for one, other in zip(cast("tuple[object, ...]", old), cast("tuple[object, ...]", new)):
            yield from differences(one, other, around)
    elif old != new and attrs.has(type(old)) and type(old) is type(new):
        fields = {field.name for field in attrs.fields(type(old))}
        node, other = cast(Any, old), cast(Any, new)
        around = f"#{new_pointer}" if (new_pointer := getattr(new, "pointer", "")) else around
        found = [
            inner
            for field in attrs.fields(type(old))
            if field.eq
            for inner in differences(getattr(node, field.name), getattr(other, field.name), around)
        ]
        if found or "span" not in fields:
            yield from found
        else:
            yield around, node.span, other.span
