"""Functions made of prompts: text, models, lists."""

from magentic import prompt
from magentic.chat_model.anthropic_chat_model import AnthropicChatModel
from pydantic import BaseModel

REPLIES = [
    {"text": "Hello"},
    {"tools": [["return_user", {"name": "Ann", "age": 31}]]},
    {"tools": [["return_list_of_str", {"value": ["a", "b"]}]]},
]


class User(BaseModel):
    name: str
    age: int


model = AnthropicChatModel("claude-3-haiku-20240307", max_tokens=100, temperature=0)


@prompt("Say {what}", model=model)
def say(what: str) -> str: ...


@prompt("Who is {who}?", model=model)
def find(who: str) -> User: ...


@prompt("Some letters", model=model)
def letters() -> list[str]: ...


assert say("hello") == "Hello"
assert find("she") == User(name="Ann", age=31)
assert letters() == ["a", "b"]
