"""Text and models while they arrive, sync and async."""

import asyncio

from magentic import AsyncStreamedStr, StreamedStr, prompt
from magentic.chat_model.anthropic_chat_model import AnthropicChatModel

REPLIES = [{"text": "Hello, how are you?"}] * 3

model = AnthropicChatModel("claude-3-haiku-20240307")


@prompt("Hi", model=model)
def say() -> StreamedStr: ...


@prompt("Hi", model=model)
async def asay() -> AsyncStreamedStr: ...


@prompt("Hi", model=model)
async def plain() -> str: ...


chunks = list(say())
assert "".join(chunks) == "Hello, how are you?" and len(chunks) > 2


async def main() -> None:
    assert "".join([chunk async for chunk in await asay()]) == "Hello, how are you?"
    assert await plain() == "Hello, how are you?"


asyncio.run(main())
