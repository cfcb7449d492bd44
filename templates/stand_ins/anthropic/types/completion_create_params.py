"""A stand-in: the request of the retired text completions. No method of this package takes it."""

from __future__ import annotations

from typing import List, Literal, TypeAlias, Union

from .._typing import Required, TypedDict
from .message_create_params import Metadata as Metadata
from .model_param import ModelParam

__all__ = [
    "CompletionCreateParamsBase",
    "CompletionCreateParamsNonStreaming",
    "CompletionCreateParamsStreaming",
    "Metadata",
]


class CompletionCreateParamsBase(TypedDict, total=False):
    """What the retired text completions took. `client.messages.create` takes `MessageCreateParams`."""

    max_tokens_to_sample: Required[int]
    """The most tokens to generate."""

    model: Required[ModelParam]
    """The model that writes."""

    prompt: Required[str]
    """The conversation as text, with turns that begin with `HUMAN_PROMPT` and `AI_PROMPT`."""

    metadata: Metadata
    """Facts about the request that don't reach the model."""

    stop_sequences: List[str]
    """Texts at which the model stops."""

    temperature: float
    """How much chance there is in what the model writes."""

    top_k: int
    """How many of the likeliest tokens are drawn from."""

    top_p: float
    """The share of probability that is drawn from."""


class CompletionCreateParamsNonStreaming(CompletionCreateParamsBase, total=False):
    stream: Literal[False]
    """Whether to send the text while it is written."""


class CompletionCreateParamsStreaming(CompletionCreateParamsBase):
    stream: Required[Literal[True]]
    """Whether to send the text while it is written."""


CompletionCreateParams: TypeAlias = Union[CompletionCreateParamsNonStreaming, CompletionCreateParamsStreaming]
