"""Tools: called and looped."""

from claudette import Chat, contents

REPLIES = [
    {"text": "I'll add", "tools": [["add", {"a": 1, "b": 2}]]},
    {"text": "It is 3"},
    {"text": "I'll add", "tools": [["add", {"a": 1, "b": 2}]]},
    {"text": "It is 3"},
]


def add(
    a: int,  # one number
    b: int,  # another
) -> int:  # the sum
    "Adds two numbers"
    return a + b


chat = Chat("claude-3-5-sonnet-20240620", tools=[add])
call = chat("1 + 2?")
assert call.stop_reason == "tool_use"
assert contents(chat()) == "It is 3"
chat = Chat("claude-3-5-sonnet-20240620", tools=[add])
assert contents(chat.toolloop("1 + 2?")) == "It is 3"
