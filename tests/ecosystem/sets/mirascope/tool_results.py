"""A tool's result in messages that the program makes."""

from mirascope.core import anthropic

REPLIES = [{"text": "I'll add", "tools": [["add", {"a": 1, "b": 2}]]}, {"text": "It is 3"}]


def add(a: int, b: int) -> str:
    """Add two numbers."""
    return str(a + b)


@anthropic.call("claude-3-5-sonnet-20240620", tools=[add])
def sums(history: list) -> anthropic.AnthropicDynamicConfig:
    return {"messages": [{"role": "user", "content": "1 + 2?"}, *history]}


response = sums([])
tool = response.tool
assert tool.args == {"a": 1, "b": 2} and tool.call() == "3"
history = [response.message_param, *response.tool_message_params([(tool, tool.call())])]
assert sums(history).content == "It is 3"
