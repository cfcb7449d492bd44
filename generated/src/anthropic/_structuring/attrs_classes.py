"""What makes a model class one of attrs, when attrs or cattrs first ask for it."""

from __future__ import annotations

from types import UnionType
from typing import Any, List, Literal, Union, get_args, get_origin

import attrs

from .fields import UNRESOLVED, FieldInfo


def make_attrs_class(cls: Any) -> None:
    """Make `attrs.has`, `fields`, `evolve`, `asdict`, `resolve_types` and cattrs work on a model class."""
    inherited = {id(info) for base in cls.__bases__ for info in getattr(base, "__model_fields__", {}).values()}
    own = {name: info for name, info in cls.__model_fields__.items() if id(info) not in inherited}
    has_own_replace = "__replace__" in vars(cls)
    attrs.define(
        cls,
        these={name: _attribute(info) for name, info in own.items()},
        slots=False,  # the class has its slots already; attrs would make a second class
        init=False,
        repr=False,
        eq=False,
        order=False,
        kw_only=True,
        auto_attribs=False,
        match_args=False,
        getstate_setstate=False,
        on_setattr=attrs.setters.NO_OP,
        field_transformer=_with_types,
    )
    if "__replace__" in vars(cls) and not has_own_replace:  # from Python 3.13 on; with it all fields count as given
        del cls.__replace__
    if all(attribute.type is None or not isinstance(attribute.type, str) for attribute in attrs.fields(cls)):
        cls.__attrs_types_resolved__ = cls


def _attribute(info: FieldInfo) -> Any:
    metadata = {"wire_name": info.wire_name}
    if info.default_factory is not None or (not info.is_required() and not info.shared):
        return attrs.field(factory=info.fresh_default, metadata=metadata)
    default = attrs.NOTHING if info.is_required() else info.default
    return attrs.field(default=default, metadata=metadata)


def _with_types(cls: Any, attributes: List[Any]) -> List[Any]:
    """The attributes with types instead of strings, where those can be evaluated by now."""
    fields = cls.__model_fields__
    types = [fields[attribute.name].annotation for attribute in attributes]
    return [
        attribute if type_ is UNRESOLVED else attribute.evolve(type=_spelled_for_cattrs(type_))
        for attribute, type_ in zip(attributes, types)
    ]


def _spelled_for_cattrs(type_: Any) -> Any:
    """The same type, of spellings that mean the same the one that cattrs knows: `Any`, and `str` for an open enum."""
    if type_ is object:
        return Any
    arguments = tuple(map(_spelled_for_cattrs, get_args(type_)))
    if get_origin(type_) in (Union, UnionType):
        open_enum = [member for member in arguments if not (str in arguments and get_origin(member) is Literal)]
        return Union[tuple(open_enum)]
    if get_origin(type_) in (list, dict):
        return type_.copy_with(arguments) if hasattr(type_, "copy_with") else get_origin(type_)[arguments]
    return type_
