"""The same with the async client, two at a time."""

import asyncio

import instructor
from pydantic import BaseModel

import anthropic

REPLIES = [{"tools": [["User", {"name": "Ann", "age": 31}]]}] * 2


class User(BaseModel):
    name: str
    age: int


async def main() -> None:
    client = instructor.from_anthropic(anthropic.AsyncAnthropic())

    async def ask() -> User:
        return await client.chat.completions.create(
            model="claude-3-haiku-20240307",
            max_tokens=100,
            messages=[{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Who is it?"}],
            response_model=User,
        )

    assert [user.age for user in await asyncio.gather(ask(), ask())] == [31, 31]


asyncio.run(main())
