"""What a value may be, before and after: the facts about two type expressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Union

import attrs

from ...ir.definitions import Alias, Definition, EnumClass, TaggedUnion
from ...ir.direction import Direction
from ...ir.symbols import type_text, value_text
from ...ir.types import (
    Base64Type,
    DictType,
    IterableType,
    ListType,
    LiteralType,
    LiteralValue,
    NamedType,
    OptionalType,
    Primitive,
    Scalar,
    TypeExpr,
    TypeName,
    UnionType,
)
from ...ir.walk import replaced, type_parts
from ..collector import Collector, listed, quoted
from ..matching import similarity
from ..matching.index import Index
from ..model import Finding, Impact
from ..rules import ByDirection, types
from ..subject import Subject
from .enums import has_enum, report_enum_kind
from .renames import report_kept_or_lost

NULL = Scalar(Primitive.NONE)
OBJECT = Scalar(Primitive.OBJECT)
_NUMBERS = {Scalar(Primitive.FLOAT), Scalar(Primitive.NUMBER)}
"""What numbers may be in Python."""


@attrs.frozen
class Value:
    """One value of a `Literal`. `kind` tells `True` from `1`."""

    value: LiteralValue
    kind: str

    @classmethod
    def of(cls, value: LiteralValue) -> Value:
        """Return the value with its kind, the name of its Python type."""
        return cls(value, type(value).__name__)


Atom = Union[TypeExpr, Value]
"""A member of a union that can't be taken apart: a value, a scalar, a list, a class."""


