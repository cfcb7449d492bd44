"""What annotations say: what kind of type it is, and the variants of unions."""

from __future__ import annotations

import collections.abc
import enum
import re
from types import UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Dict,
    Final,
    Iterable,
    Iterator,
    List,
    Literal,
    Mapping,
    NewType,
    Optional,
    Tuple,
    TypeGuard,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
)

from .fields import UNRESOLVED, Discriminator, Scope
from .model_meta import ModelMeta, fields_of

NO_SCOPE = Scope("", {})
"""For annotations that stand outside of a class: only what is no string can be evaluated."""

ARRAYS = frozenset({list, collections.abc.Sequence, collections.abc.MutableSequence, collections.abc.Iterable})
MAPPINGS = frozenset({dict, collections.abc.Mapping, collections.abc.MutableMapping})
"""The origins of annotations that mean a JSON array, and a JSON object with any keys."""

_MODULES_OF_FORMATS = frozenset({"datetime", "decimal", "uuid"})

_WRAPPERS = (Annotated, ClassVar, Final)


def is_union(type_: Any) -> bool:
    """Whether a type is a union: `Union[X, Y]`, `Optional[X]`, `X | Y`."""
    return get_origin(type_) in (Union, UnionType)


def unwrap(type_: Any) -> Any:
    """Return the type behind `Annotated`, `NewType`, `type X = ...` or a type variable."""
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
    """Return the name of a type as messages show it, without modules: `Message`, `List[Message]`."""
    return (
        type_.__name__
        if isinstance(type_, type) and not get_args(type_)
        else re.sub(r"(?:\w+\.)+(?=\w)|<locals>\.", "", str(type_))
    )


def may_be_text(type_: Any) -> bool:
    """Whether JSON has values of this class as texts, as far as its module tells: `formats` knows."""
    return type_ is bytes or getattr(type_, "__module__", None) in _MODULES_OF_FORMATS


def is_list(value: object) -> TypeGuard[List[Any]]:
    """Whether a value is a list. Unlike after `isinstance`, checkers take its elements for `Any`."""
    return isinstance(value, list)


def is_dict(value: object) -> TypeGuard[Dict[Any, Any]]:
    """Whether a value is a dict, of anything."""
    return isinstance(value, dict)


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Whether a value is a mapping, of anything."""
    return isinstance(value, collections.abc.Mapping)


def is_any_iterable(value: object) -> TypeGuard[Iterable[Any]]:
    """Whether a value can be iterated and is no class."""
    return isinstance(value, collections.abc.Iterable) and not isinstance(value, type)


def is_iterable(value: object, kinds: Tuple[type, ...]) -> TypeGuard[Iterable[Any]]:
    """Whether a value is an instance of one of these classes, all of which can be iterated."""
    return isinstance(value, kinds)


def discriminator_of(type_: Any) -> Optional[Discriminator]:
    """Return the discriminator that an `Annotated[Union[...], ...]` carries, if it does."""
    if get_origin(type_) is Annotated:
        for metadata in type_.__metadata__:
            if isinstance(metadata, Discriminator):
                return metadata
    return None


def resolved(member: Any, scope: Scope) -> Any:
    """Return a member of a union; what a reference means, if that is defined by now."""
    type_ = scope.evaluate(member)
    return member if type_ is UNRESOLVED else type_


def variants_of(members: List[Any], discriminator: Discriminator) -> Dict[Any, type]:
    """Return the class of each tag (the value of the discriminating property).

    Tags are the literals of the variants, unless the discriminator lists them: OpenAPI 3.1 §4.8.25, `mapping`.
    """
    variants: Dict[Any, type] = {}
    classes = list(_classes(members))
    by_name = {cls.__name__: cls for cls in classes}
    for tag, name in discriminator.mapping.items():
        if name in by_name:
            variants[tag] = by_name[name]
    for cls in classes if not variants else ():
        for tag in _tags(cls, discriminator.property_name):
            variants[tag] = cls
    return variants


def _classes(members: List[Any]) -> Iterator[type]:
    for member in members:
        member = unwrap(member)
        if isinstance(member, ModelMeta):
            yield member
        elif is_union(member):
            yield from _classes(list(get_args(member)))


def _tags(cls: type, wire_name: str) -> Tuple[Any, ...]:
    for info in fields_of(cls).values():
        if info.wire_name == wire_name:
            annotation = unwrap(info.annotation)
            options = get_args(annotation) if is_union(annotation) else (annotation,)
            return tuple(tag for option in options for tag in listed_values(option))
    return ()


def listed_values(option: Any) -> Tuple[Any, ...]:
    """Return what a `Literal` or an enumeration lists; nothing of other types."""
    if isinstance(option, enum.EnumMeta):
        return tuple(member.value for member in cast("Iterable[enum.Enum]", option))
    return get_args(option) if get_origin(option) is Literal else ()
