"""Where a method stands, and what the types are called that are made for it alone."""

from __future__ import annotations

import enum

import attrs

from ...ir.direction import Direction
from ...ir.symbols import method_symbol
from ..names import identifiers as names
from ..names.locked_names import below
from ..types.type_names import TypeNames


class MethodType(enum.Enum):
    """A type that is made for one method. The value is what its name ends with."""

    PARAMS = "Params"
    RESPONSE = "Response"
    EVENT = "Event"
    ERROR = "ErrorBody"
    HEADERS = "Headers"

    @property
    def direction(self) -> Direction:
        """Which way values of the type go."""
        return Direction.REQUEST if self is MethodType.PARAMS else Direction.RESPONSE

    def place(self, method: str) -> str:
        """Return its place in names.lock, which follows from the symbol of the method."""
        return method if self in (MethodType.PARAMS, MethodType.RESPONSE) else below(method, self.name.lower())


@attrs.frozen(kw_only=True)
class Scope:
    """The resource of a method, as far as names depend on it."""

    path: tuple[str, ...]
    stem: str
    package: tuple[str, ...]
    ambiguous: frozenset[str] = frozenset()
    """Names that another resource of the package would give too (`PetList` + `Food`, `Pet` + `ListFood`)."""

    def symbol(self, method: str) -> str:
        """Return how users write a method of this resource: `client.messages.create`."""
        return method_symbol(self.path, self.method_name(method))

    def method_name(self, text: str) -> str:
        """Return the Python name of the method that sdk.yaml calls `text`."""
        return names.attribute(text, names.RESOURCE_MEMBERS if self.path else names.CLIENT_MEMBERS)

    def type_names(self, method: str, kind: MethodType) -> list[str]:
        """Return `MessageCreateParams` and `CreateMessageParams`, the better one first."""
        name = names.pascal(method)
        found = [self.stem + name + kind.value, name + self.stem + kind.value]
        return found[::-1] if self.stem + name in self.ambiguous else found

    def keep_locked(self, method: str, type_names: TypeNames) -> None:
        """Keep the names that names.lock has for the types of a method from other types."""
        for kind in MethodType:
            type_names.keep_locked(self.package, kind.direction, kind.place(self.symbol(method)))
