"""Models from tools, from JSON, and while they arrive."""

from mirascope.core import anthropic, prompt_template
from pydantic import BaseModel

REPLIES = [
    {"tools": [["User", {"name": "Ann", "age": 31}]]},
    {"text": '{"name": "Ann", "age": 31}'},
    {"tools": [["User", {"name": "Ann", "age": 31}]]},
]


class User(BaseModel):
    """A user."""

    name: str
    age: int


@anthropic.call("claude-3-haiku-20240307", response_model=User)
@prompt_template("Who?")
def by_tool() -> None: ...


@anthropic.call("claude-3-haiku-20240307", response_model=User, json_mode=True)
@prompt_template("Who?")
def by_json() -> None: ...


@anthropic.call("claude-3-haiku-20240307", response_model=User, stream=True)
@prompt_template("Who?")
def in_pieces() -> None: ...


assert by_tool().model_dump() == {"name": "Ann", "age": 31}
assert by_json().model_dump() == {"name": "Ann", "age": 31}
assert list(in_pieces())[-1].age == 31
