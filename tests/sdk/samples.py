"""One complete JSON value per response type."""

from __future__ import annotations

from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from anthropic import types
from anthropic.types.beta import prompt_caching


def complete(cls: Any, value: dict[str, Any]) -> dict[str, Any]:
    """The value, and something for each field that the API has required since the value was written down."""
    kinds = get_type_hints(cls)
    required = [field.name for field in attrs.fields(cls) if field.default is attrs.NOTHING]
    return {**value, **{name: _anything(kinds[name]) for name in required if name not in value}}


def _anything(kind: Any) -> Any:
    if attrs.has(kind):
        return complete(kind, {})
    if get_origin(kind) is Union:
        return None if type(None) in get_args(kind) else _anything(get_args(kind)[0])
    return get_args(kind)[0] if get_origin(kind) is Literal else (get_origin(kind) or kind)()


TEXT_BLOCK = complete(types.TextBlock, {"text": "Hi", "type": "text"})
TOOL_USE_BLOCK: dict[str, Any] = {
    "id": "toolu_1",
    "input": {"city": ["Rome", None], "deep": {"n": 1.5}},
    "name": "weather",
    "type": "tool_use",
}
TOOL_USE_BLOCK = complete(types.ToolUseBlock, TOOL_USE_BLOCK)
USAGE = complete(types.Usage, {"input_tokens": 3, "output_tokens": 5})
CACHE_USAGE = complete(
    prompt_caching.PromptCachingBetaUsage,
    {"cache_creation_input_tokens": 7, "cache_read_input_tokens": None, "input_tokens": 3, "output_tokens": 5},
)
MESSAGE: dict[str, Any] = {
    "id": "msg_1",
    "content": [TEXT_BLOCK, TOOL_USE_BLOCK],
    "model": "claude-3-5-sonnet-20240620",
    "role": "assistant",
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "type": "message",
    "usage": USAGE,
}
MESSAGE = complete(types.Message, MESSAGE)
TEXT_DELTA = complete(types.TextDelta, {"text": "lo", "type": "text_delta"})
JSON_DELTA = complete(types.InputJSONDelta, {"partial_json": '{"a', "type": "input_json_delta"})
DELTA = {"stop_reason": "tool_use", "stop_sequence": None}
DELTA_USAGE = complete(types.MessageDeltaUsage, {"output_tokens": 9})

MESSAGE_START = {"message": MESSAGE, "type": "message_start"}
MESSAGE_DELTA = {"delta": DELTA, "type": "message_delta", "usage": DELTA_USAGE}
MESSAGE_STOP = {"type": "message_stop"}
BLOCK_START = {"content_block": TEXT_BLOCK, "index": 0, "type": "content_block_start"}
BLOCK_DELTA = {"delta": TEXT_DELTA, "index": 0, "type": "content_block_delta"}
BLOCK_STOP = {"index": 0, "type": "content_block_stop"}

SAMPLES: dict[str, tuple[str, Any]] = {
    "Message": ("anthropic.types.message", MESSAGE),
    "Usage": ("anthropic.types.usage", USAGE),
    "MessageDeltaUsage": ("anthropic.types.message_delta_usage", DELTA_USAGE),
    "TextBlock": ("anthropic.types.text_block", TEXT_BLOCK),
    "ToolUseBlock": ("anthropic.types.tool_use_block", TOOL_USE_BLOCK),
    "TextDelta": ("anthropic.types.text_delta", TEXT_DELTA),
    "InputJSONDelta": ("anthropic.types.input_json_delta", JSON_DELTA),
    "RawMessageStartEvent": ("anthropic.types.raw_message_start_event", MESSAGE_START),
    "RawMessageDeltaEvent": ("anthropic.types.raw_message_delta_event", MESSAGE_DELTA),
    "Delta": ("anthropic.types.raw_message_delta_event", DELTA),
    "RawMessageStopEvent": ("anthropic.types.raw_message_stop_event", MESSAGE_STOP),
    "RawContentBlockStartEvent": ("anthropic.types.raw_content_block_start_event", BLOCK_START),
    "RawContentBlockDeltaEvent": ("anthropic.types.raw_content_block_delta_event", BLOCK_DELTA),
    "RawContentBlockStopEvent": ("anthropic.types.raw_content_block_stop_event", BLOCK_STOP),
    "PromptCachingBetaMessage": (
        "anthropic.types.beta.prompt_caching.prompt_caching_beta_message",
        {**MESSAGE, "usage": CACHE_USAGE},
    ),
    "PromptCachingBetaUsage": ("anthropic.types.beta.prompt_caching.prompt_caching_beta_usage", CACHE_USAGE),
    "RawPromptCachingBetaMessageStartEvent": (
        "anthropic.types.beta.prompt_caching.raw_prompt_caching_beta_message_start_event",
        {"message": {**MESSAGE, "usage": CACHE_USAGE}, "type": "message_start"},
    ),
}
"""Class name → its module and a value in which every field is set."""

UNIONS: dict[str, tuple[str, list[Any]]] = {
    "ContentBlock": ("anthropic.types.content_block", [TEXT_BLOCK, TOOL_USE_BLOCK]),
    "raw_content_block_delta_event.Delta": ("anthropic.types.raw_content_block_delta_event", [TEXT_DELTA, JSON_DELTA]),
    "RawMessageStreamEvent": (
        "anthropic.types.raw_message_stream_event",
        [MESSAGE_START, MESSAGE_DELTA, MESSAGE_STOP, BLOCK_START, BLOCK_DELTA, BLOCK_STOP],
    ),
    "RawPromptCachingBetaMessageStreamEvent": (
        "anthropic.types.beta.prompt_caching.raw_prompt_caching_beta_message_stream_event",
        [MESSAGE_START, MESSAGE_DELTA, MESSAGE_STOP, BLOCK_START, BLOCK_DELTA, BLOCK_STOP],
    ),
}
"""Union name → its module and a value per variant."""


def load(name: str) -> Any:
    """The class or union of that name."""
    from importlib import import_module

    module = SAMPLES[name][0] if name in SAMPLES else UNIONS[name][0]
    return getattr(import_module(module), name.rpartition(".")[2])