@attrs.frozen
class Values:
    """Compares type expressions of the base with those of the revision. `renamed` maps types of the base."""

    collector: Collector
    base: Index
    revision: Index
    renamed: Mapping[TypeName, TypeName]
    successors: list[tuple[TypeName, TypeName]] = attrs.field(factory=list[tuple[TypeName, TypeName]], init=False)
    """Classes of the base, each with the one that stands in its place somewhere."""

    def compare(self, subject: Subject, old: TypeExpr, new: TypeExpr, directions: frozenset[Direction]) -> None:
        """Report everything in which values of `new`, a type of the revision, differ from those of `old`, a type of the
        base, for each direction in which they go."""
        old = self.mapped(old)
        if old == new:
            return
        known = self.collector.count
        for direction in sorted(directions, key=lambda direction: direction.value):
            self._compare(subject, old, new, direction)
        before, after = has_enum(old, self.base.definitions), has_enum(new, self.revision.definitions)
        takes_values = any(isinstance(part, LiteralType) for part in type_parts(new))
        report_enum_kind(self.collector, subject, before, after, directions, takes_values=takes_values)
        if self.collector.count == known:
            self.collector.add(types.SPELLING_CHANGED, subject)

    def mapped(self, expr: TypeExpr) -> TypeExpr:
        """Return an expression of the base with the names that its types have in the revision."""
        return replaced(expr, lambda name: NamedType(self.renamed[name]) if name in self.renamed else None)

    def _compare(self, subject: Subject, old: TypeExpr, new: TypeExpr, direction: Direction) -> None:
        shared = frozenset(_top_names(old)) & frozenset(_top_names(new))
        before = self._atoms(old, self.base, shared)
        after = self._atoms(new, self.revision, shared)
        gone = [atom for atom in before if atom not in after]
        come = [atom for atom in after if atom not in before]
        gone, come = self._inside(subject, gone, come, direction)
        gone, come = self._classes(subject, gone, come, direction)
        facts = _Facts(
            values=self,
            subject=subject,
            direction=direction,
            texts={"old": f"`{type_text(old)}`", "new": f"`{type_text(new)}`"},
        )
        facts.report(gone, come, list(before), list(after))
        if direction is Direction.RESPONSE:
            facts.tag(self._tag(old, self.base, shared, before), self._tag(new, self.revision, shared, after))
        if {*before} == {*after} and not gone and direction is Direction.RESPONSE:
            facts.order(*(tuple(atom for atom in atoms if isinstance(atom, NamedType)) for atoms in (before, after)))

    def _inside(
        self, subject: Subject, gone: list[Atom], come: list[Atom], direction: Direction
    ) -> tuple[list[Atom], list[Atom]]:
        """Compare what lists and dictionaries hold; gives what is left to be compared as a whole."""
        for kinds, suffix in (((ListType, IterableType), "[]"), ((DictType,), "{}")):
            old = [atom for atom in gone if isinstance(atom, kinds)]
            new = [atom for atom in come if isinstance(atom, kinds)]
            if len(old) == 1 and len(new) == 1:
                gone, come = [a for a in gone if a is not old[0]], [a for a in come if a is not new[0]]
                known = self.collector.count
                self._compare(subject.part(suffix), _held(old[0]), _held(new[0]), direction)
                inside = self.collector.reported[known:]
                is_fixed = bool(inside) and not isinstance(new[0], IterableType)
                if direction is Direction.REQUEST and _leniency(new[0]) < _leniency(old[0]):
                    is_fixed = True
                if is_fixed and all(_leaves_variables(found) for found in inside):
                    texts = {"old": f"`{type_text(old[0])}`", "new": f"`{type_text(new[0])}`"}
                    self.collector.add_by_direction(types.HELD_CHANGED, direction, subject, detail=suffix, **texts)
        return gone, come

    def _classes(
        self, subject: Subject, gone: list[Atom], come: list[Atom], direction: Direction
    ) -> tuple[list[Atom], list[Atom]]:
        """Classes that stand in the place of others with the same fields; gives the rest."""
        old = [atom for atom in gone if isinstance(atom, NamedType)]
        new = [atom for atom in come if isinstance(atom, NamedType)]
        for one, other in similarity.pairs(old, new, self._class_similarity):
            gone, come = [atom for atom in gone if atom != one], [atom for atom in come if atom != other]
            texts = {"old": self.base.symbol(one.name), "new": self.revision.symbol(other.name)}
            self.collector.add_by_direction(types.CLASS_CHANGED, direction, subject, detail=texts["new"], **texts)
            if (one.name, other.name) not in self.successors:
                self.successors.append((one.name, other.name))
        return gone, come

    def _class_similarity(self, one: NamedType, other: NamedType) -> float:
        before, after = self.base.definitions.get(one.name), self.revision.definitions.get(other.name)
        return 0.0 if before is None or after is None else similarity.of_classes(before, after)

    def is_wider(self, old: TypeExpr, new: TypeExpr) -> bool:
        """Return whether a type of the revision takes all that one of the base takes, and more."""
        whole = frozenset[TypeName]()
        before, after = self._atoms(self.mapped(old), self.base, whole), self._atoms(new, self.revision, whole)
        gone, come = before.keys() - after.keys(), after.keys() - before.keys()
        return all(_covered(atom, after) for atom in gone) and not all(_covered(atom, before) for atom in come)

    def replaced(self, subject: Subject, old: TypeExpr, new: TypeExpr, directions: frozenset[Direction]) -> bool:
        """Report that values of another kind stand where others did, and return whether that is so."""
        whole = frozenset[TypeName]()
        before, after = self._atoms(self.mapped(old), self.base, whole), self._atoms(new, self.revision, whole)
        if not are_of_other_kinds(before, after):
            return False
        texts = [f"`{type_text(expr)}`" for expr in (old, new)]
        texts = ["an object" if isinstance(expr, NamedType) else text for expr, text in zip((old, new), texts)]
        for direction in sorted(directions, key=lambda direction: direction.value):
            self.collector.add_by_direction(types.TYPE_CHANGED, direction, subject, old=texts[0], new=texts[1])
        return True

    @staticmethod
    def _tag(expr: TypeExpr, index: Index, whole: frozenset[TypeName], atoms: Iterable[Atom]) -> str | None:
        """The property that tells classes apart; an empty text where nothing does, `None` where nothing has to."""
        for name in _top_names(expr):
            definition = None if name in whole else index.definitions.get(name)
            if isinstance(definition, TaggedUnion):
                return definition.property_name
        return "" if sum(isinstance(atom, NamedType) for atom in atoms) > 1 else None

    def _atoms(self, expr: TypeExpr, index: Index, whole: frozenset[TypeName]) -> dict[Atom, None]:
        """The members of a union. Names for unions are opened, but for those in `whole`."""
        found: dict[Atom, None] = {}
        is_base = index is self.base
        self._open(expr, index.definitions, whole, set(), found)
        if not is_base:
            return found
        return {self.mapped(atom) if isinstance(atom, NamedType) else atom: None for atom in found}

    def _open(
        self,
        expr: TypeExpr,
        definitions: Mapping[TypeName, Definition],
        whole: frozenset[TypeName],
        seen: set[TypeName],
        found: dict[Atom, None],
    ) -> None:
        match expr:
            case UnionType(members):
                for member in members:
                    self._open(member, definitions, whole, seen, found)
            case OptionalType(inner):
                self._open(inner, definitions, whole, seen, found)
                found[NULL] = None
            case LiteralType(values):
                found.update(dict.fromkeys(map(Value.of, values)))
            case NamedType(name):
                definition = None if name in whole else definitions.get(name)
                if name in seen:
                    return
                if isinstance(definition, Alias):
                    seen.add(name)
                    self._open(definition.type, definitions, whole, seen, found)
                elif isinstance(definition, EnumClass):
                    found.update(dict.fromkeys(map(Value.of, definition.values)))
                elif isinstance(definition, TaggedUnion):
                    found.update(dict.fromkeys(NamedType(name) for name in sorted(v.type for v in definition.variants)))
                else:
                    found[expr] = None
            case _:
                found[expr] = None


