"""What `typing` lacks in Python 3.10. `typing_extensions` has it, but takes long to import."""

from __future__ import annotations

from typing import Any, Callable, TypeVar

from ._lazy import TYPE_CHECKING

_CallableT = TypeVar("_CallableT", bound=Callable[..., Any])

if TYPE_CHECKING:
    from typing_extensions import Self as Self
    from typing_extensions import override as override
else:
    Self = TypeVar("Self")

    def override(method: _CallableT) -> _CallableT:
        """Mark a method that replaces one of a base class: PEP 698."""
        return method
