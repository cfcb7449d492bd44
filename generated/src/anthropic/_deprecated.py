"""Old names: they work, and warn. Only generated code that has some imports this module."""

from __future__ import annotations

import sys
import warnings
from functools import wraps
from importlib import import_module
from types import FrameType
from typing import Any, Callable, Mapping, Sequence, TypeVar, cast

from ._types import NOT_GIVEN, NotGiven

_CallableT = TypeVar("_CallableT", bound=Callable[..., Any])
_ClassT = TypeVar("_ClassT", bound=type)

LEFT_OUT: Any = NOT_GIVEN
"""The default of a required parameter that may be given by its old name."""

_PACKAGE = __name__.rpartition(".")[0]
_frame: Callable[[int], FrameType] = vars(sys)["_getframe"]


def warn(text: str) -> None:
    """Give a DeprecationWarning at the line outside of this package that led here."""
    frame = _frame(1)
    while frame.f_back is not None and _module(frame).startswith(_PACKAGE + "."):
        frame = frame.f_back
    if _module(frame) == "importlib._bootstrap":  # `from … import` looks whether a name is there before it takes it
        return
    registry = frame.f_globals.setdefault("__warningregistry__", {})
    warnings.warn_explicit(
        text, DeprecationWarning, frame.f_code.co_filename, frame.f_lineno, module=_module(frame), registry=registry
    )


def renamed(old: str, new: str) -> None:
    """Warn about an old name."""
    warn(f"`{old}` is deprecated: use `{new}`")


def old_types(module: str, paths: Mapping[str, str]) -> Callable[[str], object]:
    """Return the `__getattr__` of a module in which types were found once: old path → new path."""
    by_name = {old.rpartition(".")[2]: (old, new) for old, new in paths.items()}

    def __getattr__(name: str) -> object:
        if name not in by_name:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        old, new = by_name[name]
        renamed(old, new)
        path, _, last = new.partition(".")[2].rpartition(".")
        return getattr(import_module(f"{_PACKAGE}.{path}"), last)

    return __getattr__


def old_fields(names: Mapping[str, str]) -> Callable[[_ClassT], _ClassT]:
    """Decorate a model with old names of fields (old → new): as attributes, and as keywords of its constructors."""

    def decorate(model: _ClassT) -> _ClassT:
        cls: Any = model
        for old, new in names.items():
            setattr(cls, old, _old_attribute(old, new))
        wire_names = {info.wire_name for info in cls.__model_fields__.values()}
        keywords = {old: new for old, new in names.items() if old not in wire_names}
        initialize, construct = cls.__init__, cls.construct.__func__

        def __init__(self: Any, /, **data: Any) -> None:
            initialize(self, **_with_new_names(data, keywords, cls.__name__))

        def construct_(cls: Any, _fields_set: Any = None, **values: Any) -> Any:
            return construct(cls, _fields_set, **_with_new_names(values, keywords, cls.__name__))

        cls.__init__ = wraps(initialize)(__init__)
        cls.construct = cls.model_construct = classmethod(cast(Any, wraps(construct)(construct_)))
        return model

    return decorate


def _old_attribute(old: str, new: str) -> property:
    def read(model: Any) -> Any:
        _renamed_attribute(model, old, new)
        return getattr(model, new)

    def write(model: Any, value: Any) -> None:
        _renamed_attribute(model, old, new)
        setattr(model, new, value)

    return property(read, write, doc=f"Deprecated: use `{new}`.")


def _renamed_attribute(model: object, old: str, new: str) -> None:
    owner = type(model).__name__
    renamed(f"{owner}.{old}", f"{owner}.{new}")


def old_method(old: str, new: str, method: _CallableT) -> _CallableT:
    """Return the method for its old name: it warns."""

    @wraps(method)
    def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
        renamed(old, new)
        return getattr(self, method.__name__)(*args, **kwargs)

    return cast(_CallableT, wrapper)


def moved_method(old: str, new: str, find: Callable[[], _CallableT]) -> _CallableT:
    """Return a method that another resource has now. It is looked for at the call: either may know the other."""

    def wrapper(*args: Any, **kwargs: Any) -> Any:
        renamed(old, new)
        return find()(*args, **kwargs)

    wrapper.__name__ = old.rpartition(".")[2]
    return cast(_CallableT, wrapper)


def old_parameters(
    method: str, names: Mapping[str, str], *, required: Sequence[str] = (), positional: Sequence[str] = ()
) -> Callable[[_CallableT], _CallableT]:
    """Decorate a method with old names of parameters (old → new).

    `required` are the parameters that checkers no longer insist on because of that; a call without them raises a
    `TypeError`. `positional` are those that may be given by position.
    """

    def decorate(function: _CallableT) -> _CallableT:
        @wraps(function)
        def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
            by_name = dict(zip(positional, args))
            if len(by_name) < len(args) or by_name.keys() & kwargs.keys():
                return function(self, *args, **kwargs)  # Python says what is wrong
            arguments = _with_new_names({**by_name, **kwargs}, names, method)
            missing = [f"`{name}`" for name in required if isinstance(arguments.get(name, NOT_GIVEN), NotGiven)]
            if missing:
                raise TypeError(f"{method}() lacks {' and '.join(missing)}")
            return function(self, **arguments)

        return cast(_CallableT, wrapper)

    return decorate


def _with_new_names(given: dict[str, Any], names: Mapping[str, str], owner: str) -> dict[str, Any]:
    """Arguments by their names now."""
    found = [name for name in names if name in given]
    for old in found:
        value, new = given.pop(old), names[old]
        if isinstance(value, NotGiven):
            continue
        if not isinstance(given.get(new, NOT_GIVEN), NotGiven):
            raise TypeError(f"{owner}() got `{new}` twice: `{old}` is its old name")
        renamed(f"{owner}({old}=)", f"{owner}({new}=)")
        given[new] = value
    return given


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))
