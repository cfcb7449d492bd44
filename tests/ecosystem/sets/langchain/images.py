"""Pictures and cache control in content."""

from langchain_anthropic import ChatAnthropic
from langchain_core.messages import HumanMessage, SystemMessage

REPLIES = [{"text": "A dot", "usage": {"cache_creation_input_tokens": 7, "cache_read_input_tokens": 9}}]

model = ChatAnthropic(
    model="claude-3-5-sonnet-20240620", default_headers={"anthropic-beta": "prompt-caching-2024-07-31"}
)
message = model.invoke(
    [
        SystemMessage([{"type": "text", "text": "Look.", "cache_control": {"type": "ephemeral"}}]),
        HumanMessage(
            [
                {"type": "text", "text": "What is it?"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}},
            ]
        ),
    ]
)
assert message.content == "A dot"
assert message.response_metadata["usage"]["cache_read_input_tokens"] == 9
