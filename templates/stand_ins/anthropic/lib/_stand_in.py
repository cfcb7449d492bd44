"""Stand-ins: names that public programs import, for things that this package does not have."""

from __future__ import annotations

from typing import Any, ClassVar

from .._sdk import AnthropicError


def not_here(name: str, instead: str) -> AnthropicError:
    """The error of whoever uses a stand-in. It says what to use instead."""
    return AnthropicError(f"`{name}` is no part of this package, which has the Messages API only. {instead}")


class StandInClient:
    """A client that can't be made. `isinstance` and annotations take its class."""

    _instead: ClassVar[str]

    def __init__(self, *args: Any, **options: Any) -> None:
        """Only raises an error, which says what to use instead.

        Raises:
            AnthropicError: always.
        """
        raise not_here(type(self).__name__, self._instead)
