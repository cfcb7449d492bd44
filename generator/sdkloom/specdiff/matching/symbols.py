"""What the Python names in findings stand for in an SDK."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from ...ir.definitions import Definition, Model, Params
from ...ir.symbols import field_symbol
from ...ir.types import TypeExpr, TypeName
from ...ir.walk import at_import, in_annotations, named_types
from .index import Index, MethodAt

_PART = re.compile(r"(?P<whole>.+?)(?:\((?P<param>\w+)=\)|\[.*\])?")

Path = tuple[str, ...]


class SymbolTable:
    """The names of one SDK, as users write them."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._methods = {at.symbol: at for at in index.methods}
        self._types = {index.symbol(name): definition for name, definition in index.definitions.items()}

    def type_of(self, symbol: str) -> TypeName | None:
        """Return the type that is called so."""
        definition = self._types.get(symbol)
        return None if definition is None else definition.name

    def has_type(self, name: TypeName) -> bool:
        """Return whether there is such a type."""
        return name in self._index.definitions

    def names_in(self, symbol: str) -> Iterator[TypeName]:
        """Return the types that a method, a parameter, an attribute, a key or a type names by itself."""
        whole, param = _split(symbol)
        at = self._methods.get(whole)
        if at is not None:
            yield from self._in_method(at, param)
            return
        for webhook in self._index.api.webhooks:
            if self._index.of_webhook(webhook).symbol == symbol:
                yield from named_types(webhook.type)
        definition = self._types.get(symbol)
        if definition is not None:
            yield from self.names_of(definition.name)
            return
        owner = self._owner(symbol)
        if isinstance(owner, (Model, Params)):
            for field in owner.fields:
                if field_symbol(self._index.package, owner, field) == symbol:
                    yield from named_types(field.type)

    def names_of(self, name: TypeName) -> tuple[TypeName, ...]:
        """Return the types that a type names by itself."""
        return self._graph.get(name, ())

    def resource_of(self, symbol: str) -> Path | None:
        """Return the path of the resource that has a method, or of the closest one around those that use a type;
        `None` if nothing does."""
        parts = _split(symbol)[0].split(".")
        if parts[0] == "client":
            path = tuple(parts[1:])
            return path if path in self._index.resources else path[:-1]
        owner = self._types.get(symbol) or self._owner(symbol)
        users = () if owner is None else self._users.get(owner.name, ())
        return _common(users) if users else None

    def resource_at(self, pointer: str) -> Path | None:
        """Return the path of the resource that has the method at a place in the spec, or around it."""
        while pointer not in self._by_pointer:
            if pointer in ("", "#"):
                return None
            pointer = pointer.rpartition("/")[0]
        return self._by_pointer[pointer]

    def _owner(self, symbol: str) -> Definition | None:
        """The type that has an attribute or a key."""
        whole = _split(symbol)[0]
        return self._types.get(whole) if whole != symbol else self._types.get(whole.rpartition(".")[0])

    @staticmethod
    def _in_method(at: MethodAt, param: str | None) -> Iterator[TypeName]:
        method = at.method
        exprs: list[TypeExpr] = [each.type for each in method.params if param in (None, each.name)]
        if param is None:
            exprs += [method.response, *(case.type for case in method.errors)]
            exprs += [] if method.response_headers is None else [method.response_headers]
            exprs += [] if method.streaming is None else [method.streaming.item]
            exprs += [] if method.body_type is None else [method.body_type]
            if at.params_type is not None:
                yield at.params_type
        for expr in exprs:
            yield from named_types(expr)

    @cached_property
    def _by_pointer(self) -> dict[str, Path]:
        return {at.method.pointer: at.resource.path for at in self._index.methods if at.method.pointer}

    @cached_property
    def _graph(self) -> dict[TypeName, tuple[TypeName, ...]]:
        """The types that each type names by itself."""
        return {
            name: tuple(dict.fromkeys((*at_import(definition), *in_annotations(definition))))
            for name, definition in self._index.definitions.items()
        }

    @cached_property
    def _users(self) -> dict[TypeName, tuple[Path, ...]]:
        """The resources whose methods use a type, directly or through others."""
        paths = list(self._index.resources)
        bits = {path: 1 << position for position, path in enumerate(paths)}
        found: dict[TypeName, int] = {}  # a set of resources, as the bits of a number
        for at in self._index.methods:
            for name in self._in_method(at, None):
                found[name] = found.get(name, 0) | bits[at.resource.path]
        waiting = dict.fromkeys(found)
        while waiting:
            name, _ = waiting.popitem()
            for inner in self.names_of(name):
                known = found.get(inner, 0)
                if known | found[name] != known:
                    found[inner] = known | found[name]
                    waiting[inner] = None
        common = {mask: tuple(path for path in paths if mask & bits[path]) for mask in set(found.values())}
        return {name: common[mask] for name, mask in found.items()}


def _split(symbol: str) -> tuple[str, str | None]:
    """A symbol without the parameter or the key at its end, and the parameter."""
    found = _PART.fullmatch(symbol)
    return (symbol, None) if found is None else (found["whole"], found["param"])


def _common(paths: Iterable[Path]) -> Path:
    first, *others = paths
    length = len(first)
    for other in others:
        length = next((i for i in range(min(length, len(other))) if first[i] != other[i]), min(length, len(other)))
    return first[:length]
