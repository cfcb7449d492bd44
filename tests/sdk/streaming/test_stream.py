"""`create(stream=True)`: which events become items, how a stream ends, and what may go wrong on the way."""

from __future__ import annotations

import json
import logging
import pickle
from typing import Any

import httpx
import pytest

import anthropic
from anthropic import AsyncStream, Stream, UnknownVariant, types
from anthropic._exceptions import StreamDataError, StreamStateError
from anthropic._streaming import ServerSentEvent

from ..streams import (
    ARGS,
    FACES,
    MESSAGE_STOP,
    PING,
    TEXT_EVENTS,
    Face,
    block_start,
    caching,
    delta,
    message_delta,
    message_start,
    plain,
    prepare,
    record,
    split,
    sse,
    text_delta,
)


def test_items(face: Face) -> None:
    outcome = face.raw(record(TEXT_EVENTS)).raised()
    assert outcome.types == [event["type"] for event in TEXT_EVENTS if event is not PING]
    assert [type(item) for item in outcome.items[:3]] == [
        types.RawMessageStartEvent,
        types.RawContentBlockStartEvent,
        types.RawContentBlockDeltaEvent,
    ]
    assert [item.to_dict() for item in outcome.items] == [event for event in TEXT_EVENTS if event is not PING]
    assert outcome.stream.complete
    assert outcome.stream.response.headers["request-id"] == "req_7"
    assert outcome.body.closed


def test_items_of_the_caching_beta(face: Face) -> None:
    outcome = face.raw(record(TEXT_EVENTS), resource=caching).raised()
    assert type(outcome.items[0]).__name__ == "RawPromptCachingBetaMessageStartEvent"
    assert type(outcome.items[0].message).__name__ == "PromptCachingBetaMessage"
    assert [item.to_dict() for item in outcome.items] == [event for event in TEXT_EVENTS if event is not PING]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 4096])
def test_chunks_of_any_size(face: Face, size: int) -> None:
    whole = b"".join(record(TEXT_EVENTS))
    assert face.raw(split(whole, size)).raised().seen == face.raw([whole]).raised().seen


@pytest.mark.parametrize("name", ["message_start", "message_delta", "message_stop", "completion"])
def test_missing_type_is_the_name_of_the_event(face: Face, name: str) -> None:
    (item,) = face.raw([sse({"x": 1}, name)]).raised().items
    assert item.type == name


def test_given_type_wins(face: Face) -> None:
    (item,) = face.raw([sse(MESSAGE_STOP, "message_start")]).raised().items
    assert type(item) is types.RawMessageStopEvent


@pytest.mark.parametrize("data", [[1, 2], "text", 5, None])
def test_data_that_is_no_object_is_kept(face: Face, data: Any) -> None:
    assert face.raw([sse(data, "message_stop")]).raised().items == [data]


def test_unknown_events_are_skipped_and_logged(face: Face, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="anthropic"):
        outcome = face.raw([sse({"a": 1}, "new_thing"), sse(PING), b"data: {}\n\n", sse(MESSAGE_STOP)]).raised()
    assert outcome.types == ["message_stop"]
    said = [record.getMessage() for record in caplog.records if record.name.endswith("_streaming")]
    assert [text for text in said if "new_thing" in text] and not [text for text in said if "ping" in text]


def test_unknown_parts_of_known_events_pass_through(face: Face) -> None:
    events = [
        message_start(content=[{"type": "hologram", "x": 1}]),
        block_start(0, {"type": "unheard_of", "thoughts": "", "signature": "s"}),
        delta(0, {"type": "unheard_of_delta", "thoughts": "hm"}),
        {"type": "something_new", "n": [1]},
    ]
    outcome = face.raw([sse(event, "message_start") for event in events]).raised()
    assert type(outcome.items[0].message.content[0]) is UnknownVariant
    assert type(outcome.items[1].content_block) is UnknownVariant and outcome.items[1].content_block.signature == "s"
    assert type(outcome.items[2].delta) is UnknownVariant
    assert type(outcome.items[3]) is UnknownVariant
    assert [item.to_dict() for item in outcome.items] == events


def test_wrong_types_are_kept(face: Face) -> None:
    odd = {"type": "content_block_delta", "index": "zero", "delta": 5}
    (item,) = face.raw([sse(odd)]).raised().items
    assert (type(item), item.index, item.delta) == (types.RawContentBlockDeltaEvent, "zero", 5)


