"""From models to plain data: the tables of hooks, and what generated unstructure hooks are made of.

A hook takes a value and the table it was found in: `hook(value, hooks)`. The table `PYTHON` leaves
dates, tuples and the like as they are; `JSON` turns everything into what JSON has.
"""

from __future__ import annotations

import enum
import json
import math
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Callable, Dict, FrozenSet, List, Optional

from .._public import PACKAGE
from .annotations import is_dict, is_iterable
from .dates import iso
from .model_meta import ModelMeta

UnstructureHook = Callable[[Any, "UnstructureHooks"], Any]

ATOMS: FrozenSet[type] = frozenset({str, int, float, bool, type(None)})
"""The classes of values that are JSON as they are."""


class UnstructureHooks(Dict[type, UnstructureHook]):
    """A table: class → hook. A missing hook is made at its first use. Classes made in functions are not held."""

    __slots__ = ("atoms", "make")

    def __init__(self, make: Callable[[type], UnstructureHook], atoms: FrozenSet[type] = ATOMS) -> None:
        super().__init__()
        self.make = make
        self.atoms = atoms
        """The classes of values that need no hook."""

    def __missing__(self, cls: type) -> UnstructureHook:
        hook = self.make(cls)
        if "<locals>" not in cls.__qualname__:
            self[cls] = hook
        return hook


def dump(model: Any, hooks: UnstructureHooks) -> Dict[str, Any]:
    """Return the set fields of a model by wire name, then its undeclared keys."""
    plain_values: Dict[str, Any] = {}
    name: str
    value: object
    for name, read in model.__readers__:
        try:
            value = read(model)
        except AttributeError:  # an empty slot
            continue
        plain_values[name] = unstructure(value, hooks)
    extra: Optional[Dict[str, object]] = model.__extra__
    if extra:
        for name, value in extra.items():
            plain_values[name] = unstructure(value, hooks)
    return plain_values


def unstructure(value: object, hooks: UnstructureHooks) -> Any:
    """Return any value without models in it."""
    kind = type(value)
    return value if kind in hooks.atoms else hooks[kind](value, hooks)


def default_dump(cls: type) -> UnstructureHook:
    """Return the hook of a model class without what users registered for it."""
    if "<locals>" in cls.__qualname__:  # it would be made for each object
        return dump
    from .compiled_dumps import compiled_dump

    return compiled_dump(cls, dump, ATOMS, by_alias=True, exclude_unset=True)


def custom_dump(cls: type) -> Optional[UnstructureHook]:
    """Return the hook that a user registered on `converter` for a class, if anybody did."""
    module = sys.modules.get(f"{PACKAGE}._converter")
    return module.custom_unstructure_hook(cls) if module else None


def has_users_hooks() -> bool:
    """Whether users registered hooks: then only hooks know what becomes of a value."""
    module = sys.modules.get(f"{PACKAGE}._converter")
    return bool(module and module.converter.has_unstructure_hooks())


def make_python(cls: Any) -> UnstructureHook:
    """Return the hook of a class in `PYTHON`."""
    custom = custom_dump(cls)
    if custom is not None:
        return custom
    if isinstance(cls, ModelMeta):
        return default_dump(cls)
    if issubclass(cls, dict):
        return dict_hook
    if issubclass(cls, list):
        return list_hook
    if cls in (tuple, set, frozenset):
        remake: Any = cls
        return lambda value, hooks: remake(list_hook(value, hooks))
    return as_is


def make_json(cls: Any) -> UnstructureHook:
    """Return the hook of a class in `JSON`."""
    custom = custom_dump(cls)
    if custom is not None:
        return custom
    if isinstance(cls, ModelMeta):
        return default_dump(cls)
    if issubclass(cls, enum.Enum):
        return lambda value, hooks: unstructure(value.value, hooks)
    if issubclass(cls, (str, int, float)):
        return as_is
    if issubclass(cls, Mapping):
        return _json_object
    if issubclass(cls, (datetime, date, time)):
        return lambda value, hooks: iso(value)
    if issubclass(cls, timedelta):
        from .formats import duration_text

        return lambda value, hooks: duration_text(value)
    if issubclass(cls, (bytes, bytearray)):
        from .formats import bytes_text

        return lambda value, hooks: bytes_text(value)
    from .._converters import NUMBERS_ARE_DECIMAL

    if NUMBERS_ARE_DECIMAL:
        from decimal import Decimal

        from .numbers import json_number

        if issubclass(cls, Decimal):
            return lambda value, hooks: json_number(value)
    if hasattr(cls, "model_dump"):
        return lambda value, hooks: unstructure(value.model_dump(mode="json"), hooks)
    if issubclass(cls, Iterable):
        return list_hook
    return _json_text


