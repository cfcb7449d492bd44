"""Unions that hand-written code tells apart: which variants of them it doesn't know."""

from __future__ import annotations

from collections.abc import Iterator

from .definitions import Alias, Definition, Definitions, Model, Params, TaggedUnion, Variant
from .resources import HookedMethod
from .streams import HandledUnion
from .types import NamedType, OptionalType, TypeExpr


def union_of(symbol: str, definitions: Definitions) -> TaggedUnion | None:
    """Return the union that a symbol means: `ContentBlock`, by its name in Python or in the spec, or `Event.delta`.

    Of the types for both directions it is the one that comes back.
    """
    owner, dot, field = symbol.partition(".")
    found = [found for found in definitions.values() if owner in _names(found)]
    found.sort(key=lambda definition: isinstance(definition, Params))
    for definition in found:
        if not dot:
            union = union_of_type(NamedType(definition.name), definitions)
        elif isinstance(definition, (Model, Params)):
            types = [known.type for known in definition.fields if field in (known.name, known.wire_name)]
            union = union_of_type(types[0], definitions) if types else None
        else:
            union = None
        if union is not None:
            return union
    return None


def unknown_variants(handled: HandledUnion, union: TaggedUnion) -> list[tuple[str, Variant]]:
    """Return the tags of a union that are none of those that a hook knows, each with its variant."""
    known = {tag.tag for tag in handled.tags}
    return [(str(tag), variant) for variant in union.variants for tag in variant.tags if str(tag) not in known]


def missed(hook: HookedMethod, definitions: Definitions) -> Iterator[tuple[HandledUnion, str, Variant]]:
    """Yield what a hook doesn't know of the unions that it tells apart."""
    for handled in hook.handles:
        union = union_of(handled.symbol, definitions)
        for tag, variant in unknown_variants(handled, union) if union is not None else []:
            yield handled, tag, variant


def _names(definition: Definition) -> tuple[str, str]:
    return definition.name.name, definition.pointer.rpartition("/")[2]


def union_of_type(expr: TypeExpr, definitions: Definitions) -> TaggedUnion | None:
    """Return the union that a type expression stands for, also an optional one, if it is one with tags."""
    if isinstance(expr, OptionalType):
        return union_of_type(expr.inner, definitions)
    found = definitions.get(expr.name) if isinstance(expr, NamedType) else None
    if isinstance(found, Alias):
        return union_of_type(found.type, definitions)
    return found if isinstance(found, TaggedUnion) else None
