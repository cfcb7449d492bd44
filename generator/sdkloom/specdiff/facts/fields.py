"""Facts about the fields of a class: attributes of models, keys of dictionary types."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ...ir.definitions import Field, Model, Params
from ...ir.direction import Direction
from ...ir.symbols import field_symbol
from ...ir.types import OptionalType, TypeExpr
from ..collector import Collector, Subject, quoted
from ..matching import similarity as likeness
from ..rules import document, methods, types
from .values import Values


@attrs.frozen(kw_only=True)
class Fields:
    """Compares the fields of a class before and after. `around` is the class; `packages` are the import names."""

    old: Model | Params
    new: Model | Params
    packages: tuple[str, str]
    around: Subject
    directions: frozenset[Direction]
    values: Values
    collector: Collector

    @property
    def _of_request(self) -> bool:
        return isinstance(self.new, Params)

    def compare(self) -> None:
        pairs = _FieldPairs(self.old.fields, self.new.fields)
        for field in pairs.removed:
            self._removed(field)
        for field in pairs.added:
            self._added(field)
        for before, after in pairs.renamed:
            self._likely_renamed(before, after)
        for before, after in (*pairs.same, *pairs.renamed):
            if before != after:
                self._field(before, after)
        self._order(pairs.same)

    def _order(self, same: list[tuple[Field, Field]]) -> None:
        places = [self.new.fields.index(after) for _, after in same]
        if places != sorted(places):
            self.collector.add(types.FIELD_ORDER_CHANGED, self.around)

    def _subject(self, old: Field | None, new: Field | None) -> Subject:
        """At least one of the two is there."""
        found = [
            (field_symbol(package, owner, field), field)
            for package, owner, field in ((self.packages[0], self.old, old), (self.packages[1], self.new, new))
            if field is not None
        ]
        symbol, field = found[-1]
        return attrs.evolve(
            self.around,
            symbol=symbol,
            pointer=field.pointer,
            base=old.span if old else None,
            revision=new.span if new else None,
            words=tuple(one.name for _, one in found),
        )

    def _names(self, old: Field, new: Field) -> tuple[str, str]:
        return field_symbol(self.packages[0], self.old, old), field_symbol(self.packages[1], self.new, new)

    def _removed(self, field: Field) -> None:
        if self._of_request:
            rule = types.REQUEST_KEY_REMOVED
        else:
            rule = types.RESPONSE_FIELD_REMOVED if field.required else types.RESPONSE_OPTIONAL_FIELD_REMOVED
        self.collector.add(rule, self._subject(field, None))

    def _added(self, field: Field) -> None:
        if self._of_request:
            rule = types.REQUEST_KEY_ADDED_REQUIRED if field.required else types.REQUEST_KEY_ADDED
        else:
            rule = types.RESPONSE_FIELD_ADDED_REQUIRED if field.required else types.RESPONSE_FIELD_ADDED
        self.collector.add(rule, self._subject(None, field))

    def _likely_renamed(self, old: Field, new: Field) -> None:
        names = self._names(old, new)
        subject = attrs.evolve(self._subject(old, new), symbols=names)
        if names[0] == names[1]:
            self.collector.add(
                types.RESPONSE_WIRE_NAME_CHANGED,
                subject,
                detail=old.wire_name,
                old=old.wire_name,
                new=new.wire_name,
            )
            return
        if self._of_request:
            self.collector.add(types.REQUEST_KEY_LIKELY_RENAMED, subject, detail=names[0], old=names[0])
            return
        kept = self.collector.keeps(*names)
        rule = types.RESPONSE_FIELD_LIKELY_RENAMED_KEPT if kept else types.RESPONSE_FIELD_LIKELY_RENAMED
        self.collector.add(rule, subject, detail=names[0], renamed=[] if kept else [names], old=names[0])

    def _field(self, old: Field, new: Field) -> None:
        subject = self._subject(old, new)
        names = self._names(old, new)
        if names[0] != names[1] and old.wire_name == new.wire_name and old.name != new.name:
            kept = self.collector.keeps(*names)
            rule = types.ATTRIBUTE_RENAMED_KEPT if kept else types.ATTRIBUTE_RENAMED
            named = attrs.evolve(subject, symbols=names)
            self.collector.add(rule, named, detail=names[0], renamed=[] if kept else [names], old=names[0])
        if self._of_request:
            self._key(subject, old, new)
        else:
            self._attribute(subject, old, new)
        if old.doc != new.doc:
            self.collector.add(document.DOCS_CHANGED, subject)
        deprecation(self.collector, subject, old.deprecated, new.deprecated)

    def _key(self, subject: Subject, old: Field, new: Field) -> None:
        if old.required != new.required:
            rule = types.REQUEST_KEY_BECAME_REQUIRED if new.required else types.REQUEST_KEY_BECAME_OPTIONAL
            self.collector.add(rule, subject)
        self.values.compare(subject, old.type, new.type, self.directions)

    def _attribute(self, subject: Subject, old: Field, new: Field) -> None:
        """A field that may be missing is `Optional`: to Python users null and absence are one thing."""
        both = (old.type, new.type)
        if old.required != new.required:
            rule = types.RESPONSE_FIELD_BECAME_REQUIRED if new.required else types.RESPONSE_FIELD_BECAME_OPTIONAL
            self.collector.add(rule, subject)
            both = (_without_none(old.type), _without_none(new.type))
        self.values.compare(subject, *both, self.directions)
        if not old.required and not new.required and old.default != new.default:
            self.collector.add(
                types.RESPONSE_DEFAULT_CHANGED, subject, old=quoted(old.default), new=quoted(new.default)
            )


class _FieldPairs:
    """The fields of two classes: by name, and then by likeness."""

    def __init__(self, old: tuple[Field, ...], new: tuple[Field, ...]) -> None:
        by_wire = {field.wire_name: field for field in new}
        known = {field.wire_name for field in old}
        self.same = [(field, by_wire[field.wire_name]) for field in old if field.wire_name in by_wire]
        removed = [field for field in old if field.wire_name not in by_wire]
        added = [field for field in new if field.wire_name not in known]
        self.renamed = list(_renamed(removed, added))
        paired = {id(field) for pair in self.renamed for field in pair}
        self.removed = [field for field in removed if id(field) not in paired]
        self.added = [field for field in added if id(field) not in paired]


def _renamed(removed: list[Field], added: list[Field]) -> Iterator[tuple[Field, Field]]:
    """The same attribute under another wire name, then what looks the same."""
    by_name = {field.name: field for field in added}
    left: list[Field] = []
    for field in removed:
        other = by_name.pop(field.name, None)
        if other is None:
            left.append(field)
        else:
            yield field, other
    yield from likeness.pairs(left, by_name.values(), likeness.of_fields)


def _without_none(expr: TypeExpr) -> TypeExpr:
    return expr.inner if isinstance(expr, OptionalType) else expr


def deprecation(collector: Collector, subject: Subject, old: bool, new: bool) -> None:
    """The mark `deprecated` came or went."""
    if old != new:
        collector.add(methods.MARKED_DEPRECATED if new else methods.NO_LONGER_DEPRECATED, subject)
