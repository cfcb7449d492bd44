"""From JSON to models: what generated structure hooks are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Dict, FrozenSet, Mapping, Optional, Type, TypeVar

from .annotations import is_dict, is_list
from .fields import MISSING
from .hooks import Hook as Hook
from .hooks import Hooks as Hooks
from .hooks import hooks_version
from .hooks import structures as structures
from .model_meta import fast_twin as fast_twin

T = TypeVar("T")

MISMATCH_ERRORS = (AttributeError, KeyError, TypeError)
"""What a structure hook meets when the data is not as declared."""

if TYPE_CHECKING:

    def new(cls: Type[T]) -> T: ...
else:
    new = object.__new__


class _ByTag(Dict[Any, Hook]):
    """Tag → hook in one table, for arrays of a union. An unknown tag is a KeyError."""

    __slots__ = ("version", "hooks", "property_name", "variants")

    def __init__(self, property_name: str, variants: Mapping[Any, type]) -> None:
        super().__init__()
        self.property_name = property_name
        self.variants = variants
        self.version: object = None
        self.hooks: Hooks

    def __missing__(self, tag: Any) -> Hook:
        hook = self[tag] = self.hooks[self.variants[tag]]
        return hook

    def of(self, hooks: Hooks) -> _ByTag:
        """For this table, without what was true before a user registered a hook."""
        if self.version is not hooks_version() or self.hooks is not hooks:
            self.clear()
            self.version, self.hooks = hooks_version(), hooks
        return self


def structure_loosely(cls: type, data: Any, hooks: Hooks) -> Any:
    """A model from whatever came, field by field from the annotations."""
    return hooks.build(cls, data)


def unknown_keys(data: Dict[str, Any], fields: FrozenSet[str]) -> Optional[Dict[str, Any]]:
    """The undeclared keys of an object."""
    if data.keys() <= fields:
        return None
    return {key: data[key] for key in data if key not in fields}


def tagged(property_name: str, variants: Mapping[Any, type]) -> Hook:
    """The hook of a union with a discriminator. An unknown or missing tag gives an `UnknownVariant`."""

    def structure_variant(data: Any, hooks: Hooks) -> Any:
        try:
            variant = variants[data[property_name]]
        except MISMATCH_ERRORS:
            return _unknown_variant(data, structure_variant, hooks)
        return hooks[variant](data, hooks)

    vars(structure_variant)["by_tag"] = _ByTag(property_name, variants)
    return structure_variant


def _unknown_variant(data: object, hook: Hook, hooks: Hooks) -> Any:
    if is_list(data):  # an array where an object was expected: its objects are built
        return [hook(item, hooks) if isinstance(item, dict) else item for item in data]
    return hooks.build(hooks.unknown_variant, data) if is_dict(data) else data


def array(data: object, hook: Hook, hooks: Hooks) -> Any:
    """`List[X]`: each element by the hook of X."""
    if not is_list(data):
        return data
    by_tag: Optional[_ByTag] = getattr(hook, "by_tag", None)
    if by_tag is not None and not hooks.exact:
        by_tag, tag = by_tag.of(hooks), by_tag.property_name
        try:  # the usual case, with one call less per element
            return [by_tag[item[tag]](item, hooks) for item in data]
        except MISMATCH_ERRORS:
            pass
    return [hook(item, hooks) for item in data]


def mapping(data: object, hook: Hook, hooks: Hooks) -> Any:
    """`Dict[str, X]`: each value by the hook of X."""
    if is_dict(data):
        return {key: hook(value, hooks) for key, value in data.items()}
    return data


def copied(data: object) -> Any:
    """A list or dict of scalars: the container is the model's own."""
    if is_list(data):
        return list(data)
    if is_dict(data):
        return dict(data)
    return data


def default(value: Any, fallback: Any) -> Any:
    """A field with a default that is not `None`: `null` means the default."""
    return fallback if value is None else value


def as_float(data: Any) -> Any:
    """`float`: an int becomes a float if nothing is lost."""
    if type(data) is int:
        try:
            converted = float(data)
        except OverflowError:
            return data
        return converted if converted == data else data
    return data


def as_datetime(data: Any) -> Any:
    """`datetime`: parsed if it can be."""
    from .dates import parse_datetime

    parsed = parse_datetime(data)
    return data if parsed is None else parsed


def as_date(data: Any) -> Any:
    """`date`: parsed if it can be."""
    from .dates import parse_date

    parsed = parse_date(data)
    return data if parsed is None else parsed


def float_hook(data: Any, hooks: Hooks) -> Any:
    """`as_float` as an element's hook."""
    return as_float(data)


def datetime_hook(data: Any, hooks: Hooks) -> Any:
    """`as_datetime` as an element's hook."""
    return as_datetime(data)


def date_hook(data: Any, hooks: Hooks) -> Any:
    """`as_date` as an element's hook."""
    return as_date(data)


def typed(annotation: Callable[[], Any]) -> Hook:
    """The hook of any annotation, made at its first use."""
    hook: Any = MISSING

    def structure_typed(data: Any, hooks: Hooks) -> Any:
        nonlocal hook
        if hook is MISSING:
            hook = hooks.compile(annotation())
        return hook(data, hooks)

    return structure_typed
