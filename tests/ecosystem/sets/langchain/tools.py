"""A tool is called, and its result sent back."""

from langchain_anthropic import ChatAnthropic
from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.tools import tool

REPLIES = [
    {"text": "I'll add", "tools": [["add", {"a": 1, "b": 2}], ["add", {"a": 3, "b": 4}]]},
    {"text": "3 and 7"},
]


@tool
def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


model = ChatAnthropic(model="claude-3-5-sonnet-20240620").bind_tools([add], tool_choice="any")
messages = [HumanMessage("1 + 2 and 3 + 4?")]
messages.append(model.invoke(messages))
assert [call["args"] for call in messages[-1].tool_calls] == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]
messages += [ToolMessage(str(add.invoke(call["args"])), tool_call_id=call["id"]) for call in messages[1].tool_calls]
assert model.invoke(messages).content == "3 and 7"
