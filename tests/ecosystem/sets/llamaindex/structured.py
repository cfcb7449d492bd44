"""Structured output."""

from llama_index.core.llms import ChatMessage
from llama_index.core.prompts import PromptTemplate
from llama_index.llms.anthropic import Anthropic
from pydantic import BaseModel

REPLIES = [{"tools": [["User", {"name": "Ann", "age": 31}]]}] * 2


class User(BaseModel):
    """A user."""

    name: str
    age: int


llm = Anthropic(model="claude-3-5-sonnet-20240620")
assert llm.structured_predict(User, PromptTemplate("Who is {who}?"), who="she") == User(name="Ann", age=31)
response = llm.as_structured_llm(User).chat([ChatMessage(role="user", content="Who?")])
assert response.raw == User(name="Ann", age=31)
