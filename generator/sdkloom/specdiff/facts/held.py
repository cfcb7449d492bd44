"""Lists and dictionaries in requests that stay as they are, but for what a name in them stands for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import attrs

from ...ir.definitions import Alias, Params
from ...ir.direction import Direction
from ...ir.symbols import type_text
from ...ir.types import DictType, ListType, TypeExpr, TypeName
from ...ir.walk import named_types, replaced, type_parts
from ..collector import Collector
from ..matching.index import Index
from ..matching.match import Matches
from ..matching.pairing import keyed_by
from ..rules import types
from ..subject import Subject, joined
from .values import Values


@attrs.frozen(kw_only=True, slots=False)
class Held:
    """Compares what lists and dictionaries of requests hold where the names of their types are the same."""

    base: Index
    revision: Index
    matches: Matches
    values: Values
    collector: Collector

    def compare(self) -> None:
        """Report the names, each with the places. A list of a type isn't one of a wider type (PEP 484, "Covariance and
        contravariance")."""
        for place, old, new in self._places() if self._wider else ():
            before = set(type_parts(self.values.mapped(old)))
            for part in type_parts(new):
                is_fixed = isinstance(part, DictType) or (isinstance(part, ListType) and not part.any_sequence)
                for name in dict.fromkeys(named_types(part)) if is_fixed and part in before else ():
                    if name in self._wider:
                        self._report(name, place)

    def _report(self, name: TypeName, place: Subject) -> None:
        old, new = self._wider[name]
        subject = joined(self.base.of_type(old), self.revision.of_type(new))
        symbols = (subject.symbol, *(place.symbols or (place.symbol,)))
        texts = [f"`{type_text(self._written_out(each.type, side))}`" for side, each in enumerate((old, new))]
        self.collector.add_by_direction(
            types.HELD_CHANGED,
            Direction.REQUEST,
            attrs.evolve(subject, symbols=symbols),
            old=texts[0],
            new=texts[1],
        )

    def _written_out(self, expr: TypeExpr, side: int) -> TypeExpr:
        """What the names stand for in the base (0) or in the revision (1). None of them stands for a part of itself."""

        def meant(name: TypeName) -> TypeExpr | None:
            return self._written_out(self._wider[name][side].type, side) if name in self._wider else None

        return replaced(expr, meant)

    @cached_property
    def _wider(self) -> dict[TypeName, tuple[Alias, Alias]]:
        """The names in requests that stand for more than before, as they are in the base and in the revision."""
        return {
            new.name: (old, new)
            for old, new in self.matches.same_types()
            if isinstance(old, Alias)
            and isinstance(new, Alias)
            and Direction.REQUEST in self.revision.directions[new.name]
            and self.values.is_wider(old.type, new.type)
        }

    def _places(self) -> Iterator[tuple[Subject, TypeExpr, TypeExpr]]:
        for pair in self.matches.methods:
            params = keyed_by(lambda param: param.name, pair.old.method.params, pair.new.method.params)
            for old, new in params.both.values():
                subject = joined(self.base.of_param(pair.old, old), self.revision.of_param(pair.new, new))
                yield subject, old.type, new.type
        for before, after in self.matches.same_types():
            if before.name in self.base.of_methods or Direction.REQUEST not in self.revision.directions[after.name]:
                continue
            if isinstance(before, Params) and isinstance(after, Params):
                fields = keyed_by(lambda field: field.name, before.fields, after.fields)
                for one, other in fields.both.values():
                    subject = joined(self.base.of_field(before, one), self.revision.of_field(after, other))
                    yield subject, one.type, other.type
            elif isinstance(before, Alias) and isinstance(after, Alias):
                yield joined(self.base.of_type(before), self.revision.of_type(after)), before.type, after.type
