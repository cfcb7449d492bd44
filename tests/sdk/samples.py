"""One complete JSON value per response type."""

from __future__ import annotations

from typing import Any

TEXT_BLOCK = {"text": "Hi", "type": "text"}
TOOL_USE_BLOCK = {
    "id": "toolu_1",
    "input": {"city": ["Rome", None], "deep": {"n": 1.5}},
    "name": "weather",
    "type": "tool_use",
}
USAGE = {"input_tokens": 3, "output_tokens": 5}
CACHE_USAGE = {"cache_creation_input_tokens": 7, "cache_read_input_tokens": None, **USAGE}
MESSAGE = {
    "id": "msg_1",
    "content": [TEXT_BLOCK, TOOL_USE_BLOCK],
    "model": "claude-3-5-sonnet-20240620",
    "role": "assistant",
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "type": "message",
    "usage": USAGE,
}
TEXT_DELTA = {"text": "lo", "type": "text_delta"}
JSON_DELTA = {"partial_json": '{"a', "type": "input_json_delta"}
DELTA = {"stop_reason": "tool_use", "stop_sequence": None}

MESSAGE_START = {"message": MESSAGE, "type": "message_start"}
MESSAGE_DELTA = {"delta": DELTA, "type": "message_delta", "usage": {"output_tokens": 9}}
MESSAGE_STOP = {"type": "message_stop"}
BLOCK_START = {"content_block": TEXT_BLOCK, "index": 0, "type": "content_block_start"}
BLOCK_DELTA = {"delta": TEXT_DELTA, "index": 0, "type": "content_block_delta"}
BLOCK_STOP = {"index": 0, "type": "content_block_stop"}

SAMPLES: dict[str, tuple[str, Any]] = {
    "Message": ("anthropic.types.message", MESSAGE),
    "Usage": ("anthropic.types.usage", USAGE),
    "MessageDeltaUsage": ("anthropic.types.message_delta_usage", {"output_tokens": 9}),
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
