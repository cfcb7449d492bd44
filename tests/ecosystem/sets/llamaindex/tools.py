"""A tool is called, and its result sent back."""

from llama_index.core.llms import ChatMessage
from llama_index.core.tools import FunctionTool
from llama_index.llms.anthropic import Anthropic

REPLIES = [
    {"text": "I'll add", "tools": [["add", {"a": 1, "b": 2}]]},
    {"text": "It is 3"},
    {"tools": [["add", {"a": 3, "b": 4}]]},
]


def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


llm = Anthropic(model="claude-3-5-sonnet-20240620")
tool = FunctionTool.from_defaults(add)
messages = [ChatMessage(role="user", content="1 + 2?")]
response = llm.chat_with_tools([tool], chat_history=messages)
(call,) = llm.get_tool_calls_from_response(response)
assert (call.tool_name, call.tool_kwargs, call.tool_id) == ("add", {"a": 1, "b": 2}, "toolu_1")
messages += [
    response.message,
    ChatMessage(role="tool", content=str(tool(**call.tool_kwargs)), additional_kwargs={"tool_call_id": call.tool_id}),
]
assert llm.chat(messages).message.content == "It is 3"
assert str(llm.predict_and_call([tool], "3 + 4?")) == "7"
