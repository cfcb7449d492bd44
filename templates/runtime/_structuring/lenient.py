"""Reading data leniently: nothing raises, what does not fit is kept as it is. The usual way."""

from __future__ import annotations

import datetime
from typing import Any, List, Mapping, Optional, get_args

from .annotations import is_dict, is_list, is_union, unwrap
from .combinators import array, copied, date_hook, datetime_hook, float_hook, mapping, tagged, unknown_keys
from .fields import UNRESOLVED, FieldInfo, Scope
from .hooks import Hook, Hooks, custom_hook, generated_hook, has_custom_types, hooks_version, keep
from .model_meta import ModelMeta, blank, fields_of


def _copy(data: Any, hooks: Hooks) -> Any:
    return copied(data)


class LenientHooks(Hooks):
    """Keeps what does not fit."""

    __slots__ = ()

    scalars = {float: float_hook, datetime.datetime: datetime_hook, datetime.date: date_hook}

    def unresolved(self, reference: Any, data: Any) -> Any:
        return data

    def list_of(self, item: Hook) -> Hook:
        return _copy if item is keep else lambda data, hooks: array(data, item, hooks)

    def dict_of(self, value: Hook) -> Hook:
        return _copy if value is keep else lambda data, hooks: mapping(data, value, hooks)

    def tagged(self, property_name: str, variants: Mapping[Any, type]) -> Hook:
        return tagged(property_name, variants)

    def untagged(self, members: List[Any], scope: Scope) -> Hook:
        """The variant that the value fits when it is validated; else the first one that can do something with it."""
        hooks_of = [self.compile(member, scope) for member in members]
        if all(hook is keep for hook in hooks_of):
            return keep
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

    def build(self, cls: type, data: object) -> Any:
        """A model, field by field. Lists: each object in it. Anything else is kept."""
        if is_list(data):
            return [self.build(cls, item) if is_dict(item) else item for item in data]
        if not is_dict(data):
            return data
        fields = fields_of(cls)
        model: object = blank(cls)
        for info in fields.values():
            if info.wire_name in data:
                value: object = data[info.wire_name]
                value = _of_null(info) if value is None else field_hook(info)(value, self)
                object.__setattr__(model, info.name, value)
        object.__setattr__(
            model, "__extra__", unknown_keys(data, frozenset(info.wire_name for info in fields.values()))
        )
        return model


def default_hook(cls: type) -> Hook:
    """The hook of a model class without what users registered for this very class."""
    hook = None if has_custom_types() else generated_hook(cls)
    return hook or (lambda data, hooks: hooks.build(cls, data))


LENIENT = LenientHooks(lambda cls: custom_hook(cls) or default_hook(cls))
WITHOUT_CUSTOM = LenientHooks(default_hook)
"""What `construct` starts with: a hook that a user registered for a class may call the class's `construct`."""
SHALLOW = LenientHooks(lambda cls: keep)
"""For data that is nested too deeply for the interpreter: the parts stay plain."""


def _of_null(info: FieldInfo) -> Any:
    """What null means: itself where the annotation has `None`, else the default."""
    annotation = unwrap(info.annotation)
    return None if is_union(annotation) and type(None) in get_args(annotation) else info.fresh_default()


def field_hook(info: FieldInfo) -> Hook:
    """The hook of a field. It is made once, unless its annotation names something that does not exist yet."""
    hooks_made = info.hooks_made
    if hooks_made.get("version") is not hooks_version():
        hooks_made.clear()
        hooks_made["version"] = hooks_version()
    hook: Optional[Hook] = hooks_made.get("lenient")
    if hook is None:
        annotation = info.annotation
        if annotation is UNRESOLVED:
            return keep
        hook = hooks_made["lenient"] = LENIENT.compile(annotation, info.scope)
    return hook
