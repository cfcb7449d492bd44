"""Streams of other documents: events without names, JSON lines, and what asks for them."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from .made import chunks, client, package

ROW = "{$ref: '#/components/schemas/Row'}"
EVENTS = "text/event-stream"


def operation(path: str, content: str, more: str = "", verb: str = "get") -> str:
    name = path.strip("/").partition("/")[0]
    head = f"{verb}: {{operationId: {name}, tags: [feeds], {more}responses: "
    return f"  {path}: {{{head}{{'200': {{description: ok, content: {content}}}}}}}}}\n"


def body(properties: str) -> str:
    schema = f"{{type: object, required: [q], properties: {properties}}}"
    return f"requestBody: {{required: true, content: {{application/json: {{schema: {schema}}}}}}}, "


FLAG = body("{q: {type: string}, stream: {type: boolean}}")
ID = "parameters: [{name: id, in: path, required: true, schema: {type: string}}], "
QUERY = "parameters: [{name: stream, in: query, schema: {type: boolean}}], "
DATA = "{type: object, properties: {event: {type: string}, data: {contentSchema: %s}}}"
WHOLE = DATA.replace("{contentSchema: %s}", ROW)
KINDS = "{oneOf: [" + DATA % ROW + ", " + DATA % "{$ref: '#/components/schemas/End'}" + "]}"
SPEC = (
    "paths:\n"
    + operation("/pulse", f"{{{EVENTS}: {{schema: {ROW}}}}}")
    + operation("/texts", f"{{{EVENTS}: {{schema: {{type: string}}}}}}")
    + operation("/free", f"{{{EVENTS}: {{}}}}")
    + operation("/listed", f"{{{EVENTS}: {{schema: {{type: array, items: {ROW}}}}}}}")
    + operation("/described", f"{{{EVENTS}: {{itemSchema: {DATA % ROW}}}}}")
    + operation("/whole", f"{{{EVENTS}: {{schema: {WHOLE}}}}}")
    + operation("/kinds", f"{{{EVENTS}: {{itemSchema: {KINDS}}}}}")
    + operation("/tagged", f"{{{EVENTS}: {{schema: {{$ref: '#/components/schemas/Tagged'}}}}}}")
    + operation("/rows", f"{{application/x-ndjson: {{schema: {ROW}}}}}")
    + operation("/records", f"{{application/json-seq: {{itemSchema: {ROW}}}}}")
    + operation("/files", "{application/jsonl: {schema: {type: string, format: binary}}}")
    + operation("/watch", f"{{application/json: {{schema: {ROW}}}, {EVENTS}: {{schema: {ROW}}}}}")
    + operation("/tail", f"{{application/json: {{schema: {ROW}}}, application/jsonl: {{schema: {ROW}}}}}", QUERY)
    + operation(
        "/chat/{id}", f"{{application/json: {{schema: {ROW}}}, {EVENTS}: {{schema: {ROW}}}}}", ID + FLAG, "post"
    )
    + operation("/build", f"{{{EVENTS}: {{schema: {ROW}}}}}", body("{q: {type: string}}"), "put")
    + operation("/purge", f"{{application/json: {{schema: {ROW}}}, {EVENTS}: {{schema: {ROW}}}}}", "", "delete")
    + "components:\n  schemas:\n"
    + "    Row: {type: object, required: [n], properties: {n: {type: integer}}}\n"
    + "    End: {type: object, required: [why], properties: {why: {type: string}}}\n"
    + "    Up: {type: object, required: [kind], properties: {kind: {const: up}, n: {type: integer}}}\n"
    + "    Down: {type: object, required: [kind], properties: {kind: {const: down}, n: {type: integer}}}\n"
    + "    Tagged:\n      oneOf: [{$ref: '#/components/schemas/Up'}, {$ref: '#/components/schemas/Down'}]\n"
    + "      discriminator: {propertyName: kind}\n"
)


CHAT, BUILD, PURGE = "chat: post /chat/{id}", "build: put /build", "purge: delete /purge"
READ = ("pulse", "texts", "free", "listed", "described", "whole", "kinds", "tagged")
MORE = ("rows", "records", "files", "watch", "tail")
METHODS = [*[f"{name}: get /{name}" for name in (*READ, *MORE)], CHAT, BUILD, PURGE]
FEEDS = "resources:\n  feeds:\n    methods:\n" + "".join(f"      {line}\n" for line in METHODS)


@pytest.fixture(scope="module")
def feeds() -> Any:
    return package("feeds", SPEC, FEEDS)


def read(feeds: Any, method: str, pieces: Sequence[bytes], kind: str = EVENTS, **arguments: Any) -> Any:
    """The items of a stream, and the stream."""
    stream = getattr(client(feeds, chunks(kind, pieces)).feeds, method)(**arguments)
    return [getattr(item, "n", item) for item in stream], stream


# events


@pytest.mark.parametrize(
    ("sent", "items"),
    [
        (b'data: {"n": 1}\n\ndata: {"n": 2}\n\n', [1, 2]),
        (b'event: part\ndata: {"n": 1}\n\nevent: other\ndata: {"n": 2}\n\n', [1, 2]),
        (b'event: message\ndata: {"n": 1}\n\n', [1]),
        (b'data: {"n": 1}\n\ndata: [DONE]\n\n', [1]),
        (b"event: done\ndata: [DONE]\n\n", []),
        (b'data: {"n": 1}\n\ndata: [DONE]\n', [1]),
        (b'data: {"n": 1}\n\ndata: [DONE]', [1]),
        (b'event: ping\ndata:\n\ndata: {"n": 1}\n\n', [1]),
    ],
)
def test_without_configuration_every_event_is_an_item(feeds: Any, sent: bytes, items: list[int]) -> None:
    found, stream = read(feeds, "pulse", [sent])
    assert found == items and stream.complete
    for size in (1, 3):
        assert read(feeds, "pulse", [sent[at : at + size] for at in range(0, len(sent), size)])[0] == items


def test_an_item_is_what_was_sent(feeds: Any) -> None:
    """Nothing is added to it, not even the name of its event."""
    (item,) = client(feeds, chunks(EVENTS, [b'event: part\ndata: {"n": 1}\n\n'])).feeds.pulse()
    assert item.to_dict() == {"n": 1}


@pytest.mark.parametrize("method", ["listed", "described", "whole"])
def test_the_schema_of_an_item(feeds: Any, method: str) -> None:
    """`schema` is that of the content as a whole, `itemSchema` that of an event; many write the latter as `schema`."""
    assert read(feeds, method, [b'event: row\ndata: {"n": 3}\n\n'])[0] == [3]
    returns = inspect.signature(getattr(feeds.resources.feeds.Feeds, method)).return_annotation
    assert returns == "Stream[Row]"


def test_events_of_several_kinds(feeds: Any) -> None:
    stream = client(feeds, chunks(EVENTS, [b'data: {"n": 1}\n\ndata: {"why": "late"}\n\n'])).feeds.kinds()
    assert [type(item).__name__ for item in stream] == ["Row", "End"]


def test_the_name_of_an_event_is_its_tag(feeds: Any) -> None:
    sent = b'event: down\ndata: {"n": 1}\n\nevent: x\ndata: {"kind": "up", "n": 2}\n\n'
    stream = client(feeds, chunks(EVENTS, [sent])).feeds.tagged()
    assert [(type(item).__name__, item.kind) for item in stream] == [("Down", "down"), ("Up", "up")]


@pytest.mark.parametrize("method", ["texts", "free"])
def test_texts_are_no_json(feeds: Any, method: str) -> None:
    assert read(feeds, method, [b"data: hello\n\ndata: 5\n\ndata: a\ndata: b\n\ndata: [DONE]\n\n"])[0] == [
        "hello",
        "5",
        "a\nb",
    ]


def test_data_that_is_no_json(feeds: Any) -> None:
    with pytest.raises(feeds.StreamDataError, match="no JSON"):
        read(feeds, "pulse", [b"data: {nope\n\n"])


def test_an_event_without_its_end_is_said(feeds: Any, caplog: pytest.LogCaptureFixture) -> None:
    """The standard drops it."""
    with caplog.at_level(logging.WARNING, logger="feeds"):
        items, stream = read(feeds, "pulse", [b'data: {"n": 1}\n\ndata: {"n": 2}\n'])
    assert items == [1] and not stream.complete
    assert "within an event" in caplog.text


def test_a_response_without_content_has_no_items(feeds: Any) -> None:
    stream = client(feeds, lambda request: httpx.Response(204, headers={"content-type": "text/html"})).feeds.pulse()
    assert list(stream) == [] and stream.complete


def test_another_media_type(feeds: Any) -> None:
    with pytest.raises(feeds.APIResponseValidationError, match="text/html"):
        read(feeds, "pulse", [b"<p>"], "text/html")


# JSON lines

LINES = "application/x-ndjson"
SEQUENCE = "application/json-seq"


@pytest.mark.parametrize(
    ("kind", "sent", "items"),
    [
        (LINES, b'{"n": 1}\n{"n": 2}\n', [1, 2]),
        (LINES, b'{"n": 1}\r\n\r\n\n  {"n": 2}  \n', [1, 2]),
        (LINES, b'\xef\xbb\xbf{"n": 1}\n{"n": 2}', [1, 2]),
        (LINES, b"", []),
        ("application/json", b'{"n": 1}\n{"n": 2}\n', [1, 2]),
        ("application/jsonl; charset=utf-8", '{"n": 1, "t": "\u2028"}\n'.encode(), [1]),
        (SEQUENCE, b'\x1e{"n": 1}\n\x1e{"n": 2}\n', [1, 2]),
        (SEQUENCE, b'\x1e{"n":\n 1}\n\x1e\x1e{"n": 2}', [1, 2]),
        ("application/geo+json-seq", b'\x1e{"n": 1}\n', [1]),
    ],
)
def test_each_line_is_an_item(feeds: Any, kind: str, sent: bytes, items: list[int]) -> None:
    for size in (1, 2, 5, 1000):
        pieces = [sent[at : at + size] for at in range(0, len(sent), size)]
        for method in ("rows", "records"):
            found, stream = read(feeds, method, pieces, kind)
            assert found == items and stream.complete and stream.response.is_closed


def test_a_line_is_given_as_soon_as_it_ends(feeds: Any) -> None:
    for kind, start in ((LINES, b""), (SEQUENCE, b"\x1e")):
        sent = [start + b'{"n": 1}\n' + start + b'{"n"']
        stream = client(feeds, chunks(kind, sent, httpx.ReadError("reset"))).feeds.rows()
        assert next(stream).n == 1
        with pytest.raises(feeds.APIConnectionError):
            next(stream)
        assert stream.response.is_closed and not stream.complete


@pytest.mark.parametrize(
    ("kind", "sent"), [(LINES, b'{"n": 1}\n{"n": '), (SEQUENCE, b'\x1e{"n": 1}\n\x1e{"n": '), (SEQUENCE, b"\x1e12")]
)
def test_a_line_that_was_cut_off(feeds: Any, kind: str, sent: bytes) -> None:
    with pytest.raises(feeds.StreamEndedError, match="within a record"):
        read(feeds, "rows", [sent], kind)


@pytest.mark.parametrize(("kind", "sent"), [(LINES, b'{nope\n{"n": 2}\n'), (SEQUENCE, b'\x1e{nope\n\x1e{"n": 2}\n')])
def test_a_line_that_is_no_json(feeds: Any, kind: str, sent: bytes) -> None:
    with pytest.raises(feeds.StreamDataError) as caught:
        read(feeds, "rows", [sent], kind)
    assert isinstance(caught.value, json.JSONDecodeError) and "{nope" in caught.value.doc


def test_lines_of_another_media_type(feeds: Any) -> None:
    with pytest.raises(feeds.APIResponseValidationError, match="text/event-stream"):
        read(feeds, "rows", [b"data: 1\n\n"], EVENTS)


def test_wrappers_of_lines(feeds: Any) -> None:
    def resource() -> Any:
        return client(feeds, chunks(LINES, [b'{"n": 1}\n'])).feeds

    (row,) = resource().with_raw_response.rows().parse()
    assert row.n == 1
    with resource().with_streaming_response.rows() as response:
        assert [item.n for item in response.parse()] == [1]
    (end,) = resource().with_raw_response.rows().parse(to=feeds.Stream[feeds.types.End])
    assert type(end).__name__ == "End"
    with resource().rows() as stream:
        assert isinstance(stream, feeds.Stream)
    assert stream.response.is_closed


def test_asynchronous_lines(feeds: Any) -> None:
    async def run() -> None:
        for kind, sent, due in (
            (LINES, b'{"n": 1}\n{"n": 2}', [1, 2]),
            (SEQUENCE, b'\x1e{"n": 1}\n', [1]),
            (EVENTS, b'data: {"n": 1}\n\n', [1]),
        ):
            transport = httpx.MockTransport(chunks(kind, [sent]))
            async with feeds.AsyncFeeds(
                base_url="http://test", http_client=httpx.AsyncClient(transport=transport)
            ) as c:
                async with await (c.feeds.pulse() if kind == EVENTS else c.feeds.rows()) as stream:
                    assert [item.n async for item in stream] == due
                assert stream.complete and stream.response.is_closed

    asyncio.run(run())


def test_a_file_of_lines_stays_a_file(feeds: Any) -> None:
    assert client(feeds, chunks("application/jsonl", [b"{}\n"])).feeds.files().read() == b"{}\n"


# what asks for a stream


def asked(feeds: Any, method: str, *args: Any, **arguments: Any) -> httpx.Request:
    """The request of a call whose response nobody reads."""
    found: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        found.append(request)
        kind = EVENTS if arguments.get("stream") else "application/json"
        return httpx.Response(200, headers={"content-type": kind}, content=b'{"n": 1}')

    getattr(client(feeds, respond).feeds, method)(*args, **arguments)
    return found[0]


def test_accept_asks_where_nothing_else_does(feeds: Any) -> None:
    assert asked(feeds, "watch").headers["accept"] == "application/json"
    request = asked(feeds, "watch", stream=True)
    assert request.headers["accept"] == EVENTS and not request.url.query


def test_a_parameter_of_the_query_asks(feeds: Any) -> None:
    assert asked(feeds, "tail", stream=True).url.query == b"stream=true"
    assert asked(feeds, "tail", stream=False).url.query == b"stream=false"
    assert asked(feeds, "tail").url.query == b""


def test_a_property_of_the_body_asks(feeds: Any) -> None:
    request = asked(feeds, "chat", "x", q="?", stream=True)
    assert json.loads(request.content) == {"q": "?", "stream": True} and request.url.path == "/chat/x"
    assert asked(feeds, "chat", id="y", q="?").url.path == "/chat/y"


@pytest.mark.parametrize(("method", "verb"), [("build", "PUT"), ("purge", "DELETE")])
def test_streams_of_other_methods(feeds: Any, method: str, verb: str) -> None:
    found: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        found.append(request)
        return httpx.Response(200, headers={"content-type": EVENTS}, content=b'data: {"n": 1}\n\n')

    arguments = {"q": "?"} if method == "build" else {"stream": True}
    assert [item.n for item in getattr(client(feeds, respond).feeds, method)(**arguments)] == [1]
    assert found[0].method == verb and found[0].headers["accept"] == EVENTS
    assert found[0].content == (b'{"q":"?"}' if method == "build" else b"")


def test_missing_and_surplus_arguments(feeds: Any) -> None:
    for arguments in (("x",), ()):
        with pytest.raises(TypeError, match="missing .* required"):
            asked(feeds, "chat", *arguments, stream=True)
    with pytest.raises(TypeError, match=r"takes 2 positional arguments but 3 were given"):
        asked(feeds, "chat", "x", "y")


@pytest.mark.parametrize(("method", "kind"), [("pulse", EVENTS), ("rows", LINES), ("records", SEQUENCE)])
def test_accept_of_what_is_only_streamed(feeds: Any, method: str, kind: str) -> None:
    found: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        found.append(request.headers["accept"])
        return httpx.Response(200, headers={"content-type": kind}, content=b"")

    assert list(getattr(client(feeds, respond).feeds, method)()) == [] and found == [kind]


def test_a_configured_end() -> None:
    config = 'client:\n  stream_events: {ends: ["{}", bye], error: error}\n'
    made = package("ends", SPEC, config + FEEDS)

    def rows(sent: bytes) -> Any:
        stream = client(made, chunks(EVENTS, [sent])).feeds.pulse()
        return [item.n for item in stream], stream.complete

    assert rows(b'data: {"n": 1}\n\ndata: {}\n\n') == ([1], True)
    assert rows(b'data: {"n": 1}\n\ndata: bye\n\n') == ([1], True)
    with pytest.raises(made.StreamDataError):
        rows(b"data: [DONE]\n\n")
    with pytest.raises(made.APIStatusError):
        rows(b'event: error\ndata: {"m": 1}\n\n')


def test_sdk_yaml_says_what_the_document_does_not() -> None:
    """A stream that the document declares as JSON, or beside which it declares no schema."""
    spec = (
        "paths:\n"
        + operation("/plain/a", f"{{application/json: {{schema: {ROW}}}}}")
        + operation("/lines/a", f"{{application/json: {{schema: {ROW}}}}}")
        + operation("/ask/a", "{application/json: {schema: {type: string}}}", FLAG, "post")
        + SPEC[SPEC.index("components:") :]
    )
    config = (
        "resources:\n  streams:\n    methods:\n"
        "      plain: {endpoint: get /plain/a, stream_item: End}\n"
        "      lines: {endpoint: get /lines/a, stream_format: lines}\n"
        "      ask: {endpoint: post /ask/a, stream_item: End}\n"
    )
    made = package("overruled", spec, config)
    (end,) = client(made, chunks(EVENTS, [b'data: {"why": "x"}\n\n'])).streams.plain()
    (row,) = client(made, chunks(LINES, [b'{"n": 1}\n'])).streams.lines()
    (asked,) = client(made, chunks(EVENTS, [b'data: {"why": "x"}\n\n'])).streams.ask(q="?", stream=True)
    assert [type(item).__name__ for item in (end, row, asked)] == ["End", "Row", "End"]


# events of one method

OWN = "client: {stream_events: {skipped: [ping], terminal: [down]}}\n" + FEEDS.replace(
    "pulse: get /pulse",
    "pulse: {endpoint: get /pulse, stream_events: "
    "{items: [row], skipped: [], error: oops, terminal: [bye], ends: [END]}}",
)


@pytest.fixture(scope="module")
def own_events() -> Any:
    return package("own_events", SPEC, OWN)


def test_a_method_has_events_of_its_own(own_events: Any) -> None:
    sent = b'event: row\ndata: {"n": 1}\n\nevent: note\ndata: {"n": 2}\n\nevent: bye\ndata: {}\n\n'
    found, stream = read(own_events, "pulse", [sent])
    assert found == [1] and stream.complete and isinstance(stream, own_events.Stream)
    found, stream = read(own_events, "pulse", [b'event: row\ndata: {"n": 1}\n\nevent: row\ndata: END\n\n'])
    assert found == [1] and stream.complete
    with pytest.raises(own_events.APIStatusError, match="late"):
        read(own_events, "pulse", [b"event: oops\ndata: late\n\n"])


def test_other_methods_have_those_of_the_client(own_events: Any) -> None:
    sent = b'event: ping\ndata: {}\n\nevent: oops\ndata: {"kind": "up", "n": 2}\n\nevent: down\ndata: {"n": 1}\n\n'
    found, stream = read(own_events, "tagged", [sent])
    assert found == [2, 1] and stream.complete
    found, stream = read(own_events, "tagged", [b'data: {"kind": "up", "n": 2}\n\n'])
    assert found == [2] and not stream.complete


def test_raw_responses_know_the_events_of_their_method(own_events: Any) -> None:
    resource = client(
        own_events, chunks(EVENTS, [b'event: ping\ndata: {"n": 1}\n\nevent: row\ndata: {"n": 2}\n\n'])
    ).feeds
    assert [item.n for item in resource.with_raw_response.pulse().parse()] == [2]
    parsed = resource.with_raw_response.pulse().parse(to=own_events.Stream[own_events.types.End])
    assert [type(item).__name__ for item in parsed] == ["End"]


def test_lines_have_a_class_of_their_own(feeds: Any) -> None:
    returns = inspect.signature(feeds.resources.feeds.Feeds.rows).return_annotation
    assert returns == "JSONLDecoder[Row]"
    stream = client(feeds, chunks("application/x-ndjson", [b'{"n": 1}\n'])).feeds.rows()
    assert isinstance(stream, feeds.Stream) and type(stream).__name__ == "JSONLDecoder"
    assert next(stream).n == 1
    assert stream.http_response is stream.response and stream.response.is_stream_consumed
