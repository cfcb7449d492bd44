"""Stand-ins for the methods of the retired text completions, so that programs that wrap them can be run."""

from __future__ import annotations

from typing import Any

from .._resource import AsyncAPIResource, SyncAPIResource
from ..lib._stand_in import not_here
from ..types.completion import Completion

__all__ = ["AsyncCompletions", "Completions"]

_INSTEAD = "Use `client.messages.create`."


class Completions(SyncAPIResource):
    """A stand-in: clients don't have it. Use `client.messages`."""

    def create(self, **params: Any) -> Completion:
        """Only raises an error, which says what to use instead.

        Raises:
            AnthropicError: always.
        """
        raise not_here("completions.create", _INSTEAD)


class AsyncCompletions(AsyncAPIResource):
    """A stand-in: clients don't have it. Use `client.messages`."""

    async def create(self, **params: Any) -> Completion:
        """Only raises an error, which says what to use instead.

        Raises:
            AnthropicError: always.
        """
        raise not_here("completions.create", _INSTEAD)
