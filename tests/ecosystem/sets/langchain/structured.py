"""Structured output; the raw message beside it."""

from langchain_anthropic import ChatAnthropic
from pydantic import BaseModel, Field

REPLIES = [{"tools": [["User", {"name": "Ann", "age": 31}]]}] * 2


class User(BaseModel):
    """A user."""

    name: str = Field(description="The first name.")
    age: int


model = ChatAnthropic(model="claude-3-5-sonnet-20240620")
assert model.with_structured_output(User).invoke("Who?") == User(name="Ann", age=31)
both = model.with_structured_output(User, include_raw=True).invoke("Who?")
assert both["parsed"].age == 31 and both["raw"].tool_calls[0]["id"] == "toolu_1"
