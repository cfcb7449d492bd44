"""The stream helper with an API that is years ahead: what the server sends reaches the final message."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

import anthropic

from ..streams import (
    ARGS,
    FACES,
    MESSAGE_STOP,
    TEXT,
    WAYS,
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
    text_delta,
)

CITATION = {"type": "char_location", "cited_text": "Grass is green.", "document_index": 0}
THINKING = {"type": "thinking", "thinking": "", "signature": ""}
SEARCH = {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {}}
RESULT = {"type": "web_search_tool_result", "tool_use_id": "srvtoolu_1", "content": [{"title": "Grass"}]}
COMPACTION = {"type": "compaction", "content": None}

LATER = [
    message_start(),
    block_start(0, THINKING),
    delta(0, {"type": "thinking_delta", "thinking": "The user asks"}),
    delta(0, {"type": "thinking_delta", "thinking": " about grass."}),
    delta(0, {"type": "signature_delta", "signature": "EqQB"}),
    block_stop(0),
    block_start(1, SEARCH),
    json_delta("", 1),
    json_delta('{"query": "is gr', 1),
    json_delta('ass green"}', 1),
    block_stop(1),
    block_start(2, RESULT),
    block_stop(2),
    block_start(3, {**TEXT, "citations": None}),
    text_delta("It is", 3),
    delta(3, {"type": "citations_delta", "citation": CITATION}),
    text_delta(" green.", 3),
    delta(3, {"type": "citations_delta", "citation": {**CITATION, "document_index": 1}}),
    block_stop(3),
    block_start(4, COMPACTION),
    delta(4, {"type": "compaction_delta", "content": "They talked"}),
    delta(4, {"type": "compaction_delta", "content": " of grass."}),
    block_stop(4),
    block_start(5, {"type": "chart"}),
    delta(5, {"type": "chart_delta", "chart": {"x": [1]}}),
    delta(5, {"type": "chart_delta", "chart": {"y": [2]}}),
    block_stop(5),
    {
        "type": "message_delta",
        "delta": {"stop_reason": "refusal", "stop_sequence": None, "stop_details": {"category": "cyber"}},
        "usage": {"output_tokens": 40, "input_tokens": 20, "server_tool_use": {"web_search_requests": 1}},
        "context_management": {"applied_edits": []},
    },
    {"type": "message_delta", "delta": {}, "usage": {"output_tokens": 41}},
    MESSAGE_STOP,
]
CONTENT = [
    {"type": "thinking", "thinking": "The user asks about grass.", "signature": "EqQB"},
    {**SEARCH, "input": {"query": "is grass green"}},
    RESULT,
    {**TEXT, "text": "It is green.", "citations": [CITATION, {**CITATION, "document_index": 1}]},
    {**COMPACTION, "content": "They talked of grass."},
    {"type": "chart", "chart": {"x": [1], "y": [2]}},
]
ENDING = {
    "stop_reason": "refusal",
    "stop_sequence": None,
    "stop_details": {"category": "cyber"},
    "context_management": {"applied_edits": []},
}
USAGE = {"input_tokens": 20, "output_tokens": 41, "server_tool_use": {"web_search_requests": 1}}


@pytest.mark.parametrize("resource", [plain, caching])
@pytest.mark.parametrize("way", WAYS)
def test_the_final_message_has_all_that_came(face: Face, way: str, resource: Any) -> None:
    outcome = face.follow(record(LATER), way, resource=resource).raised()
    message = outcome.message.to_dict()
    assert message["content"] == CONTENT
    assert message["usage"] == USAGE and {name: message[name] for name in ENDING} == ENDING
    assert outcome.stream.leftover_events == []
    assert json.loads(outcome.message.to_json()) == message
    assert pickle.loads(pickle.dumps(outcome.message)) == outcome.message == copy.deepcopy(outcome.message)


def test_blocks_are_complete_when_they_stop(face: Face) -> None:
    outcome = face.follow(record(LATER)).raised()
    stopped = [event.content_block.to_dict() for event in outcome.items if event.type == "content_block_stop"]
    assert stopped == CONTENT


def test_the_snapshot_follows_deltas_of_unknown_kinds() -> None:
    _, transport = prepare(record(LATER))
    seen: list[str] = []
    with FACES[0].client(transport).messages.stream(**ARGS) as stream:
        for event in stream:
            if event.type == "content_block_delta" and event.index == 0:
                seen.append(stream.current_message_snapshot.to_dict()["content"][0]["thinking"])
    assert seen == ["The user asks", "The user asks about grass.", "The user asks about grass."]


def test_what_has_no_place_stays_reachable(face: Face) -> None:
    odd = [
        delta(0, {"type": "mood_delta", "sway": 3}),  # no field of that name anywhere
        delta(7, {"type": "thinking_delta", "thinking": "lost?"}),  # no such block
        text_delta("lost?", 9),
    ]
    events = [
        message_start(),
        block_start(0, TEXT),
        text_delta("Hi"),
        *odd,
        block_stop(0),
        message_delta(),
        MESSAGE_STOP,
    ]
    for way in WAYS:
        outcome = face.follow(record(events), way).raised()
        assert [event.to_dict() for event in outcome.stream.leftover_events] == odd
        assert outcome.message.to_dict()["content"] == [{**TEXT, "text": "Hi"}]


@pytest.mark.parametrize(
    ("block", "pieces", "due"),
    [
        ({"tags": ["a"]}, [{"tags": ["b", "c"]}, {"tags": "d"}], {"tags": ["a", "b", "c", "d"]}),
        ({"state": {"a": 1}}, [{"state": {"b": 2}}], {"state": {"a": 1, "b": 2}}),
        ({"count": 1}, [{"count": 2}], {"count": 2}),
        ({"label": "a"}, [{"label": "b"}, {"label": None}, {"label": "c"}], {"label": "abc"}),
        ({}, [{"kind": "a"}, {"kind": "b"}], {"kind": "ab"}),
        ({"kinds": None}, [{"kind": "a"}, {"kind": {"n": 1}}], {"kinds": None, "kind": "a"}),
    ],
)
def test_values_grow_by_their_type(block: dict[str, Any], pieces: list[dict[str, Any]], due: dict[str, Any]) -> None:
    if "kinds" in block:
        due = {"kinds": ["a", {"n": 1}]}
        deltas = [delta(0, {"type": "kinds_delta", **piece}) for piece in pieces]
    else:
        deltas = [delta(0, {"type": "kind_delta", **piece}) for piece in pieces]
    events = [message_start(), block_start(0, {"type": "new", **block}), *deltas, block_stop(0), message_delta()]
    outcome = FACES[0].follow(record(events), "final").raised()
    assert outcome.message.to_dict()["content"] == [{"type": "new", **due}]


def test_a_message_delta_changes_what_it_says(face: Face) -> None:
    events = [message_start(), message_delta("stop_sequence", 5, "X"), {"type": "message_delta", "delta": {}}]
    outcome = face.follow(record([*events, MESSAGE_STOP])).raised()
    message = outcome.message
    assert (message.stop_reason, message.stop_sequence, message.usage.output_tokens) == ("stop_sequence", "X", 5)


def test_accumulating_by_hand() -> None:
    """`accumulate_event` is what programs call that read the raw stream."""
    from anthropic.lib.streaming._messages import accumulate_event

    outcome = FACES[0].raw(record(LATER)).raised()
    message = None
    for event in outcome.items:
        message = accumulate_event(event=event, current_snapshot=message)
    assert isinstance(message, anthropic.types.Message) and message.to_dict()["content"] == CONTENT
