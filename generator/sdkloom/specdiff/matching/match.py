"""Which type, and which method, of the revision is which of the base."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

import attrs

from ...ir.definitions import Definition
from ...ir.symbols import is_nested, type_text
from ...ir.types import NamedType, TypeName
from ...ir.walk import replaced
from . import similarity as likeness
from .index import Index, MethodAt


@attrs.frozen(kw_only=True)
class TypePair:
    """A type under two names. `certain`: the same place in the spec; else it only looks the same."""

    old: Definition
    new: Definition
    certain: bool


@attrs.frozen(kw_only=True)
class MethodPair:
    """A method before and after. `certain`: the same endpoint, or the same name."""

    old: MethodAt
    new: MethodAt
    certain: bool = True


class Matches:
    """Everything that is in both SDKs, and what is only in one."""

    def __init__(self, base: Index, revision: Index) -> None:
        self._base = base
        self._revision = revision
        self.renamed: dict[TypeName, TypeName] = {}
        """Types that have another name now."""
        self.type_pairs: list[TypePair] = []
        self._prefixes: dict[str, str] = {}
        self._gone = {name: d for name, d in base.definitions.items() if name not in revision.definitions}
        self._come = {name: d for name, d in revision.definitions.items() if name not in base.definitions}
        self._by_pointer()
        self._by_likeness()
        self.methods = list(_method_pairs(base, revision, self.renamed))
        self._of_methods()
        self._below_renamed()
        paired_old = {id(pair.old) for pair in self.methods}
        paired_new = {id(pair.new) for pair in self.methods}
        self.removed_methods = [at for at in base.methods if id(at) not in paired_old]
        self.added_methods = [at for at in revision.methods if id(at) not in paired_new]
        self.removed_types = list(self._gone.values())
        self.added_types = list(self._come.values())

    def same_types(self) -> Iterator[tuple[Definition, Definition]]:
        """Every type that is in both, with its other self."""
        for name, definition in self._base.definitions.items():
            other = self._revision.definitions.get(self.renamed.get(name, name))
            if other is not None:
                yield definition, other

    def moved(self, pointer: str) -> str:
        """Where in the revision the place `pointer` of the base is."""
        known = pointer
        while known:
            if known in self._prefixes:
                return self._prefixes[known] + pointer[len(known) :]
            known = known.rpartition("/")[0]
        return pointer

    def _pair(self, old: Definition, new: Definition, certain: bool) -> None:
        self.type_pairs.append(TypePair(old=old, new=new, certain=certain))
        self.renamed[old.name] = new.name
        del self._gone[old.name]
        del self._come[new.name]
        if old.pointer and new.pointer and old.pointer != new.pointer:
            self._prefixes.setdefault(old.pointer, new.pointer)

    def _by_pointer(self) -> None:
        """The same place in the spec under another Python name."""

        def place(definition: Definition) -> Hashable:
            return (definition.pointer, type(definition)) if definition.pointer else None

        gone = [d for d in self._gone.values() if d.name not in self._base.of_methods]
        come = [d for d in self._come.values() if d.name not in self._revision.of_methods]
        for old, new in _zipped(gone, come, place, place):
            self._pair(old, new, True)

    def _by_likeness(self) -> None:
        gone = [definition for definition in self._gone.values() if _is_root(definition)]
        come = [definition for definition in self._come.values() if _is_root(definition)]
        for old, new in likeness.pairs(gone, come, likeness.of_definitions):
            self._pair(old, new, False)

    def _of_methods(self) -> None:
        """The types of a method's own module follow the method: `SendParams` → `CreateParams`."""
        for pair in self.methods:
            before, after = pair.old.params_type, pair.new.params_type
            if pair.old.method.pointer != pair.new.method.pointer:
                self._prefixes.setdefault(pair.old.method.pointer, pair.new.method.pointer)
            if before is None or after is None or before == after:
                continue
            for old in list(self._gone.values()):
                if (old.name.package, old.name.module) != (before.package, before.module):
                    continue
                name = old.name.name
                if name.startswith(before.name):
                    name = after.name + name[len(before.name) :]
                new = self._come.get(TypeName(package=after.package, module=after.module, name=name))
                if new is not None and type(new) is type(old):
                    self._pair(old, new, pair.certain)

    def _below_renamed(self) -> None:
        """Inline types of what moved."""

        def before(definition: Definition) -> Hashable:
            return (self.moved(definition.pointer), type(definition)) if definition.pointer else None

        def after(definition: Definition) -> Hashable:
            return (definition.pointer, type(definition)) if definition.pointer else None

        for old, new in _zipped(list(self._gone.values()), list(self._come.values()), before, after):
            self._pair(old, new, False)


def _zipped(
    gone: Iterable[Definition],
    come: Iterable[Definition],
    before: Callable[[Definition], Hashable],
    after: Callable[[Definition], Hashable],
) -> Iterator[tuple[Definition, Definition]]:
    """What has the same key, in order. Where the numbers differ nothing is paired."""
    old: dict[Hashable, list[Definition]] = {}
    new: dict[Hashable, list[Definition]] = {}
    for definition in gone:
        old.setdefault(before(definition), []).append(definition)
    for definition in come:
        new.setdefault(after(definition), []).append(definition)
    for key, definitions in old.items():
        if key is not None and len(new.get(key, [])) == len(definitions):
            yield from zip(definitions, new[key])


def _is_root(definition: Definition) -> bool:
    """Whether a type stands for a schema of its own, not for a part of another one or of a method."""
    return not is_nested(definition.name) and not definition.pointer.startswith("#/paths/")


def _method_pairs(base: Index, revision: Index, renamed: dict[TypeName, TypeName]) -> Iterator[MethodPair]:
    """The same endpoint and name, then the same endpoint, then the same name, then what looks the same."""
    keys: tuple[Callable[[MethodAt], Hashable], ...] = (
        lambda at: (at.endpoint, at.symbol),
        lambda at: at.endpoint,
        lambda at: at.symbol,
    )
    old, new = list(base.methods), list(revision.methods)
    for key in keys:
        waiting: dict[Hashable, list[MethodAt]] = {}
        for at in new:
            waiting.setdefault(key(at), []).append(at)
        left: list[MethodAt] = []
        for at in old:
            found = waiting.get(key(at))
            if found:
                other = found.pop(0)
                new.remove(other)
                yield MethodPair(old=at, new=other)
            else:
                left.append(at)
        old = left

    def score(one: MethodAt, other: MethodAt) -> float:
        return _likeness(one, other, renamed)

    for one, other in likeness.pairs(old, new, score):
        yield MethodPair(old=one, new=other, certain=False)


def _likeness(one: MethodAt, other: MethodAt, renamed: dict[TypeName, TypeName]) -> float:
    """Methods of one verb that give the same; how alike names, paths and parameters are."""
    if one.method.verb != other.method.verb or one.method.response_kind is not other.method.response_kind:
        return 0.0
    before = replaced(one.method.response, lambda name: NamedType(renamed.get(name, name)))
    if type_text(before) != type_text(other.method.response):
        return 0.0
    return (
        0.25
        + 0.35 * likeness.of_params(one.method.params, other.method.params)
        + 0.2 * likeness.of_names(one.symbol, other.symbol)
        + 0.2 * likeness.of_names(one.method.path, other.method.path)
    )
