"""The generator for text, also while it arrives."""

from haystack.utils import Secret
from haystack_integrations.components.generators.anthropic import AnthropicGenerator

REPLIES = [{"text": "Hello"}, {"text": "Hello, how are you?"}]

generator = AnthropicGenerator(api_key=Secret.from_token("sk-ant-key"), model="claude-3-haiku-20240307")
result = generator.run("Hi")
assert result["replies"] == ["Hello"]
(meta,) = result["meta"]
assert meta["usage"] == {"input_tokens": 25, "output_tokens": 15}, meta
assert meta["finish_reason"] == "end_turn"
seen = []
generator = AnthropicGenerator(model="claude-3-haiku-20240307", streaming_callback=seen.append, system_prompt="Brief.")
result = generator.run("Hi", generation_kwargs={"max_tokens": 20})
assert result["replies"] == ["Hello, how are you?"]
assert "".join(chunk.content for chunk in seen) == "Hello, how are you?"
