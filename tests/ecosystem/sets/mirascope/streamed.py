"""Text and tools while they arrive, sync and async."""

import asyncio

from mirascope.core import anthropic, prompt_template

REPLIES = [
    {"text": "Hello, how are you?"},
    {"text": "Hello, how are you?"},
    {"text": "I'll add", "tools": [["add", {"a": 1, "b": 2}]]},
]


def add(a: int, b: int) -> str:
    """Add two numbers."""
    return str(a + b)


@anthropic.call("claude-3-haiku-20240307", stream=True)
@prompt_template("Hi")
def say() -> None: ...


@anthropic.call("claude-3-haiku-20240307", stream=True)
@prompt_template("Hi")
async def asay() -> None: ...


@anthropic.call("claude-3-5-sonnet-20240620", stream=True, tools=[add])
@prompt_template("1 + 2?")
def sums() -> None: ...


stream = say()
assert "".join(chunk.content for chunk, _ in stream) == "Hello, how are you?"
assert (stream.input_tokens, stream.output_tokens) == (25, 15) or stream.output_tokens >= 15
assert stream.construct_call_response().content == "Hello, how are you?"


async def main() -> None:
    assert "".join([chunk.content async for chunk, _ in await asay()]) == "Hello, how are you?"


asyncio.run(main())
tools = [tool for _, tool in sums() if tool]
assert tools[0].call() == "3"
