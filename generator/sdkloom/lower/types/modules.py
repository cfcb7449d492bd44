"""A type module while it is being built."""

from __future__ import annotations

from ...diagnostics.span import Span
from ...ir.definitions import Definition, TypeModule
from ...ir.types import TypeName
from ..names import identifiers as names


class ModuleBuilder:
    """Collects definitions in printing order and hands out names.

    A class stands before its helpers; an alias stands after what it needs. `exports` is in the order in which the
    names are reserved: from the outside in.
    """

    def __init__(self, main: TypeName, span: Span, pointer: str, locked: frozenset[str] = frozenset()) -> None:
        """Begin the module of the type `main`. Names in `locked` are only for the types that names.lock gives them."""
        self.main = main
        self.span = span
        self.pointer = pointer
        self.exports: list[str] = []
        self.definitions: list[Definition] = []
        self._names: set[str] = {main.name}
        self._snake_names: set[str] = set()
        self._locked = locked

    def address(self, name: str) -> TypeName:
        """Return the full name of the type `name` of this module."""
        return TypeName(package=self.main.package, module=self.main.module, name=name)

    def reserve_name(self, name: str, *, exported: bool = True) -> TypeName:
        """Take `name`, which must be free or that of the main type, and return it in full."""
        self._names.add(name)
        if exported and name not in self.exports:
            self.exports.append(name)
        return self.address(name)

    def is_free(self, name: str, *, may_be_locked: bool = False) -> bool:
        """Whether `name` can be reserved. `may_be_locked` is set for the type that names.lock gives the name to."""
        return name not in self._names and (may_be_locked or name not in self._locked)

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
        """Put a definition before those that came after `mark` was read."""
        self.definitions.insert(mark, definition)

    def append(self, definition: Definition) -> None:
        """Put a definition after all others."""
        self.definitions.append(definition)

    def finish(self) -> TypeModule:
        """Return the module, as the IR has it."""
        return TypeModule(
            package=self.main.package,
            name=self.main.module,
            definitions=tuple(self.definitions),
            exports=tuple(self.exports),
            span=self.span,
        )
