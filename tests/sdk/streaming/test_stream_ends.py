"""`messages.stream()`: when a message is complete, what is raised when it is not, and the managers."""

from __future__ import annotations

import json
import pickle
import typing
from typing import Any

import httpx
import pytest

import anthropic
from anthropic import types
from anthropic._exceptions import StreamEndedError, StreamStateError

from ..streams import (
    ARGS,
    FACES,
    MESSAGE_STOP,
    TEXT_EVENTS,
    TOOL,
    TOOL_EVENTS,
    WAYS,
    Face,
    caching,
    message_delta,
    message_start,
    plain,
    prepare,
    record,
    sse,
)

# the end


@pytest.mark.parametrize("way", WAYS)
def test_last_stop_without_blank_line(face: Face, way: str) -> None:
    """The standard drops it. The message is complete all the same: it has its stop reason."""
    outcome = face.follow([*record(TEXT_EVENTS[:-1]), sse(MESSAGE_STOP)[:-1]], way).raised()
    assert outcome.message.stop_reason == "end_turn"
    if way == "events":
        assert outcome.types[-1] == "message_delta"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kept", range(1, len(TEXT_EVENTS) - 1))
def test_clean_end_before_the_message_is_complete(face: Face, way: str, kept: int) -> None:
    outcome = face.follow(record(TEXT_EVENTS[:kept]), way)
    error = outcome.error
    assert isinstance(error, StreamEndedError) and isinstance(error, anthropic.APIConnectionError)
    assert error.request_id == "req_7" and error.request is outcome.request
    text = "".join(event["delta"]["text"] for event in TEXT_EVENTS[:kept] if event["type"] == "content_block_delta")
    snapshot = typing.cast(types.Message, error.snapshot)
    assert snapshot.id == "msg_1" and [typing.cast(Any, block).text for block in snapshot.content] == [text] * (
        kept > 1
    )
    assert outcome.message is None


def test_message_delta_without_a_stop_reason_is_no_end(face: Face) -> None:
    outcome = face.follow(record([message_start(), message_delta(None)]))
    assert isinstance(outcome.error, StreamEndedError)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_arrived(face: Face, way: str) -> None:
    error = face.follow([], way).error
    assert isinstance(error, AssertionError) and isinstance(error, anthropic.APIConnectionError)
    assert typing.cast(StreamEndedError, error).snapshot is None


def test_half_a_message_is_never_passed_off() -> None:
    _, transport = prepare(record(TEXT_EVENTS[:4]))
    with FACES[0].client(transport).messages.stream(**ARGS) as stream:
        for _ in range(3):
            with pytest.raises(StreamEndedError):
                stream.get_final_message()
        assert stream.current_message_snapshot.content[0].to_dict()["text"] == "Grüß"
    with pytest.raises(StreamEndedError):
        stream.get_final_text()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("failure", [httpx.ReadError("reset"), httpx.ReadTimeout("slow"), OSError("x")])
def test_dropped_connection(face: Face, way: str, failure: Exception) -> None:
    outcome = face.follow(record(TOOL_EVENTS[:9]), way, failure=failure)
    error = outcome.error
    assert isinstance(error, anthropic.APIConnectionError) and not isinstance(error, StreamEndedError)
    assert isinstance(error, anthropic.APITimeoutError) == isinstance(failure, httpx.TimeoutException)
    assert error.__cause__ is failure and error.request_id == "req_7" and outcome.body.closed
    snapshot = typing.cast(types.Message, error.snapshot)
    assert snapshot.to_dict()["content"] == [
        {"type": "text", "text": "I look."},
        {**TOOL, "input": {"location": "San Francisco", "n": 1}},
    ]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kept", [len(TEXT_EVENTS), len(TEXT_EVENTS) - 1])
def test_failure_after_completion_is_none(face: Face, way: str, kept: int) -> None:
    outcome = face.follow(record(TEXT_EVENTS[:kept]), way, failure=httpx.ReadError("reset")).raised()
    assert outcome.message.stop_reason == "end_turn"


