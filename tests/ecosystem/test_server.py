"""The server that programs of other libraries talk to, and the comparison of what they sent."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from anthropic import Anthropic, InternalServerError
from anthropic.types import MessageParam

from .programs import programs
from .server import normal, serving

HI: list[MessageParam] = [{"role": "user", "content": "Hi"}]
REPLY = {"text": "Let me see, that takes a moment", "tools": [["add", {"a": 1, "b": "two and a half"}]]}


def client(url: str) -> Anthropic:
    return Anthropic(api_key="sk-ant-key", base_url=url, max_retries=0)


def test_a_reply_is_the_same_message_at_once_and_in_events() -> None:
    with serving([REPLY, REPLY]) as server, client(server.url) as anthropic:
        whole = anthropic.messages.create(max_tokens=9, messages=HI, model="claude-2.1")
        with anthropic.messages.stream(max_tokens=9, messages=HI, model="claude-2.1") as stream:
            events = list(stream)
            streamed = stream.get_final_message()
    assert [block.to_dict() for block in whole.content] == [
        {"type": "text", "text": REPLY["text"]},
        {"type": "tool_use", "id": "toolu_1", "name": "add", "input": {"a": 1, "b": "two and a half"}},
    ]
    assert (whole.stop_reason, whole.model, whole.usage.output_tokens) == ("tool_use", "claude-2.1", 15)
    assert streamed.to_dict() == whole.to_dict()
    assert sum(event.type == "content_block_delta" for event in events) > 6, "it comes in pieces"


def test_replies_come_in_order_and_then_an_error_says_that_none_is_left() -> None:
    replies = [{"status": 529, "error": "overloaded_error", "text": "later"}, {"text": "Hello"}]
    with serving(replies) as server:
        said = [httpx.post(f"{server.url}/v1/messages", json={"model": "m"}, trust_env=False) for _ in range(3)]
    assert [response.status_code for response in said] == [529, 200, 400]
    assert said[0].json()["error"] == {"type": "overloaded_error", "message": "later"}
    assert said[1].json()["content"] == [{"type": "text", "text": "Hello"}]
    assert said[2].json()["error"]["message"] == "no reply is left"


def test_errors_are_the_clients_errors() -> None:
    overloaded = {"status": 529, "error": "overloaded_error"}
    with (
        serving([overloaded]) as server,
        client(server.url) as anthropic,
        pytest.raises(InternalServerError, match="overloaded_error"),
    ):
        anthropic.messages.create(max_tokens=9, messages=HI, model="claude-2.1")


def test_requests_are_kept_with_path_headers_and_body() -> None:
    with serving([{"text": "Hello"}]) as server, client(server.url) as anthropic:
        anthropic.messages.create(max_tokens=9, messages=HI, model="claude-2.1")
    (seen,) = server.seen
    assert seen["path"] == "/v1/messages"
    assert seen["body"] == {"max_tokens": 9, "messages": HI, "model": "claude-2.1"}
    assert seen["headers"]["x-api-key"] == "sk-ant-key"
    assert not {"host", "content-length"} & set(seen["headers"])


def request(**changes: Any) -> dict[str, Any]:
    """A request as the server keeps it."""
    return {"path": "/v1/messages", "headers": {"accept": "*/*"}, "body": {"model": "m"}, **changes}


@pytest.mark.parametrize(
    "other",
    [
        [],
        [request(), request()],
        [request(path="/v1/complete")],
        [request(headers={"accept": "application/json"})],
        [request(headers={"accept": "*/*", "x-more": "1"})],
        [request(body={"model": "m", "stream": False})],
        [request(body={"model": None})],
    ],
)
def test_a_difference_is_seen(other: list[Any]) -> None:
    assert normal(other) != normal([request()])


def test_the_order_of_keys_and_drawn_ids_are_no_difference() -> None:
    def call(drawn: str, result_of: str) -> list[Any]:
        use = {"type": "tool_use", "id": drawn}
        return [request(body={"messages": [use, {"tool_use_id": result_of, "type": "tool_result"}]})]

    assert normal(call("5f3a", "5f3a")) == normal(json.loads(json.dumps(call("77e0", "77e0"), sort_keys=True)))
    assert normal(call("5f3a", "5f3a")) != normal(call("5f3a", "77e0")), "a result of another call"
    assert normal(call("toolu_1", "toolu_1")) != normal(call("toolu_2", "toolu_2")), "the server's own ids"


def test_every_program_says_what_the_server_responds_with() -> None:
    for program in programs():
        assert program.replies, program.path
        assert all({"text", "tools", "status"} & set(reply) for reply in program.replies), program.path
