"""Imports on first need: lazy packages (PEP 562) and lazy modules.

`TYPE_CHECKING` is `typing`'s, without importing `typing`: checkers know the name. jedi, which completes in editors,
doesn't. It would skip what stands below a plain `False`; a value that it can't compute lets it look at both ways.
"""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = bool(0)

if TYPE_CHECKING:
    import json as json
    import logging as logging
    from collections.abc import Callable

    import anyio as anyio
    import httpx as httpx


def lazy(
    package: str, names: dict[str, str], old: dict[str, str] | None = None
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return the `__getattr__` and `__dir__` of a package (or module) whose `names` come from the modules beside it.

        __getattr__, __dir__ = lazy(__name__, {"Message": "message", "Usage": "usage"})

    Submodules are found by themselves. A name is stored in the package at first use. Threads that ask for it at the
    same time meet at the import system's own lock of that module. `old` names aren't stored: their modules warn.
    """
    namespace = sys.modules[package].__dict__
    parent = package if "__path__" in namespace else package.rpartition(".")[0]
    namespace.setdefault("__all__", sorted(names))

    def __getattr__(name: str) -> object:
        module = names.get(name)
        if module is not None:
            value = getattr(import_module(f"{parent}.{module}"), name)
            namespace[name] = value
            return value
        if old is not None and name in old:
            return getattr(import_module(f"{parent}.{old[name]}"), name)
        if not name.startswith("__") and _has_submodule(package, name):
            return import_module(f"{package}.{name}")
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*namespace, *names})

    return __getattr__, __dir__


def _has_submodule(package: str, name: str) -> bool:
    from importlib.util import find_spec

    return name.isidentifier() and "__path__" in sys.modules[package].__dict__ and bool(find_spec(f"{package}.{name}"))


class _LazyModule:
    """Stands for a module and imports it when something is read from it."""

    def __init__(self, name: str) -> None:
        self.__name__ = name
        self._module: object = None

    def __getattr__(self, name: str) -> object:
        if self._module is None:
            self._module = import_module(self.__name__)
        return getattr(self._module, name)

    def __repr__(self) -> str:
        return f"<lazy module {self.__name__!r}>"


if not TYPE_CHECKING:
    httpx = _LazyModule("httpx")
    anyio = _LazyModule("anyio")
    json = _LazyModule("json")
    logging = _LazyModule("logging")
