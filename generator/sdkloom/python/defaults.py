"""The defaults of fields as Python source."""

from __future__ import annotations

from ..ir.definitions import Definitions, EnumClass, Field
from ..ir.types import NamedType, Primitive, Scalar, without_null
from .annotations import Annotations
from .literals import literal


def default_text(field: Field, annotations: Annotations, definitions: Definitions) -> str:
    """Return `"active"`, `Status.ACTIVE`, `Decimal("1.5")` or `None`, with what it needs imported."""
    type = without_null(field.type)
    if field.default is not None and type == Scalar(Primitive.NUMBER):
        return f"{annotations.text(type)}({literal(str(field.default))})"
    found = definitions.get(type.name) if isinstance(type, NamedType) else None
    if isinstance(found, EnumClass):
        member = next((each for each in found.members if each.value == field.default), None)
        if member is not None:
            return f"{annotations.text(type)}.{member.name}"
    return literal(field.default)
