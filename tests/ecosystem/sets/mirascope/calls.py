"""Calls made of prompts, and what they took."""

import asyncio

from mirascope.core import anthropic, prompt_template

REPLIES = [{"text": "Hello"}, {"text": "Hello"}]


@anthropic.call("claude-3-haiku-20240307", call_params={"max_tokens": 100, "metadata": {"user_id": "u1"}})
@prompt_template("Say {what}")
def say(what: str) -> None: ...


response = say("hello")
assert response.content == "Hello"
assert response.finish_reasons == ["end_turn"]
assert (response.input_tokens, response.output_tokens) == (25, 15)
assert response.usage.output_tokens == 15 and response.id == "msg_01"
assert response.cost is not None
assert response.message_param["role"] == "assistant"
assert response.model_dump()["response"]["id"] == "msg_01"


@anthropic.call("claude-3-haiku-20240307")
@prompt_template("Say {what}")
async def asay(what: str) -> None: ...


async def main() -> None:
    assert (await asay("hello")).content == "Hello"


asyncio.run(main())
