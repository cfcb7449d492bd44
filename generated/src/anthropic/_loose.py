"""Lenient hooks made from annotations: for classes of users, and for generated ones when the data does not fit."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Dict, Iterator, List, Literal, Optional, Tuple, get_args, get_origin

from ._fields import UNRESOLVED, Discriminator, FieldInfo, Scope
from ._model_meta import ModelMeta, blank, fields_of
from ._structure import (
    Hook,
    Hooks,
    array,
    custom_hook,
    day_hook,
    epoch,
    extra,
    mapping,
    moment_hook,
    number_hook,
    shallow,
    tagged,
)
from ._type_shapes import LISTS, MAPPINGS, is_dict, is_list, is_union, unwrap

_NOWHERE = Scope("", {})


def keep(data: Any, hooks: Hooks) -> Any:
    """The hook of everything that is kept as it comes."""
    return data


def _copy(data: Any, hooks: Hooks) -> Any:
    return shallow(data)


def model_hook(cls: type) -> Hook:
    """The annotation-driven hook of a model class."""

    def structure_model(data: Any, hooks: Hooks) -> Any:
        return build_loosely(cls, data, hooks)

    return structure_model


def build_loosely(cls: type, data: object, hooks: Hooks) -> Any:
    """A model, field by field. Lists: each object in it. Anything else is kept."""
    if is_list(data):
        return [build_loosely(cls, item, hooks) if is_dict(item) else item for item in data]
    if not is_dict(data):
        return data
    fields = fields_of(cls)
    model: object = blank(cls)
    for info in fields.values():
        if info.wire_name in data:
            value: object = data[info.wire_name]
            value = _of_null(info) if value is None else field_hook(info)(value, hooks)
            object.__setattr__(model, info.name, value)
    object.__setattr__(model, "__extra__", extra(data, frozenset(info.wire_name for info in fields.values())))
    return model


def _of_null(info: FieldInfo) -> Any:
    """What null means: itself where the annotation has `None`, else the default."""
    annotation = unwrap(info.annotation)
    return None if is_union(annotation) and type(None) in get_args(annotation) else info.fresh_default()


def field_hook(info: FieldInfo) -> Hook:
    """The hook of a field. It is made once, unless its annotation names something that does not exist yet."""
    hooks_made = info.hooks_made
    if hooks_made.get("epoch") is not epoch():
        hooks_made.clear()
        hooks_made["epoch"] = epoch()
    hook: Optional[Hook] = hooks_made.get("lenient")
    if hook is None:
        annotation = info.annotation
        if annotation is UNRESOLVED:
            return keep
        hook = hooks_made["lenient"] = compile_type(annotation, info.scope)
    return hook


def compile_type(type_: Any, scope: Scope = _NOWHERE) -> Hook:
    """The lenient hook of any type. What has no rule is kept as it comes."""
    custom = custom_hook(type_)
    if custom is not None:
        return custom
    if isinstance(type_, str) or hasattr(type_, "__forward_arg__"):
        return _late(type_, scope)
    discriminator = discriminator_of(type_)
    type_ = unwrap(type_)
    if is_union(type_):
        return _union(type_, discriminator, scope)
    if isinstance(type_, ModelMeta):
        cls: type = type_
        return lambda data, hooks: hooks[cls](data, hooks)
    if type_ in (float, datetime.datetime, datetime.date):
        return {float: number_hook, datetime.datetime: moment_hook, datetime.date: day_hook}[type_]
    origin, arguments = get_origin(type_) or type_, get_args(type_)
    if origin in LISTS:
        return _list(compile_type(arguments[0], scope) if arguments else keep)
    if origin in MAPPINGS:
        return _dict(compile_type(arguments[1], scope) if len(arguments) == 2 else keep)
    if isinstance(origin, ModelMeta):  # a generic model: Page[Item]
        return compile_type(origin, scope)
    return keep


def _list(item: Hook) -> Hook:
    if item is keep:
        return _copy
    return lambda data, hooks: array(data, item, hooks)


def _dict(item: Hook) -> Hook:
    if item is keep:
        return _copy
    return lambda data, hooks: mapping(data, item, hooks)


def _late(reference: Any, scope: Scope) -> Hook:
    """A reference to a type that may not exist yet, or to the very type that holds it."""
    hook: Optional[Hook] = None

    def structure_late(data: Any, hooks: Hooks) -> Any:
        nonlocal hook
        if hook is None:
            type_ = scope.evaluate(reference)
            if type_ is UNRESOLVED:
                return data
            hook = compile_type(type_, scope)
        return hook(data, hooks)

    return structure_late


def discriminator_of(type_: Any) -> Optional[Discriminator]:
    """The discriminator of a tagged union."""
    if get_origin(type_) is Annotated:
        for metadata in type_.__metadata__:
            if isinstance(metadata, Discriminator):
                return metadata
    return None


def _union(type_: Any, discriminator: Optional[Discriminator], scope: Scope) -> Hook:
    members = [known(member, scope) for member in get_args(type_) if member is not type(None)]
    if discriminator is None:
        if len(members) == 1:
            return compile_type(members[0], scope)
        return _untagged(members, scope)
    return tagged(discriminator.property_name, variants_of(members, discriminator))


def known(member: Any, scope: Scope) -> Any:
    """A member that is a reference, resolved if that is possible by now."""
    resolved = scope.evaluate(member)
    return member if resolved is UNRESOLVED else resolved


def _untagged(members: List[Any], scope: Scope) -> Hook:
    """The variant that the value fits when it is validated; else the first one that can do something with it."""
    hooks_of = [compile_type(member, scope) for member in members]
    if all(hook is keep for hook in hooks_of):
        return keep
    first = next((hook for member, hook in zip(members, hooks_of) if isinstance(member, ModelMeta)), hooks_of[0])
    checks: List[Hook] = []

    def structure_union(data: Any, hooks: Hooks) -> Any:
        from ._validators import best_match, variant_checks

        if data is None:
            return None
        if not checks:
            checks[:] = variant_checks(members, scope)
        found, value = best_match(data, checks)
        if found:
            return value
        return (first if isinstance(data, dict) else hooks_of[0])(data, hooks)

    return structure_union


def variants_of(members: List[Any], discriminator: Discriminator) -> Dict[Any, type]:
    """Tag → class. Tags are the literals of the variants, unless the discriminator lists them."""
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
            return tuple(tag for option in options if get_origin(option) is Literal for tag in get_args(option))
    return ()
