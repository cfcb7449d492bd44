"""What kind of type an annotation is."""

from __future__ import annotations

import collections.abc
import re
from types import UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Dict,
    Final,
    Iterable,
    List,
    Mapping,
    NewType,
    Tuple,
    TypeGuard,
    TypeVar,
    Union,
    get_args,
    get_origin,
)

LISTS = frozenset({list, collections.abc.Sequence, collections.abc.MutableSequence, collections.abc.Iterable})
MAPPINGS = frozenset({dict, collections.abc.Mapping, collections.abc.MutableMapping})
_WRAPPERS = (Annotated, ClassVar, Final)


def is_union(type_: Any) -> bool:
    """`Union[X, Y]`, `Optional[X]`, `X | Y`."""
    return get_origin(type_) in (Union, UnionType)


def unwrap(type_: Any) -> Any:
    """The type behind `Annotated`, `NewType`, `type X = ...`, a type variable."""
    for _ in range(100):
        if get_origin(type_) in _WRAPPERS:
            type_ = get_args(type_)[0]
        elif isinstance(type_, NewType):
            type_ = type_.__supertype__
        elif isinstance(type_, TypeVar):
            type_ = type_.__bound__ or (type_.__constraints__ and Union[type_.__constraints__]) or object
        elif type(type_).__name__ == "TypeAliasType":
            type_ = type_.__value__
        else:
            break
    return type_


def type_name(type_: Any) -> str:
    """`Message`, `List[Message]`: without modules."""
    return (
        type_.__name__
        if isinstance(type_, type) and not get_args(type_)
        else re.sub(r"(?:\w+\.)+(?=\w)|<locals>\.", "", str(type_))
    )


def is_list(value: object) -> TypeGuard[List[Any]]:
    """`isinstance` that keeps checkers content about the elements."""
    return isinstance(value, list)


def is_dict(value: object) -> TypeGuard[Dict[Any, Any]]:
    """A dict of anything."""
    return isinstance(value, dict)


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """A mapping of anything."""
    return isinstance(value, collections.abc.Mapping)


def is_any_iterable(value: object) -> TypeGuard[Iterable[Any]]:
    """Anything that can be iterated, except a class."""
    return isinstance(value, collections.abc.Iterable) and not isinstance(value, type)


def is_iterable(value: object, kinds: Tuple[type, ...]) -> TypeGuard[Iterable[Any]]:
    """An instance of one of these iterable classes."""
    return isinstance(value, kinds)
