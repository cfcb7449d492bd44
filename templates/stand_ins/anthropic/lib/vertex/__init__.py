"""Stand-ins for the clients of Google Vertex AI, so that programs that only name them can be run."""

from __future__ import annotations

from ..._base_client import AsyncAPIClient, SyncAPIClient
from ..._lazy import TYPE_CHECKING
from ..._utils import public
from .._stand_in import StandInClient

if TYPE_CHECKING:
    from ...resources.messages import AsyncMessages, Messages

__all__ = ["AnthropicVertex", "AsyncAnthropicVertex"]


@public
class AnthropicVertex(StandInClient, SyncAPIClient):
    """A stand-in: to make one is an error. This package calls the Anthropic API alone, with `Anthropic`."""

    messages: Messages

    _instead = (
        "Use `anthropic.Anthropic`, which calls the Anthropic API, "
        "or google-auth's `AuthorizedSession` for Google Vertex AI."
    )


@public
class AsyncAnthropicVertex(StandInClient, AsyncAPIClient):
    """A stand-in: to make one is an error. This package calls the Anthropic API alone, with `AsyncAnthropic`."""

    messages: AsyncMessages

    _instead = (
        "Use `anthropic.AsyncAnthropic`, which calls the Anthropic API, "
        "or google-auth's `AuthorizedSession` for Google Vertex AI."
    )
