"""Where a type is used, which decides how it is named if it has no name of its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import attrs

from ...ir.direction import Direction
from ...ir.types import TypeName
from ..names.identifiers import attribute, pascal, singular
from ..names.locked_names import below
from .modules import ModuleBuilder


@attrs.frozen(kw_only=True)
class MainType:
    """The type that a module is made for and named after, and its place in names.lock."""

    name: TypeName
    direction: Direction
    place: str


@attrs.frozen(kw_only=True, eq=False)
class NamingContext:
    """What the name of an inline schema follows from: the way to it from the main type of the module.

    The property `tags` of the model `Pet`, an array of inline objects, gives these contexts:

        builder.open(…)                  candidates Pet                  place #/components/schemas/Pet
        .field("Pet", "tags")            candidates Tags, PetTags        place …/Pet/properties/tags
        .item()                          candidates Tag, Tags, PetTag …  place …/Pet/properties/tags/items

    The class of the items is called by the first candidate that nothing else in the module has: `Tag`.
    """

    module: ModuleBuilder
    direction: Direction
    candidates: tuple[str, ...]
    """The names that an inline type can have here, the best one first."""
    place: str
    """Where this is, as names.lock writes it: `#/components/schemas/Pet/properties/tags/items`."""
    is_main: bool = False
    """Whether this is the main type of the module, whose name is reserved already."""
    in_variant: bool = False
    """Whether this is a variant of a union that is spelled out, or the items of one."""
    part: bool = False
    """Whether it is a part of a `multipart/form-data` body, where binary texts are files."""
    form: bool = False
    """Whether it is such a body as a whole."""
    binary_body: bool = False
    """Whether it is a whole request body that is sent as it is."""

    def names(self) -> Iterator[str]:
        """Yield the candidates, then the last of them, which says most, with numbers."""
        yield from self.candidates
        last = self.candidates[-1] if self.candidates else self.module.main.name + "Part"
        yield from (f"{last}{number}" for number in itertools.count(2 if self.candidates else 1))

    def item(self, position: int | None = None) -> NamingContext:
        """Return the context of the items of this array; with `position`, of those that `prefixItems` has there."""
        steps = ("items",) if position is None else ("prefixItems", str(position))
        return self._inner("Item", *steps)

    def value(self) -> NamingContext:
        """Return the context of the values of this map."""
        return attrs.evolve(self._inner("Value", "additionalProperties"), part=self.form, form=False)

    def _inner(self, suffix: str, *steps: str) -> NamingContext:
        if self.is_main:
            return self._step([self.candidates[0] + suffix], *steps)
        first, rest = self.candidates[:1], self.candidates[1:]
        return self._step([*map(singular, first), *first, *map(singular, rest), *rest], *steps)

    def member(self, key: str) -> NamingContext:
        """Return the context of a member of this union, which has no name. `key` tells it from the other members."""
        candidates = (self.candidates[0] + "Variant",) if self.is_main else self.candidates
        return attrs.evolve(self._step(candidates, "oneOf", key), in_variant=True)

    def variant(self, union: str, labels: tuple[str, ...], key: str) -> NamingContext:
        """Return the context of a variant of this union, which is called `union`.

        `labels` are words for the variant, the best one first; `key` tells it from the others in names.lock.
        """
        return self._step([union + pascal(label) for label in labels if pascal(label)], "oneOf", key)

    def form_of(self, schema: str) -> NamingContext:
        """Return the context of a named schema in a form, where it has a type of its own: one with files."""
        name = pascal(schema)
        return self._step([name, name + "Form", self.module.main.name + name], "oneOf", name)

    def field(self, owner: str, wire_name: str) -> NamingContext:
        """Return the context of a property of the class `owner`.

        Names get longer with every level below the main type: `Tags`, but `OwnerAddress` in the class `Owner`.
        """
        return self._part(owner, wire_name, "properties", wire_name)

    def extra(self, owner: str) -> NamingContext:
        """Return the context of the undeclared keys of the class `owner`."""
        return self._part(owner, "Extra", "additionalProperties")

    def _part(self, owner: str, text: str, *steps: str) -> NamingContext:
        word = pascal(text) or pascal(attribute(text))  # `*` → `Asterisk`
        main = self.module.main.name
        nested = word if owner == main or self.is_main else owner + word
        candidates = [nested, owner + word, main + nested] if word else []
        return self._step(candidates, *steps, part=self.form, form=False, in_variant=False)

    def _step(self, candidates: list[str] | tuple[str, ...], *steps: str, **changes: bool) -> NamingContext:
        return attrs.evolve(
            self,
            candidates=tuple(dict.fromkeys(candidates)),
            place=below(self.place, *steps),
            is_main=False,
            **changes,
        )