def test_error_event_carries_the_snapshot(face: Face) -> None:
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "busy"}}
    outcome = face.follow([*record(TEXT_EVENTS[:4]), sse(error)])
    assert isinstance(outcome.error, anthropic.InternalServerError)
    assert typing.cast(Any, outcome.error.snapshot).content[0].text == "Grüß"


def test_error_with_snapshot_can_be_pickled(face: Face) -> None:
    error = face.follow(record(TEXT_EVENTS[:4])).error
    other = pickle.loads(pickle.dumps(error))
    assert type(other) is StreamEndedError and other.snapshot == typing.cast(StreamEndedError, error).snapshot


def test_strict_validation(face: Face) -> None:
    odd = {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": 5}}
    for way in WAYS:
        outcome = face.follow(record([*TEXT_EVENTS[:4], odd, *TEXT_EVENTS[4:]]), way, strict=True)
        assert isinstance(outcome.error, anthropic.APIResponseValidationError)
        assert typing.cast(Any, outcome.error.snapshot).content[0].text == "Grüß"


# managers


def test_every_entry_makes_a_request() -> None:
    outcome, transport = prepare(record(TEXT_EVENTS))
    manager = FACES[0].client(transport).messages.stream(**ARGS)
    assert outcome.request is None
    for _ in range(2):
        with manager as stream:
            assert stream.get_final_text() == "Grüß dich, 😀!"


@pytest.mark.parametrize("face", FACES[1:], ids=lambda face: face.name)
def test_async_manager_enters_once(face: Any) -> None:
    _, transport = prepare(record(TEXT_EVENTS))

    async def twice() -> None:
        manager = face.async_client(transport).messages.stream(**ARGS)
        async with manager as stream:
            await stream.until_done()
        with pytest.raises(StreamStateError, match="already"):
            await manager.__aenter__()

    face.run(twice)


def test_leaving_without_reading_closes() -> None:
    outcome, transport = prepare(record(TEXT_EVENTS))
    with FACES[0].client(transport).messages.stream(**ARGS) as stream:
        pass
    assert outcome.body.closed and outcome.body.given == 0
    with pytest.raises(StreamStateError, match="closed"):
        next(stream)
    with pytest.raises(StreamStateError, match="closed"):
        stream.get_final_message()


def test_leaving_at_the_terminal_event() -> None:
    """The rest of the body was not read, but the message is complete."""
    _, transport = prepare(record(TEXT_EVENTS))
    with FACES[0].client(transport).messages.stream(**ARGS) as stream:
        for event in stream:
            if event.type == "message_stop":
                break
    assert stream.response.is_closed and stream.get_final_text() == "Grüß dich, 😀!"


def test_get_final_message_after_leaving_early() -> None:
    _, transport = prepare(record(TEXT_EVENTS))
    with FACES[0].client(transport).messages.stream(**ARGS) as stream:
        next(stream.text_stream)
    with pytest.raises(anthropic.AnthropicError):
        stream.get_final_message()


def test_manager_that_fails_to_enter() -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(400, json={"error": {"type": "x"}}))
    with pytest.raises(anthropic.BadRequestError), FACES[0].client(transport).messages.stream(**ARGS):
        raise AssertionError("entered")


def test_request_of_the_helpers(face: Face) -> None:
    for resource, name in ((plain, "messages"), (caching, "beta.prompt_caching.messages")):
        request = face.follow(record(TEXT_EVENTS), resource=resource).request
        assert request is not None
        assert request.headers["X-Stainless-Stream-Helper"] == name
        assert json.loads(request.content) == {**ARGS, "stream": True}
        assert request.headers.get("anthropic-beta") == (None if resource is plain else "prompt-caching-2024-07-31")


def test_missing_argument() -> None:
    with pytest.raises(TypeError, match="required keyword-only argument"):
        typing.cast(Any, anthropic.Anthropic(api_key="k").messages.stream)(model="m")


def test_not_on_the_wrappers() -> None:
    client = anthropic.Anthropic(api_key="k")
    assert not hasattr(client.messages.with_raw_response, "stream")
    assert not hasattr(client.messages.with_streaming_response, "stream")
