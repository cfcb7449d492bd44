"""Facts about types: classes, dictionary types, unions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ...ir.definitions import Alias, Definition, EnumClass, Model, Params, TaggedUnion
from ...ir.direction import Direction
from ...ir.symbols import is_nested, type_text, value_text
from ...ir.types import LiteralType, LiteralValue, NamedType, TypeExpr, TypeName, UnionType
from ..collector import Collector, listed
from ..matching.index import Index, MethodAt, Module, module_of
from ..matching.match import Matches, TypePair
from ..rules import types
from ..subject import Subject, joined
from .documentation import report_deprecation, report_docs
from .enums import report_enum_kind
from .fields import Fields
from .renames import report_rename
from .values import OBJECT, Values

_KINDS = {
    Model: "a class",
    Params: "a dictionary type",
    TaggedUnion: "a union",
    Alias: "a name for another type",
    EnumClass: "an enumeration",
}


@attrs.frozen(kw_only=True)
class Definitions:
    """Compares the types of two SDKs."""

    base: Index
    revision: Index
    matches: Matches
    values: Values
    collector: Collector

    def compare(self) -> None:
        """Report what differs, and which types are in one SDK only."""
        self._renames()
        for whole, parts in self._alone(self.base, self.matches.removed_types, self.matches.removed_methods):
            for definition in (whole,) if whole else parts:
                subject = self.base.of_type(definition)
                self.collector.add(types.TYPE_REMOVED, self._with_parts(subject, self.base, parts if whole else []))
        for whole, parts in self._alone(self.revision, self.matches.added_types, self.matches.added_methods):
            if whole is not None:  # else a field or a parameter is new, or has another type, and says so
                subject = self.revision.of_type(whole)
                self.collector.add(types.TYPE_ADDED, self._with_parts(subject, self.revision, parts))
        for old, new in self.matches.same_types():
            if old.name not in self.base.of_methods:
                self._pair(old, new)
        compared = {(old.name, new.name) for old, new in self.matches.same_types()}
        for names in self.values.successors:  # grows while it is gone through
            if names not in compared:
                self._pair(self.base.definitions[names[0]], self.revision.definitions[names[1]])

    @staticmethod
    def _alone(
        index: Index, definitions: Iterable[Definition], methods: Iterable[MethodAt]
    ) -> Iterator[tuple[Definition | None, list[Definition]]]:
        """Types that are in one SDK only, by file: the one that the file is named after, and its helpers.

        The file of a method's parameters goes with the method, if that is in one SDK only.
        """
        of_methods = {at.module for at in methods}
        files: dict[Module, list[Definition]] = {}
        for definition in definitions:
            name, module = definition.name, module_of(definition.name)
            if name in index.public and name not in index.of_methods and module not in of_methods:
                files.setdefault(module, []).append(definition)
        for found in files.values():
            whole = next((one for one in found if not is_nested(one.name)), None)
            yield whole, [one for one in found if one is not whole]

    @staticmethod
    def _with_parts(subject: Subject, index: Index, parts: Iterable[Definition]) -> Subject:
        symbols = (subject.symbol, *(index.symbol(definition.name) for definition in parts))
        return attrs.evolve(subject, symbols=symbols)

    def _renames(self) -> None:
        """One finding for each file: helpers are renamed with their type, the types of a method with the method."""
        moved = {pair.old.module for pair in self.matches.methods if pair.old.params_type != pair.new.params_type}
        by_module: dict[Module, list[TypePair]] = {}
        for pair in self.matches.type_pairs:
            module = module_of(pair.old.name)
            if module not in moved and pair.old.name in self.base.public:
                by_module.setdefault(module, []).append(pair)
        for pairs in by_module.values():
            pairs.sort(key=lambda pair: is_nested(pair.old.name))
            self._renamed(pairs[0], pairs)

    def _renamed(self, pair: TypePair, pairs: Iterable[TypePair]) -> None:
        names = [(self.base.symbol(p.old.name), self.revision.symbol(p.new.name)) for p in pairs]
        if pair.old.name.name == pair.new.name.name:
            rules = types.TYPE_MOVED
        else:
            rules = types.TYPE_RENAMED if pair.certain else types.TYPE_LIKELY_RENAMED
        report_rename(self.collector, rules, self._subject(pair.old, pair.new), names)

    def _subject(self, old: Definition, new: Definition) -> Subject:
        return joined(self.base.of_type(old), self.revision.of_type(new))

    def _pair(self, old: Definition, new: Definition) -> None:
        if old == new:
            return
        subject = self._subject(old, new)
        match old, new:
            case (Model(), Model()) | (Params(), Params()):
                self._class(subject, old, new)
            case EnumClass(), EnumClass():
                self._members(subject, old, new)
            case (Alias() | TaggedUnion() | EnumClass(), Alias() | TaggedUnion() | EnumClass()):
                self._union(subject, old, new)
            case _ if self.values.replaced(
                subject, self._in_place(old), self._in_place(new), self._directions(old, new)
            ):
                pass
            case _:
                self.collector.add(types.TYPE_KIND_CHANGED, subject, old=_KINDS[type(old)], new=_KINDS[type(new)])
        report_docs(self.collector, subject, _texts(old), _texts(new))
        if isinstance(old, (Model, Params)) and isinstance(new, (Model, Params)):
            report_deprecation(self.collector, subject, old.deprecated, new.deprecated)

    @staticmethod
    def _in_place(definition: Definition) -> TypeExpr:
        """What stands where a type is named."""
        return NamedType(definition.name) if isinstance(definition, (Model, Params)) else _as_type(definition)

    def _directions(self, old: Definition, new: Definition) -> frozenset[Direction]:
        return self.base.directions[old.name] | self.revision.directions[new.name]

    def _members(self, subject: Subject, old: EnumClass, new: EnumClass) -> None:
        """The members of an enum class, which are names of the package besides the values."""
        self.values.compare(subject, _as_type(old), _as_type(new), self._directions(old, new))
        after = {member.value: member.name for member in new.members}
        names = {*after.values()}
        for member in old.members:
            called = after.get(member.value)
            if called is None and member.name not in names:
                self.collector.add(types.ENUM_MEMBER_REMOVED, subject, detail=member.name, name=member.name)
            elif called is not None and called != member.name:
                self.collector.add(types.ENUM_MEMBER_RENAMED, subject, detail=member.name, old=member.name, new=called)

    def _union(
        self, subject: Subject, old: Alias | TaggedUnion | EnumClass, new: Alias | TaggedUnion | EnumClass
    ) -> None:
        directions = self._directions(old, new)
        self.values.compare(subject, _as_type(old), _as_type(new), directions)
        if isinstance(old, EnumClass) or isinstance(new, EnumClass):
            both = (isinstance(old, EnumClass), isinstance(new, EnumClass))
            report_enum_kind(self.collector, subject, *both, directions)
        match old, new:
            case TaggedUnion(), TaggedUnion():
                self._tags(subject, old, new)
            case TaggedUnion(), Alias(type=UnionType()):
                self.collector.add(types.DISCRIMINATOR_REMOVED, subject, old=old.property_name)
            case Alias(type=UnionType()), TaggedUnion():
                self.collector.add(types.DISCRIMINATOR_ADDED, subject, new=new.property_name)
            case _:
                return

    def _tags(self, subject: Subject, old: TaggedUnion, new: TaggedUnion) -> None:
        before = {self.matches.renamed.get(variant.type, variant.type): variant.tags for variant in old.variants}
        if old.property_name != new.property_name:
            is_kept = all(self._holds(name, old.property_name, tags) for name, tags in before.items())
            rule = types.DISCRIMINATOR_CHANGED_KEPT if is_kept else types.DISCRIMINATOR_CHANGED
            self.collector.add(rule, subject, old=old.property_name, new=new.property_name)
            return
        known = self.collector.count
        for variant in new.variants:
            tags = before.get(variant.type, variant.tags)
            if set(tags) != set(variant.tags):
                self.collector.add(
                    types.TAG_CHANGED,
                    subject,
                    detail=variant.type.name,
                    variant=self.revision.symbol(variant.type),
                    old=listed(map(value_text, tags)),
                    new=listed(map(value_text, variant.tags)),
                )
        after = {variant.type: variant.tags for variant in new.variants}
        spelled = [(list(tags.items()), union.explicit) for tags, union in ((before, old), (after, new))]
        if self.collector.count == known and set(before) == set(after) and spelled[0] != spelled[1]:
            self.collector.add(types.SPELLING_CHANGED, subject)

    def _holds(self, name: TypeName, property_name: str, tags: tuple[LiteralValue, ...]) -> bool:
        """Whether objects of a class of the revision always have one of some values as a property, or don't come."""
        model = self.revision.definitions.get(name)
        fields = model.fields if isinstance(model, Model) else ()
        return model is None or any(
            field.wire_name == property_name
            and field.required
            and isinstance(field.type, LiteralType)
            and set(field.type.values) <= set(tags)
            for field in fields
        )

    def _class(self, subject: Subject, old: Model | Params, new: Model | Params) -> None:
        Fields(
            old=old,
            new=new,
            base=self.base,
            revision=self.revision,
            around=subject,
            directions=self._directions(old, new),
            values=self.values,
            collector=self.collector,
        ).compare()
        if isinstance(old, Model) and isinstance(new, Model):
            self._undeclared(subject, old.extra, new.extra)

    def _undeclared(self, subject: Subject, old: TypeExpr | None, new: TypeExpr | None) -> None:
        before = OBJECT if old is None else self.values.mapped(old)
        if before != (OBJECT if new is None else new):
            self.collector.add(types.UNDECLARED_KEYS_CHANGED, subject, old=_type_or_any(old), new=_type_or_any(new))


def _texts(definition: Definition) -> tuple[object, ...]:
    members = definition.members if isinstance(definition, EnumClass) else ()
    return definition.doc, definition.example, tuple([(member.value, member.doc) for member in members if member.doc])


def _as_type(definition: Alias | TaggedUnion | EnumClass) -> TypeExpr:
    if isinstance(definition, EnumClass):
        return LiteralType(definition.values)
    if isinstance(definition, Alias):
        return definition.type
    # With tags, the order of the variants means nothing.
    members = sorted(variant.type for variant in definition.variants)
    return UnionType(tuple(map(NamedType, members)))


def _type_or_any(expr: TypeExpr | None) -> str:
    return "`object`" if expr is None else f"`{type_text(expr)}`"
