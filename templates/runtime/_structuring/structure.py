"""From JSON to models, and the tables that models use. `unstructure` is the way back."""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping, Optional, Tuple, cast

from .hooks import FILLERS as FILLERS_OF_HOOKS
from .hooks import Hook, Hooks, Unfit
from .hooks import generated_hook as generated_hook
from .lenient import LENIENT, SHALLOW, WITHOUT_CUSTOM
from .model_meta import ModelMeta, new_instance
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


class Fillers(Dict[type, Callable[[Any, Any], None]]):
    """Class → function that puts the values of a dict into an empty model. It is made at the first use.

    Classes made in functions are not held.
    """

    def __missing__(self, cls: type) -> Callable[[Any, Any], None]:
        from .compiled_fillers import make_filler

        filler = make_filler(cls, self)
        if "<locals>" not in cls.__qualname__:
            self[cls] = filler
        return filler


FILLERS = Fillers()
"""What constructors call first."""

FILLERS_OF_HOOKS.append(FILLERS)

UNFIT = (Unfit, KeyError, TypeError, RecursionError)
"""What a filler meets when data isn't exactly as declared. The validators of `strict` decide then."""


def filled(cls: type, data: object) -> Any:
    """Return data as a model, or `None` if it isn't exactly as declared."""
    model: object = new_instance(cast(Any, cls))
    try:
        FILLERS[cls](model, data)
    except UNFIT:
        return None
    return model


class NoWriters:
    """Writes nothing: `json_text` does it."""

    def write(self, model: object) -> Optional[str]:
        """Return a model as JSON text, or `None` if it is odd."""


class Writers(Dict[Tuple[Optional[int], bool, bool], NoWriters]):
    """Indent, by the API's names, set fields only → `json_writers.JSONWriters`, made at the first use."""

    def __missing__(self, style: Tuple[Optional[int], bool, bool]) -> NoWriters:
        if style[0] is not None and style[0] not in range(9):
            return NoWriters()
        from .json_writers import JSONWriters

        writers: Any = JSONWriters(*style)
        self[style] = writers
        return self[style]


WRITERS = Writers()
"""For `to_json` and `model_dump_json`."""
