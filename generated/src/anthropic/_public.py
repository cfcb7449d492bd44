"""Where public names say that they live."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar, TypeVar, cast

_T = TypeVar("_T")

PACKAGE = __name__.rpartition(".")[0]


def public(value: _T) -> _T:
    """Say that a class or function lives in the package itself: users import it there, tracebacks should say so."""
    cast(Any, value).__module__ = PACKAGE
    return value


class AskedByPydantic:
    """Metadata in `Annotated` that tells pydantic what a type is. Nothing of pydantic is loaded before it asks."""

    __slots__ = ()

    pydantic_schema: ClassVar[str]
    """The function in `_structuring/pydantic_schemas.py` that says it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return getattr(self._schemas(), self.pydantic_schema)(self, source, handler)

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> Any:
        return self._schemas().json_schema_of(self, core_schema, handler)

    def _schemas(self) -> Any:
        return import_module(f"{PACKAGE}._structuring.pydantic_schemas")

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"
