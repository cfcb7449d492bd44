"""A model from a call of a tool; the completion beside it."""

import instructor
from pydantic import BaseModel

import anthropic

REPLIES = [
    {"tools": [["User", {"name": "Ann", "age": 31}]]},
    {"tools": [["User", {"name": "Bob", "age": 7}]], "usage": {"output_tokens": 99}},
]


class User(BaseModel):
    name: str
    age: int


client = instructor.from_anthropic(anthropic.Anthropic())
question = {
    "model": "claude-3-haiku-20240307",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Who is it?"}],
    "response_model": User,
}
assert client.messages.create(**question).model_dump() == {"name": "Ann", "age": 31}
user, completion = client.messages.create_with_completion(**question)
assert isinstance(user, User) and user.name == "Bob"
assert isinstance(completion, anthropic.types.Message)
assert (completion.usage.input_tokens, completion.usage.output_tokens) == (25, 99)
assert user._raw_response.stop_reason == "tool_use"
