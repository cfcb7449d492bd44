"""Text while it arrives, sync and async."""

import asyncio

from llama_index.core.llms import ChatMessage
from llama_index.llms.anthropic import Anthropic

REPLIES = [{"text": "Hello, how are you?"}] * 4

llm = Anthropic(model="claude-3-haiku-20240307")
messages = [ChatMessage(role="user", content="Hi")]
responses = list(llm.stream_chat(messages))
assert "".join(response.delta for response in responses) == "Hello, how are you?"
assert responses[-1].message.content == "Hello, how are you?"
assert [response.delta for response in llm.stream_complete("Hi")][0] == "Hello, "


async def main() -> None:
    text = "".join([response.delta async for response in await llm.astream_chat(messages)])
    assert text == "Hello, how are you?"
    response = await llm.achat(messages)
    assert response.message.content == "Hello, how are you?"


asyncio.run(main())
