"""Text while it arrives."""

from claudette import Chat, Client

REPLIES = [{"text": "Hello, how are you?"}] * 2

client = Client("claude-3-haiku-20240307")
assert "".join(client("Hi", stream=True)) == "Hello, how are you?"
assert client.use.output_tokens == 15
chat = Chat(cli=client)
pieces = list(chat("Hi", stream=True))
assert "".join(pieces) == "Hello, how are you?" and len(pieces) > 2
assert len(chat.h) == 2
