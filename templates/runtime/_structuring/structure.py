"""From JSON to models: `structure`, and which table is used. The way out is in `_unstructure`."""

from __future__ import annotations

from typing import Any, Mapping, Tuple

from .hooks import Hook, Hooks
from .hooks import generated_hook as generated_hook
from .lenient import LENIENT, SHALLOW, WITHOUT_CUSTOM
from .model_meta import ModelMeta
from .validation_error import ValidationError as ValidationError


def structure(value: Any, type_: Any, *, strict: bool = False) -> Any:
    """`value` (decoded JSON) as `type_`: a model, a union, `List[...]`, `Dict[...]`, a date, a scalar.

    Lenient: never raises; what does not fit is kept as it is. Strict: raises `ValidationError`.
    """
    if strict:
        from .strict import validate

        return validate(value, type_)
    hook = LENIENT.hook_of(type_)
    try:
        return hook(value, LENIENT)
    except RecursionError:
        return SHALLOW.build(type_, value) if isinstance(type_, ModelMeta) else hook(value, SHALLOW)


def structurer(type_: Any, *, strict: bool = False) -> Tuple[Hook, Hooks]:
    """What `structure` calls for this type, for callers with many values: `hook(value, hooks)`."""
    if strict:
        from .strict import STRICT

        return lambda value, hooks: structure(value, type_, strict=True), STRICT
    return LENIENT.hook_of(type_), LENIENT


def build(cls: type, values: Mapping[str, Any]) -> Any:
    """A model from values by wire name, leniently."""
    try:
        return WITHOUT_CUSTOM[cls](values, LENIENT)
    except RecursionError:
        return SHALLOW.build(cls, values)
