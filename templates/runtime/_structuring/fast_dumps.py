"""Models as data that orjson writes as the standard library would.

Of what `json_writers` may be given it would write one thing in another way: floats, `1e16` for `1e+16`. They become raw
text here.
"""

from __future__ import annotations

import math
from typing import Any, Dict

from .._converters import NUMBERS_ARE_DECIMAL
from .compiled_dumps import compiled_dump
from .dump_options import Options, dump_loop, hooks_for
from .model_meta import ModelMeta
from .unstructure import ATOMS, TABLES, UnstructureHook, UnstructureHooks, dict_hook, has_users_hooks, list_hook

_ATOMS = ATOMS - {float}


def fast_hooks(options: Options, raw: Any) -> UnstructureHooks:
    """Return the table of hooks for one way of writing. `raw` makes what is written as it is.

    They raise a TypeError for what is no JSON, or may be written differently.
    """
    slow_hooks = hooks_for(options)
    loop = dump_loop(options)

    def make(cls: type) -> UnstructureHook:
        if has_users_hooks():
            return _refuse
        if isinstance(cls, ModelMeta):
            if "<locals>" in cls.__qualname__:
                return loop
            return compiled_dump(cls, loop, _ATOMS, by_alias=options.by_alias, exclude_unset=options.exclude_unset)
        if NUMBERS_ARE_DECIMAL:
            from .numbers import JSONNumber

            if cls is JSONNumber:
                return lambda value, hooks: raw(str(value))
        return number if cls is float else _CONTAINERS.get(cls, other)

    def number(value: float, hooks: UnstructureHooks) -> Any:
        return raw(float.__repr__(value)) if math.isfinite(value) else None

    def other(value: Any, hooks: UnstructureHooks) -> Any:
        plain: object = slow_hooks[type(value)](value, slow_hooks)
        kind = type(plain)
        if kind is type(value):  # a subclass of str, int or float
            raise TypeError(kind.__name__)
        return plain if kind in _ATOMS else hooks[kind](plain, hooks)

    table = UnstructureHooks(make, _ATOMS)
    TABLES.append(table)
    return table


_CONTAINERS: Dict[type, UnstructureHook] = {list: list_hook, dict: dict_hook}


def _refuse(value: object, hooks: UnstructureHooks) -> Any:
    raise TypeError("users' hooks decide")
