"""Chat and completion, with what they took."""

from llama_index.core.llms import ChatMessage, MessageRole
from llama_index.llms.anthropic import Anthropic

REPLIES = [{"text": "Hello"}, {"text": "Paris"}]

llm = Anthropic(model="claude-3-haiku-20240307", max_tokens=100, temperature=0.5)
response = llm.chat(
    [
        ChatMessage(role=MessageRole.SYSTEM, content="Be brief."),
        ChatMessage(role=MessageRole.USER, content="Hi"),
    ]
)
assert response.message.content == "Hello"
raw = dict(response.raw)
assert raw["usage"].output_tokens == 15, raw
assert raw["id"] == "msg_01"
assert llm.complete("The capital of France is").text == "Paris"
assert llm.metadata.is_chat_model and llm.model == "claude-3-haiku-20240307"