def test_wrong_types_are_refused_when_strict(face: Face) -> None:
    odd = {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": 5}}
    outcome = face.raw([sse(text_delta("a")), sse(odd)], strict=True)
    assert [item.delta.text for item in outcome.items] == ["a"]
    assert isinstance(outcome.error, anthropic.APIResponseValidationError)
    assert outcome.error.body == odd and "delta" in str(outcome.error.__cause__)
    assert outcome.body.closed


# errors that the server sends


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("invalid_request_error", anthropic.BadRequestError),
        ("authentication_error", anthropic.AuthenticationError),
        ("permission_error", anthropic.PermissionDeniedError),
        ("not_found_error", anthropic.NotFoundError),
        ("request_too_large", anthropic.APIStatusError),
        ("rate_limit_error", anthropic.RateLimitError),
        ("api_error", anthropic.InternalServerError),
        ("overloaded_error", anthropic.InternalServerError),
        ("unheard_of", anthropic.APIStatusError),
    ],
)
def test_error_event(face: Face, kind: str, expected: type[anthropic.APIStatusError]) -> None:
    body = {"type": "error", "error": {"type": kind, "message": "no"}}
    outcome = face.raw([sse(message_start()), sse(body), sse(MESSAGE_STOP)])
    error = outcome.error
    assert isinstance(error, anthropic.APIStatusError) and type(error) is expected
    assert (error.status_code, error.body, error.message) == (200, body, str(body))
    assert error.request_id == "req_7"
    assert outcome.types == ["message_start"]
    assert outcome.body.closed


@pytest.mark.parametrize(
    ("data", "body", "message"),
    [
        (b"event: error\ndata: out of order\n\n", "out of order", "out of order"),
        (b"event: error\ndata: \n\n", "", "Error code: 200"),
        (b"event: error\n\n", "", "Error code: 200"),
        (b"event: error\ndata: 5\n\n", 5, "5"),
        (b'event: error\ndata: {"error": "x"}\n\n', {"error": "x"}, "{'error': 'x'}"),
        (
            b'event: error\ndata: {"error": {"type": ["x"]}}\n\n',
            {"error": {"type": ["x"]}},
            "{'error': {'type': ['x']}}",
        ),
    ],
)
def test_error_event_of_odd_shape(face: Face, data: bytes, body: Any, message: str) -> None:
    error = face.raw([data]).error
    assert type(error) is anthropic.APIStatusError
    assert (error.body, error.message) == (body, message)


@pytest.mark.parametrize("data", [b"{", b"", b"{}{}", b"nope", b'{"a": \xff}', b"[" * 100_000])
def test_data_that_is_no_json(face: Face, data: bytes) -> None:
    outcome = face.raw([sse(message_start()), b"event: message_delta\ndata: " + data + b"\n\n"])
    error = outcome.error
    assert isinstance(error, StreamDataError) and isinstance(error, json.JSONDecodeError)
    assert isinstance(error, anthropic.APIError) and isinstance(error.__cause__, ValueError)
    assert error.doc == error.body and str(error) == error.message
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert error.request_id == "req_7" and error.body == data.decode("utf-8", "replace")
    assert outcome.types == ["message_start"] and outcome.body.closed


def test_white_space_around_data(face: Face) -> None:
    assert face.raw([b'event: message_stop\ndata:   {"type": "message_stop"} \n\n']).raised().types == ["message_stop"]


# what kind of response it is


@pytest.mark.parametrize("kind", ["application/json", "text/html; charset=utf-8", "text/plain", "text/event-streams"])
def test_other_answers_are_refused(face: Face, kind: str) -> None:
    outcome = face.raw([b'{"type": "message"}'], headers={"content-type": kind, "request-id": "req_7"})
    error = outcome.error
    assert isinstance(error, anthropic.APIResponseValidationError)
    assert kind.partition(";")[0] in str(error) and "text/event-stream" in str(error)
    assert error.request_id == "req_7" and outcome.body.closed and not outcome.items


@pytest.mark.parametrize("kind", ["text/event-stream", "text/event-stream; charset=utf-8", "Text/Event-Stream", None])
def test_event_streams_are_taken(face: Face, kind: str | None) -> None:
    headers = {} if kind is None else {"content-type": kind}
    assert face.raw(record(TEXT_EVENTS), headers=headers).raised().stream.complete


def test_compressed_answer(face: Face) -> None:
    import gzip

    body = split(gzip.compress(b"".join(record(TEXT_EVENTS))), 10)
    outcome = face.raw(body, headers={"content-type": "text/event-stream", "content-encoding": "gzip"}).raised()
    assert outcome.seen == face.raw(record(TEXT_EVENTS)).seen


def test_response_that_was_read_before() -> None:
    response = httpx.Response(200, content=b"".join(record(TEXT_EVENTS)), request=httpx.Request("POST", "http://test"))
    client = anthropic.Anthropic(api_key="key")
    stream: Stream[Any] = Stream(cast_to=object, response=response, client=client)
    assert [item["type"] for item in stream] == [event["type"] for event in TEXT_EVENTS if event is not PING]


# ends


def test_clean_but_early_end_is_no_error_here(face: Face) -> None:
    outcome = face.raw(record(TEXT_EVENTS[:-1])).raised()
    assert outcome.types[-1] == "message_delta" and not outcome.stream.complete


def test_last_event_without_blank_line_is_dropped(face: Face) -> None:
    outcome = face.raw([*record(TEXT_EVENTS[:-1]), sse(MESSAGE_STOP)[:-1]]).raised()
    assert outcome.types[-1] == "message_delta" and not outcome.stream.complete


