"""Stand-ins: what public programs import, and the package does not have."""

from __future__ import annotations

import inspect
import subprocess
import sys
from typing import Any, get_type_hints

import anyio
import pytest

import anthropic
from anthropic import Anthropic, AnthropicError, AsyncAnthropic
from anthropic.resources import AsyncCompletions, Completions
from anthropic.types import Completion, CompletionCreateParams, Message

CLIENTS = ["AnthropicBedrock", "AsyncAnthropicBedrock", "AnthropicVertex", "AsyncAnthropicVertex"]


@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.parametrize("options", [{}, {"aws_region": "us-east-1"}, {"region": "us-east5", "project_id": "p"}])
def test_a_client_of_another_service_says_what_to_use(name: str, options: dict[str, str]) -> None:
    cls = getattr(anthropic, name)
    real = "AsyncAnthropic" if name.startswith("Async") else "Anthropic"
    service = "Bedrock" if name.endswith("Bedrock") else "Vertex AI"
    with pytest.raises(AnthropicError) as error:
        cls(**options)
    message = str(error.value)
    assert message.startswith(f"`{name}` is no part of this package")
    assert f"`anthropic.{real}`" in message and service in message


@pytest.mark.parametrize("name", CLIENTS)
def test_programs_may_name_the_classes(name: str) -> None:
    cls = getattr(anthropic, name)
    assert (cls.__name__, cls.__module__) == (name, "anthropic")
    folder = "bedrock" if name.endswith("Bedrock") else "vertex"
    module = __import__(f"anthropic.lib.{folder}", fromlist=[name])
    assert getattr(module, name) is cls
    client = AsyncAnthropic(api_key="k") if name.startswith("Async") else Anthropic(api_key="k")
    assert not isinstance(client, cls)
    assert issubclass(cls, type(client).__bases__[0])
    assert cls.__annotations__["messages"] == ("AsyncMessages" if name.startswith("Async") else "Messages")


def test_nothing_loads_them_by_itself() -> None:
    code = (
        "import sys, anthropic; anthropic.Anthropic(api_key='k').messages; import anthropic.types as t; t.Message;"
        "bad = [n for n in sys.modules if 'bedrock' in n or 'vertex' in n or 'completion' in n or 'stand_in' in n];"
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_types_of_text_completions() -> None:
    made = Completion(id="compl_1", completion="Hi", model="claude-2.1", stop_reason="stop_sequence", type="completion")
    assert made.completion == "Hi" and not isinstance(made, Message)
    from anthropic.types import completion_create_params as params
    from anthropic.types import message_create_params

    assert params.Metadata is message_create_params.Metadata
    assert CompletionCreateParams == params.CompletionCreateParams
    request: params.CompletionCreateParamsNonStreaming = {"max_tokens_to_sample": 1, "model": "m", "prompt": "p"}
    assert set(request) < set(get_type_hints(params.CompletionCreateParamsStreaming))


def test_the_methods_of_text_completions_can_be_wrapped() -> None:
    """As instrumentation does: it replaces `create`, in whatever is called, and puts it back."""
    client = Anthropic(api_key="k")
    with pytest.raises(AnthropicError, match="Use `client.messages.create`"):
        Completions(client).create(prompt="x")
    assert inspect.iscoroutinefunction(AsyncCompletions.create)
    with pytest.raises(AnthropicError, match="Use `client.messages.create`"):
        anyio.run(AsyncCompletions(AsyncAnthropic(api_key="k")).create)


def test_clients_have_no_text_completions() -> None:
    clients: list[Any] = [Anthropic(api_key="k"), AsyncAnthropic(api_key="k")]
    assert not any(hasattr(client, "completions") for client in clients)


def test_the_options_of_a_request_are_where_programs_look_for_them() -> None:
    from anthropic import _base_client, _models

    assert _models.FinalRequestOptions is _base_client.FinalRequestOptions
    code = "import sys, anthropic._models; assert 'anthropic._request.options' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
