"""What is in both of two collections, and what is in one only."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

import attrs

from . import similarity

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


@attrs.frozen
class Keyed(Generic[K, T]):
    """Two collections by key. Each part is in the order of its collection, `both` in that of the old one."""

    removed: dict[K, T]
    added: dict[K, T]
    both: dict[K, tuple[T, T]]

    @property
    def changed(self) -> dict[K, tuple[T, T]]:
        """What is in both and isn't equal."""
        return {key: (old, new) for key, (old, new) in self.both.items() if old != new}


def keyed(old: Mapping[K, T], new: Mapping[K, T]) -> Keyed[K, T]:
    """Compare two mappings by their keys."""
    return Keyed(
        removed={key: value for key, value in old.items() if key not in new},
        added={key: value for key, value in new.items() if key not in old},
        both={key: (value, new[key]) for key, value in old.items() if key in new},
    )


def keyed_by(key: Callable[[T], K], old: Iterable[T], new: Iterable[T]) -> Keyed[K, T]:
    """Compare two collections by what `key` says of their members. Of several with one key the last one counts."""
    return keyed({key(one): one for one in old}, {key(one): one for one in new})


@attrs.frozen
class Paired(Generic[T]):
    """Two collections whose members may have other names now."""

    certain: list[tuple[T, T]]
    """The same by one of the keys."""
    similar: list[tuple[T, T]]
    """A guess."""
    removed: list[T]
    added: list[T]


def paired(
    old: Iterable[T],
    new: Iterable[T],
    keys: Iterable[Callable[[T], Hashable]],
    score: Callable[[T, T], float],
    can_be_similar: Callable[[T], bool] = lambda one: True,
    kind: Callable[[T], Hashable] = lambda one: None,
) -> Paired[T]:
    """Pair by the first key, what is left by the next one, and at last by similarity.

    Of several with one key the first of each collection are a pair, then the second. `can_be_similar` says what may be
    paired by similarity, within what is of one `kind`; the rest of what is left is neither removed nor added.
    """
    gone, come = list(old), list(new)
    certain: list[tuple[T, T]] = []
    for key in keys:
        waiting: dict[Hashable, list[T]] = {}
        for one in come:
            waiting.setdefault(key(one), []).append(one)
        pairs = [(one, same.pop(0)) for one in gone if (same := waiting.get(key(one)))]
        gone, come = _without(gone, (one for one, _ in pairs)), _without(come, (other for _, other in pairs))
        certain += pairs
    gone, come = list(filter(can_be_similar, gone)), list(filter(can_be_similar, come))
    similar = similarity.pairs(gone, come, score, similarity.of_one_kind(kind))
    return Paired(
        certain=certain,
        similar=similar,
        removed=_without(gone, (one for one, _ in similar)),
        added=_without(come, (other for _, other in similar)),
    )


def _without(members: list[T], others: Iterable[T]) -> list[T]:
    """`members` but for `others`, by identity."""
    ids = set(map(id, others))
    return [member for member in members if id(member) not in ids]
