"""Where a JSON body may hold files: at the places that the types of the API declare as `Base64FileInput`.

Nothing here runs unless a path stands in a body. The types are those of the method that was called, as the generator
wrote them.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import IO, Any, Callable, List, Set, Tuple, TypeGuard, get_args, get_origin, get_type_hints

from .._public import PACKAGE
from .._structuring.annotations import ARRAYS, MAPPINGS, is_any_iterable, is_iterable, is_mapping, is_union, unwrap

_WRAPPERS = ("Required", "NotRequired", "ReadOnly")


def declared_files(body: object, files_in: str, plain: Callable[[object], object]) -> Set[int]:
    """Return the ids of the paths in a body that stand where its type takes a file, and nowhere else.

    `files_in` names the type below the root package: `types.message_create_params.MessageCreateParams`, or, of a body
    that is one value, the key with its type: `types.row_create_params.RowCreateParams:rows`. `plain` gives what JSON
    has instead of an iterable that was read already.
    """
    path, _, key = files_in.partition(":")
    module, _, name = path.rpartition(".")
    declared = getattr(import_module(f"{PACKAGE}.{module}"), name)
    types = _below([declared], key) if key else [declared]
    found: Set[int] = set()
    strays: Set[int] = set()
    pending: List[Tuple[Any, List[Any]]] = [(body, types)]
    while pending:
        value, types = pending.pop()
        options = _options(types)
        if _is_path(value):
            (found if any(map(_is_file, options)) else strays).add(id(value))
        elif is_mapping(value):
            for key in value:
                pending.append((value[key], _below(options, str(key))))
        elif is_any_iterable(value) and not isinstance(value, (str, bytes, bytearray)):
            known = plain(value)
            if is_iterable(known, (list, tuple)):
                pending.extend((item, _items(options)) for item in known)
    return found - strays


def _options(types: List[Any]) -> List[Any]:
    """The members of unions, without wrappers."""
    found: List[Any] = []
    pending = list(types)
    while pending:
        type_ = unwrap(pending.pop())
        if is_union(type_) or getattr(get_origin(type_), "_name", None) in _WRAPPERS:
            pending.extend(get_args(type_))
        else:
            found.append(type_)
    return found


def _below(types: List[Any], key: str) -> List[Any]:
    """What the types say about the member of that name. A parameter named like a keyword ends in an underscore."""
    found: List[Any] = []
    for option in _options(types):
        if hasattr(option, "__total__"):
            hints = get_type_hints(option, include_extras=True)
            found.extend(hints[name] for name in (key, f"{key}_") if name in hints)
        elif (get_origin(option) or option) in MAPPINGS:
            found.extend(get_args(option)[1:])
    return found


def _items(options: List[Any]) -> List[Any]:
    return [argument for option in options if get_origin(option) in ARRAYS for argument in get_args(option)]


def _is_path(value: object) -> TypeGuard[os.PathLike[str]]:
    return isinstance(value, os.PathLike)


def _is_file(option: Any) -> bool:
    return get_origin(option) in (os.PathLike, IO) or option in (os.PathLike, IO)
