"""The generator for chats: text, and while it arrives."""

from haystack.dataclasses import ChatMessage
from haystack_integrations.components.generators.anthropic import AnthropicChatGenerator

REPLIES = [{"text": "Hello"}, {"text": "Hello, how are you?"}]

messages = [ChatMessage.from_system("Be brief."), ChatMessage.from_user("Hi")]
generator = AnthropicChatGenerator(model="claude-3-haiku-20240307", generation_kwargs={"temperature": 0.5})
(reply,) = generator.run(messages)["replies"]
assert reply.content == "Hello", reply
assert reply.meta["usage"] == {"prompt_tokens": 25, "completion_tokens": 15}, reply.meta
seen = []
generator = AnthropicChatGenerator(model="claude-3-haiku-20240307", streaming_callback=seen.append)
(reply,) = generator.run(messages)["replies"]
assert reply.content == "Hello, how are you?"
assert len(seen) > 2
