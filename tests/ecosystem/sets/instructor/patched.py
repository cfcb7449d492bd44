"""`instructor.patch` around a method."""

import instructor
from pydantic import BaseModel

import anthropic

REPLIES = [{"tools": [["User", {"name": "Ann", "age": 31}]]}, {"text": "Hello"}]


class User(BaseModel):
    name: str
    age: int


create = instructor.patch(create=anthropic.Anthropic().messages.create, mode=instructor.Mode.ANTHROPIC_TOOLS)
question = {
    "model": "claude-3-haiku-20240307",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Who is it?"}],
}
assert create(**question, response_model=User).model_dump() == {"name": "Ann", "age": 31}
plain = create(**question, response_model=None)
assert plain.content[0].text == "Hello"
