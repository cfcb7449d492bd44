"""Limits of values as metadata of annotations, where sdk.yaml asks for that (JSON Schema 2020-12 validation §6)."""

from __future__ import annotations

from collections.abc import Iterator

from ...document.model import Bounds
from ...ir.limits import Limit
from ...ir.types import DictType, IterableType, ListType, Primitive, Scalar, TypeExpr, without_null


def limits_of(bounds: Bounds, type: TypeExpr) -> tuple[Limit, ...]:
    """Return the limits that values of a type have, besides null. `pattern` and `uniqueItems` have no metadata."""
    match without_null(type):
        case Scalar(Primitive.INT | Primitive.FLOAT):
            return tuple(_of_numbers(bounds))
        case Scalar(Primitive.STR):
            return tuple(_of_lengths(bounds.min_length, bounds.max_length))
        case ListType() | IterableType():
            return tuple(_of_lengths(bounds.min_items, bounds.max_items))
        case DictType():
            return tuple(_of_lengths(bounds.min_properties, bounds.max_properties))
        case _:
            return ()


def _of_numbers(bounds: Bounds) -> Iterator[Limit]:
    """Until OpenAPI 3.0, `exclusiveMinimum: true` says that `minimum` itself doesn't count."""
    for name, exclusive_name, limit, exclusive in (
        ("Ge", "Gt", bounds.minimum, bounds.exclusive_minimum),
        ("Le", "Lt", bounds.maximum, bounds.exclusive_maximum),
    ):
        if limit is not None:
            yield Limit(exclusive_name if exclusive is True else name, limit)
        if exclusive is not None and not isinstance(exclusive, bool):
            yield Limit(exclusive_name, exclusive)
    if bounds.multiple_of is not None:
        yield Limit("MultipleOf", bounds.multiple_of)


def _of_lengths(least: int | None, most: int | None) -> Iterator[Limit]:
    if least is not None and least > 0:
        yield Limit("MinLen", least)
    if most is not None:
        yield Limit("MaxLen", most)
