"""Decoding of server-sent events: the cases of the WHATWG standard, each cut at every byte."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from anthropic._sse import ServerSentEvent, SSEDecoder

# name: (bytes, events). An event is (name, data).
CASES: dict[str, tuple[bytes, list[tuple[str | None, str]]]] = {
    # line ends
    "line feed": (b"event: a\ndata: 1\n\n", [("a", "1")]),
    "carriage return": (b"event: a\rdata: 1\r\r", [("a", "1")]),
    "both": (b"event: a\r\ndata: 1\r\n\r\n", [("a", "1")]),
    "mixed in one event": (b"event: a\rdata: 1\r\ndata: 2\n\r\n", [("a", "1\n2")]),
    "mixed across events": (b"data: 1\r\rdata: 2\n\ndata: 3\r\n\r\n", [(None, "1"), (None, "2"), (None, "3")]),
    "line feed, then both": (b"data: 1\n\r\n", [(None, "1")]),
    "both, then line feed": (b"data: 1\r\n\n", [(None, "1")]),
    "carriage return, then both": (b"data: 1\r\r\ndata: 2\r\r\n", [(None, "1"), (None, "2")]),
    "U+2028, U+2029, U+0085, VT and FF end no line": (
        "data: a\u2028b\u2029c\u0085d\x0be\x0cf\n\n".encode(),
        [(None, "a\u2028b\u2029c\u0085d\x0be\x0cf")],
    ),
    # ends of events
    "blank lines before, between and after": (b"\n\n\ndata: 1\n\n\n\n\ndata: 2\n\n\n", [(None, "1"), (None, "2")]),
    "last event without its blank line": (b"data: 1\n\ndata: 2\n", [(None, "1")]),
    "last line without its end": (b"data: 1\n\ndata: 2", [(None, "1")]),
    "nothing": (b"", []),
    "only a blank line": (b"\n", []),
    # data
    "two lines of data": (b"data: 1\ndata: 2\n\n", [(None, "1\n2")]),
    "three lines, one empty": (b"data: 1\ndata:\ndata: 3\n\n", [(None, "1\n\n3")]),
    "the standard's example of stocks": (b"data: YHOO\ndata: +2\ndata: 10\n\n", [(None, "YHOO\n+2\n10")]),
    "the standard's example of empty data": (b"data\n\ndata\ndata\n\ndata:", [(None, ""), (None, "\n")]),
    "the standard's example of spaces": (b"data:test\n\ndata: test\n\n", [(None, "test"), (None, "test")]),
    "only one space is taken off": (b"data:  x \n\n", [(None, " x ")]),
    "a tab is kept": (b"data:\tx\n\n", [(None, "\tx")]),
    "colons in data": (b"data: a: b:c\n\n", [(None, "a: b:c")]),
    "empty data": (b"event: a\ndata:\n\n", [("a", "")]),
    "empty data with a space": (b"event: a\ndata: \n\n", [("a", "")]),
    "data without a colon": (b"event: a\ndata\n\n", [("a", "")]),
    "NUL in data": (b"data: a\0b\n\n", [(None, "a\0b")]),
    "data before the name": (b"data: 1\nevent: a\n\n", [("a", "1")]),
    # names
    "no name": (b"data: 1\n\n", [(None, "1")]),
    "empty name": (b"event:\ndata: 1\n\n", [(None, "1")]),
    "name without a colon": (b"event\ndata: 1\n\n", [(None, "1")]),
    "the last name wins": (b"event: a\nevent: b\ndata: 1\n\n", [("b", "1")]),
    "an empty name after another one": (b"event: a\nevent:\ndata: 1\n\n", [(None, "1")]),
    "the name is forgotten": (b"event: a\ndata: 1\n\ndata: 2\n\n", [("a", "1"), (None, "2")]),
    "a name without data gives no event": (b"event: a\n\ndata: 2\n\n", [(None, "2")]),
    "an error needs no data": (b"event: error\n\ndata: 2\n\n", [("error", ""), (None, "2")]),
    "names in other letters are other fields": (b"Event: a\nDATA: 1\ndata: 2\n\n", [(None, "2")]),
    "space before a field": (b" data: 1\ndata: 2\n\n", [(None, "2")]),
    "name with a space inside": (b"event: a b\ndata: 1\n\n", [("a b", "1")]),
    # comments and unknown fields
    "comment": (b": hello\ndata: 1\n\n", [(None, "1")]),
    "comment of one colon": (b":\ndata: 1\n\n", [(None, "1")]),
    "comment inside an event": (b"data: 1\n: x\ndata: 2\n\n", [(None, "1\n2")]),
    "comment that looks like data": (b":data: 0\ndata: 1\n\n", [(None, "1")]),
    "only comments": (b": a\n\n: b\n\n", []),
    "comment between events": (b"data: 1\n\n:keep-alive\n\ndata: 2\n\n", [(None, "1"), (None, "2")]),
    "unknown field": (b"foo: bar\ndata: 1\nbaz\n\n", [(None, "1")]),
    # byte order mark
    "byte order mark": (b"\xef\xbb\xbfdata: 1\n\n", [(None, "1")]),
    "byte order mark before a blank line": (b"\xef\xbb\xbf\ndata: 1\n\n", [(None, "1")]),
    "only the first byte order mark is taken off": (b"\xef\xbb\xbf\xef\xbb\xbfdata: 1\n\ndata: 2\n\n", [(None, "2")]),
    "byte order mark later": (b"data: 1\n\n\xef\xbb\xbfdata: 2\n\n", [(None, "1")]),
    "byte order mark in data": (b"data: \xef\xbb\xbf1\n\n", [(None, "\ufeff1")]),
    "part of a byte order mark": (b"\xef\xbbdata: 0\ndata: 1\n\n", [(None, "1")]),
    # encoding
    "two, three and four bytes": ("data: é€\U0001f600\n\n".encode(), [(None, "é€\U0001f600")]),
    "a stray byte": (b"data: a\xffb\n\n", [(None, "a\ufffdb")]),
    "a cut character at the end of a line": (b"data: a\xe2\x82\ndata: b\n\n", [(None, "a\ufffd\nb")]),
    "a cut character before another one": (b"data: \xf0\x9f\x98\xe2\x82\xac\n\n", [(None, "\ufffd€")]),
    "an overlong form": (b"data: \xc0\xaf\n\n", [(None, "\ufffd\ufffd")]),
    "half of a surrogate pair": (b"data: \xed\xa0\xbd\n\n", [(None, "\ufffd\ufffd\ufffd")]),
    "a broken name": (b"event: a\xff\ndata: 1\n\n", [("a\ufffd", "1")]),
    # the fast path and its neighbours
    "known name": (b"event: message_stop\ndata: {}\n\n", [("message_stop", "{}")]),
    "known names": (b"event: ping\ndata: 1\n\nevent: ping\ndata: 2\n\n", [("ping", "1"), ("ping", "2")]),
    "known name, more data": (b"event: message_stop\ndata: 1\ndata: 2\n\n", [("message_stop", "1\n2")]),
    "known name, carriage return in between": (b"event: ping\ndata: 1\rdata: 2\n\n", [("ping", "1\n2")]),
    "known name, carriage return at the end": (b"event: ping\ndata: 1\r\n\n", [("ping", "1")]),
    "known name, an event inside": (
        b"event: message_stop\ndata: 1\r\revent: ping\ndata: 2\n\n",
        [("message_stop", "1"), ("ping", "2")],
    ),
    "known name, empty data": (b"event: message_stop\ndata: \n\n", [("message_stop", "")]),
    "known name, no space": (b"event:message_stop\ndata:1\n\n", [("message_stop", "1")]),
    "known name, id first": (b"id: 7\nevent: message_stop\ndata: 1\n\n", [("message_stop", "1")]),
    "known name, three line feeds": (b"event: message_stop\ndata: 1\n\n\nevent: ping\ndata: 2\n\n",
        [("message_stop", "1"), ("ping", "2")]),
}  # fmt: skip

KNOWN = ("ping", "message_stop")


def decode(chunks: Iterable[bytes]) -> list[ServerSentEvent]:
    decoder = SSEDecoder(KNOWN, without_data=("error",))
    return [ServerSentEvent(*event) for chunk in chunks for event in decoder.feed(chunk)]


def by_the_standard(data: bytes) -> list[ServerSentEvent]:
    """Another decoder, written down after the text of the standard, for whole streams."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    found: list[ServerSentEvent] = []
    last_id: str | None = None
    name, buffer, retry = "", "", None
    for line in re.split("\r\n|\n|\r", text)[:-1]:
        if line == "":
            if buffer or name == "error":
                found.append(ServerSentEvent(name or None, buffer.removesuffix("\n"), last_id, retry))
            name, buffer, retry = "", "", None
            continue
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            name = value
        elif field == "data":
            buffer += value + "\n"
        elif field == "id" and "\0" not in value:
            last_id = value
        elif field == "retry" and re.fullmatch("[0-9]+", value):
            retry = int(value)
    return found


