"""Calls of tools in chats."""

import json

from haystack.dataclasses import ChatMessage
from haystack_integrations.components.generators.anthropic import AnthropicChatGenerator

REPLIES = [{"text": "I'll look", "tools": [["weather", {"city": "Oslo"}]]}]

tools = [
    {
        "name": "weather",
        "description": "The weather of a city.",
        "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    }
]
generator = AnthropicChatGenerator(model="claude-3-5-sonnet-20240620", generation_kwargs={"tools": tools})
replies = generator.run([ChatMessage.from_user("Weather in Oslo?")])["replies"]
calls = [json.loads(reply.content) for reply in replies if reply.content.startswith("{")]
assert calls[0]["input"] == {"city": "Oslo"} and calls[0]["name"] == "weather", replies
assert {reply.meta["finish_reason"] for reply in replies} == {"tool_use"}
