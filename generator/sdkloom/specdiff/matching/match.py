"""Which type, and which method, of the revision is which of the base."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator

import attrs

from ...ir.definitions import Definition
from ...ir.symbols import is_nested, type_text
from ...ir.types import NamedType, TypeName
from ...ir.walk import replaced
from . import similarity
from .index import Index, MethodAt, module_of
from .pairing import keyed, paired


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


@attrs.frozen(kw_only=True)
class _Look:
    """What methods are compared by. Those of another kind have nothing in common."""

    kind: tuple[Hashable, ...]
    params: frozenset[tuple[Hashable, str]]
    """Where parameters stand, with their names on the wire."""
    symbol: str


_METHOD_KEYS: tuple[Callable[[MethodAt], Hashable], ...] = (
    lambda at: (at.endpoint, at.symbol),
    lambda at: at.endpoint,
    lambda at: (shape_of(at.endpoint), at.symbol),
    lambda at: shape_of(at.endpoint),
    lambda at: at.symbol,
)


def shape_of(endpoint: str) -> str:
    """Return an endpoint without the names of its placeholders, which aren't sent: `GET /pets/{}`."""
    return re.sub(r"\{[^{}]*\}", "{}", endpoint)


class Matches:
    """Everything that is in both SDKs, and what is only in one."""

    def __init__(self, base: Index, revision: Index) -> None:
        self._base = base
        self._revision = revision
        self.renamed: dict[TypeName, TypeName] = {}
        """Types that have another name now."""
        self.type_pairs: list[TypePair] = []
        self._prefixes: dict[str, str] = {}
        self._looks: dict[int, _Look] = {}
        definitions = keyed(base.definitions, revision.definitions)
        self._gone, self._come = definitions.removed, definitions.added
        self._by_pointer()
        self._by_similarity()
        methods = paired(
            base.methods, revision.methods, _METHOD_KEYS, self._method_similarity, kind=lambda at: self._look(at).kind
        )
        self.methods = [MethodPair(old=old, new=new) for old, new in methods.certain]
        self.methods += [MethodPair(old=old, new=new, certain=False) for old, new in methods.similar]
        self.removed_methods, self.added_methods = methods.removed, methods.added
        self._of_methods()
        self._below_renamed()
        self.removed_types = list(self._gone.values())
        self.added_types = list(self._come.values())

    def same_types(self) -> Iterator[tuple[Definition, Definition]]:
        """Return every type that is in both, as it is in the base and in the revision."""
        for name, definition in self._base.definitions.items():
            other = self._revision.definitions.get(self.renamed.get(name, name))
            if other is not None:
                yield definition, other

    def moved(self, pointer: str) -> str:
        """Return the JSON pointer in the revision of what `pointer` points at in the base."""
        known = pointer
        while known:
            if known in self._prefixes:
                return self._prefixes[known] + pointer[len(known) :]
            known = known.rpartition("/")[0]
        return pointer

    def move(self, pointer: str, to: str) -> None:
        """Note that what `pointer` points at in the base is elsewhere in the revision."""
        if pointer != to:
            self._prefixes.setdefault(pointer, to)

    def _pair(self, old: Definition, new: Definition, certain: bool) -> None:
        self.type_pairs.append(TypePair(old=old, new=new, certain=certain))
        self.renamed[old.name] = new.name
        del self._gone[old.name]
        del self._come[new.name]
        if old.pointer and new.pointer:
            self.move(old.pointer, new.pointer)

    def _by_pointer(self) -> None:
        """The same place in the spec under another Python name."""

        gone = [d for d in self._gone.values() if d.name not in self._base.of_methods]
        come = [d for d in self._come.values() if d.name not in self._revision.of_methods]
        for old, new in _zipped(gone, come, _place, _place):
            self._pair(old, new, True)

    def _by_similarity(self) -> None:
        gone = [definition for definition in self._gone.values() if _is_root(definition)]
        come = [definition for definition in self._come.values() if _is_root(definition)]
        for old, new in similarity.definitions(gone, come):
            self._pair(old, new, False)

    def _of_methods(self) -> None:
        """The types of a method's own module follow the method: `SendParams` → `CreateParams`."""
        for pair in self.methods:
            before, after = pair.old.params_type, pair.new.params_type
            self.move(pair.old.method.pointer, pair.new.method.pointer)
            if before is None or after is None or before == after:
                continue
            for old in list(self._gone.values()):
                if module_of(old.name) != module_of(before):
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

        for old, new in _zipped(list(self._gone.values()), list(self._come.values()), before, _place):
            self._pair(old, new, False)

    def _look(self, at: MethodAt) -> _Look:
        """How a method looks, with the names that types have in the revision."""
        known = self._looks.get(id(at))
        if known is None:
            method = at.method
            response = replaced(method.response, lambda name: NamedType(self.renamed.get(name, name)))
            known = self._looks[id(at)] = _Look(
                kind=(method.verb, method.response_kind, type_text(response)),
                params=frozenset((param.location, param.wire_name) for param in method.params),
                symbol=at.symbol,
            )
        return known

    def _method_similarity(self, one: MethodAt, other: MethodAt) -> float:
        """From 0 to 1: methods of one verb that return the same, by how similar names, paths and parameters are."""
        before, after = self._look(one), self._look(other)
        score = 0.25 + 0.35 * similarity.of_sets(before.params, after.params)
        score += 0.2 * similarity.of_names(before.symbol, after.symbol, (similarity.ENOUGH - score - 0.2) / 0.2)
        path = similarity.of_names(one.method.path, other.method.path, (similarity.ENOUGH - score) / 0.2)
        return score + 0.2 * path


def _place(definition: Definition) -> Hashable:
    return (definition.pointer, type(definition)) if definition.pointer else None


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