@pytest.mark.parametrize("name", CASES)
def test_whole(name: str) -> None:
    data, expected = CASES[name]
    assert [(event.event, event.data) for event in decode([data])] == expected


@pytest.mark.parametrize("name", CASES)
def test_cut_in_two_at_every_byte(name: str) -> None:
    data, _ = CASES[name]
    whole = decode([data])
    for at in range(len(data) + 1):
        assert decode([data[:at], data[at:]]) == whole, at


@pytest.mark.parametrize("name", CASES)
def test_cut_in_three_at_every_two_bytes(name: str) -> None:
    data, _ = CASES[name]
    whole = decode([data])
    for first in range(len(data) + 1):
        for second in range(first, len(data) + 1):
            assert decode([data[:first], data[first:second], data[second:]]) == whole, (first, second)


@pytest.mark.parametrize("name", CASES)
def test_byte_by_byte_and_without_delay(name: str) -> None:
    """After every byte all events are there whose end has been seen: what a whole stream of those bytes gives."""
    data, _ = CASES[name]
    decoder = SSEDecoder(KNOWN, without_data=("error",))
    events: list[ServerSentEvent] = []
    for at in range(len(data)):
        events += [ServerSentEvent(*event) for event in decoder.feed(data[at : at + 1])]
        assert events == by_the_standard(data[: at + 1])


