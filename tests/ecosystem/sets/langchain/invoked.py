"""A message, with what it took; a turn after it."""

from langchain_anthropic import ChatAnthropic
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

REPLIES = [{"text": "Hello"}, {"text": "Again", "stop_reason": "max_tokens"}]

model = ChatAnthropic(model="claude-3-haiku-20240307", temperature=0.5, max_tokens=100, stop=["END"])
first = model.invoke([SystemMessage("Be brief."), HumanMessage("Hi")])
assert isinstance(first, AIMessage) and first.content == "Hello"
assert first.usage_metadata["input_tokens"] == 25 and first.usage_metadata["total_tokens"] == 40
assert first.response_metadata["stop_reason"] == "end_turn"
assert first.response_metadata["usage"] == {"input_tokens": 25, "output_tokens": 15}, first.response_metadata
second = model.invoke([HumanMessage("Hi"), first, HumanMessage("And again")])
assert second.response_metadata["stop_reason"] == "max_tokens"
assert second.id == "run-" + second.id.removeprefix("run-")