PYTHON = UnstructureHooks(make_python)
"""For `to_dict(mode="python")`."""

JSON = UnstructureHooks(make_json)
"""For `to_dict(mode="json")`, `to_json` and request bodies."""

WITHOUT_CUSTOM = UnstructureHooks(default_dump)
"""What `to_dict` starts with: a hook that a user registered for a class may call `to_dict`."""

TABLES: List[Dict[type, Any]] = [PYTHON, JSON]
"""Every table that is made from hooks."""


def forget_unstructure_hooks() -> None:
    """Empty every table, after a user registered a hook."""
    for table in TABLES:
        table.clear()


def as_is(value: Any, hooks: UnstructureHooks) -> Any:
    """Return the value as it is: the hook of what needs none."""
    return value


def dict_hook(value: Dict[Any, object], hooks: UnstructureHooks) -> Any:
    """Return a copy of a dict without models in it. Keys stay as they are."""
    atoms, plain = hooks.atoms, {**value}
    for key, item in plain.items():
        kind = type(item)
        if kind not in atoms:
            plain[key] = hooks[kind](item, hooks)
    return plain


def list_hook(value: Iterable[object], hooks: UnstructureHooks) -> List[Any]:
    """Return a list of the items without models in it."""
    atoms = hooks.atoms
    plain: List[Any] = []
    for item in value:
        kind = type(item)
        plain.append(item if kind in atoms else hooks[kind](item, hooks))
    return plain


def _json_object(value: Mapping[Any, object], hooks: UnstructureHooks) -> Any:
    atoms = hooks.atoms
    plain: Dict[Any, Any] = {}
    for key, item in value.items():
        kind = type(item)
        plain[key if type(key) is str else json_key(key)] = item if kind in atoms else hooks[kind](item, hooks)
    return plain


def json_key(key: Any) -> Any:
    """Return the key of a dict as JSON can have it."""
    if type(key) in ATOMS:
        return key
    return str(key.value if isinstance(key, enum.Enum) else iso(key) if isinstance(key, (datetime, date)) else key)


def _json_text(value: Any, hooks: UnstructureHooks) -> str:
    """Return the text of a UUID, a decimal, a path, a URL. Anything whose text is only an address can't be JSON."""
    text_of: object = type(value).__str__
    if text_of is object.__str__:
        raise TypeError(f"{type(value).__name__} can't be turned into JSON")
    return str(value)


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def json_text(value: Any, indent: Optional[int]) -> str:
    """Return a value as JSON text. `indent` is the number of spaces; `None` is compact.

    Numbers that JSON lacks become null (RFC 8259 §6). Lone surrogates are escaped, so that the text can be encoded.
    """
    from .._converters import NUMBERS_ARE_DECIMAL
    from .json_strings import has_surrogates

    encoder = _COMPACT if indent is None else json.JSONEncoder(ensure_ascii=False, indent=indent, allow_nan=False)
    if NUMBERS_ARE_DECIMAL:
        from .numbers import LenientEncoder

        encoder = LenientEncoder(indent)
    try:
        text = encoder.encode(value)
    except ValueError:
        text = encoder.encode(_finite(value))
    return escape_surrogates(text) if has_surrogates(text) else text


def escape_surrogates(text: str) -> str:
    """Return JSON text in which each lone surrogate is written as `\\udXXX`."""
    return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match.group()):04x}", text)


def _finite(value: object) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if is_dict(value):
        return {key: _finite(item) for key, item in value.items()}
    if is_iterable(value, (list, tuple)):
        return [_finite(item) for item in value]
    return value