@attrs.frozen(kw_only=True)
class _Facts:
    """The difference between two sets of atoms, as findings."""

    values: Values
    subject: Subject
    direction: Direction
    texts: dict[str, str]

    def report(self, gone: list[Atom], come: list[Atom], before: list[Atom], after: list[Atom]) -> None:
        open_ended = any(is_open(atom) for atom in before) and any(is_open(atom) for atom in after)
        lost = [atom for atom in gone if not _covered(atom, after)]
        won = [atom for atom in come if not _covered(atom, before)]
        if open_ended:
            self._known_values(gone, come)
        if are_of_other_kinds(before, after):
            self._null(lost, won)
            self._add(types.TYPE_CHANGED, **self.texts)
            return
        lost, won = self._literals(lost, won)
        lost, won = self._null(lost, won)
        stay = any(isinstance(atom, NamedType) and atom in after for atom in before)
        if stay or not any(isinstance(atom, NamedType) for atom in won):
            lost, won = self._variants(lost, won)
        if self._are_texts(lost, won, before, after):
            self._add(types.TEXT_CLASS_CHANGED, **self.texts)
        elif lost and _NUMBERS.issuperset((*lost, *won)) and any(_kind_of(atom) == "number" for atom in after):
            self._add(types.NUMBER_CLASS_CHANGED, **self.texts)
        else:
            self._rest(lost, won)

    def tag(self, before: str | None, after: str | None) -> None:
        """A union without a name of its own that got, lost or changed its tag."""
        if before is None or after is None or before == after:
            return
        add = self.values.collector.add
        if before and after:
            add(types.DISCRIMINATOR_CHANGED, self.subject, old=before, new=after)
        elif after:
            add(types.DISCRIMINATOR_ADDED, self.subject, new=after)
        else:
            add(types.DISCRIMINATOR_REMOVED, self.subject, old=before)

    def order(self, before: tuple[NamedType, ...], after: tuple[NamedType, ...]) -> None:
        """The same classes, of which another one is tried first."""
        if before != after:
            texts = [listed(atom.name.name for atom in atoms) for atoms in (before, after)]
            self.values.collector.add(types.UNION_ORDER_CHANGED, self.subject, old=texts[0], new=texts[1])

    def _add(self, rules: ByDirection, detail: object = "", **facts: Any) -> None:
        self.values.collector.add_by_direction(rules, self.direction, self.subject, detail=detail, **facts)

    def _known_values(self, gone: list[Atom], come: list[Atom]) -> None:
        for atom in come:
            if isinstance(atom, Value):
                self._add(types.KNOWN_VALUE_ADDED, repr(atom.value), value=quoted(atom.value))
        for atom in gone:
            if isinstance(atom, Value):
                self._add(types.KNOWN_VALUE_REMOVED, repr(atom.value), value=quoted(atom.value))

    def _literals(self, lost: list[Atom], won: list[Atom]) -> tuple[list[Atom], list[Atom]]:
        old = [atom.value for atom in lost if isinstance(atom, Value)]
        new = [atom.value for atom in won if isinstance(atom, Value)]
        for one, other in similarity.pairs(old, new, similarity.of_values):
            old.remove(one)
            new.remove(other)
            self._renamed(one, other)
        for value in old:
            self._add(types.VALUE_REMOVED, repr(value), value=quoted(value))
        for value in new:
            self._add(types.VALUE_ADDED, repr(value), value=quoted(value))
        return [a for a in lost if not isinstance(a, Value)], [a for a in won if not isinstance(a, Value)]

    def _renamed(self, old: LiteralValue, new: LiteralValue) -> None:
        symbol = self.subject.symbol
        facts = {"old": quoted(old), "value": quoted(new)}
        if not self.subject.keeps_values or not (isinstance(old, str) and isinstance(new, str)):
            self._add(types.VALUE_LIKELY_RENAMED, f"{old!r} {new!r}", **facts)
            return
        call = symbol.removesuffix(")")
        names = (f"{call}{value_text(old)})", f"{call}{value_text(new)})")
        report_kept_or_lost(
            self.values.collector, types.VALUE_RENAMED, self.subject, [names], detail=f"{old!r} {new!r}", **facts
        )

    def _null(self, lost: list[Atom], won: list[Atom]) -> tuple[list[Atom], list[Atom]]:
        if NULL in lost:
            self._add(types.NULL_REMOVED)
        if NULL in won:
            self._add(types.NULL_ADDED)
        return [atom for atom in lost if atom != NULL], [atom for atom in won if atom != NULL]

    def _variants(self, lost: list[Atom], won: list[Atom]) -> tuple[list[Atom], list[Atom]]:
        """Classes that joined or left a union of which something stayed."""
        for rule, index, atoms in (
            (types.VARIANT_REMOVED, self.values.base, lost),
            (types.VARIANT_ADDED, self.values.revision, won),
        ):
            for atom in atoms:
                if isinstance(atom, NamedType):
                    self._add(rule, atom.name.name, variant=index.symbol(atom.name))
        return [a for a in lost if not isinstance(a, NamedType)], [a for a in won if not isinstance(a, NamedType)]

    def _rest(self, lost: list[Atom], won: list[Atom]) -> None:
        if lost and won and self._is_dictionary_or_class([*lost, *won]):
            self.values.collector.add(
                types.TYPE_KIND_CHANGED, self.subject, old=self.texts["old"], new=self.texts["new"]
            )
        elif lost and won:
            self._add(types.TYPE_CHANGED, **self.texts)
        elif lost:
            self._add(types.TYPE_NARROWED, **self.texts)
        elif won:
            self._add(types.TYPE_WIDENED, **self.texts)

    def _are_texts(self, lost: list[Atom], won: list[Atom], before: list[Atom], after: list[Atom]) -> bool:
        """Whether texts are of another class in Python, such as `datetime`: in JSON they are texts all the same."""
        if {_kind_of(atom) for atom in (*lost, *won)} != {"string"}:
            return False
        if self.direction is Direction.RESPONSE:  # where any text could come, some are of a class of their own now
            return bool(won) and (bool(lost) or any(is_open(atom) for atom in before))
        return bool(lost) and any(_kind_of(atom) == "string" for atom in after)

    def _is_dictionary_or_class(self, atoms: list[Atom]) -> bool:
        """Whether responses have an object, once as a class and once as a dictionary: what it holds is told apart."""
        kinds = {type(atom) for atom in atoms}
        return self.direction is Direction.RESPONSE and kinds == {DictType, NamedType}


