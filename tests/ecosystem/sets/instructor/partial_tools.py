"""Partial models and lists of models from the input of a tool, while it arrives; also with the async client."""

import asyncio

import instructor
from pydantic import BaseModel

import anthropic

REPLIES = [
    {"tools": [["User", {"name": "Ann Archer", "age": 31}]]},
    {"tools": [["User", {"tasks": [{"name": "Ann", "age": 31}, {"name": "Bob", "age": 7}]}]]},
    {"tools": [["User", {"name": "Ann Archer", "age": 31}]]},
]


class User(BaseModel):
    name: str
    age: int


question = {
    "model": "claude-3-haiku-20240307",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Who is it?"}],
    "response_model": User,
}
client = instructor.from_anthropic(anthropic.Anthropic(), mode=instructor.Mode.ANTHROPIC_TOOLS)
assert list(client.messages.create_partial(**question))[-1].name == "Ann Archer"
users = list(client.messages.create_iterable(**question))
assert users == [User(name="Ann", age=31), User(name="Bob", age=7)]


async def main() -> None:
    client = instructor.from_anthropic(anthropic.AsyncAnthropic(), mode=instructor.Mode.ANTHROPIC_TOOLS)
    seen = [user async for user in client.messages.create_partial(**question)]
    assert seen[-1].age == 31


asyncio.run(main())
