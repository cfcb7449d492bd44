"""From JSON to models: `structure`, and which table is used. `unstructure` is the way back."""

from __future__ import annotations

from typing import Any, Mapping, Tuple

from .hooks import Hook, Hooks
from .hooks import generated_hook as generated_hook
from .lenient import LENIENT, SHALLOW, WITHOUT_CUSTOM
from .model_meta import ModelMeta
from .validation_error import ValidationError as ValidationError


def structure(value: Any, type_: Any, *, strict: bool = False) -> Any:
    """Return decoded JSON as a type: a model, a union, `List[...]`, `Dict[...]`, a date, a scalar.

    What does not fit is kept as it is, unless `strict`.

    Raises:
        ValidationError: if `strict`, for everything that is not as the type says, with its path.
    """
    if strict:
        from .strict import validate

        return validate(value, type_)
    hook = LENIENT.hook_of(type_)
    try:
        return hook(value, LENIENT)
    except RecursionError:
        return SHALLOW.structure_fields(type_, value) if isinstance(type_, ModelMeta) else hook(value, SHALLOW)


def structurer(type_: Any, *, strict: bool = False) -> Tuple[Hook, Hooks]:
    """Return what `structure` calls for a type, for callers with many values.

    hook, hooks = structurer(Message)
    messages = [hook(value, hooks) for value in values]
    """
    if strict:
        from .strict import STRICT

        return lambda value, hooks: structure(value, type_, strict=True), STRICT
    return LENIENT.hook_of(type_), LENIENT


def construct(cls: type, values: Mapping[str, Any]) -> Any:
    """Return a model from values by wire name, leniently. This is what `BaseModel.construct` does."""
    try:
        return WITHOUT_CUSTOM[cls](values, LENIENT)
    except RecursionError:
        return SHALLOW.structure_fields(cls, values)
