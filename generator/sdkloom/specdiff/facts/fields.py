"""Facts about the fields of a class: attributes of models, keys of dictionary types."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from ...ir.definitions import Field, Model, Params
from ...ir.direction import Direction
from ...ir.types import without_null
from ..collector import Collector, quoted
from ..matching import similarity
from ..matching.index import Index
from ..matching.pairing import paired
from ..rules import types
from ..subject import Subject, joined
from .documentation import report_deprecation, report_docs
from .renames import report_rename
from .values import OBJECT, Values

_FIELD_KEYS: tuple[Callable[[Field], str], ...] = (lambda field: field.wire_name, lambda field: field.name)


@attrs.frozen(kw_only=True)
class Fields:
    """Compares the fields of a class before and after. `around` is the class."""

    base: Index
    revision: Index
    old: Model | Params
    new: Model | Params
    around: Subject
    directions: frozenset[Direction]
    values: Values
    collector: Collector

    @property
    def _of_request(self) -> bool:
        return isinstance(self.new, Params)

    def compare(self) -> None:
        """Report what differs."""
        fields = paired(self.old.fields, self.new.fields, _FIELD_KEYS, similarity.of_fields)
        for field in fields.removed:
            self._removed(field)
        for field in fields.added:
            self._added(field)
        same = [(before, after) for before, after in fields.certain if before.wire_name == after.wire_name]
        for before, after in (*fields.certain, *fields.similar):
            if before.wire_name != after.wire_name and not self._is_one_header(before, after):
                self._likely_renamed(before, after)
            if before != after:
                self._field(before, after)
        self._order(same)

    def _is_one_header(self, old: Field, new: Field) -> bool:
        same = old.wire_name.lower() == new.wire_name.lower()
        return same and self.new.name in self.revision.header_models

    def _order(self, same: list[tuple[Field, Field]]) -> None:
        places = [self.new.fields.index(after) for _, after in same]
        if places != sorted(places):
            self.collector.add(types.FIELD_ORDER_CHANGED, self.around)

    def _removed(self, field: Field) -> None:
        if self._of_request:
            rule = types.REQUEST_KEY_REMOVED
        else:
            rule = types.RESPONSE_FIELD_REMOVED if field.required else types.RESPONSE_OPTIONAL_FIELD_REMOVED
        self.collector.add(rule, self.base.of_field(self.old, field))

    def _added(self, field: Field) -> None:
        if self._of_request:
            rule = types.REQUEST_KEY_ADDED_REQUIRED if field.required else types.REQUEST_KEY_ADDED
        else:
            rule = types.RESPONSE_FIELD_ADDED_REQUIRED if field.required else types.RESPONSE_FIELD_ADDED
        self.collector.add(rule, self.revision.of_field(self.new, field))

    def _likely_renamed(self, old: Field, new: Field) -> None:
        before, after = self._subjects(old, new)
        subject = joined(before, after)
        names = (before.symbol, after.symbol)
        if before.symbol == after.symbol:
            facts = {"old": old.wire_name, "new": new.wire_name}
            self.collector.add(types.RESPONSE_WIRE_NAME_CHANGED, subject, detail=old.wire_name, renamed=(), **facts)
        elif self._of_request:
            subject = attrs.evolve(subject, symbols=names)
            self.collector.add(types.REQUEST_KEY_LIKELY_RENAMED, subject, detail=names[0], old=names[0])
        else:
            report_rename(self.collector, types.RESPONSE_FIELD_LIKELY_RENAMED, subject, [names])

    def _subjects(self, old: Field, new: Field) -> tuple[Subject, Subject]:
        return self.base.of_field(self.old, old), self.revision.of_field(self.new, new)

    def _field(self, old: Field, new: Field) -> None:
        before, after = self._subjects(old, new)
        subject = joined(before, after)
        if before.symbol != after.symbol and old.wire_name == new.wire_name and old.name != new.name:
            report_rename(self.collector, types.ATTRIBUTE_RENAMED, subject, [(before.symbol, after.symbol)])
        if self._of_request:
            self._key(subject, old, new)
        else:
            self._attribute(subject, old, new)
        report_docs(self.collector, subject, (old.doc, old.example), (new.doc, new.example))
        report_deprecation(self.collector, subject, old.deprecated, new.deprecated)

    def _key(self, subject: Subject, old: Field, new: Field) -> None:
        if old.required != new.required:
            rule = types.REQUEST_KEY_BECAME_REQUIRED if new.required else types.REQUEST_KEY_BECAME_OPTIONAL
            self.collector.add(rule, subject)
        self.values.compare(subject, old.type, new.type, self.directions)

    def _attribute(self, subject: Subject, old: Field, new: Field) -> None:
        """A field that may be missing is `Optional`: to Python users null and absence are one thing."""
        both = (old.type, new.type)
        if old.required != new.required and not all(without_null(each) == OBJECT for each in both):
            rule = types.RESPONSE_FIELD_BECAME_REQUIRED if new.required else types.RESPONSE_FIELD_BECAME_OPTIONAL
            self.collector.add(rule, subject)
            both = (without_null(old.type), without_null(new.type))
        self.values.compare(subject, *both, self.directions)
        if not old.required and not new.required and old.default != new.default:
            self.collector.add(
                types.RESPONSE_DEFAULT_CHANGED, subject, old=quoted(old.default), new=quoted(new.default)
            )
