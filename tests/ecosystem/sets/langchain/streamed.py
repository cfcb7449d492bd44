"""Text, tools and usage while they arrive, sync and async."""

import asyncio

from langchain_anthropic import ChatAnthropic
from langchain_core.tools import tool

REPLIES = [
    {"text": "Hello, how are you?"},
    {"text": "I'll add", "tools": [["add", {"a": 1, "b": 2}]]},
    {"text": "Hello, how are you?"},
]


@tool
def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


model = ChatAnthropic(model="claude-3-haiku-20240307")
chunks = list(model.stream("Hi"))
assert len(chunks) > 3
whole = chunks[0]
for chunk in chunks[1:]:
    whole += chunk
assert whole.content == "Hello, how are you?"
assert whole.usage_metadata["input_tokens"] == 25 and whole.usage_metadata["output_tokens"] >= 15

chunks = list(model.bind_tools([add]).stream("1 + 2?"))
whole = chunks[0]
for chunk in chunks[1:]:
    whole += chunk
assert whole.tool_calls[0]["name"] == "add" and whole.tool_calls[0]["args"] == {"a": 1, "b": 2}


async def main() -> None:
    text = "".join([chunk.content async for chunk in model.astream("Hi")])
    assert text == "Hello, how are you?"


asyncio.run(main())
