"""Response wrappers and what `cast_to` makes of a body."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated, Any, Dict, List, Optional, Union

import httpx
import pytest

import anthropic
from anthropic import APIResponse, AsyncAPIResponse, BaseModel
from anthropic._legacy_response import LegacyAPIResponse
from anthropic._response import (
    AsyncBinaryAPIResponse,
    AsyncStreamedBinaryAPIResponse,
    BinaryAPIResponse,
    StreamAlreadyConsumed,
    StreamedBinaryAPIResponse,
)
from anthropic.types import Message, RawMessageStreamEvent

from ..faces import ARGUMENTS, Face, Recorder
from ..fault_server import ALL_EVENTS, MESSAGE, FaultServer, good


class Thing(BaseModel):
    foo: str
    bar: int = 1


class Other(BaseModel):
    baz: float


def respond(content: bytes | str, kind: str | None = "application/json") -> Recorder:
    return Recorder(httpx.Response(200, content=content, headers={"content-type": kind} if kind else {}))


def get(face: Face, server: Recorder, cast_to: Any, **options: Any) -> Any:
    return face.call(face.client(server, **options).get, "/foo", cast_to=cast_to)


@pytest.mark.parametrize(
    ("cast_to", "body", "expected"),
    [
        (Thing, '{"foo": "a"}', Thing(foo="a")),
        (Union[Thing, Other], '{"baz": 1.5}', Other(baz=1.5)),
        (Thing | Other, '{"baz": 1.5}', Other(baz=1.5)),
        (Optional[Thing], "null", None),
        (Thing, "null", None),
        (List[Thing], '[{"foo": "a"}]', [Thing(foo="a")]),
        (list[Thing], '[{"foo": "a"}]', [Thing(foo="a")]),
        (Dict[str, Thing], '{"k": {"foo": "a"}}', {"k": Thing(foo="a")}),
        (Annotated[Thing, "mark"], '{"foo": "a"}', Thing(foo="a")),
        (object, '{"a": [1]}', {"a": [1]}),
        (Any, "[1]", [1]),
        (dict, '{"a": 1}', {"a": 1}),
        (list, "[1]", [1]),
        (str, '{"a":1}', '{"a":1}'),
        (bytes, "x", b"x"),
        (int, "5", 5),
        (float, " 1.5 ", 1.5),
        (type(None), "anything", None),
    ],
)
def test_cast_to(face: Face, cast_to: Any, body: str, expected: object) -> None:
    result = get(face, respond(body), cast_to)
    assert result == expected and type(result) is type(expected)


def test_a_model_from_json_of_another_media_type(face: Face) -> None:
    for kind in ("text/plain", "application/vnd.api+json; charset=utf-8", None):
        assert get(face, respond('{"foo": "a"}', kind), Thing) == Thing(foo="a")


def test_text_where_json_was_expected(face: Face) -> None:
    server = respond("my text", "application/text")
    assert get(face, server, Thing) == "my text"
    assert get(face, server, List[Thing]) == "my text"
    with pytest.raises(anthropic.APIResponseValidationError) as caught:
        get(face, server, Thing, _strict_response_validation=True)
    assert caught.value.body == "my text"
    assert "expected content-type" in str(caught.value).lower() and "application/text" in str(caught.value)
    with pytest.raises(anthropic.APIResponseValidationError):  # a method promises its type
        face.create(face.client(server))


@pytest.mark.parametrize("body", ["{", "", "\xff", "[" * 100_000])
def test_json_that_is_none(face: Face, body: str) -> None:
    for cast_to in (Thing, object, List[Thing]):
        with pytest.raises(anthropic.APIResponseValidationError, match="not valid JSON") as caught:
            get(face, respond(body.encode("latin-1")), cast_to)
        assert isinstance(caught.value.__cause__, ValueError)


@pytest.mark.parametrize(("cast_to", "body"), [(int, "five"), (float, "{}")])
def test_numbers_that_are_none(face: Face, cast_to: Any, body: str) -> None:
    with pytest.raises(anthropic.APIResponseValidationError) as caught:
        get(face, respond(body), cast_to)
    assert isinstance(caught.value.__cause__, ValueError)


def test_the_response_itself(face: Face) -> None:
    response = get(face, respond("x"), httpx.Response)
    assert type(response) is httpx.Response and response.text == "x"
    with pytest.raises(ValueError, match="Subclasses of httpx.Response"):
        get(face, respond("x"), type("Mine", (httpx.Response,), {}))


def test_types_that_no_answer_becomes(face: Face) -> None:
    for cast_to in (set, 5, complex):
        with pytest.raises(RuntimeError, match="Unsupported type, expected"):
            get(face, respond("1"), cast_to)
    foreign = type("Model", (), {"__module__": "pydantic.main"})
    with pytest.raises(TypeError, match="Pydantic models must subclass our base model type"):
        get(face, respond("{}"), foreign)


def test_a_class_that_builds_itself(face: Face) -> None:
    class Built:
        def __init__(self, response: httpx.Response, data: object) -> None:
            self.response, self.data = response, data

        @classmethod
        def build(cls, *, response: httpx.Response, data: object) -> Built:
            return cls(response, data)

    built = get(face, respond('{"a": 1}'), Built)
    assert built.data == {"a": 1} and built.response.status_code == 200


def test_wrapper_classes_as_cast_to(face: Face) -> None:
    mine: Any = AsyncAPIResponse if face.is_async else APIResponse
    other: Any = APIResponse if face.is_async else AsyncAPIResponse
    wrapper = get(face, respond('{"foo": "a"}'), type("Mine", (mine,), {}))
    assert type(wrapper).__name__ == "Mine" and face.call(wrapper.json) == {"foo": "a"}
    with pytest.raises(TypeError, match="needs a subclass of"):
        get(face, respond("{}"), other)


def raw(face: Face, client: Any, **more: Any) -> LegacyAPIResponse[Message]:
    return face.call(lambda: client.messages.with_raw_response.create(**ARGUMENTS, **more))


def test_raw_responses(face: Face) -> None:
    server = Recorder()
    response = raw(face, face.client(server))
    assert type(response) is LegacyAPIResponse
    assert server.last.headers["x-stainless-raw-response"] == "true"
    assert not inspect.iscoroutinefunction(response.parse)
    message = response.parse()
    assert isinstance(message, Message) and message is response.parse()
    assert message._request_id == response.request_id == "req_1"
    assert response.text == response.content.decode() and response.status_code == 200
    assert response.method == "POST" and response.url.path == "/v1/messages"
    assert response.http_request is server.last and response.http_version == "HTTP/1.1"
    assert response.is_closed
    assert response.headers["request-id"] == "req_1" and response.retries_taken == 0
    assert repr(response) == "<APIResponse [200 OK] type=<class 'anthropic.types.message.Message'>>"


def test_elapsed(face: Face) -> None:
    with FaultServer(good) as server:
        client = face.client_class(api_key="k", base_url=server.url)
        assert raw(face, client).elapsed.total_seconds() > 0


def test_parse_to_something_else(face: Face) -> None:
    response = raw(face, face.client(Recorder()))
    assert response.parse(to=str) == response.text
    assert response.parse(to=Dict[str, object]) == response.parse(to=dict) == MESSAGE
    assert response.parse(to=httpx.Response) is response.http_response
    assert isinstance(response.parse(to=Annotated[Message, "x"]), Message)
    assert response.parse() is not response.parse(to=dict)


def test_raw_response_of_a_stream(face: Face) -> None:
    headers = {"content-type": "text/event-stream"}
    stream_class: Any = anthropic.AsyncStream if face.is_async else anthropic.Stream
    for to in (None, stream_class[RawMessageStreamEvent]):
        server = Recorder(httpx.Response(200, content=ALL_EVENTS, headers=headers))
        response = raw(face, face.client(server), stream=True)
        stream: Any = response.parse() if to is None else response.parse(to=to)
        assert type(stream) is stream_class

        async def arun(stream: Any = stream) -> list[Any]:
            return [item async for item in stream]

        items = face.call(arun) if face.is_async else list(stream)
        assert items[-1].type == "message_stop"
    with pytest.raises(TypeError, match="Stream or AsyncStream"):
        raw(face, face.client(server), stream=True).parse(to=Message)


def test_streamed_responses(face: Face) -> None:
    server = Recorder()
    client = face.client(server)
    kind = AsyncAPIResponse if face.is_async else APIResponse

    def use(response: Any) -> Any:
        assert type(response) is kind and repr(response).startswith(f"<{kind.__name__} [200 OK] type=")
        return response.parse()

    def wrapped(**more: Any) -> Any:
        return client.messages.with_streaming_response.create(**ARGUMENTS, **more)

    assert isinstance(face.within(wrapped, use), Message)
    assert server.last.headers["x-stainless-raw-response"] == "stream"
    assert face.within(wrapped, lambda response: response.json()) == MESSAGE
    assert face.within(wrapped, lambda response: response.text()).startswith("{")
    assert face.within(wrapped, lambda response: response.read()).startswith(b"{")
    seen: list[Any] = []
    face.within(wrapped, seen.append)
    assert seen[0].is_closed
    assert wrapped.__name__ and client.messages.with_streaming_response.create.__name__ == "create"


def test_the_request_is_made_on_entry(face: Face) -> None:
    server = Recorder()
    client = face.client(server)
    manager = client.messages.with_streaming_response.create(**ARGUMENTS)
    assert not server.requests
    face.within(lambda: manager, lambda response: None)
    assert len(server.requests) == 1


def test_iterating(face: Face) -> None:
    client = face.client(respond(b"one\ntwo\n", "text/plain"))

    async def gather(items: Any) -> list[Any]:
        return [item async for item in items]

    def collect(items: Any) -> Any:
        return gather(items) if face.is_async else list(items)

    def wrapped() -> Any:
        return client.messages.with_streaming_response.create(**ARGUMENTS)

    assert b"".join(face.within(wrapped, lambda response: collect(response.iter_bytes(3)))) == b"one\ntwo\n"
    assert "".join(face.within(wrapped, lambda response: collect(response.iter_text()))) == "one\ntwo\n"
    assert face.within(wrapped, lambda response: collect(response.iter_lines())) == ["one", "two"]


class Unread(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that can be read once."""

    def __iter__(self) -> Any:
        yield b"{}"

    async def __aiter__(self) -> Any:
        yield b"{}"


