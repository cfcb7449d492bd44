"""A model that fills while it arrives."""

import instructor
from pydantic import BaseModel

import anthropic

REPLIES = [{"text": '{"name": "Ann Archer", "age": 31, "city": "Oslo"}'}] * 2


class User(BaseModel):
    name: str
    age: int
    city: str


client = instructor.from_anthropic(anthropic.Anthropic(), mode=instructor.Mode.ANTHROPIC_JSON)
question = {
    "model": "claude-3-haiku-20240307",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Who is it?"}],
}
seen = list(client.messages.create_partial(**question, response_model=User))
assert seen[-1].model_dump() == {"name": "Ann Archer", "age": 31, "city": "Oslo"}
assert len({repr(user) for user in seen}) > 2
seen = list(client.messages.create(**question, response_model=instructor.Partial[User], stream=True))
assert seen[-1].age == 31
