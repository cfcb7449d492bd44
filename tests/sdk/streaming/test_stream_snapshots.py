"""`messages.stream()`: snapshots, the position that all readers share, names, and the functions behind."""

from __future__ import annotations

import copy
import inspect
import pickle
import subprocess
import sys
import typing
from pathlib import Path
from typing import Any

import httpx
import pytest

import anthropic
from anthropic import AsyncStream, Stream, types
from anthropic.lib import streaming
from anthropic.lib.streaming import _messages, _prompt_caching_beta_messages, _prompt_caching_beta_types, _types
from anthropic.types.beta import prompt_caching

from ..streams import (
    ARGS,
    FACES,
    MESSAGE_STOP,
    PING,
    TEXT_EVENTS,
    TOOL,
    TOOL_EVENTS,
    TOOL_INPUT,
    Face,
    block_start,
    block_stop,
    caching,
    message_delta,
    message_start,
    plain,
    prepare,
    record,
    text_delta,
)

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


def test_last_snapshots_are_not_the_message() -> None:
    _, transport = prepare(record(TOOL_EVENTS))
    with FACES[0].client(transport).messages.stream(**ARGS) as stream:
        events: list[Any] = list(stream)
    content: list[Any] = stream.get_final_message().content
    content[0].text, content[1].input["mine"] = "Mine.", True
    assert [e.snapshot for e in events if e.type == "text"][-1] == "I look."
    assert [e.snapshot for e in events if e.type == "input_json"][-1] == TOOL_INPUT


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


HOOK = """
from anthropic import converter
from anthropic.types import TextDelta
from tests.sdk.streams import FACES, TEXT_EVENTS, record

def shout(data, _):
    return TextDelta.construct(**{**data, "text": data["text"].upper()})

converter.register_structure_hook(TextDelta, shout)
for way in ("texts", "events", "final"):
    outcome = FACES[0].follow(record(TEXT_EVENTS), way).raised()
    print(outcome.message.content[0].text, outcome.items if way == "texts" else "")
"""


def test_hooks_of_users_take_part_in_every_way() -> None:
    """In a process of its own: a hook stays registered."""
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", HOOK], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "GRÜSS DICH, 😀! ['GRÜSS', ' DICH, 😀', '!']",
        "GRÜSS DICH, 😀! ",
        "GRÜSS DICH, 😀! ",
    ]


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


def test_copies_are_accumulated_by_themselves() -> None:
    message = None
    for event in FACES[0].raw(record(TEXT_EVENTS[:2])).items:
        message = _messages.accumulate_event(event=event, current_snapshot=message)
    assert message is not None
    twin = copy.copy(message)
    stop = types.RawMessageStopEvent(type="message_stop")
    assert _messages.accumulate_event(event=stop, current_snapshot=twin) is twin


def test_any_key_may_come_in_the_last_event(face: Face) -> None:
    outcome = face.follow(record([*TEXT_EVENTS[:-1], {"type": "message_stop", "_fields_set": 5}])).raised()
    assert outcome.types[-1] == "message_stop"


def test_accumulating_by_hand_out_of_order() -> None:
    with pytest.raises(RuntimeError, match="Unexpected event order"):
        _messages.accumulate_event(event=types.RawMessageStopEvent(type="message_stop"), current_snapshot=None)


def test_pings_are_no_events(face: Face) -> None:
    outcome = face.follow(record([PING, *TEXT_EVENTS, PING])).raised()
    assert "ping" not in outcome.types
