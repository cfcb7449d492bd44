"""What editors find that complete with jedi, which reads the package and doesn't run it: pylsp, Spyder, Jupyter."""

from __future__ import annotations

from typing import Any

import jedi
import pytest

START = """
import anthropic
from anthropic import Anthropic, AsyncAnthropic
from anthropic.types import Message

client = Anthropic()
CALL = dict(max_tokens=1, messages=[], model="m")
"""

COMPLETIONS = {
    "anthropic.": {"Anthropic", "AsyncAnthropic", "APIStatusError", "types", "NOT_GIVEN", "Stream"},
    "anthropic.types.": {"Message", "MessageParam", "TextBlock", "beta"},
    "from anthropic import ": {"Anthropic", "APIStatusError"},
    "from anthropic.types import ": {"Message", "MessageParam"},
    "from anthropic.types.beta.prompt_caching import ": {"PromptCachingBetaMessage"},
    "client.": {"messages", "beta", "with_options", "close", "api_key", "post"},
    "client.messages.": {"create", "stream", "with_raw_response", "with_streaming_response"},
    "client.beta.prompt_caching.messages.": {"create", "stream"},
    "client.messages.create(max_tokens=1, messages=[], model='m').": {"content", "usage", "stop_reason", "to_dict"},
    "def read(message: Message):\n    message.": {"content", "usage", "stop_reason", "to_json"},
    "def read(message: Message):\n    message.content[0].": {"text", "input", "name"},
    "def read(message: Message):\n    message.usage.": {"input_tokens", "output_tokens"},
    "client.messages.create(ma": {"max_tokens="},
    "Message(st": {"stop_reason=", "stop_sequence="},
    "with client.messages.stream(max_tokens=1, messages=[], model='m') as stream:\n    stream.": {
        "text_stream",
        "get_final_message",
        "close",
    },
    "async def f():\n    message = await AsyncAnthropic().messages.create(max_tokens=1, messages=[], model='m')\n"
    "    message.": {"content", "usage"},
    "try: pass\nexcept anthropic.APIStatusError as error:\n    error.": {"status_code", "response", "request_id"},
}
"""Code that ends where somebody types → some of the names that are offered."""

SIGNATURES = {
    "client.messages.create(": ["max_tokens", "messages", "model"],
    "client.messages.stream(": ["max_tokens", "messages", "model", "metadata", "stop_sequences"],
    "Message(": ["id", "content", "model", "role", "stop_reason", "stop_sequence", "type", "usage"],
    "Anthropic(": ["api_key", "auth_token", "base_url", "timeout", "max_retries"],
}
"""Code → the first parameters."""

DOCS = {
    "client.messages.create": "Create a message.",
    "Anthropic": "The blocking client",
    "Message": "A message of the model.",
    "def read(message: Message):\n    message.stop_reason": "Why the model stopped.",
    "def read(message: Message):\n    message.usage.input_tokens": "The number of tokens that were read.",
}
"""Code that ends in a name → how its documentation begins."""


def script(code: str) -> Any:
    return jedi.Script(START + code)


@pytest.mark.parametrize("code", COMPLETIONS)
def test_completions(code: str) -> None:
    assert COMPLETIONS[code] - {found.name for found in script(code).complete()} == set()


@pytest.mark.parametrize("code", SIGNATURES)
def test_signatures(code: str) -> None:
    signatures = script(code).get_signatures()
    assert signatures != []
    for signature in signatures:
        names = [parameter.name for parameter in signature.params if parameter.name not in ("self", "*")]
        assert names[: len(SIGNATURES[code])] == SIGNATURES[code]


@pytest.mark.parametrize("code", DOCS)
def test_docs(code: str) -> None:
    (found, *_) = script(code).goto(follow_imports=True)
    assert found.docstring(raw=True).startswith(DOCS[code])
    assert found.module_name.startswith("anthropic.")
