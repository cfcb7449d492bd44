"""Models from tools, from JSON, and while they arrive."""

from mirascope.core import anthropic
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
def by_tool() -> str:
    return "Who?"


@anthropic.call("claude-3-haiku-20240307", response_model=User, json_mode=True)
def by_json() -> str:
    return "Who?"


@anthropic.call("claude-3-haiku-20240307", response_model=User, stream=True)
def in_pieces() -> str:
    return "Who?"


assert by_tool().model_dump() == {"name": "Ann", "age": 31}
assert by_json().model_dump() == {"name": "Ann", "age": 31}
assert list(in_pieces())[-1].age == 31
