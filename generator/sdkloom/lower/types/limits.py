"""Limits of values as metadata of annotations, where sdk.yaml asks for that (JSON Schema 2020-12 validation §6)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from ...diagnostics import config_catalog
from ...diagnostics.model import DiagnosticSink
from ...document.model import Bounds, Schema
from ...ir.limits import Limit, Limits, PatternLimit
from ...ir.types import DictType, IterableType, ListType, Primitive, Scalar, TypeExpr, UnionType, without_null

_NUMBERS = {Scalar(Primitive.INT), Scalar(Primitive.FLOAT), Scalar(Primitive.NUMBER)}


def limits_of(schema: Schema, type: TypeExpr, sink: DiagnosticSink) -> Limits:
    """Return the limits that values of a type have, besides null. `uniqueItems` has no metadata.

    Patterns that Python doesn't read are reported.
    """
    bounds = schema.bounds
    match without_null(type):
        case Scalar(Primitive.INT | Primitive.FLOAT | Primitive.NUMBER):
            return tuple(_of_numbers(bounds))
        case UnionType(members) if _NUMBERS.issuperset(members):
            return tuple(_of_numbers(bounds))
        case Scalar(Primitive.STR):
            return (*_of_lengths(bounds.min_length, bounds.max_length), *_of_pattern(schema, sink))
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


def _of_pattern(schema: Schema, sink: DiagnosticSink) -> Iterator[PatternLimit]:
    pattern = schema.bounds.pattern
    if pattern is None:
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what later versions will read in another way
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        sink.report(config_catalog.PATTERN_OF_OTHERS, schema.span, pattern=pattern, error=error)
    else:
        yield PatternLimit(pattern)


def _of_lengths(least: int | None, most: int | None) -> Iterator[Limit]:
    if least is not None and least > 0:
        yield Limit("MinLen", least)
    if most is not None:
        yield Limit("MaxLen", most)
