"""What generated structure hooks are made of.

A hook takes decoded JSON and the table of hooks it was found in: `hook(data, hooks)`. Those of `_converters/` fill an
instance of the class's fast twin, and leave what they do not expect to `Hooks.structure_fields`.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, FrozenSet, Mapping, Optional

from .annotations import is_dict, is_list
from .fields import MISSING
from .hooks import Hook as Hook
from .hooks import Hooks as Hooks
from .hooks import hooks_version
from .hooks import structures as structures
from .model_meta import fast_twin as fast_twin
from .model_meta import new_instance as new_instance

MISMATCH_ERRORS = (AttributeError, KeyError, TypeError)
"""What a structure hook meets when the data is not as declared."""


class _TagTable(Dict[Any, Hook]):
    """Tag → hook of that variant, for arrays of a union. An unknown tag is a KeyError.

    For `content: List[Union[TextBlock, ToolUseBlock]]` it holds `{"text": structure_text_block, "tool_use": …}` once
    both have been met. Elements then need one look-up each, not a call of the union's hook and two look-ups.
    """

    __slots__ = ("hooks", "property_name", "variants", "version")

    def __init__(self, property_name: str, variants: Mapping[Any, type]) -> None:
        super().__init__()
        self.property_name = property_name
        self.variants = variants
        self.version: object = None
        self.hooks: Hooks

    def __missing__(self, tag: Any) -> Hook:
        hook = self[tag] = self.hooks[self.variants[tag]]
        return hook

    def filled_from(self, hooks: Hooks) -> _TagTable:
        """Return this, emptied if it was filled from another table or before a user registered a hook."""
        if self.version is not hooks_version() or self.hooks is not hooks:
            self.clear()
            self.version, self.hooks = hooks_version(), hooks
        return self


def unknown_keys(data: Dict[str, Any], fields: FrozenSet[str]) -> Optional[Dict[str, Any]]:
    """Return the undeclared keys of an object with their values, or `None` if it has none."""
    if data.keys() <= fields:
        return None
    return {key: data[key] for key in data if key not in fields}


def tagged(property_name: str, variants: Mapping[Any, type]) -> Hook:
    """Return the hook of a union with a discriminator. An unknown or missing tag gives an `UnknownVariant`."""

    def structure_variant(data: Any, hooks: Hooks) -> Any:
        try:
            variant = variants[data[property_name]]
        except MISMATCH_ERRORS:
            return _unknown_variant(data, structure_variant, hooks)
        return hooks[variant](data, hooks)

    vars(structure_variant)["tag_table"] = _TagTable(property_name, variants)
    return structure_variant


def _unknown_variant(data: object, hook: Hook, hooks: Hooks) -> Any:
    if is_list(data):  # an array where an object was expected: its objects are built
        return [hook(item, hooks) if isinstance(item, dict) else item for item in data]
    return hooks.structure_fields(hooks.unknown_variant, data) if is_dict(data) else data


def array(data: object, hook: Hook, hooks: Hooks) -> Any:
    """Return a JSON array as `List[X]`, each element by the hook of X. Anything else is kept."""
    if not is_list(data):
        return data
    tag_table: Optional[_TagTable] = getattr(hook, "tag_table", None)
    if tag_table is not None:
        tag_table, tag = tag_table.filled_from(hooks), tag_table.property_name
        try:  # the usual case, with one call less per element
            return [tag_table[item[tag]](item, hooks) for item in data]
        except MISMATCH_ERRORS:
            pass
    return [hook(item, hooks) for item in data]


def mapping(data: object, hook: Hook, hooks: Hooks) -> Any:
    """Return a JSON object as `Dict[str, X]`, each value by the hook of X. Anything else is kept."""
    if is_dict(data):
        return {key: hook(value, hooks) for key, value in data.items()}
    return data


def copied(data: object) -> Any:
    """Return a copy of a list or dict of scalars: the container is to be the model's own. Anything else is kept."""
    if is_list(data):
        return list(data)
    if is_dict(data):
        return dict(data)
    return data


def default(value: Any, fallback: Any) -> Any:
    """Return the value of a field whose default is not `None`: `null` means the default."""
    return fallback if value is None else value


def as_float(data: Any) -> Any:
    """Return an int as a float if nothing is lost. Anything else is kept."""
    if type(data) is int:
        try:
            converted = float(data)
        except OverflowError:
            return data
        return converted if converted == data else data
    return data


def as_datetime(data: Any) -> Any:
    """Return a value parsed as a `datetime`, or as it is if it can't be."""
    from .dates import parse_datetime

    parsed = parse_datetime(data)
    return data if parsed is None else parsed


def as_date(data: Any) -> Any:
    """Return a value parsed as a `date`, or as it is if it can't be."""
    from .dates import parse_date

    parsed = parse_date(data)
    return data if parsed is None else parsed


def float_hook(data: Any, hooks: Hooks) -> Any:
    """Do `as_float`, as the hook of an element."""
    return as_float(data)


def datetime_hook(data: Any, hooks: Hooks) -> Any:
    """Do `as_datetime`, as the hook of an element."""
    return as_datetime(data)


def date_hook(data: Any, hooks: Hooks) -> Any:
    """Do `as_date`, as the hook of an element."""
    return as_date(data)


def from_annotation(annotation: Callable[[], Any]) -> Hook:
    """Return the hook of any annotation. It is made at the first use, so the annotation may name later classes.

    _THING_VALUES = from_annotation(lambda: List[Union[str, int]])
    """
    hook: Any = MISSING

    def structure_annotated(data: Any, hooks: Hooks) -> Any:
        nonlocal hook
        if hook is MISSING:
            hook = hooks.compile(annotation())
        return hook(data, hooks)

    return structure_annotated
