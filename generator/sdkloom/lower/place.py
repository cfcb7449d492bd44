"""Where an annotation stands, which decides how an inline type there is named."""

from __future__ import annotations

import attrs

from .forms import Form
from .modules import ModuleBuilder
from .names import pascal, singular


@attrs.frozen(kw_only=True, eq=False)
class Place:
    """`names` are the names for an inline type in order of preference; the first free one is taken."""

    module: ModuleBuilder
    form: Form
    names: tuple[str, ...]
    is_root: bool = False
    """The type of this place is the module's own: its name is claimed already."""
    of_body: bool = False
    """A property of a request body."""
    multipart: bool = False
    raw: bool = False
    """A request body that is sent as it is."""

    def item(self) -> Place:
        """The items of an array that stands here."""
        if self.is_root:
            return attrs.evolve(self, names=(self.names[0] + "Item",), is_root=False, of_body=False)
        first, *rest = self.names
        candidates = dict.fromkeys([singular(first), first, *(singular(name) for name in rest), *rest])
        return attrs.evolve(self, names=tuple(candidates), of_body=False)

    def value(self) -> Place:
        """The values of a map that stands here."""
        if self.is_root:
            return attrs.evolve(self, names=(self.names[0] + "Value",), is_root=False, of_body=False)
        return self.item()

    def member(self) -> Place:
        """A member of an unnamed union that stands here."""
        if self.is_root:
            return attrs.evolve(self, names=(self.names[0] + "Variant",), is_root=False, of_body=False)
        return attrs.evolve(self, of_body=False)

    def variant(self, union: str, labels: tuple[str, ...]) -> Place:
        """A variant of the named union `union`."""
        names = tuple(dict.fromkeys(union + pascal(label) for label in labels if pascal(label)))
        return attrs.evolve(self, names=names, is_root=False, of_body=False)

    def field(self, owner: str, wire_name: str) -> Place:
        """A property of the class `owner`. Names get longer with every level below the module's own class."""
        own = pascal(wire_name)
        root = self.module.root.name
        nested = own if owner == root or self.is_root else owner + own
        names = tuple(dict.fromkeys(name for name in (nested, owner + own, root + nested) if own and name))
        return attrs.evolve(self, names=names, is_root=False, of_body=False)
