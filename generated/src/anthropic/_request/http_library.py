"""Which HTTP library an object belongs to: httpx, or httpx2, which continues it under another name.

A client works with the library of the `http_client` that it is given, and with its own otherwise. Nothing here imports
either of them: an object's library is loaded already.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any, Tuple, Type, TypeVar, cast

from .._lazy import httpx

_T = TypeVar("_T")

LIBRARIES = ("httpx", "httpx2")


def library_of(thing: object) -> Any:
    """Return the library whose class, or whose subclass, a thing is an instance of; ours if it is of none."""
    for cls in type(thing).__mro__:
        name = cls.__module__.partition(".")[0]
        if name in LIBRARIES:
            return sys.modules[name]
    return httpx


def classes(name: str) -> Tuple[Type[Any], ...]:
    """Return the classes of this name in all libraries that are loaded, for `isinstance`."""
    loaded = [sys.modules.get(library) for library in LIBRARIES]
    return tuple(getattr(library, name) for library in loaded if library is not None)


def exceptions(*names: str) -> Tuple[Type[Exception], ...]:
    """Return the exceptions of these names in all libraries that are loaded, for `except`."""
    return tuple(cls for name in names for cls in classes(name))


def is_response_class(cls: object) -> bool:
    """Whether this is the class `Response` of one of the libraries."""
    return getattr(cls, "__name__", "") == "Response" and any(cls is response for response in classes("Response"))


@cache
def based_on(cls: Type[_T], base: Type[Any]) -> Type[_T]:
    """Return a class of our own as a subclass of a library's class: `based_on(Request, httpx.Request)`."""
    return cast("Type[_T]", type(cls.__name__, (cls, base), {"__module__": cls.__module__, "__doc__": cls.__doc__}))


def timeout_of(library: Any, timeout: Any) -> httpx.Timeout:
    """Return a timeout as the library takes it: a number of seconds, `None`, or a timeout of either library."""
    if isinstance(timeout, library.Timeout):
        return cast("httpx.Timeout", timeout)
    steps = timeout.as_dict() if isinstance(timeout, classes("Timeout")) else {"timeout": timeout}
    return cast("httpx.Timeout", library.Timeout(**steps))


def url_of(library: Any, url: Any) -> httpx.URL:
    """Return a URL as the library takes it, from a string or a URL of either library."""
    return cast("httpx.URL", library.URL(url if isinstance(url, (str, library.URL)) else str(url)))
