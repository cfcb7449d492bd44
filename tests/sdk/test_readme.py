"""The examples of the README as they stand, and a conversation with a tool, against a server that speaks the API."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import anthropic
from anthropic.types import MessageParam, TextBlock, ToolParam, ToolUseBlock

from ..loopback import ApiServer

ROOT = Path(__file__).resolve().parents[2]
MODEL = "claude-3-5-sonnet-20240620"


def python_blocks(readme: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", (ROOT / readme).read_text(encoding="utf-8"), re.M | re.S)


def example(word: str) -> str:
    """The one Python block of the README that has a word in it."""
    (found,) = (block for block in python_blocks("README.md") if re.search(rf"\b{word}\b", block))
    return found


@pytest.fixture
def surroundings(api_server: ApiServer, monkeypatch: pytest.MonkeyPatch) -> ApiServer:
    """What a user has: a key in the environment; here also the address of the server."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "key-of-the-reader")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", api_server.base_url)
    return api_server


def test_the_first_call(surroundings: ApiServer, capsys: pytest.CaptureFixture[str]) -> None:
    code = example("Anthropic")
    assert len(code.splitlines()) == 10
    exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out == "[TextBlock(text='Hi! My name is Claude.', type='text')]\n"
    (request,) = surroundings.requests
    assert request.path == "/v1/messages"
    assert request.headers["x-api-key"] == "key-of-the-reader"
    assert request.headers["anthropic-version"] == "2023-06-01"
    assert request.body == {
        "max_tokens": 1024,
        "messages": [{"role": "user", "content": "Hello, Claude"}],
        "model": MODEL,
    }


def test_the_async_stream(surroundings: ApiServer, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(example("AsyncAnthropic"), "README.md", "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out == "Hi! My name is Claude."
    (request,) = surroundings.requests
    assert request.body["stream"] is True


@pytest.mark.parametrize("code", python_blocks("generated/README.md"))
def test_the_examples_of_the_package(surroundings: ApiServer, code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], env=os.environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(surroundings.requests) == 1


WEATHER: ToolParam = {
    "name": "get_weather",
    "description": "The weather in a city, now.",
    "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}


def check_call(message: anthropic.types.Message) -> list[MessageParam]:
    """Check the call of the tool; the turns that response it."""
    text, call = message.content
    assert isinstance(text, TextBlock)
    assert isinstance(call, ToolUseBlock)
    assert (message.stop_reason, call.name, call.input) == ("tool_use", "get_weather", {"city": "Paris"})
    return [
        {"role": "assistant", "content": message.content},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call.id, "content": "21 degrees"}]},
    ]


def check_end(message: anthropic.types.Message, server: ApiServer) -> None:
    assert message.stop_reason == "end_turn"
    question, response, result = server.requests[1].body["messages"]
    assert question == {"role": "user", "content": "How warm is it in Paris?"}
    assert [block["type"] for block in response["content"]] == ["text", "tool_use"]
    assert result["content"][0]["tool_use_id"] == response["content"][1]["id"]


QUESTION: MessageParam = {"role": "user", "content": "How warm is it in Paris?"}


def test_a_conversation_with_a_tool(surroundings: ApiServer) -> None:
    with anthropic.Anthropic() as client:
        turns = [QUESTION]
        message = client.messages.create(max_tokens=1024, messages=turns, model=MODEL, tools=[WEATHER])
        turns += check_call(message)
        check_end(client.messages.create(max_tokens=1024, messages=turns, model=MODEL, tools=[WEATHER]), surroundings)


def test_a_conversation_with_a_tool_async(surroundings: ApiServer) -> None:
    async def talk() -> anthropic.types.Message:
        async with anthropic.AsyncAnthropic() as client:
            turns = [QUESTION]
            message = await client.messages.create(max_tokens=1024, messages=turns, model=MODEL, tools=[WEATHER])
            turns += check_call(message)
            return await client.messages.create(max_tokens=1024, messages=turns, model=MODEL, tools=[WEATHER])

    import anyio

    check_end(anyio.run(talk), surroundings)


def test_a_mistake_is_told(surroundings: ApiServer) -> None:
    wrong: Any = {"max_tokens": "many"}
    with anthropic.Anthropic() as client, pytest.raises(anthropic.BadRequestError) as caught:
        client.messages.create(messages=[QUESTION], model=MODEL, **wrong)
    assert "max_tokens" in str(caught.value)
    assert caught.value.status_code == 400
