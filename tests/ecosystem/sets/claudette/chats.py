"""A chat, its history and what it took."""

from claudette import Chat, Client, contents

REPLIES = [{"text": "Hello"}, {"text": "You are Ann"}, {"text": "Hello"}]

chat = Chat("claude-3-haiku-20240307", sp="Be brief.")
first = chat("I am Ann")
assert contents(first) == "Hello"
assert "Hello" in repr(first) and "input_tokens" in first._repr_markdown_()
assert contents(chat("Who am I?")) == "You are Ann"
assert len(chat.h) == 4
assert (chat.use.input_tokens, chat.use.output_tokens, chat.use.total) == (50, 30, 80)
client = Client("claude-3-haiku-20240307")
assert contents(client("Hi", prefill="Hel", stop=["."])).startswith("Hel")
assert client.use.input_tokens == 25 and "25" in repr(client.use)
