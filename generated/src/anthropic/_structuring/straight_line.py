"""Straight-line functions: one for each model class, written out as source and compiled at its first use.

A loop over fields looks at the same facts of a class for each object. A function that is made for the class has them
written out: attrs makes constructors that way. What such a function doesn't expect it leaves to a loop.

Names in the source are only `model`, `v0`, `v1`, … and what `names` brings; strings stand in it as `repr` writes them.
"""

from __future__ import annotations

from keyword import iskeyword
from typing import Any, Callable, Dict, Iterator, List, NamedTuple

from .fields import FieldInfo
from .model_meta import ModelMeta, fields_of

Reader = Callable[[Any], Any]


def compile_function(name: str, arguments: str, lines: List[str], names: Dict[str, Any]) -> Any:
    """Return `def name(arguments): lines`, in which `names` mean what they are given as.

    What no name may have is `_` in it: `dump_Page_Pet_` for `dump_Page[Pet]`.
    """
    body = "\n".join(f"    {line}" for line in lines)
    namespace = dict(names)
    name = "".join([char if char.isascii() and char.isalnum() else "_" for char in name])
    exec(compile(f"def {name}({arguments}):\n{body}\n", f"<{name}>", "exec"), namespace)
    return namespace[name]


class FieldReading(NamedTuple):
    """How a function gets the value of one field into the variable `v…`."""

    variable: str
    info: FieldInfo
    lines: List[str]
    """Statements that read it. Where the field may be absent they may raise AttributeError."""

    may_be_absent: bool
    """Whether an empty slot is usual, and means that the field isn't written."""


def readings(cls: Any, exclude_unset: bool, names: Dict[str, Any]) -> Iterator[FieldReading]:
    """Yield how each field of a class is read. What the lines need is put into `names`.

    In an unusual case the lines return `rest(model, *more)`, which is to be in `names`: a field that has no default
    is unset, for one.
    """
    for number, info in enumerate(fields_of(cls).values()):
        variable, get = f"v{number}", f"get{number}"
        names[get] = info.get
        of_attribute = f"{variable} = model.{info.name}" if reads_as_attribute(cls, info) else None
        of_slot = f"{variable} = {get}(model)"
        if exclude_unset and not info.is_required():
            lines = [of_slot]
        elif exclude_unset and (of_attribute is None or _may_be_null(info)):
            lines = _guarded(of_slot, "return rest(model, more)")
        elif exclude_unset:  # an empty slot reads as None
            lines = [str(of_attribute), f"if {variable} is None:", "    return rest(model, more)"]
        elif info.shared and of_attribute:  # an empty slot reads as the default
            lines = [of_attribute]
        else:
            names[f"default{number}"] = info.fresh_default
            lines = _guarded(of_slot, f"{variable} = default{number}()")
        yield FieldReading(variable, info, lines, exclude_unset and not info.is_required())


def _guarded(statement: str, otherwise: str) -> List[str]:
    return ["try:", f"    {statement}", "except AttributeError:", f"    {otherwise}"]


def reads_as_attribute(cls: ModelMeta, info: FieldInfo) -> bool:
    """Return whether `model.name` reads the slot: no property lies over it, and attributes are read as usual."""
    read: object = cls.__getattribute__
    if read is not object.__getattribute__ or iskeyword(info.name):
        return False
    found = next((vars(base)[info.name] for base in cls.__mro__ if info.name in vars(base)), None)
    return getattr(info.get, "__self__", info) is found


def _may_be_null(info: FieldInfo) -> bool:
    """Whether null is a usual value of a field. Its annotation isn't evaluated for that."""
    text = info.raw if isinstance(info.raw, str) else repr(info.raw)
    return any(word in text for word in ("None", "Optional", "object", "Any"))
