"""How models look in IPython, and what `inspect` and `help()` are told about their classes."""

from __future__ import annotations

import inspect
from typing import Any, Iterable, Optional, Tuple

from .fields import MISSING, FieldInfo


def print_with(printer: Any, name: str, values: Optional[Iterable[Tuple[str, Any]]]) -> None:
    """Print a model with IPython's pretty printer: one line if it fits, else a line for each value."""
    with printer.group(len(name) + 1, f"{name}(", ")"):
        if values is None:  # the model is within itself
            printer.text("...")
            return
        for position, (key, value) in enumerate(values):
            if position:
                printer.text(",")
                printer.breakable()
            printer.text(f"{key}=")
            printer.pretty(value)


def signature_of(fields: Iterable[FieldInfo]) -> inspect.Signature:
    """Return what the constructor of a model with these fields takes."""
    parameters = [
        inspect.Parameter(info.name, inspect.Parameter.KEYWORD_ONLY, default=_default(info), annotation=info.raw)
        for info in fields
    ]
    extra = "extra_data"
    while extra in {parameter.name for parameter in parameters}:
        extra += "_"
    parameters.append(inspect.Parameter(extra, inspect.Parameter.VAR_KEYWORD, annotation="Any"))
    return inspect.Signature(parameters, return_annotation=None)


def _default(info: FieldInfo) -> Any:
    if info.is_required():
        return inspect.Parameter.empty
    return info.default if info.default is not MISSING else info.fresh_default()
