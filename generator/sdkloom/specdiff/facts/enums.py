"""Facts about enumerations: whether they are classes, which sdk.yaml decides."""

from __future__ import annotations

from collections.abc import Mapping

from ...ir.definitions import Alias, Definition, EnumClass
from ...ir.direction import Direction
from ...ir.types import LiteralType, NamedType, TypeExpr, TypeName
from ...ir.walk import type_parts
from ..collector import Collector
from ..rules import types
from ..subject import Subject


def report_enum_kind(
    collector: Collector,
    subject: Subject,
    before: bool | None,
    after: bool | None,
    directions: frozenset[Direction],
    *,
    takes_values: bool = False,
) -> None:
    """Report that an enumeration became a class, or a `Literal` again. `None` says that there is none.

    Requests that take members besides the plain values take what they took.
    """
    if before is None or after is None or before == after:
        return
    rules = types.ENUM_BECAME_CLASS if after else types.ENUM_BECAME_LITERAL
    for direction in sorted(directions, key=lambda direction: direction.value):
        if direction is Direction.RESPONSE or not (after and takes_values):
            collector.add_by_direction(rules, direction, subject)


def has_enum(expr: TypeExpr, definitions: Mapping[TypeName, Definition]) -> bool | None:
    """Return whether a type is or holds an enum class; `None` if it has no listed values at all."""
    seen: set[TypeName] = set()
    pending = [expr]
    has_values = False
    while pending:
        for part in type_parts(pending.pop()):
            has_values |= isinstance(part, LiteralType)
            definition = definitions.get(part.name) if isinstance(part, NamedType) else None
            if isinstance(definition, EnumClass):
                return True
            if isinstance(definition, Alias) and definition.name not in seen:
                seen.add(definition.name)
                pending.append(definition.type)
    return False if has_values else None