@pytest.mark.parametrize("name", CASES)
def test_after_and_before_other_events(name: str) -> None:
    """A case gives the same in the middle of a stream, but for a byte order mark, which is one at the start only."""
    data = CASES[name][0].removeprefix(b"\xef\xbb\xbf")
    around = b"event: ping\ndata: 0\n\n"
    assert decode([around, data, b"\n\n", around]) == by_the_standard(around + data + b"\n\n" + around)
    assert decode([around + data + b"\n\n" + around]) == by_the_standard(around + data + b"\n\n" + around)


def test_id_is_kept() -> None:
    data = b"data: 0\n\nid: 1\ndata: 1\n\ndata: 2\n\nevent: ping\ndata: 3\n\nid\ndata: 4\n\nid: a\0b\ndata: 5\n\n"
    assert [event.id for event in decode([data])] == [None, "1", "1", "1", "", ""]


def test_id_of_an_event_without_data_counts() -> None:
    assert decode([b"id: 1\n\ndata: x\n\n"]) == [ServerSentEvent(None, "x", "1", None)]


def test_retry() -> None:
    data = b"retry: 5\ndata: a\n\ndata: b\n\nretry: x\ndata: c\n\nretry: -1\ndata: d\n\nretry:\ndata: e\n\n"
    assert [event.retry for event in decode([data])] == [5, None, None, None, None]


def test_retry_of_absurd_size_is_ignored() -> None:
    assert decode([b"retry: " + b"9" * 5000 + b"\ndata: a\n\n"]) == [ServerSentEvent(None, "a")]


@pytest.mark.parametrize("chunk", [1 << 14, 1 << 20, 100_000_000])
@pytest.mark.parametrize("name", ["ping", "unheard_of"])
def test_large_event(name: str, chunk: int) -> None:
    data = b"event: %s\ndata: %s\n\ndata: 2\n\n" % (name.encode(), b"x" * 50_000_000)
    events = decode(data[at : at + chunk] for at in range(0, len(data), chunk))
    assert [(event.event, len(event.data)) for event in events] == [(name, 50_000_000), (None, 1)]


def test_many_pieces_of_one_line() -> None:
    decoder = SSEDecoder()
    for _ in range(200_000):
        assert decoder.feed(b"data: " if _ == 0 else b"xyz") == []
    (event,) = decoder.feed(b"\n\n")
    assert len(event[1]) == 3 * 199_999


def test_json_of_an_event() -> None:
    assert ServerSentEvent(event="a", data='{"x": [1]}').json() == {"x": [1]}
