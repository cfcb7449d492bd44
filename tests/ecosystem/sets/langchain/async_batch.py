"""Several at once, in threads and with the async client; retries of the client."""

import asyncio

from langchain_anthropic import ChatAnthropic

REPLIES = [{"text": "Hello"}, {"text": "Hello"}, {"status": 529, "error": "overloaded_error"}, {"text": "Hello"}]

model = ChatAnthropic(model_name="claude-3-haiku-20240307", timeout=20, max_retries=2)
assert [message.content for message in model.batch(["Hi", "Hi"])] == ["Hello", "Hello"]


async def main() -> None:
    assert (await model.ainvoke("Hi")).content == "Hello"


asyncio.run(main())