def test_reading_after_iterating(face: Face) -> None:
    client = face.client(Recorder(httpx.Response(200, stream=Unread())))

    def use(response: Any) -> Any:
        list(response.iter_bytes())
        return response.read()

    async def ause(response: Any) -> Any:
        async for _ in response.iter_bytes():
            pass
        return await response.read()

    with pytest.raises(StreamAlreadyConsumed, match=r"\.read\(\)") as caught:
        face.within(lambda: client.messages.with_streaming_response.create(**ARGUMENTS), ause if face.is_async else use)
    assert isinstance(caught.value, anthropic.AnthropicError)


def test_failures_while_reading(face: Face) -> None:
    class Broken(Unread):
        def __iter__(self) -> Any:
            yield b"{"
            raise httpx.ReadError("gone")

        async def __aiter__(self) -> Any:
            yield b"{"
            raise httpx.ReadError("gone")

    server = Recorder(httpx.Response(200, stream=Broken()))
    for use in (lambda response: response.read(), lambda response: response.json(), lambda response: response.parse()):
        client = face.client(server)
        with pytest.raises(anthropic.APIConnectionError) as caught:
            face.within(lambda client=client: client.messages.with_streaming_response.create(**ARGUMENTS), use)
        assert isinstance(caught.value.__cause__, httpx.ReadError)
        server.responses = [httpx.Response(200, stream=Broken())]