def _leaves_variables(finding: Finding) -> bool:
    """Whether a finding about what is held says nothing of variables that are declared with its old type."""
    return finding.verdict.typing is Impact.OK or finding.rule is types.NULL_REMOVED.response


def _top_names(expr: TypeExpr) -> Iterable[TypeName]:
    """The names that stand in a union, not inside of its lists."""
    match expr:
        case NamedType(name):
            yield name
        case UnionType(members):
            for member in members:
                yield from _top_names(member)
        case OptionalType(inner):
            yield from _top_names(inner)
        case _:
            return


def _leniency(atom: Atom) -> int:
    """How much besides lists of the same items a list takes: other sequences, anything that can be gone through."""
    if isinstance(atom, ListType):
        return int(atom.any_sequence)
    return 2


def _held(atom: Atom) -> TypeExpr:
    match atom:
        case ListType(held) | IterableType(held) | DictType(held):
            return held
        case _:
            raise TypeError(f"{atom} holds nothing")


_KINDS = {
    Primitive.BOOL: "boolean",
    Primitive.FLOAT: "number",
    Primitive.INT: "number",
    Primitive.NUMBER: "number",
    Primitive.NONE: "null",
    Primitive.OBJECT: "any",
}
_KINDS_OF_VALUES = {"bool": "boolean", "float": "number", "int": "number", "str": "string"}


