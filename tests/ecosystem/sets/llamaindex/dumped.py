"""What LlamaIndex and its users do with blocks and messages: `dict`, `json`, `vars`."""

import json

from llama_index.core.llms import ChatMessage
from llama_index.llms.anthropic import Anthropic

REPLIES = [{"text": "Let me see", "tools": [["add", {"a": 1, "b": 2}]]}]

response = Anthropic(model="claude-3-5-sonnet-20240620").chat([ChatMessage(role="user", content="Hi")])
(call,) = response.message.additional_kwargs["tool_calls"]
if isinstance(call, dict):  # later versions have dumped it already
    call = response.raw["content"][1]
assert call.dict() == {"id": "toolu_1", "input": {"a": 1, "b": 2}, "name": "add", "type": "tool_use"}
assert json.loads(call.json()) == vars(call) == call.model_dump()
assert json.loads(json.dumps(vars(call)))["name"] == "add"
assert call.copy(update={"id": "x"}).id == "x" and call.id == "toolu_1"
text = response.message.model_dump_json() if hasattr(response.message, "model_dump_json") else response.message.json()
assert json.loads(text)["content"] == "Let me see"
