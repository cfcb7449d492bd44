"""Helpers that follow a message while it is generated."""

from __future__ import annotations

from ..._lazy import TYPE_CHECKING, lazy

if TYPE_CHECKING:
    from ._messages import AsyncMessageStream as AsyncMessageStream
    from ._messages import AsyncMessageStreamManager as AsyncMessageStreamManager
    from ._messages import MessageStream as MessageStream
    from ._messages import MessageStreamManager as MessageStreamManager
    from ._prompt_caching_beta_messages import (
        AsyncPromptCachingBetaMessageStream as AsyncPromptCachingBetaMessageStream,
    )
    from ._prompt_caching_beta_messages import (
        AsyncPromptCachingBetaMessageStreamManager as AsyncPromptCachingBetaMessageStreamManager,
    )
    from ._prompt_caching_beta_messages import PromptCachingBetaMessageStream as PromptCachingBetaMessageStream
    from ._prompt_caching_beta_messages import (
        PromptCachingBetaMessageStreamManager as PromptCachingBetaMessageStreamManager,
    )
    from ._types import ContentBlockStopEvent as ContentBlockStopEvent
    from ._types import InputJsonEvent as InputJsonEvent
    from ._types import MessageStopEvent as MessageStopEvent
    from ._types import MessageStreamEvent as MessageStreamEvent
    from ._types import TextEvent as TextEvent
else:  # checkers see the names above, and no others
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "AsyncMessageStream": "_messages",
            "AsyncMessageStreamManager": "_messages",
            "AsyncPromptCachingBetaMessageStream": "_prompt_caching_beta_messages",
            "AsyncPromptCachingBetaMessageStreamManager": "_prompt_caching_beta_messages",
            "ContentBlockStopEvent": "_types",
            "InputJsonEvent": "_types",
            "MessageStopEvent": "_types",
            "MessageStream": "_messages",
            "MessageStreamEvent": "_types",
            "MessageStreamManager": "_messages",
            "PromptCachingBetaMessageStream": "_prompt_caching_beta_messages",
            "PromptCachingBetaMessageStreamManager": "_prompt_caching_beta_messages",
            "TextEvent": "_types",
        },
    )
