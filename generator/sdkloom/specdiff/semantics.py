"""Parts of a document or a config: without what only documents them, and where two of them differ."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from typing import Any, cast

import attrs

from ..diagnostics.span import Span
from ..document.model import Ref, Schema, compared_fields

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


Difference = tuple[str, Span, Span]


def differences(old: Any, new: Any) -> Iterator[Difference]:
    """Return the smallest nodes that differ: the JSON pointer of the closest one that has a pointer, and the places in
    `old` and in `new`. References to components of one name are the same, be these in another file."""
    yield from _inside(old, new, "#") or ()


def _inside(old: Any, new: Any, around: str) -> list[Difference] | None:
    """The differences, as far as these have a place; `None` if there are none."""
    if old == new or _are_of_one_name(old, new):
        return None
    cls: type[Any] = old.__class__
    around = f"#{new.pointer}" if getattr(new, "pointer", "") else around
    if new.__class__ is not cls or (cls is tuple and len(old) != len(new)):
        return []
    pairs: Iterable[tuple[Any, Any]]
    if cls is tuple:
        pairs = zip(old, new)
    elif attrs.has(cls):
        pairs = ((getattr(old, field.name), getattr(new, field.name)) for field in compared_fields(cls))
    else:
        return []
    inner = [found for pair in pairs if (found := _inside(*pair, around)) is not None]
    if not inner:
        return None
    places = [place for found in inner for place in found]
    return places or ([(around, old.span, new.span)] if hasattr(old, "span") else [])


def _are_of_one_name(old: object, new: object) -> bool:
    """Whether both refer to components of one name."""
    if not isinstance(old, Ref) or not isinstance(new, Ref):
        return False
    names = [(ref.target.rpartition("/")[2], ref.summary, ref.description) for ref in (old, new)]
    return names[0] == names[1]