def test_binary_responses(face: Face, tmp_path: Path) -> None:
    file = tmp_path / "file"
    kind: Any = AsyncBinaryAPIResponse if face.is_async else BinaryAPIResponse
    streamed: Any = AsyncStreamedBinaryAPIResponse if face.is_async else StreamedBinaryAPIResponse
    client = face.client(respond(b"\x00\x01" * 1000, "application/octet-stream"))
    binary = face.call(client.get, "/file", cast_to=kind)
    assert type(binary) is kind
    face.call(binary.write_to_file, file)
    assert file.read_bytes() == b"\x00\x01" * 1000
    options = {"headers": {"X-Stainless-Raw-Response": "stream"}}
    later = face.call(client.get, "/file", cast_to=kind, options=options)
    assert type(later) is streamed
    face.call(later.stream_to_file, file, chunk_size=7)
    assert file.read_bytes() == b"\x00\x01" * 1000


def test_a_stream_class_without_its_item_closes_the_response(face: Face) -> None:
    closed: list[bool] = []

    class Body(Unread):
        def close(self) -> None:
            closed.append(True)

        async def aclose(self) -> None:
            closed.append(True)

    client = face.client(Recorder(httpx.Response(200, stream=Body())))
    stream_class: Any = anthropic.AsyncStream if face.is_async else anthropic.Stream
    with pytest.raises(TypeError, match="type of its items"):
        face.call(client.get, "/x", cast_to=object, stream=True, stream_cls=stream_class)
    assert closed


def test_the_default_stream(face: Face) -> None:
    headers = {"content-type": "text/event-stream"}
    client = face.client(Recorder(httpx.Response(200, content=ALL_EVENTS, headers=headers)))
    stream = face.call(client.post, "/x", cast_to=RawMessageStreamEvent, stream=True)
    assert type(stream) is (anthropic.AsyncStream if face.is_async else anthropic.Stream)

    class Mine(type(stream)[RawMessageStreamEvent]):  # type: ignore[misc]
        pass

    mine = face.call(client.post, "/x", cast_to=object, stream=True, stream_cls=Mine)
    assert type(mine) is Mine
