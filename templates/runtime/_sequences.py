"""Sequences that are no texts, for the types of requests."""

from __future__ import annotations

import typing

from ._lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, Iterator, Protocol, Sequence, SupportsIndex, TypeVar, overload

    _ItemT_co = TypeVar("_ItemT_co", covariant=True)

    class SequenceNotStr(Protocol[_ItemT_co]):
        """A sequence of texts, but not a text: that can't be asked for just any value (`1 in "abc"`)."""

        @overload
        def __getitem__(self, index: SupportsIndex, /) -> _ItemT_co: ...
        @overload
        def __getitem__(self, index: slice, /) -> Sequence[_ItemT_co]: ...
        def __contains__(self, value: object, /) -> bool: ...
        def __len__(self) -> int: ...
        def __iter__(self) -> Iterator[_ItemT_co]: ...
        def __reversed__(self) -> Iterator[_ItemT_co]: ...
        def index(self, value: Any, start: int = 0, stop: int = ..., /) -> int:
            """Return where the value stands first, from 0."""
            ...

        def count(self, value: Any, /) -> int:
            """Return how often the value is there."""
            ...

else:

    class SequenceNotStr:
        """`typing.Sequence` in the types of requests."""

        def __class_getitem__(cls, item: object) -> object:
            return typing.Sequence[item]
