"""Reading data leniently, the usual way: nothing raises, what does not fit is kept as it is."""

from __future__ import annotations

import datetime
import enum
from typing import Any, Dict, Iterable, List, Mapping, Tuple, Type, cast, get_args

from .annotations import is_dict, is_list, is_union, may_be_text, unwrap
from .combinators import array, copied, date_hook, datetime_hook, float_hook, mapping, tagged, unknown_keys
from .fields import UNRESOLVED, FieldInfo, Scope
from .hooks import Hook, Hooks, as_is, custom_hook, generated_hook, has_custom_types, hooks_version
from .model_meta import ModelMeta, extra_info_of, fields_of, new_instance


def _copy(data: Any, hooks: Hooks) -> Any:
    return copied(data)


def _members(cls: enum.EnumMeta) -> Hook:
    """The hook of an enumeration: a value of the API becomes its member. One that is unknown is kept."""
    members: Dict[Any, Any] = {member.value: member for member in cast("Iterable[enum.Enum]", cls)}

    def structure_member(data: Any, hooks: Hooks) -> Any:
        try:
            return data if data is True or data is False else members.get(data, data)
        except TypeError:  # unhashable
            return data

    return structure_member


class LenientHooks(Hooks):
    """A table whose hooks keep what does not fit."""

    __slots__ = ()

    scalars = {float: float_hook, datetime.datetime: datetime_hook, datetime.date: date_hook}

    def unresolved(self, reference: Any, data: Any) -> Any:
        """Return the data as it is: what its annotation names is not defined (yet)."""
        return data

    def list_of(self, item: Hook) -> Hook:
        """Return the hook of `List[X]`: a list of its own, whatever is in it."""
        return _copy if item is as_is else lambda data, hooks: array(data, item, hooks)

    def dict_of(self, value: Hook) -> Hook:
        """Return the hook of `Dict[str, X]`: a dict of its own, whatever is in it."""
        return _copy if value is as_is else lambda data, hooks: mapping(data, value, hooks)

    def tagged(self, property_name: str, variants: Mapping[Any, type]) -> Hook:
        """Return the hook of a union with a discriminator: the one that generated code uses too."""
        return tagged(property_name, variants)

    def untagged(self, members: List[Any], scope: Scope) -> Hook:
        """Return the hook of a union without a discriminator.

        A value becomes the variant that it fits when it is validated, else the first one that can do something with it.
        """
        hooks_of = [self.compile(member, scope) for member in members]
        if all(hook is as_is for hook in hooks_of):
            return as_is
        first = next((hook for member, hook in zip(members, hooks_of) if isinstance(member, ModelMeta)), hooks_of[0])
        checks: List[Hook] = []

        def structure_union(data: Any, hooks: Hooks) -> Any:
            from .strict import best_match, variant_checks

            if data is None:
                return None
            if not checks:
                checks[:] = variant_checks(members, scope)
            found, value = best_match(data, checks)
            if found:
                return value
            return (first if isinstance(data, dict) else hooks_of[0])(data, hooks)

        return structure_union

    def other(self, origin: Any, arguments: Tuple[Any, ...], scope: Scope) -> Hook:
        """Return the hook of a class that texts become, or of something that is not looked into."""
        if isinstance(origin, enum.EnumMeta):
            return _members(origin)
        if not may_be_text(origin):
            return as_is
        from .formats import lenient_hook

        return lenient_hook(origin)

    def structure_fields(self, cls: Type[Any], data: object) -> Any:
        """Return an object as a model. Of a list, each object in it. Anything else is kept."""
        if is_list(data):
            return [self.structure_fields(cls, item) if is_dict(item) else item for item in data]
        if not is_dict(data):
            return data
        fields = fields_of(cls)
        model: object = new_instance(cls)
        for info in fields.values():
            if info.wire_name in data:
                value: object = data[info.wire_name]
                value = _of_null(info) if value is None else field_hook(info)(value, self)
                object.__setattr__(model, info.name, value)
        extra: object = unknown_keys(data, frozenset(info.wire_name for info in fields.values()))
        typed = extra_info_of(cls) if extra else None
        object.__setattr__(model, "__extra__", extra if typed is None else field_hook(typed)(extra, self))
        return model


def default_hook(cls: type) -> Hook:
    """Return the hook of a model class without what users registered for this very class."""
    hook = None if has_custom_types() else generated_hook(cls)
    return hook or (lambda data, hooks: hooks.structure_fields(cls, data))


LENIENT = LenientHooks(lambda cls: custom_hook(cls) or default_hook(cls))
"""The usual table."""

WITHOUT_CUSTOM = LenientHooks(default_hook)
"""What `construct` starts with: a hook that a user registered for a class may call the class's `construct`."""

SHALLOW = LenientHooks(lambda cls: as_is)
"""For data that is nested too deeply for the interpreter: the parts stay plain."""


def _of_null(info: FieldInfo) -> Any:
    """Return what null means: itself where the annotation has `None`, else the default."""
    annotation = unwrap(info.annotation)
    return None if is_union(annotation) and type(None) in get_args(annotation) else info.fresh_default()


def field_hook(info: FieldInfo) -> Hook:
    """Return the hook of a field. It is made once, unless its annotation names something that does not exist yet."""
    version = hooks_version()
    if info.lenient_hook_version is version:
        hook: Hook = info.lenient_hook
        return hook
    annotation = info.annotation
    if annotation is UNRESOLVED:
        return as_is
    info.lenient_hook = hook = LENIENT.compile(annotation, info.scope)
    info.lenient_hook_version = version  # last: another thread may look at both
    return hook
