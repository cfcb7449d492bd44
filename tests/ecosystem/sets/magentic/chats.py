"""A chat with roles, and what it took."""

from magentic import AssistantMessage, SystemMessage, UserMessage
from magentic.chat import Chat
from magentic.chat_model.anthropic_chat_model import AnthropicChatModel

REPLIES = [{"text": "Hello"}, {"text": "Again"}]

model = AnthropicChatModel("claude-3-haiku-20240307")
chat = Chat([SystemMessage("Be brief."), UserMessage("Hi")], model=model).submit()
assert chat.last_message.content == "Hello"
assert isinstance(chat.last_message, AssistantMessage)
usage = chat.last_message.usage
assert usage.input_tokens == 25 and usage.output_tokens >= 15, usage
assert chat.add_user_message("And?").submit().last_message.content == "Again"
