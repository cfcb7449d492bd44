"""Pictures; usage with fields of the prompt cache."""

import base64

from claudette import Chat, contents

REPLIES = [{"text": "A dot", "usage": {"cache_creation_input_tokens": 7, "cache_read_input_tokens": 9}}]
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

chat = Chat("claude-3-5-sonnet-20240620")
assert contents(chat([PIXEL, "What is it?"])) == "A dot"
assert chat.use.total >= 40
