"""Models as data that msgspec writes as the standard library would.

Of what `json_writers` may be given it would write one thing in another way: floats, `1e16` for `1e+16`. They become raw
text here. Keys that are no strings are refused.
"""

from __future__ import annotations

import math
from typing import Any, Dict, List

from .compiled_dumps import compiled_dump
from .model_meta import ModelMeta, extra_of, fields_of
from .unstructure import TABLES, UnstructureHook, UnstructureHooks, has_users_hooks

ATOMS = frozenset({str, int, bool, type(None)})
"""Values that need no hook: those of `unstructure` without floats."""


class FastDumps:
    """A table of hooks for one way of writing. `hooks` make JSON of what is neither JSON nor a model."""

    def __init__(self, hooks: UnstructureHooks, raw: Any, *, by_alias: bool, exclude_unset: bool) -> None:
        self.hooks = hooks
        self.raw = raw
        self.by_alias = by_alias
        self.exclude_unset = exclude_unset
        self.table = UnstructureHooks(self._make)
        TABLES.append(self.table)

    def dump(self, model: object) -> Any:
        """Return a model as data.

        Raises:
            TypeError: for what is no JSON, or may be written differently.
        """
        return self.table[type(model)](model, self.table)

    def _make(self, cls: type) -> UnstructureHook:
        if has_users_hooks():
            return _refuse
        if isinstance(cls, ModelMeta):
            if "<locals>" in cls.__qualname__:
                return self._any_model
            options = {"by_alias": self.by_alias, "exclude_unset": self.exclude_unset}
            return compiled_dump(cls, self._any_model, ATOMS, **options)
        if cls is float:
            return self._float
        if cls is list:
            return _list
        if cls is dict:
            return _dict
        return self._other

    def _float(self, value: float, hooks: UnstructureHooks) -> Any:
        return self.raw(float.__repr__(value)) if math.isfinite(value) else None

    def _other(self, value: Any, hooks: UnstructureHooks) -> Any:
        plain: object = self.hooks[type(value)](value, self.hooks)
        if type(plain) is type(value):  # a subclass of str, int or float
            raise TypeError(type(value).__name__)
        return _plain(plain, hooks)

    def _any_model(self, model: object, hooks: UnstructureHooks) -> Any:
        dumped: Dict[str, Any] = {}
        for info in fields_of(type(model)).values():
            try:
                value = info.get(model)
            except AttributeError:
                if self.exclude_unset:
                    continue
                value = info.fresh_default()
            dumped[info.wire_name if self.by_alias else info.name] = _plain(value, hooks)
        for name, value in extra_of(model).items():
            dumped[_key(name)] = _plain(value, hooks)
        return dumped


def _refuse(value: object, hooks: UnstructureHooks) -> Any:
    raise TypeError("users' hooks decide")


def _plain(value: object, hooks: UnstructureHooks) -> Any:
    kind = type(value)
    return value if kind in ATOMS else hooks[kind](value, hooks)


def _list(value: List[Any], hooks: UnstructureHooks) -> Any:
    return [item if type(item) in ATOMS else hooks[type(item)](item, hooks) for item in value]


def _dict(value: Dict[Any, Any], hooks: UnstructureHooks) -> Any:
    return {
        key if type(key) is str else _key(key): item if type(item) in ATOMS else hooks[type(item)](item, hooks)
        for key, item in value.items()
    }


def _key(key: Any) -> Any:
    if not isinstance(key, str):
        raise TypeError("a key that is no string")
    return key
