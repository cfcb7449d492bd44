"""`to_dict` and `model_dump` of whole models: a function for each class."""

from __future__ import annotations

from typing import Any, Callable, Dict, FrozenSet, List

from .straight_line import compile_function, readings

Dump = Callable[[Any, Any], Any]
"""An `UnstructureHook`."""

_VALUE = "{0} if (kind := type({0})) is str or kind in ATOMS else more[kind]({0}, more)"


def compiled_dump(cls: type, rest: Dump, atoms: FrozenSet[Any], *, by_alias: bool, exclude_unset: bool) -> Dump:
    """Return the hook of a model class: set fields (or all of them), then undeclared keys. `rest` is for odd models,
    `atoms` are the types of values that need no hook.

    For `TextBlock`:

        def dump_TextBlock(model, more):
            if model.__extra__:
                return rest(model, more)
            v0 = model.text
            if v0 is None:
                return rest(model, more)
            v1 = model.type
            if v1 is None:
                return rest(model, more)
            return {
                "text": v0 if (kind := type(v0)) is str or kind in ATOMS else more[kind](v0, more),
                "type": v1 if (kind := type(v1)) is str or kind in ATOMS else more[kind](v1, more),
            }
    """
    names: Dict[str, Any] = {"rest": rest, "ATOMS": atoms}
    lines = ["if model.__extra__:", "    return rest(model, more)"]
    items: List[str] = []
    dumped = False
    """Whether the dict is there already."""
    for reading in readings(cls, exclude_unset, names):
        name = reading.info.wire_name if by_alias else reading.info.name
        value = _VALUE.format(reading.variable)
        if not reading.may_be_absent and not dumped:
            lines += reading.lines
            items.append(f"{name!r}: {value}")
            continue
        if not dumped:
            lines.append(f"dumped = {{{', '.join(items)}}}")
            dumped = True
        if reading.may_be_absent:
            lines += ["try:", *(f"    {line}" for line in reading.lines), "except AttributeError:", "    pass", "else:"]
            lines.append(f"    dumped[{name!r}] = {value}")
        else:
            lines += [*reading.lines, f"dumped[{name!r}] = {value}"]
    lines.append("return dumped" if dumped else f"return {{{', '.join(items)}}}")
    hook: Dump = compile_function(f"dump_{cls.__name__}", "model, more", lines, names)
    return hook
