"""Stand-ins for the clients of Amazon Bedrock, so that programs that only name them can be run."""

from __future__ import annotations

from ..._base_client import AsyncAPIClient, SyncAPIClient
from ..._lazy import TYPE_CHECKING
from ..._utils import public
from .._stand_in import StandInClient

if TYPE_CHECKING:
    from ...resources.messages import AsyncMessages, Messages

__all__ = ["AnthropicBedrock", "AsyncAnthropicBedrock"]


@public
class AnthropicBedrock(StandInClient, SyncAPIClient):
    """A stand-in: to make one is an error. This package calls the Anthropic API alone, with `Anthropic`."""

    messages: Messages

    _instead = (
        "Use `anthropic.Anthropic`, which calls the Anthropic API, or boto3's `bedrock-runtime` for Amazon Bedrock."
    )


@public
class AsyncAnthropicBedrock(StandInClient, AsyncAPIClient):
    """A stand-in: to make one is an error. This package calls the Anthropic API alone, with `AsyncAnthropic`."""

    messages: AsyncMessages

    _instead = (
        "Use `anthropic.AsyncAnthropic`, which calls the Anthropic API, "
        "or boto3's `bedrock-runtime` for Amazon Bedrock."
    )
