"""Finds the type that the IR gives to a place in a payload."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from ..ir.definitions import Alias, Definition, Field, Model, Params, TaggedUnion
from ..ir.types import DictType, IterableType, ListType, NamedType, OptionalType, TypeExpr, TypeName, UnionType

Found = tuple[Field | None, TypeExpr]
"""A type, and the field if that is what has it."""


@attrs.frozen
class Types:
    definitions: Mapping[TypeName, Definition]

    def at(self, expr: TypeExpr, path: tuple[str | int, ...]) -> Iterator[Found]:
        """Every type that the value at `path` can have: several, where there are unions on the way."""
        pending: list[Found] = [(None, expr)]
        for step in path:
            pending = [found for _, each in pending for found in self._step(each, step)]
        yield from pending

    def _step(self, expr: TypeExpr, step: str | int) -> Iterator[Found]:
        match expr:
            case OptionalType(inner):
                yield from self._step(inner, step)
            case UnionType(members):
                for member in members:
                    yield from self._step(member, step)
            case ListType(inner) | IterableType(inner) | DictType(inner):
                yield None, inner
            case NamedType(name):
                yield from self._of(self.definitions[name], step)
            case _:
                return

    def _of(self, definition: Definition, step: str | int) -> Iterator[Found]:
        match definition:
            case Alias():
                yield from self._step(definition.type, step)
            case TaggedUnion():
                for variant in definition.variants:
                    yield from self._of(self.definitions[variant.type], step)
            case Model() | Params():
                found = [field for field in definition.fields if field.wire_name == step]
                yield from ((field, field.type) for field in found)
                if not found and isinstance(definition, Model) and definition.extra is not None:
                    yield None, definition.extra
