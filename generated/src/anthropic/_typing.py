"""What `typing` lacks in Python 3.10. `typing_extensions` has it, but takes long to import."""

from __future__ import annotations

import sys
import typing
from typing import Annotated, Any, Callable, TypeVar

from ._lazy import TYPE_CHECKING
from ._public import AskedByPydantic

_CallableT = TypeVar("_CallableT", bound=Callable[..., Any])


class AsList(AskedByPydantic):
    """pydantic makes a list of what is iterable, and checks it at once. By itself it would make a generator."""

    __slots__ = ()

    pydantic_schema = "list_schema"


if TYPE_CHECKING:
    from typing import Iterable as Iterable

    from typing_extensions import Required as Required
    from typing_extensions import Self as Self
    from typing_extensions import TypedDict as TypedDict
    from typing_extensions import override as override
else:
    if sys.version_info >= (3, 12):
        from typing import Required as Required
        from typing import TypedDict as TypedDict
    else:

        def __getattr__(name: str) -> Any:
            """Import what pydantic takes only from `typing_extensions` here."""
            if name not in ("Required", "TypedDict"):
                raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
            import typing_extensions

            return getattr(typing_extensions, name)

    Self = TypeVar("Self")

    class Iterable:
        """`typing.Iterable` in the types of requests: `Iterable[X]` is `Annotated[typing.Iterable[X], AsList()]`."""

        def __class_getitem__(cls, item: object) -> object:
            return Annotated[typing.Iterable[item], AsList()]

    def override(method: _CallableT) -> _CallableT:
        """Mark a method that replaces one of a base class: PEP 698."""
        return method
