"""Sample arguments as Python source."""

from __future__ import annotations

from ..ir.definitions import Alias
from ..ir.resources import JsonLike
from ..ir.types import FileType, IterableType, ListType, NamedType, OptionalType, Primitive, Scalar, TypeExpr, UnionType
from .literals import literal
from .type_modules import Definitions


def sample_text(sample: JsonLike, type: TypeExpr, definitions: Definitions) -> str:
    """`sample` for a parameter of `type`: where that takes files, texts become bytes."""
    if isinstance(type, OptionalType):
        return sample_text(sample, type.inner, definitions)
    if isinstance(type, (ListType, IterableType)) and isinstance(sample, tuple):
        return f"[{', '.join(sample_text(item, type.item, definitions) for item in sample)}]"
    return (
        repr(sample.encode(errors="replace"))
        if isinstance(sample, str) and is_file(type, definitions)
        else literal(sample)
    )


def is_file(type: TypeExpr, definitions: Definitions) -> bool:
    """Whether an argument of the type is bytes, or something that holds them."""
    found = definitions.get(type.name) if isinstance(type, NamedType) else None
    if isinstance(found, Alias):
        return is_file(found.type, definitions)
    if isinstance(type, UnionType):
        return all(is_file(member, definitions) for member in type.members)
    return isinstance(type, FileType) or type == Scalar(Primitive.BYTES)