def test_rest_of_the_body_is_read(face: Face) -> None:
    outcome = face.raw([*record(TEXT_EVENTS), b": bye\n\n", b"event: x\n\n"]).raised()
    assert outcome.body.given == len(TEXT_EVENTS) + 2


def test_dropped_connection(face: Face) -> None:
    outcome = face.raw(record(TEXT_EVENTS[:4]), failure=httpx.ReadError("reset"))
    error = outcome.error
    assert type(error) is anthropic.APIConnectionError
    assert error.request_id == "req_7" and error.snapshot is None and error.request is outcome.request
    assert isinstance(error.__cause__, httpx.ReadError)
    assert len(outcome.items) == 3 and outcome.body.closed and not outcome.stream.complete


def test_stalled_connection(face: Face) -> None:
    error = face.raw(record(TEXT_EVENTS[:4]), failure=httpx.ReadTimeout("slow")).error
    assert isinstance(error, anthropic.APITimeoutError) and error.request_id == "req_7"


@pytest.mark.parametrize("failure", [httpx.RemoteProtocolError("x"), httpx.DecodingError("x"), OSError("x")])
def test_every_failure_is_a_connection_error(face: Face, failure: Exception) -> None:
    error = face.raw(record(TEXT_EVENTS[:4]), failure=failure).error
    assert type(error) is anthropic.APIConnectionError and error.__cause__ is failure


def test_failure_after_the_terminal_event_is_none(face: Face) -> None:
    assert face.raw(record(TEXT_EVENTS), failure=httpx.ReadError("reset")).raised().stream.complete


def test_connection_error_can_be_pickled(face: Face) -> None:
    error = face.raw(record(TEXT_EVENTS[:4]), failure=httpx.ReadError("reset")).error
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), copy.request_id, str(copy)) == (type(error), "req_7", str(error))


# the object


def sync_stream(chunks: list[bytes]) -> tuple[Any, Any]:
    outcome, transport = prepare(chunks)
    return FACES[0].client(transport).messages.create(**ARGS, stream=True), outcome


def test_iterating_twice_goes_on() -> None:
    stream, _ = sync_stream(record(TEXT_EVENTS))
    first = next(stream)
    for item in stream:
        second = item
        break
    rest = list(stream)
    assert [first.type, second.type] == ["message_start", "content_block_start"]
    assert len(rest) == len(TEXT_EVENTS) - 3 and list(stream) == []
    with pytest.raises(StopIteration):
        next(stream)


def test_with_closes() -> None:
    stream, outcome = sync_stream(record(TEXT_EVENTS))
    with stream as entered:
        assert entered is stream
        next(stream)
    assert outcome.body.closed and stream.response.is_closed


@pytest.mark.parametrize("read_before", [0, 1, 4])
def test_iterating_after_close(read_before: int) -> None:
    stream, _ = sync_stream([b"".join(record(TEXT_EVENTS))])
    for _ in range(read_before):
        next(stream)
    stream.close()
    stream.close()
    with pytest.raises(StreamStateError, match="closed"):
        next(stream)
    assert isinstance(StreamStateError(""), anthropic.AnthropicError)


def test_close_after_the_end_changes_nothing() -> None:
    stream, _ = sync_stream(record(TEXT_EVENTS))
    assert list(stream)
    stream.close()
    assert list(stream) == []


def test_body_read_by_other_means() -> None:
    stream, _ = sync_stream(record(TEXT_EVENTS))
    list(stream.response.iter_lines())
    with pytest.raises(StreamStateError):
        next(stream)


def test_isinstance() -> None:
    class Mine(Stream[Any]): ...

    stream, _ = sync_stream([])
    assert isinstance(stream, Stream) and not isinstance(stream, AsyncStream)
    assert isinstance(Mine(cast_to=object, response=stream.response, client=stream._core.arguments["client"]), Stream)
    assert not isinstance(5, Stream)


def test_events_themselves() -> None:
    stream, _ = sync_stream([b"id: 4\n" + sse(PING), sse(MESSAGE_STOP)])
    assert list(stream._iter_events()) == [
        ServerSentEvent("ping", '{"type": "ping"}', "4", None),
        ServerSentEvent("message_stop", '{"type": "message_stop"}', "4", None),
    ]


def test_any_item_type() -> None:
    outcome, transport = prepare(record([message_delta(), MESSAGE_STOP]))
    client = FACES[0].client(transport)
    stream = client.post("/x", cast_to=object, body={}, stream=True, stream_cls=Stream[dict[str, object]])
    assert [json.dumps(item) for item in stream] == [json.dumps(message_delta()), json.dumps(MESSAGE_STOP)]


def test_streams_of_both_resources_ask_for_a_stream(face: Face) -> None:
    for resource in (plain, caching):
        request = face.raw(record(TEXT_EVENTS), resource=resource).request
        assert request is not None and json.loads(request.content)["stream"] is True
