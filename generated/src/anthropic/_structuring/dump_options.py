"""`model_dump` with options: which fields, by which names, what to leave out.

    message.model_dump(include={"id": True, "content": {0: {"text"}}}, exclude_none=True)
    # {"id": "msg_1", "content": [{"text": "Hello"}]}

What such a choice (`include`, `exclude`) says about a key decides what goes on below it: `True` (or `...`) is all of
the value, a nested choice is a part of it. In a list keys are positions, also negative ones, or `"__all__"`.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Set, Tuple, Union

from .annotations import is_dict, is_iterable, is_mapping
from .compiled_dumps import compiled_dump
from .model_meta import ModelMeta, extra_of, values_of
from .unstructure import (
    ATOMS,
    TABLES,
    UnstructureHook,
    UnstructureHooks,
    custom_dump,
    json_key,
    make_json,
    make_python,
    unstructure,
)

IncEx = Union[Set[int], Set[str], Dict[int, Any], Dict[str, Any], None]
"""A set of names (or positions), or a mapping of them to what to take or leave below them."""

Choice = Any
"""An `IncEx` at any depth: also `True`, `False` and `...`."""

_ABSENT: Any = object()
_LOCK = threading.Lock()
_TABLES: Dict[Options, UnstructureHooks] = {}
_WHOLE: Dict[Options, UnstructureHooks] = {}
"""The hooks of models without what users registered: those may dump the model that they are given."""


class Options(NamedTuple):
    """How to dump: into what, by which names, and what to leave out whatever its name."""

    json: bool
    by_alias: bool
    exclude_unset: bool
    exclude_defaults: bool
    exclude_none: bool


def dump_with(
    model: Any,
    *,
    mode: str = "python",
    include: IncEx = None,
    exclude: IncEx = None,
    by_alias: bool = False,
    exclude_unset: bool = False,
    exclude_defaults: bool = False,
    exclude_none: bool = False,
) -> Dict[str, Any]:
    """Return a model as a dict. The options are those of `BaseModel.model_dump`.

    Without `include` and `exclude` this is one look-up in a table of hooks that is kept for each set of options.
    """
    options = Options(mode == "json", by_alias, exclude_unset, exclude_defaults, exclude_none)
    if include is None and exclude is None:
        hooks = hooks_for(options)
        dumped: Dict[str, Any] = _WHOLE[options][type(model)](model, hooks)
        return dumped
    return _dump_model(model, options, include, exclude)


def hooks_for(options: Options) -> UnstructureHooks:
    """Return the table of hooks of whole values for these options."""
    table = _TABLES.get(options)
    if table is None:
        with _LOCK:
            _WHOLE[options] = UnstructureHooks(partial(_dump_hook, options))
            table = _TABLES[options] = UnstructureHooks(partial(_make_hook, options))
            TABLES.append(table)
    return table


def _make_hook(options: Options, cls: type) -> UnstructureHook:
    if isinstance(cls, ModelMeta) and custom_dump(cls) is None:
        return _WHOLE[options][cls]
    return make_json(cls) if options.json else make_python(cls)


def _dump_hook(options: Options, cls: type) -> UnstructureHook:
    """The hook of a model class when nothing is picked by name."""
    rest = dump_loop(options)
    if options.exclude_defaults or options.exclude_none or "<locals>" in cls.__qualname__:
        return rest
    return compiled_dump(cls, rest, ATOMS, by_alias=options.by_alias, exclude_unset=options.exclude_unset)


def dump_loop(options: Options) -> UnstructureHook:
    """Return what dumps models of any class by looking at each field."""
    _, by_alias, exclude_unset, exclude_defaults, exclude_none = options

    def dump_whole(model: object, hooks: UnstructureHooks) -> Dict[str, Any]:
        dumped: Dict[str, Any] = {}
        for info, value in values_of(model, exclude_unset):
            if exclude_defaults and not info.is_required() and value == info.fresh_default():
                continue
            if value is not None or not exclude_none:
                dumped[info.wire_name if by_alias else info.name] = unstructure(value, hooks)
        for name, value in extra_of(model).items():
            if value is not None or not exclude_none:
                dumped[name] = unstructure(value, hooks)
        return dumped

    return dump_whole


def _dump_model(model: Any, options: Options, include: Choice, exclude: Choice) -> Dict[str, Any]:
    dumped: Dict[str, Any] = {}
    for name, wire_name, value in _field_values(model, options):
        chosen = _choice_below(include, exclude, name)
        if chosen is None or (options.exclude_none and value is None):
            continue
        dumped[wire_name if options.by_alias else name] = _dump_value(value, options, *chosen)
    return dumped


def _field_values(model: object, options: Options) -> Iterator[Tuple[str, str, Any]]:
    """Python name, wire name, value: fields, then extras."""
    for info, value in values_of(model, options.exclude_unset):
        if options.exclude_defaults and not info.is_required() and value == info.fresh_default():
            continue
        yield info.name, info.wire_name, value
    for name, value in extra_of(model).items():
        yield name, name, value


def _dump_value(value: object, options: Options, include: Choice, exclude: Choice) -> Any:
    kind = type(value)
    if kind in ATOMS or (include is None and exclude is None):
        return unstructure(value, hooks_for(options))
    if isinstance(kind, ModelMeta) and custom_dump(kind) is None:
        return _dump_model(value, options, include, exclude)
    if is_dict(value):
        return _dump_mapping(value, options, include, exclude)
    if is_iterable(value, (list, tuple, set, frozenset)):
        items = _dump_items(list(value), options, include, exclude)
        return items if kind is list or options.json else _same_collection(kind, items)
    return unstructure(value, hooks_for(options))


def _dump_mapping(value: Dict[Any, Any], options: Options, include: Choice, exclude: Choice) -> Dict[Any, Any]:
    dumped: Dict[Any, Any] = {}
    for key, item in value.items():
        chosen = _choice_below(include, exclude, key)
        if chosen is not None:
            dumped[json_key(key) if options.json else key] = _dump_value(item, options, *chosen)
    return dumped


def _same_collection(kind: Any, items: List[Any]) -> Any:
    """A tuple or set with these items."""
    return kind(items)


def _dump_items(items: List[Any], options: Options, include: Choice, exclude: Choice) -> List[Any]:
    dumped: List[Any] = []
    for position, item in enumerate(items):
        chosen = _choice_below(include, exclude, position, len(items))
        if chosen is not None:
            dumped.append(_dump_value(item, options, *chosen))
    return dumped


def _choice_below(
    include: Choice, exclude: Choice, key: Any, length: Optional[int] = None
) -> Optional[Tuple[Choice, Choice]]:
    """What applies below this key, or `None` if the key is left out."""
    included = True if _is_everything(include) else _choice_for(include, key, length)
    excluded = _ABSENT if exclude is None else _choice_for(exclude, key, length)
    if included is _ABSENT or included is False or _is_true(excluded):
        return None
    return (
        None if _is_true(included) else included,
        None if excluded is _ABSENT or excluded is False or excluded is None else excluded,
    )


def _is_everything(choice: Choice) -> bool:
    return choice is None or _is_true(choice)


def _is_true(choice: Any) -> bool:
    return choice is True or choice is ...


def _choice_for(choice: Choice, key: Any, length: Optional[int]) -> Any:
    """What a choice says about one key: True, False, a nested choice, or nothing."""
    if choice is None or isinstance(choice, bool):
        return True if choice else _ABSENT
    keys = [key] if length is None else [key, key - length, "__all__"]
    if is_mapping(choice):
        return next((choice[one] for one in keys if one in choice), _ABSENT)
    chosen = set(choice)
    return True if any(one in chosen for one in keys) else _ABSENT
