"""An agent: calls, results, an end."""

from llama_index.core.agent import FunctionCallingAgent
from llama_index.core.tools import FunctionTool
from llama_index.llms.anthropic import Anthropic

REPLIES = [
    {"text": "I'll add", "tools": [["add", {"a": 1, "b": 2}]]},
    {"text": "And double it", "tools": [["double", {"a": 3}]]},
    {"text": "It is 6"},
]


def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


def double(a: int) -> int:
    """Double a number."""
    return 2 * a


tools = [FunctionTool.from_defaults(add), FunctionTool.from_defaults(double)]
agent = FunctionCallingAgent.from_tools(tools, llm=Anthropic(model="claude-3-5-sonnet-20240620"))
response = agent.chat("(1 + 2) * 2?")
assert str(response) == "It is 6"
assert [source.raw_output for source in response.sources] == [3, 6]
