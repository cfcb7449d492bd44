"""`messages.stream()`: the events of the helpers, and the message that they keep."""

from __future__ import annotations

import json
from typing import Any

import pytest

import anthropic
from anthropic import UnknownVariant, types
from anthropic._exceptions import StreamDataError
from anthropic.lib import streaming
from anthropic.types.beta import prompt_caching

from ..streams import (
    ARGS,
    FACES,
    MESSAGE_STOP,
    TEXT,
    TEXT_EVENTS,
    TOOL,
    TOOL_EVENTS,
    TOOL_INPUT,
    TOOL_PIECES,
    WAYS,
    Face,
    Outcome,
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


@pytest.fixture(params=[plain, caching], ids=["plain", "caching"])
def resource(request: pytest.FixtureRequest) -> Any:
    return request.param


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
        "usage": {**message_start()["message"]["usage"], "output_tokens": 30},
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


KEPT = [
    (text_delta("x", 1), 1, {"text": "x"}),
    (delta(2, {"type": "text_delta", "text": "x"}), 2, {"text": "x"}),
    (delta(0, {"type": "citation_delta", "text": "x"}), 0, {"text": "axb"}),
]
"""Deltas that no such block has by the spec, with the index of the block and what it has got from them in the end."""

UNFIT = [
    text_delta("x", 9),
    text_delta("x", -1),
    json_delta("{}", 0),
    delta(0, {"type": "text_delta", "text": 5}),
    delta(0, {"type": "text_delta"}),
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
    outcome = around(face, way, odd)
    assert [block.to_dict() for block in outcome.message.content] == WITHOUT_ODD
    assert type(outcome.message.content[2]) is UnknownVariant
    if way == "events":  # it is emitted as it came, alone
        assert outcome.items[6].to_dict() == odd and outcome.types[7] == "content_block_delta"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("odd", "index", "got"), KEPT, ids=json.dumps)
def test_what_no_such_block_has_is_kept(face: Face, way: str, odd: Any, index: int, got: dict[str, Any]) -> None:
    expected: list[dict[str, Any]] = [*WITHOUT_ODD]
    expected[index] = {**expected[index], **got}
    assert [block.to_dict() for block in around(face, way, odd).message.content] == expected


WITHOUT_ODD = [{"type": "text", "text": "ab"}, {**TOOL, "input": {"k": 1}}, {"type": "hologram", "depth": 3}]


def around(face: Face, way: str, odd: dict[str, Any]) -> Outcome:
    """What comes of a stream of three blocks with an odd event in the midst of the first."""
    before = [
        message_start(),
        block_start(0, TEXT),
        block_start(1, TOOL),
        block_start(2, {"type": "hologram", "depth": 3}),
        text_delta("a"),
    ]
    after = [text_delta("b"), json_delta('{"k": 1}', 1), block_stop(0), block_stop(1), block_stop(2)]
    chunks = [*record(before), sse(odd, "content_block_delta"), *record([*after, message_delta(), MESSAGE_STOP])]
    return face.follow(chunks, way).raised()


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
    "bad",
    [
        "{]",
        '{"a": 01}',
        '{"a": 1,}',
        "[1 2]",
        "{} x",
        '{"a": "\n"}',
        '{"a": "\\q"}',
        "nope",
        pytest.param("[" * 100_000, id="deep"),
    ],
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


def test_malformed_tool_input_is_never_passed_off() -> None:
    late = [block_start(1, TEXT), text_delta("Done.", 1), block_stop(1), message_delta(), MESSAGE_STOP]
    _, transport = prepare(record([message_start(), block_start(0, TOOL), json_delta('{"a": 1 bad'), *late]))
    with FACES[0].client(transport).messages.stream(**ARGS) as stream:
        assert next(stream.text_stream) == "Done."
        for read in (lambda: stream.current_message_snapshot, stream.get_final_message) * 2:
            with pytest.raises(StreamDataError) as caught:
                read()
            assert caught.value.snapshot.content[1].text == "Done."
