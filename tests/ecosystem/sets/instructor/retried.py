"""A value that doesn't fit is asked for again, with the first try and the reason."""

import instructor
from pydantic import BaseModel, field_validator

import anthropic

REPLIES = [
    {"text": "I'll try", "tools": [["User", {"name": "ann", "age": 31}]]},
    {"tools": [["User", {"name": "ANN", "age": 31}]]},
]


class User(BaseModel):
    name: str
    age: int

    @field_validator("name")
    @classmethod
    def must_be_loud(cls, value: str) -> str:
        if value != value.upper():
            raise ValueError("not in capitals")
        return value


client = instructor.from_anthropic(anthropic.Anthropic())
user, completion = client.messages.create_with_completion(
    model="claude-3-haiku-20240307",
    max_tokens=100,
    max_retries=2,
    messages=[{"role": "user", "content": "Who is it?"}],
    response_model=User,
)
assert user.name == "ANN"
assert (completion.usage.input_tokens, completion.usage.output_tokens) == (50, 30)  # of both tries
