"""Random streams, cut anywhere, give the same events and the same message, and nothing that was sent is lost."""

from __future__ import annotations

import copy
import json
from typing import Any

import httpx
from hypothesis import given
from hypothesis import strategies as st

import anthropic
from anthropic.lib.streaming import MessageStream
from anthropic.lib.streaming._partial_json import PartialJSON
from anthropic.types import RawMessageStreamEvent

from ..sdk.streams import (
    HEADERS,
    MESSAGE_STOP,
    PING,
    TEXT,
    TOOL,
    Body,
    block_start,
    block_stop,
    delta,
    json_delta,
    message_delta,
    message_start,
    sse,
    text_delta,
)

CLIENT = anthropic.Anthropic(api_key="key")
REQUEST = httpx.Request("POST", "http://test")

texts = st.text(max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
objects = st.dictionaries(texts, values, max_size=4)


@st.composite
def pieces(draw: st.DrawFn, text: str) -> list[str]:
    """A text in pieces, some of them empty."""
    ends = draw(st.lists(st.integers(0, len(text)), max_size=6).map(sorted))
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


@st.composite
def messages(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The events of a message, and the content that they describe."""
    blocks: list[list[dict[str, Any]]] = []
    content: list[dict[str, Any]] = []
    for index in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(["text", "tool_use", "unknown"]))
        events: list[dict[str, Any]] = []
        if kind == "text":
            text = draw(st.text(max_size=30))
            events = [text_delta(piece, index) for piece in draw(pieces(text))]
            content.append({"type": "text", "text": text})
        elif kind == "tool_use":
            given_input = draw(objects)
            text = json.dumps(given_input, ensure_ascii=draw(st.booleans()), indent=draw(st.sampled_from([None, 1])))
            events = [json_delta(piece, index) for piece in draw(pieces(text))]
            content.append({**TOOL, "input": given_input})
        else:
            content.append({"type": "hologram", "x": draw(values)})
            events = [
                delta(index, {"type": "hologram_delta", "y": draw(values)}) for _ in range(draw(st.integers(0, 2)))
            ]
        start = {"text": TEXT, "tool_use": TOOL}.get(kind, content[-1])
        blocks.append([block_start(index, start), *events, block_stop(index)])
    end = [message_delta(draw(st.sampled_from(["end_turn", "tool_use"])), draw(st.integers(0, 999))), MESSAGE_STOP]
    return [message_start(), *(event for block in blocks for event in block), *end], content


@st.composite
def bodies(draw: st.DrawFn, events: list[dict[str, Any]]) -> bytes:
    """Events on the wire: any line ends, comments and pings between them."""
    found: list[bytes] = []
    for event in events:
        name, data = event["type"], json.dumps(event, ensure_ascii=draw(st.booleans()))
        end = draw(st.sampled_from(["\n", "\r", "\r\n"]))
        lines = draw(st.permutations([f"event: {name}", f"data: {data}"]))
        noise = draw(st.sampled_from(["", ":\n", ": keep alive\r\n\r\n", "id: 5\n", sse(PING).decode()]))
        found.append((noise + end.join([*lines, "", ""])).encode())
    return b"".join(found)


def cuts(data: bytes) -> st.SearchStrategy[list[bytes]]:
    ends = st.lists(st.integers(0, len(data)), max_size=12).map(sorted)
    return ends.map(lambda at: [data[a:b] for a, b in zip([0, *at], [*at, len(data)], strict=True)])


def follow(chunks: list[bytes]) -> tuple[list[tuple[str, Any]], Any]:
    response = httpx.Response(200, headers=HEADERS, stream=Body(chunks), request=REQUEST)
    stream = MessageStream(cast_to=RawMessageStreamEvent, response=response, client=CLIENT)
    events = [(type(event).__name__, copy.deepcopy(event.to_dict())) for event in stream]
    return events, stream.get_final_message().to_dict()


@given(st.data())
def test_chunks_do_not_matter(data: st.DataObject) -> None:
    events, content = data.draw(messages())
    body = data.draw(bodies(events))
    whole, message = follow([body])
    assert message["content"] == content
    assert follow(data.draw(cuts(body))) == (whole, message)
    assert follow([body[at : at + 1] for at in range(len(body))]) == (whole, message)


@given(st.data())
def test_events_come_as_the_contract_says(data: st.DataObject) -> None:
    events, _ = data.draw(messages())
    seen, message = follow([data.draw(bodies(events))])
    replaced = {"content_block_stop", "message_stop"}
    raw = [
        event for name, event in seen if name not in {"TextEvent", "InputJsonEvent"} and event["type"] not in replaced
    ]
    assert raw == [event for event in events if event["type"] not in replaced]
    snapshots: dict[int, str] = {}
    for (name, event), (_, before) in zip(seen[1:], seen, strict=False):
        if name == "TextEvent":
            index = before["index"]
            snapshots[index] = snapshots.get(index, "") + before["delta"]["text"]
            assert event == {"type": "text", "text": before["delta"]["text"], "snapshot": snapshots[index]}
        if name == "InputJsonEvent":
            assert event["partial_json"] == before["delta"]["partial_json"]
    assert seen[-1] == ("MessageStopEvent", {"type": "message_stop", "message": message})


@given(objects, st.data())
def test_partial_json_ends_where_json_does(value: dict[str, Any], data: st.DataObject) -> None:
    found: list[Any] = [None]
    parser = PartialJSON(lambda root: found.__setitem__(0, root))
    held: list[tuple[Any, Any]] = []
    for piece in data.draw(pieces(json.dumps(value, ensure_ascii=data.draw(st.booleans())))):
        parser.feed(piece)
        held.append((found[0], copy.deepcopy(found[0])))
    assert found[0] == value
    assert all(now == then for now, then in held)


@given(st.text(alphabet='{}[]:,"\\u019aentrlsf.- \n', max_size=30), st.data())
def test_partial_json_takes_what_json_takes(text: str, data: st.DataObject) -> None:
    """A text that the standard parser takes is taken whole; what raises here, it refuses too, whatever may follow."""
    found: list[Any] = [None]
    parser = PartialJSON(lambda root: found.__setitem__(0, root))
    try:
        for piece in data.draw(pieces(text)):
            parser.feed(piece)
        refused = False
    except ValueError:
        refused = True
    try:
        value = json.loads(text)
    except ValueError:
        return
    assert not refused and repr(found[0]) == repr(value)
