"""`messages.stream()`: the events of the helpers, the message they keep, and the rules of both."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
import typing
from typing import Any

import httpx
import pytest

import anthropic
from anthropic import AsyncStream, Stream, UnknownVariant, types
from anthropic._exceptions import StreamDataError, StreamEndedError, StreamStateError
from anthropic.lib import streaming
from anthropic.lib.streaming import _messages, _prompt_caching_beta_messages, _prompt_caching_beta_types, _types
from anthropic.types.beta import prompt_caching

from .streams import (
    ARGS,
    FACES,
    MESSAGE_STOP,
    PING,
    TEXT,
    TEXT_EVENTS,
    TOOL,
    TOOL_EVENTS,
    TOOL_INPUT,
    TOOL_PIECES,
    Face,
    block_start,
    block_stop,
    caching,
    delta,
    json_delta,
    message_delta,
    message_start,
    plain,
    prepare,
    record,
    split,
    sse,
    text_delta,
)

pytestmark = [
    pytest.mark.filterwarnings("error"),
    # trio tells of generators that httpx leaves half read when a response is closed early; none of ours may be there
    pytest.mark.filterwarnings("ignore:Async generator '(httpx|tests):ResourceWarning"),
]

RESOURCES = {"plain": plain, "caching": caching}
WAYS = ("events", "texts", "final")


@pytest.fixture(params=FACES, ids=lambda face: face.name)
def face(request: pytest.FixtureRequest) -> Face:
    return request.param


@pytest.fixture(params=RESOURCES)
def resource(request: pytest.FixtureRequest) -> Any:
    return RESOURCES[request.param]


# events


def test_text_events(face: Face, resource: Any) -> None:
    outcome = face.follow(record(TEXT_EVENTS), resource=resource).raised()
    start = "RawMessageStartEvent" if resource is plain else "RawPromptCachingBetaMessageStartEvent"
    assert [name for name, _ in outcome.seen] == [
        start,
        "RawContentBlockStartEvent",
        "RawContentBlockDeltaEvent",
        "TextEvent",
        "RawContentBlockDeltaEvent",
        "TextEvent",
        "RawContentBlockDeltaEvent",
        "TextEvent",
        "ContentBlockStopEvent",
        "RawMessageDeltaEvent",
        "MessageStopEvent",
    ]
    texts = [item for item in outcome.items if item.type == "text"]
    assert [(item.text, item.snapshot) for item in texts] == [
        ("Grüß", "Grüß"),
        (" dich, 😀", "Grüß dich, 😀"),
        ("!", "Grüß dich, 😀!"),
    ]
    block, stop = outcome.items[-3], outcome.items[-1]
    assert (block.index, block.content_block.to_dict()) == (0, {"type": "text", "text": "Grüß dich, 😀!"})
    assert stop.message is outcome.message and block.content_block is outcome.message.content[0]


def test_tool_events(face: Face, resource: Any) -> None:
    outcome = face.follow(record(TOOL_EVENTS), resource=resource).raised()
    steps = [item for item in outcome.items if item.type == "input_json"]
    assert [item.partial_json for item in steps] == TOOL_PIECES
    assert [item.snapshot for item in steps] == [
        {},
        {},
        {},
        {"location": "San Francisco", "n": 1},
        {"location": "San Francisco", "n": 12},
        {"location": "San Francisco", "n": 12, "deep": [{}]},
        {"location": "San Francisco", "n": 12, "deep": [{"a": None}]},
        TOOL_INPUT,
    ]
    assert outcome.types[3:5] == ["text", "content_block_stop"]
    assert outcome.types[6:8] == ["content_block_delta", "input_json"]
    assert outcome.message.content[1].input == TOOL_INPUT
    assert outcome.message.content[1].to_dict() == {**TOOL, "input": TOOL_INPUT}


def test_final_message(face: Face, resource: Any) -> None:
    expected = {
        **message_start()["message"],
        "content": [{"type": "text", "text": "I look."}, {**TOOL, "input": TOOL_INPUT}],
        "stop_reason": "tool_use",
        "usage": {"input_tokens": 11, "output_tokens": 30},
    }
    for way in WAYS:
        outcome = face.follow(record(TOOL_EVENTS), way, resource=resource).raised()
        assert outcome.message.to_dict() == expected
        assert type(outcome.message) is (
            types.Message if resource is plain else prompt_caching.PromptCachingBetaMessage
        )
        assert outcome.stream.current_message_snapshot is outcome.message


def test_text_stream(face: Face, resource: Any) -> None:
    outcome = face.follow(record(TEXT_EVENTS), "texts", resource=resource).raised()
    assert outcome.items == ["Grüß", " dich, 😀", "!"]
    assert face.follow(record(TOOL_EVENTS), "texts", resource=resource).raised().items == ["I look."]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("size", [1, 5, 100, 100_000])
def test_chunks_of_any_size(face: Face, way: str, size: int) -> None:
    events = record(TOOL_EVENTS)
    cut, whole = face.follow(split(b"".join(events), size), way).raised(), face.follow(events, way).raised()
    assert cut.seen == whole.seen
    assert cut.message == whole.message


@pytest.mark.parametrize("strict", [False, True])
def test_all_ways_build_the_same_message(face: Face, strict: bool) -> None:
    messages = [face.follow(record(TOOL_EVENTS), way, strict=strict).raised().message for way in WAYS]
    assert messages[0] == messages[1] == messages[2]


# accumulation


def test_raw_events_keep_their_own_values(face: Face) -> None:
    outcome = face.follow(record(TOOL_EVENTS)).raised()
    assert outcome.items[0].message.content == [] and outcome.items[0].message.stop_reason is None
    starts = [item for item in outcome.items if item.type == "content_block_start"]
    assert starts[0].content_block.text == "" and starts[1].content_block.input == {}


def test_content_of_the_start_is_kept(face: Face) -> None:
    events = [message_start(content=[{"type": "text", "text": "a"}]), text_delta("b"), message_delta(), MESSAGE_STOP]
    for way in WAYS:
        assert face.follow(record(events), way).raised().message.content[0].text == "ab"


def test_message_delta_overwrites(face: Face) -> None:
    events = [
        message_start(stop_sequence="early"),
        message_delta("stop_sequence", 5, "END"),
        message_delta("end_turn", 7),
        MESSAGE_STOP,
    ]
    message = face.follow(record(events)).raised().message
    assert (message.stop_reason, message.stop_sequence) == ("end_turn", None)
    assert (message.usage.input_tokens, message.usage.output_tokens) == (11, 7)


def test_later_message_start_is_ignored(face: Face) -> None:
    events = [*TEXT_EVENTS[:5], message_start(id="msg_2"), *TEXT_EVENTS[5:]]
    outcome = face.follow(record(events)).raised()
    assert outcome.message.id == "msg_1" and outcome.message.content[0].text == "Grüß dich, 😀!"
    assert outcome.types.count("message_start") == 2


def test_index_of_a_block_is_not_checked(face: Face) -> None:
    events = [message_start(), block_start(7, TEXT), text_delta("a", 0), block_stop(0), message_delta(), MESSAGE_STOP]
    assert face.follow(record(events)).raised().message.content[0].text == "a"


def test_blocks_in_turns(face: Face) -> None:
    events = [
        message_start(),
        block_start(0, TEXT),
        block_start(1, TOOL),
        text_delta("a", 0),
        json_delta('{"x": ', 1),
        text_delta("b", 0),
        json_delta("1}", 1),
        block_stop(1),
        text_delta("c", 0),
        block_stop(0),
        message_delta(),
        MESSAGE_STOP,
    ]
    for way in WAYS:
        content = face.follow(record(events), way).raised().message.content
        assert (content[0].text, content[1].input) == ("abc", {"x": 1})


def test_empty_input_stays_as_sent(face: Face) -> None:
    tool = {**TOOL, "input": {"given": 1}}
    events = [message_start(), block_start(0, tool), json_delta(""), block_stop(0), message_delta(), MESSAGE_STOP]
    outcome = face.follow(record(events)).raised()
    assert [item.snapshot for item in outcome.items if item.type == "input_json"] == [{"given": 1}]
    assert outcome.message.content[0].input == {"given": 1}


@pytest.mark.parametrize("way", WAYS)
def test_input_that_is_cut_short_is_kept_so_far(face: Face, way: str) -> None:
    pieces = [json_delta('{"a": [1, 2'), json_delta('], "b": "not to the e')]
    events = [message_start(), block_start(0, TOOL), *pieces, block_stop(0), message_delta("max_tokens"), MESSAGE_STOP]
    assert face.follow(record(events), way).raised().message.content[0].input == {"a": [1, 2]}


UNFIT = [
    text_delta("x", 1),
    text_delta("x", 9),
    text_delta("x", -1),
    json_delta("{}", 0),
    delta(0, {"type": "text_delta", "text": 5}),
    delta(0, {"type": "text_delta"}),
    delta(0, {"type": "citation_delta", "text": "x"}),
    delta(2, {"type": "text_delta", "text": "x"}),
    delta(0, None),
    delta(0, "x"),
    {"type": "content_block_delta", "index": "0", "delta": {"type": "text_delta", "text": "x"}},
    {"type": "content_block_delta", "index": [], "delta": {"type": "text_delta", "text": "x"}},
    {"type": "content_block_delta"},
    {"type": "content_block_stop", "index": 9},
    {"type": "content_block_stop", "index": "x"},
    {"type": "content_block_stop"},
    {"type": "message_delta"},
    {"type": "brand_new"},
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("odd", UNFIT, ids=json.dumps)
def test_what_does_not_fit_keeps_the_stream_going(face: Face, way: str, odd: dict[str, Any]) -> None:
    before = [
        message_start(),
        block_start(0, TEXT),
        block_start(1, TOOL),
        block_start(2, {"type": "hologram", "depth": 3}),
        text_delta("a"),
    ]
    after = [text_delta("b"), json_delta('{"k": 1}', 1), block_stop(0), block_stop(1), block_stop(2)]
    chunks = [*record(before), sse(odd, "content_block_delta"), *record([*after, message_delta(), MESSAGE_STOP])]
    outcome = face.follow(chunks, way).raised()
    content = outcome.message.content
    assert [block.to_dict() for block in content] == [
        {"type": "text", "text": "ab"},
        {**TOOL, "input": {"k": 1}},
        {"type": "hologram", "depth": 3},
    ]
    assert type(content[2]) is UnknownVariant
    if way == "events":  # it is emitted as it came, alone
        assert outcome.items[6].to_dict() == odd and outcome.types[7] == "content_block_delta"


def test_stop_of_an_unknown_block_carries_it(face: Face) -> None:
    events = [message_start(), block_start(0, {"type": "new", "x": [1]}), block_stop(0), message_delta(), MESSAGE_STOP]
    outcome = face.follow(record(events)).raised()
    assert type(outcome.items[2]) is streaming.ContentBlockStopEvent
    assert type(outcome.items[2].content_block) is UnknownVariant
    assert outcome.message.to_dict()["content"] == [{"type": "new", "x": [1]}]


def test_unknown_fields_of_replaced_events_are_kept(face: Face) -> None:
    events = [*TEXT_EVENTS[:-3], {**block_stop(0), "x": 1}, message_delta(), {**MESSAGE_STOP, "y": 2}]
    outcome = face.follow(record(events)).raised()
    assert outcome.items[-3].x == 1 and outcome.items[-1].y == 2
    assert outcome.items[-3].to_dict()["content_block"]["text"] == "Grüß dich, 😀!"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("first", [block_start(0, TEXT), MESSAGE_STOP, text_delta("a"), {"type": "message_start"}])
def test_first_event_must_be_message_start(face: Face, way: str, first: dict[str, Any]) -> None:
    outcome = face.follow(record([first]), way)
    assert isinstance(outcome.error, RuntimeError) and isinstance(outcome.error, anthropic.AnthropicError)
    assert str(outcome.error) == f'Unexpected event order, got {first["type"]} before "message_start"'
    assert outcome.body.closed


# malformed input of tools


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "bad", ["{]", '{"a": 01}', '{"a": 1,}', "[1 2]", "{} x", '{"a": "\n"}', '{"a": "\\q"}', "nope"]
)
def test_malformed_tool_input(face: Face, way: str, bad: str) -> None:
    events = [message_start(), block_start(0, TOOL), json_delta('{"ok": 1}'[:0] + bad), block_stop(0), message_delta()]
    outcome = face.follow(record(events), way)
    error = outcome.error
    assert isinstance(error, StreamDataError) and isinstance(error, ValueError)
    assert isinstance(error, anthropic.APIError) and isinstance(error.__cause__, ValueError)
    assert error.request_id == "req_7" and error.snapshot.id == "msg_1"
    assert outcome.body.closed
    if way == "events":
        assert outcome.types == ["message_start", "content_block_start"]


def test_malformed_tool_input_without_the_end_of_its_block(face: Face) -> None:
    events = [message_start(), block_start(0, TOOL), json_delta("}"), message_delta(), MESSAGE_STOP]
    for way in WAYS:
        assert isinstance(face.follow(record(events), way).error, StreamDataError)


# snapshots stay as they were


def test_snapshots_are_kept_for_later(face: Face) -> None:
    outcome = face.follow(record(TOOL_EVENTS)).raised()
    late = [copy.deepcopy(item.snapshot) for item in outcome.items if item.type == "input_json"]
    again = [item.snapshot for item in outcome.items if item.type == "input_json"]
    assert late == again and late[3] == {"location": "San Francisco", "n": 1} and late[-1] == TOOL_INPUT


def test_snapshots_that_were_handed_out_stay() -> None:
    _, transport = prepare(record(TOOL_EVENTS))
    held: list[Any] = []
    with FACES[0].client(transport).messages.stream(**ARGS) as stream:
        for event in stream:
            if event.type == "input_json":
                held.append((event.snapshot, copy.deepcopy(event.snapshot)))
    assert [one for one, _ in held] == [other for _, other in held]
    assert len({id(one) for one, _ in held[2:]}) == len(held[2:])


def test_changed_snapshot_does_not_reach_the_message() -> None:
    _, transport = prepare(record(TOOL_EVENTS))
    with FACES[0].client(transport).messages.stream(**ARGS) as stream:
        for event in stream:
            if event.type == "input_json":
                typing.cast("dict[str, Any]", event.snapshot)["mine"] = event
    assert stream.get_final_message().to_dict()["content"] == [
        {"type": "text", "text": "I look."},
        {**TOOL, "input": TOOL_INPUT},
    ]


def test_current_snapshot_follows_the_events() -> None:
    _, transport = prepare([b"".join(record(TOOL_EVENTS))])
    with FACES[0].client(transport).messages.stream(**ARGS) as stream:
        with pytest.raises(AssertionError):
            _ = stream.current_message_snapshot
        first = next(stream)
        held = stream.current_message_snapshot
        assert held is not typing.cast(Any, first).message
        texts, inputs = [], []
        for event in stream:
            assert stream.current_message_snapshot is held
            if event.type == "text":
                assert held.content[0].to_dict()["text"] == event.snapshot
                texts.append(event.snapshot)
            if event.type == "input_json":
                assert typing.cast(Any, held.content[1]).input == event.snapshot
                inputs.append(typing.cast(Any, held.content[1]).input)
    assert texts == ["I look."] and inputs[-1] == TOOL_INPUT and inputs[3] == {"location": "San Francisco", "n": 1}


def test_held_message_grows_by_itself() -> None:
    _, transport = prepare(record(TEXT_EVENTS))
    with FACES[0].client(transport).messages.stream(**ARGS) as stream:
        next(stream)
        held = stream.current_message_snapshot
        seen = [typing.cast(Any, held.content[0]).text for _ in stream.text_stream]
    assert seen == ["Grüß", "Grüß dich, 😀", "Grüß dich, 😀!"]


@pytest.mark.parametrize("transform", [copy.copy, copy.deepcopy, lambda event: pickle.loads(pickle.dumps(event))])
def test_no_private_buffer_shows(transform: Any) -> None:
    outcome = FACES[0].follow(record(TOOL_EVENTS)).raised()
    for item in [*outcome.items, outcome.message]:
        other = transform(item)
        assert other == item and repr(other) == repr(item)
        assert b"rowing" not in pickle.dumps(item) and b"rowing" not in pickle.dumps(other)
        assert "rowing" not in repr(item) and "parser" not in item.to_json()
    text, step = (next(item for item in outcome.items if item.type == kind) for kind in ("text", "input_json"))
    assert text.to_dict() == {"type": "text", "text": "I look.", "snapshot": "I look."}
    assert text.model_dump_json() == '{"type":"text","text":"I look.","snapshot":"I look."}'
    assert dict(text) == text.to_dict() and text.model_fields_set == {"type", "text", "snapshot"}
    assert repr(step) == "InputJsonEvent(type='input_json', partial_json='', snapshot={})"


def test_helper_events_can_be_built_by_hand() -> None:
    event = streaming.TextEvent(type="text", text="b", snapshot="ab")
    assert (event.snapshot, event.to_dict()) == ("ab", {"type": "text", "text": "b", "snapshot": "ab"})
    event.snapshot = "abc"
    assert event.snapshot == "abc" and event == streaming.TextEvent(type="text", text="b", snapshot="abc")
    del event.snapshot
    assert typing.cast(Any, event.snapshot) is None


# reading


def test_text_stream_and_events_share_one_position() -> None:
    _, transport = prepare(record(TEXT_EVENTS))
    with FACES[0].client(transport).messages.stream(**ARGS) as stream:
        assert [next(stream).type for _ in range(3)] == ["message_start", "content_block_start", "content_block_delta"]
        assert next(stream.text_stream) == " dich, 😀"  # the text event of the first piece is passed over
        assert next(stream).type == "content_block_delta"
        event = next(stream)
        assert isinstance(event, streaming.TextEvent) and event.snapshot == "Grüß dich, 😀!"
        assert list(stream.text_stream) == []
        assert list(stream) == []
        assert stream.get_final_text() == "Grüß dich, 😀!"


def test_iterating_twice_goes_on() -> None:
    _, transport = prepare(record(TEXT_EVENTS))
    with FACES[0].client(transport).messages.stream(**ARGS) as stream:
        for _ in stream:
            break
        assert next(iter(stream)).type == "content_block_start"
        assert len(list(stream)) == len(TEXT_EVENTS) - 3 + 3
    assert stream.get_final_message().stop_reason == "end_turn"


def test_final_text(face: Face) -> None:
    two = [*TEXT_EVENTS[:7], block_start(1, {"type": "text", "text": "A"}), text_delta("B", 1), block_stop(1)]
    outcome = face.follow(record([*two, message_delta(), MESSAGE_STOP]), "final").raised()
    assert outcome.stream._final_text() == "Grüß dich, 😀!AB"


def test_final_text_without_text() -> None:
    events = [message_start(), block_start(0, TOOL), block_stop(0), message_delta(), MESSAGE_STOP]
    _, transport = prepare(record(events))
    with FACES[0].client(transport).messages.stream(**ARGS) as stream:
        with pytest.raises(RuntimeError, match="^Expected to have received at least 1 text block$"):
            stream.get_final_text()
        stream.until_done()


async def read_everything(client: anthropic.AsyncAnthropic) -> None:
    async with client.messages.stream(**ARGS) as stream:
        assert (await stream.__anext__()).type == "message_start"
        assert [text async for text in stream.text_stream] == ["Grüß", " dich, 😀", "!"]
        await stream.until_done()
        assert await stream.get_final_text() == "Grüß dich, 😀!"
    assert (await stream.get_final_message()).stop_reason == "end_turn"


@pytest.mark.parametrize("face", FACES[1:], ids=lambda face: face.name)
def test_async_members(face: Any) -> None:
    _, transport = prepare(record(TEXT_EVENTS))
    face.run(lambda: read_everything(face.async_client(transport)))


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
    with pytest.raises(StreamEndedError):
        stream.get_final_message()


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


# names


def test_exports() -> None:
    names = [
        "AsyncMessageStream",
        "AsyncMessageStreamManager",
        "AsyncPromptCachingBetaMessageStream",
        "AsyncPromptCachingBetaMessageStreamManager",
        "ContentBlockStopEvent",
        "InputJsonEvent",
        "MessageStopEvent",
        "MessageStream",
        "MessageStreamEvent",
        "MessageStreamManager",
        "PromptCachingBetaMessageStream",
        "PromptCachingBetaMessageStreamManager",
        "TextEvent",
    ]
    assert sorted(streaming.__all__) == names
    for name in names:
        assert getattr(streaming, name) is getattr(anthropic, name)


def test_events_and_their_types() -> None:
    assert typing.get_args(_types.MessageStreamEvent) == (
        _types.TextEvent,
        _types.InputJsonEvent,
        types.RawMessageStartEvent,
        types.RawMessageDeltaEvent,
        _types.MessageStopEvent,
        types.RawContentBlockStartEvent,
        types.RawContentBlockDeltaEvent,
        _types.ContentBlockStopEvent,
    )
    assert typing.get_args(_prompt_caching_beta_types.PromptCachingBetaMessageStreamEvent) == (
        prompt_caching.RawPromptCachingBetaMessageStartEvent,
        _prompt_caching_beta_types.MessageStopEvent,
        _types.TextEvent,
        _types.InputJsonEvent,
        types.RawMessageDeltaEvent,
        types.RawContentBlockStartEvent,
        types.RawContentBlockDeltaEvent,
        _types.ContentBlockStopEvent,
    )
    assert issubclass(_types.MessageStopEvent, types.RawMessageStopEvent)
    assert issubclass(_types.ContentBlockStopEvent, types.RawContentBlockStopEvent)
    fields = {cls: list(cls.model_fields) for cls in (_types.TextEvent, _types.InputJsonEvent, _types.MessageStopEvent)}
    assert list(fields.values()) == [
        ["type", "text", "snapshot"],
        ["type", "partial_json", "snapshot"],
        ["type", "message"],
    ]
    assert list(_types.ContentBlockStopEvent.model_fields) == ["index", "type", "content_block"]
    hints = typing.get_type_hints(_prompt_caching_beta_types.MessageStopEvent)
    assert hints["message"] is prompt_caching.PromptCachingBetaMessage


def test_streams_of_the_managers(face: Face) -> None:
    prefix = "" if face.name == "sync" else "Async"
    assert type(face.follow(record(TEXT_EVENTS)).stream).__name__ == f"{prefix}MessageStream"
    assert type(face.follow(record(TEXT_EVENTS), resource=caching).stream).__name__ == (
        f"{prefix}PromptCachingBetaMessageStream"
    )


@pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning")
def test_passing_for_a_stream(face: Face) -> None:
    kind: Any = Stream if face.name == "sync" else AsyncStream
    other: Any = AsyncStream if face.name == "sync" else Stream
    stream = face.follow(record(TEXT_EVENTS)).stream
    with pytest.warns(DeprecationWarning):
        assert isinstance(stream, kind)
    assert not isinstance(stream, other)
    assert not isinstance(face.follow(record(TEXT_EVENTS), resource=caching).stream, (Stream, AsyncStream))


def test_constructors() -> None:
    for stream in (streaming.MessageStream, streaming.AsyncMessageStream, streaming.PromptCachingBetaMessageStream):
        parameters = inspect.signature(stream).parameters
        assert list(parameters) == ["cast_to", "response", "client"]
        assert {parameter.kind for parameter in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    for manager in (streaming.MessageStreamManager, streaming.AsyncPromptCachingBetaMessageStreamManager):
        assert list(inspect.signature(manager).parameters) == ["api_request"]


def test_stream_made_by_hand() -> None:
    body = b"".join(record(TEXT_EVENTS))
    response = httpx.Response(200, content=body, request=httpx.Request("POST", "http://test"))
    client = anthropic.Anthropic(api_key="key")
    stream = streaming.MessageStream(cast_to=types.RawMessageStreamEvent, response=response, client=client)
    assert stream.response is response and stream.get_final_text() == "Grüß dich, 😀!"


# the functions behind


@pytest.mark.parametrize("module", [_messages, _prompt_caching_beta_messages])
def test_functions(module: Any) -> None:
    resource = plain if module is _messages else caching
    raw = FACES[0].raw(record(TOOL_EVENTS), resource=resource).raised().items
    expected = FACES[0].follow(record(TOOL_EVENTS), resource=resource).raised()
    message, emitted = None, []
    for event in raw:
        message = module.accumulate_event(event=event, current_snapshot=message)
        emitted += module.build_events(event=event, message_snapshot=message)
    assert message == expected.message
    assert [(type(item), item) for item in emitted] == [(type(item), item) for item in expected.items]


def test_message_made_by_hand_shows_no_buffer() -> None:
    message = None
    for event in FACES[0].raw(record(TOOL_EVENTS[:8])).items:
        message = _messages.accumulate_event(event=event, current_snapshot=message)
    assert message is not None and message.content[1].to_dict()["input"] == {}
    for other in (copy.copy(message), copy.deepcopy(message), pickle.loads(pickle.dumps(message))):
        assert other == message and repr(other) == repr(message) and "ccumulator" not in repr(other)
    assert b"rowing" not in pickle.dumps(message)
    after = _messages.accumulate_event(event=types.RawMessageStopEvent(type="message_stop"), current_snapshot=message)
    assert after is message


def test_accumulating_by_hand_out_of_order() -> None:
    with pytest.raises(RuntimeError, match="Unexpected event order"):
        _messages.accumulate_event(event=types.RawMessageStopEvent(type="message_stop"), current_snapshot=None)


def test_pings_are_no_events(face: Face) -> None:
    outcome = face.follow(record([PING, *TEXT_EVENTS, PING])).raised()
    assert "ping" not in outcome.types
