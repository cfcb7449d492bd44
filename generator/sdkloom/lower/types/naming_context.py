"""Where an annotation stands, which decides how an inline type there is named."""

from __future__ import annotations

import attrs

from ...ir.direction import Direction
from ...ir.types import TypeName
from ..names.identifiers import pascal, singular
from ..names.locked_names import below
from .modules import ModuleBuilder


@attrs.frozen(kw_only=True)
class Root:
    """What a module is made for: a type, and where that stands in names.lock."""

    name: TypeName
    direction: Direction
    path: str


@attrs.frozen(kw_only=True, eq=False)
class Place:
    """`names` are the names for an inline type in order of preference; the first free one is taken."""

    module: ModuleBuilder
    direction: Direction
    names: tuple[str, ...]
    path: str
    """Where this is, as names.lock has it: `#/components/schemas/Pet/properties/tags/items`."""
    is_root: bool = False
    """The type of this place is the module's own: its name is claimed already."""
    of_body: bool = False
    """A property of a request body."""
    multipart: bool = False
    raw: bool = False
    """A request body that is sent as it is."""

    def item(self, position: int | None = None) -> Place:
        """The items of an array that stands here; with `position`, those that `prefixItems` has there."""
        steps = ("items",) if position is None else ("prefixItems", str(position))
        return self._inner("Item", *steps)

    def value(self) -> Place:
        """The values of a map that stands here."""
        return self._inner("Value", "additionalProperties")

    def _inner(self, suffix: str, *steps: str) -> Place:
        path = below(self.path, *steps)
        if self.is_root:
            return attrs.evolve(self, names=(self.names[0] + suffix,), path=path, is_root=False, of_body=False)
        first, *rest = self.names
        candidates = dict.fromkeys([singular(first), first, *(singular(name) for name in rest), *rest])
        return attrs.evolve(self, names=tuple(candidates), path=path, of_body=False)

    def member(self, key: str) -> Place:
        """A member of an unnamed union that stands here."""
        path = below(self.path, "oneOf", key)
        if self.is_root:
            return attrs.evolve(self, names=(self.names[0] + "Variant",), path=path, is_root=False, of_body=False)
        return attrs.evolve(self, path=path, of_body=False)

    def variant(self, union: str, labels: tuple[str, ...], key: str) -> Place:
        """A variant of the named union `union`. `key` tells it from the others in names.lock."""
        names = tuple(dict.fromkeys(union + pascal(label) for label in labels if pascal(label)))
        return attrs.evolve(self, names=names, path=below(self.path, "oneOf", key), is_root=False, of_body=False)

    def field(self, owner: str, wire_name: str) -> Place:
        """A property of the class `owner`. Names get longer with every level below the module's own class."""
        return self._part(owner, wire_name, "properties", wire_name)

    def extra(self, owner: str) -> Place:
        """The undeclared keys of the class `owner`."""
        return self._part(owner, "Extra", "additionalProperties")

    def _part(self, owner: str, text: str, *steps: str) -> Place:
        own = pascal(text)
        root = self.module.root.name
        nested = own if owner == root or self.is_root else owner + own
        names = tuple(dict.fromkeys(name for name in (nested, owner + own, root + nested) if own and name))
        return attrs.evolve(self, names=names, path=below(self.path, *steps), is_root=False, of_body=False)