def are_of_other_kinds(before: Iterable[Atom], after: Iterable[Atom]) -> bool:
    """Return whether a kind of JSON value went and another one came: what was a text may be an object."""
    old, new = ({_kind_of(atom) for atom in atoms} - {"null"} for atoms in (before, after))
    return bool(old - new and new - old) and "any" not in old | new


def _kind_of(atom: Atom) -> str:
    match atom:
        case Value(kind=kind):
            return _KINDS_OF_VALUES.get(kind, "any")
        case Scalar(primitive):
            return _KINDS.get(primitive, "string")
        case ListType() | IterableType():
            return "array"
        case NamedType() | DictType():
            return "object"
        case _:
            return "string"


def is_open(atom: Atom) -> bool:
    """Return whether an atom takes any text: listed values beside it are only examples."""
    return atom == Scalar(Primitive.STR)


_SCALAR_OF = {"str": Primitive.STR, "int": Primitive.INT, "bool": Primitive.BOOL, "float": Primitive.FLOAT}


def _covered(atom: Atom, others: Iterable[Atom]) -> bool:
    """Whether one of the others takes everything that `atom` takes."""
    return any(_within(atom, other) for other in others)


def _within(atom: Atom, other: Atom) -> bool:
    if atom == other or other == OBJECT:
        return True
    if isinstance(atom, Value):
        return other == Scalar(_SCALAR_OF[atom.kind]) or (atom.kind == "str" and isinstance(other, Base64Type))
    if isinstance(atom, Scalar):
        numbers = (Scalar(Primitive.INT), Scalar(Primitive.FLOAT))
        return (atom, other) == numbers or (atom == Scalar(Primitive.STR) and isinstance(other, Base64Type))
    return isinstance(atom, ListType) and other == IterableType(atom.item)
