"""A type module while it is being built."""

from __future__ import annotations

from ...diagnostics.span import Span
from ...ir.definitions import Definition, TypeModule
from ...ir.types import TypeName
from ..names import identifiers as names


class ModuleBuilder:
    """Collects definitions in printing order and hands out names.

    A class stands before its helpers; an alias stands after what it needs. `exports` is in the order in which the
    names are claimed: from the outside in.
    """

    def __init__(self, root: TypeName, span: Span, pointer: str, reserved: frozenset[str] = frozenset()) -> None:
        """`reserved` are names that only certain places in the module may have."""
        self.root = root
        self.span = span
        self.pointer = pointer
        self.exports: list[str] = []
        self.definitions: list[Definition] = []
        self._names: set[str] = {root.name}
        self._snake_names: set[str] = set()
        self._reserved = reserved

    def name(self, name: str) -> TypeName:
        return TypeName(package=self.root.package, module=self.root.module, name=name)

    def claim(self, name: str, *, exported: bool = True) -> TypeName:
        """Take `name`, which must be free or the root's."""
        self._names.add(name)
        if exported and name not in self.exports:
            self.exports.append(name)
        return self.name(name)

    def is_free(self, name: str, *, reserved: bool = False) -> bool:
        """Whether `name` can be claimed; with `reserved`, by a place for which it may be reserved."""
        return name not in self._names and (reserved or name not in self._reserved)

    def snake_name(self, name: TypeName) -> str:
        """What functions that belong to a type are named after; each type of the module has its own."""
        made = names.snake(name.name)
        while made in self._snake_names:
            made += "_"
        self._snake_names.add(made)
        return made

    @property
    def mark(self) -> int:
        """Where the next definition goes; a class whose helpers come later is inserted there."""
        return len(self.definitions)

    def insert(self, mark: int, definition: Definition) -> None:
        self.definitions.insert(mark, definition)

    def append(self, definition: Definition) -> None:
        self.definitions.append(definition)

    def finish(self) -> TypeModule:
        return TypeModule(
            package=self.root.package,
            name=self.root.module,
            definitions=tuple(self.definitions),
            exports=tuple(self.exports),
            span=self.span,
        )
