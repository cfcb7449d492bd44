"""Parts of a document: without what only documents them, and where two of them differ."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any, cast

import attrs

from ..source.span import Span

_DOCS = frozenset({"description", "title", "summary", "examples", "extensions"})


def meaning(value: object) -> object:
    """`value` as nested tuples, without places and without texts for people."""
    if isinstance(value, tuple):
        return tuple(meaning(item) for item in cast("tuple[object, ...]", value))
    if isinstance(value, enum.Enum) or not attrs.has(type(value)):
        return value
    fields = [field for field in attrs.fields(type(value)) if field.eq and field.name not in _DOCS]
    return (type(value).__name__, *(meaning(getattr(value, field.name)) for field in fields))


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
