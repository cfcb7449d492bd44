"""The places at which two schemas ask something else, each in its meaning before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from itertools import combinations

import attrs

from ..diagnostics.span import Span
from ..document.model import Document, NamedSchema, SchemaOrRef, SchemaRef
from ..document.pointers import pointer_from
from ..ir.direction import Direction
from .meaning import Meaning, Nodes, changed_facets, refs_of, with_integers
from .reading import Scope, asked, meaning_of

Directions = frozenset[Direction]


@attrs.frozen(kw_only=True)
class Place:
    """A value that both documents describe. `changed` are facets that differ, and `members` if unions have other
    variants."""

    pointer: str
    """In the revision."""
    old_pointer: str
    """In the base, as the revision would spell it."""
    spans: tuple[Span, Span]
    nodes: tuple[Nodes, Nodes] = attrs.field(eq=False, repr=False)
    old: Meaning
    new: Meaning
    changed: frozenset[str]
    directions: Directions
    around: Directions
    """Where the place itself may go; `directions` leaves out what `readOnly` and `writeOnly` take away."""
    lost: tuple[tuple[str, SchemaOrRef], ...] = ()
    won: tuple[tuple[str, SchemaOrRef], ...] = ()
    """Properties that are here or there only."""
    is_required: bool | None = None
    """Of a property: whether it must be there, before and after; `None` if that changed."""


_Step = tuple[Nodes, Nodes, Directions, "bool | None"]
_Pair = tuple[Nodes, Nodes, "bool | None"]
_HERE_ONLY = frozenset({"texts", "descriptions", "extensions"})


class Places:
    """Walks two documents in step. `moved` gives the pointer in the revision for one in the base."""

    def __init__(self, documents: tuple[Document, Document], moved: Callable[[str], str]) -> None:
        self._documents = documents
        self._moved = moved
        self._targets = tuple(targets(document) for document in documents)
        self._ids: list[dict[str, str]] = [
            {key: moved(pointer_of(documents[0], named)) for key, named in self._targets[0].items()},
            {key: pointer_of(documents[1], named) for key, named in self._targets[1].items()},
        ]
        # By the ids of nodes, which are kept with them: so these stay theirs.
        self._meanings: dict[Hashable, tuple[Nodes, Meaning]] = {}
        self._paired: dict[Hashable, tuple[Nodes, Nodes, list[tuple[Nodes, Nodes]]]] = {}

    def between(self, old: SchemaOrRef, new: SchemaOrRef, directions: Directions) -> Iterator[Place]:
        """Return the places in `old` and `new` that differ. What both refer to by one name is passed over: it is
        compared where it stands."""
        return self._steps((old,), (new,), directions)

    def _steps(self, old: Nodes, new: Nodes, directions: Directions) -> Iterator[Place]:
        seen: set[Hashable] = set()
        waiting: list[_Step] = [(old, new, directions, None)]
        while waiting:
            before, after, ways, is_required = waiting.pop()
            key = (tuple(map(id, before)), tuple(map(id, after)), ways)
            if key in seen or before == after:
                continue
            seen.add(key)
            place, inside = self._place(before, after, ways)
            if place.changed or place.lost or place.won:
                yield attrs.evolve(place, is_required=is_required)
            waiting += [(one, other, place.directions, must) for one, other, must in reversed(inside)]

    def _place(self, old: Nodes, new: Nodes, ways: Directions) -> tuple[Place, list[_Pair]]:
        shared = self._shared(old, new)
        whole = [self.meaning(nodes, side) for side, nodes in enumerate((old, new))]
        own = whole
        if shared:
            own = [meaning_of(nodes, self._scope(side, shared)) for side, nodes in enumerate((old, new))]
        here = changed_facets(*own)
        changed = (here & changed_facets(*whole)) | (here & _HERE_ONLY)
        before, after = whole
        if whole is not own:  # texts behind references are told where they stand
            before, after = (
                attrs.evolve(deep, **{name: getattr(mine, name) for name in _HERE_ONLY})
                for deep, mine in zip(whole, own)
            )
        names = list({**own[0].properties, **own[1].properties})
        both = [name for name in names if name in before.properties and name in after.properties]
        must = [(name in before.required, name in after.required) for name in both]
        inside: list[_Pair] = [
            (before.properties[name], after.properties[name], states[0] if states[0] == states[1] else None)
            for name, states in zip(both, must)
        ]
        if any(self.lone_variants(before, after)):
            changed |= {"members"}
        place = Place(
            pointer=self.pointer(new[0], 1),
            old_pointer=self.pointer(old[0], 0),
            spans=(old[0].span, new[0].span),
            nodes=(old, new),
            old=before,
            new=after,
            changed=changed,
            directions=_ways(before, after, ways),
            around=ways,
            lost=tuple((name, before.properties[name][0]) for name in names if name not in after.properties),
            won=tuple((name, after.properties[name][0]) for name in names if name not in before.properties),
        )
        for parts in ("pattern_properties", "parts"):
            mine, theirs = (getattr(each, parts) for each in (before, after))
            inside += [(mine[key], theirs[key], None) for key in mine if key in theirs]
        for one, other in zip(before.members, after.members):
            inside += [(*pair, None) for pair in self._members(one, other)]
        return place, inside

    def _shared(self, old: Nodes, new: Nodes) -> frozenset[str]:
        """The components, by their pointers, that hold for both."""
        mine = Counter(self._ids[0].get(ref.ref.target, ref.ref.target) for ref in refs_of(old))
        theirs = Counter(self._ids[1].get(ref.ref.target, ref.ref.target) for ref in refs_of(new))
        return frozenset((mine & theirs).keys())

    def _scope(self, side: int, passed: frozenset[str] = frozenset()) -> Scope:
        ids, named = self._ids[side], self._targets[side]

        def whole(ref: SchemaRef) -> SchemaOrRef | None:
            target = ref.ref.target
            return named[target].schema if target in named else None

        def resolve(ref: SchemaRef) -> SchemaOrRef | None:
            return None if ids.get(ref.ref.target) in passed else whole(ref)

        return Scope(
            resolve=resolve if passed else whole,
            whole=whole,
            name=lambda ref: ids.get(ref.ref.target, ref.ref.text),
        )

    def meaning(self, nodes: Nodes, side: int) -> Meaning:
        """Return what `nodes` of the base (0) or of the revision (1) ask together, all references followed."""
        key = (side, *map(id, nodes))
        known = self._meanings.get(key)
        if known is None:
            known = self._meanings[key] = nodes, meaning_of(nodes, self._scope(side))
        return known[1]

    def pointer(self, node: SchemaOrRef, side: int) -> str:
        """Return the JSON pointer in the revision of a node of the base (0) or of the revision (1)."""
        pointer = pointer_from(self._documents[side].file, node.span.file, node.pointer)
        return pointer if side else self._moved(pointer)

    def _members(self, old: Nodes, new: Nodes) -> list[tuple[Nodes, Nodes]]:
        """The variants of a union that are the same: by name, by a constant that tells them apart, by all that they
        ask, by their kind."""
        key = (tuple(map(id, old)), tuple(map(id, new)))
        known = self._paired.get(key)
        if known is None:
            known = self._paired[key] = old, new, self._pair(old, new)
        return known[2]

    def _pair(self, old: Nodes, new: Nodes) -> list[tuple[Nodes, Nodes]]:
        pairs: list[tuple[Nodes, Nodes]] = []
        gone, come = list(old), list(new)
        for key in (self._name_of, self._tag_of, self._asked_of, self._kind_of):
            waiting: dict[Hashable, list[SchemaOrRef]] = {}
            for member in come if gone else ():
                waiting.setdefault(key(member, 1), []).append(member)
            for member in list(gone) if come else ():
                what = key(member, 0)
                found = waiting.get(what)
                if what is not None and found:
                    other = found.pop(0)
                    pairs.append(((member,), (other,)))
                    gone = [one for one in gone if one is not member]
                    come = [one for one in come if one is not other]
        return pairs

    def _name_of(self, member: SchemaOrRef, side: int) -> Hashable:
        return self._ids[side].get(member.ref.target) if isinstance(member, SchemaRef) else None

    def _tag_of(self, member: SchemaOrRef, side: int) -> frozenset[tuple[str, frozenset[str]]] | None:
        whole = self.meaning((member,), side)
        constants = ((name, self.meaning(nodes, side).values) for name, nodes in whole.properties.items())
        return (
            frozenset((name, values) for name, values in constants if values is not None and len(values) == 1) or None
        )

    def _asked_of(self, member: SchemaOrRef, side: int) -> Hashable:
        return asked((member,), self._scope(side))

    def _kind_of(self, member: SchemaOrRef, side: int) -> frozenset[str] | None:
        return self.meaning((member,), side).kinds

    def lone_variants(self, old: Meaning, new: Meaning) -> tuple[bool, bool]:
        """Return whether unions have variants that the other side lacks: before, and after."""
        gone, come = len(old.members) > len(new.members), len(new.members) > len(old.members)
        for one, other in zip(old.members, new.members):
            pairs = len(self._members(one, other))
            gone, come = gone or pairs < len(one), come or pairs < len(other)
        return gone, come

    def are_apart(self, members: Nodes, side: int) -> bool:
        """Return whether no value fits two of the variants, as their constants and kinds tell."""
        tags = [dict(self._tag_of(member, side) or ()) for member in members]
        kinds = [self._kind_of(member, side) for member in members]
        return all(
            any(tags[one][name] != value for name, value in tags[other].items() if name in tags[one])
            or _have_none_in_common(kinds[one], kinds[other])
            for one, other in combinations(range(len(members)), 2)
        )

    def has_variant(self, union: Meaning, nodes: Nodes, side: int) -> bool:
        """Return whether a union, of the other side, has what `nodes` of one side ask as one of its variants."""
        members = [member for members in union.members for member in members]
        pairs = [((nodes, (member,)) if side == 0 else ((member,), nodes)) for member in members]
        return any(not any(self._steps(*pair, frozenset())) for pair in pairs)


def _have_none_in_common(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return one is not None and other is not None and not with_integers(one) & with_integers(other)


def _ways(old: Meaning, new: Meaning, ways: Directions) -> Directions:
    if old.read_only or new.read_only:
        ways = ways - {Direction.REQUEST}
    return ways - {Direction.RESPONSE} if old.write_only or new.write_only else ways


def targets(document: Document) -> dict[str, NamedSchema]:
    """Return the named schemas, by what refs to them resolve to."""
    return {f"{named.file}#{named.pointer}": named for named in document.schemas}


def pointer_of(document: Document, named: NamedSchema) -> str:
    """Return the JSON pointer of a named schema; the file stands before it if that isn't the document's own."""
    return pointer_from(document.file, named.file, named.pointer)
