"""Sample arguments as Python source."""

from __future__ import annotations

from ..ir.definitions import Alias, Definitions, Params
from ..ir.resources import JsonLike, JsonMapping
from ..ir.types import FileType, IterableType, ListType, NamedType, OptionalType, Primitive, Scalar, TypeExpr, UnionType
from .literals import literal


def sample_text(sample: JsonLike, type: TypeExpr, definitions: Definitions) -> str:
    """`sample` for a parameter of `type`: where that takes files, texts become bytes."""
    if isinstance(type, OptionalType):
        return sample_text(sample, type.inner, definitions)
    if isinstance(type, (ListType, IterableType)) and isinstance(sample, tuple):
        return f"[{', '.join(sample_text(item, type.item, definitions) for item in sample)}]"
    if isinstance(sample, JsonMapping):
        fields = _fields_with_files(type, {name for name, _ in sample.items}, definitions)
        if fields:
            members = ((name, sample_text(item, fields[name], definitions)) for name, item in sample.items)
            return f"{{{', '.join(f'{literal(name)}: {text}' for name, text in members)}}}"
    return (
        repr(sample.encode(errors="replace"))
        if isinstance(sample, str) and is_file(type, definitions)
        else literal(sample)
    )


def _fields_with_files(type: TypeExpr, names: set[str], definitions: Definitions) -> dict[str, TypeExpr]:
    """The types of the members, in the first variant that has all of them; nothing if none is a file."""
    found = definitions.get(type.name) if isinstance(type, NamedType) else None
    if isinstance(found, Params):
        fields = {field.wire_name: field.type for field in found.fields}
        has_files = any(_holds_file(fields[name], definitions) for name in names & fields.keys())
        return fields if names <= fields.keys() and has_files else {}
    inner = found.type if isinstance(found, Alias) else type
    members = inner.members if isinstance(inner, UnionType) else ()
    nothing: dict[str, TypeExpr] = {}
    return next(filter(None, (_fields_with_files(member, names, definitions) for member in members)), nothing)


def _holds_file(type: TypeExpr, definitions: Definitions) -> bool:
    while isinstance(type, (OptionalType, ListType, IterableType)):
        type = type.inner if isinstance(type, OptionalType) else type.item
    return is_file(type, definitions)


def is_file(type: TypeExpr, definitions: Definitions) -> bool:
    """Whether an argument of the type is bytes, or something that holds them."""
    found = definitions.get(type.name) if isinstance(type, NamedType) else None
    if isinstance(found, Alias):
        return is_file(found.type, definitions)
    if isinstance(type, UnionType):
        return all(is_file(member, definitions) for member in type.members)
    return isinstance(type, FileType) or type == Scalar(Primitive.BYTES)
