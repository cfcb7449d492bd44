"""Functions are called, one and several, and in a chain."""

from magentic import FunctionCall, ParallelFunctionCall, prompt, prompt_chain
from magentic.chat_model.anthropic_chat_model import AnthropicChatModel

REPLIES = [
    {"tools": [["add", {"a": 1, "b": 2}]]},
    {"tools": [["add", {"a": 1, "b": 2}], ["add", {"a": 3, "b": 4}]]},
    {"tools": [["add", {"a": 1, "b": 2}]]},
    {"text": "It is 3"},
]


def add(a: int, b: int) -> str:
    """Add two numbers."""
    return str(a + b)


model = AnthropicChatModel("claude-3-5-sonnet-20240620")


@prompt("1 + 2", functions=[add], model=model)
def one() -> FunctionCall[str]: ...


@prompt("1 + 2, 3 + 4", functions=[add], model=model)
def both() -> ParallelFunctionCall[str]: ...


@prompt_chain("1 + 2?", functions=[add], model=model)
def chain() -> str: ...


assert one()() == "3"
assert both()() == ("3", "7")
assert chain() == "It is 3"
