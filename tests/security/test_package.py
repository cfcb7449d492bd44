"""What the package promises to programs: no secret in pickles, no file that nobody named, no cut stream in silence."""

from __future__ import annotations

import copy
import gzip
import logging
import pickle
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import anthropic
from anthropic._exceptions import InvalidURLError, StreamEndedError
from anthropic._http import exchange

from ..sdk.faces import ARGUMENTS, Face, Recorder
from ..sdk.fault_server import MESSAGE
from ..sdk.streams import TEXT_EVENTS, record

SECRETS = ("key-in-a-header", "key-in-the-query", "set-by-the-server", "of-the-user", "name-in-url", "password-in-url")


def failed(face: Face, **options: Any) -> anthropic.APIStatusError:
    """The error of a call that carried a secret in every place that has room for one."""
    server = Recorder(
        httpx.Response(
            400,
            json={"error": {"type": "invalid_request_error", "message": "no"}},
            headers={"set-cookie": "session=set-by-the-server", "x-kept": "yes"},
        )
    )
    client = face.client(
        server,
        api_key="key-in-a-header",
        default_headers={"X-Whatever": "of-the-user"},
        base_url="https://name-in-url:password-in-url@api.example",
        **options,
    )
    with pytest.raises(anthropic.BadRequestError) as caught:
        face.create(client, extra_query={"api_key": "key-in-the-query", "page": "2"})
    sent = server.requests[0]
    assert "key-in-the-query" in str(sent.url) and sent.headers["x-whatever"] == "of-the-user"
    return caught.value


@pytest.mark.parametrize("made", [pickle.dumps, lambda error: pickle.dumps(vars(error)["request"]), repr, str])
def test_errors_show_no_secrets(face: Face, made: Any) -> None:
    shown = made(failed(face))
    data = shown if isinstance(shown, bytes) else shown.encode()
    assert [secret for secret in SECRETS if secret.encode() in data] == []


def test_what_is_no_secret_survives_a_pickle(face: Face) -> None:
    error = failed(face)
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert (type(again), again.status_code, again.body) == (type(error), 400, error.body)
        assert again.request.url.params["page"] == "2" and again.response.headers["x-kept"] == "yes"
        assert again.request.headers["content-type"] == "application/json"


def test_a_request_can_be_copied_and_sent_again(face: Face) -> None:
    request = failed(face).request
    for again in (copy.copy(request), copy.deepcopy(request)):
        assert again.headers["x-whatever"] == "of-the-user" and again.url == request.url


def test_paths_are_read_only_where_the_api_takes_a_file(face: Face, tmp_path: Path) -> None:
    file = tmp_path / "image.png"
    file.write_bytes(b"precious")
    server = Recorder(MESSAGE)
    client = face.client(server)
    strays: list[Any] = [
        [{"role": "user", "content": file}],
        [{"role": "user", "content": [{"type": "text", "text": file}]}],
        [{"role": "assistant", "content": [{"type": "tool_use", "id": "t", "name": "n", "input": {"data": file}}]}],
        [{"role": "user", "content": [{"type": "image", "source": {"media_type": file}}]}],
    ]
    for messages in strays:
        with pytest.raises(TypeError, match=r"messages\[0\].*: the API takes no file here"):
            face.create(client, messages=messages)
    with pytest.raises(TypeError, match="a: the API takes no file here"):
        face.call(client.post, "/x", body={"a": file}, cast_to=object)
    assert server.requests == []
    both = {"role": "user", "content": [{"type": "image", "source": {"data": file}}, {"type": "text", "text": file}]}
    with pytest.raises(TypeError, match="the API takes no file here"):
        face.create(client, messages=[both])
    assert server.requests == []
    image = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": file}}
    result = {"type": "tool_result", "tool_use_id": "t", "content": [image]}
    face.create(client, messages=[{"role": "user", "content": [image, result]}])
    assert server.requests[0].content.count(b'"cHJlY2lvdXM="') == 2


def cut(**headers: str) -> Recorder:
    """A stream that ends in good order, but without its last event."""
    kind = {"content-type": "text/event-stream", **headers}
    return Recorder(httpx.Response(200, content=b"".join(record(TEXT_EVENTS[:-1])), headers=kind))


def test_a_raw_stream_that_is_cut_off_is_logged(face: Face, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "anthropic"):
        assert face.stream(face.client(cut()))[-1].type == "message_delta"
    (entry,) = caplog.records
    assert "without its last event (message_stop)" in entry.getMessage()


def test_a_strict_client_refuses_a_raw_stream_that_is_cut_off(face: Face) -> None:
    with pytest.raises(StreamEndedError, match="cut off"):
        face.stream(face.client(cut(), _strict_response_validation=True))


def test_a_whole_stream_is_not_logged(face: Face, caplog: pytest.LogCaptureFixture) -> None:
    kind = {"content-type": "text/event-stream"}
    server = Recorder(httpx.Response(200, content=b"".join(record(TEXT_EVENTS)), headers=kind))
    with caplog.at_level(logging.WARNING, "anthropic"):
        assert face.stream(face.client(server))[-1].type == "message_stop"
    assert caplog.records == []


class Chunks(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that isn't there before it is read."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def __iter__(self) -> Iterator[bytes]:
        yield from (self.body[start : start + 100] for start in range(0, len(self.body), 100))

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


class Bomb:
    """A server whose small bodies become large ones."""

    def __init__(self, status: int, size: int) -> None:
        self.status = status
        self.body = gzip.compress(b'{"a": "' + b"x" * size + b'"}')
        self.requests = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        headers = {"content-encoding": "gzip", "content-type": "application/json"}
        return httpx.Response(self.status, stream=Chunks(self.body), headers=headers)


def test_a_long_body_of_an_error_is_not_kept(face: Face) -> None:
    with pytest.raises(anthropic.BadRequestError) as caught:
        face.create(face.client(Bomb(400, exchange.LONGEST_ERROR_BODY)))
    assert caught.value.body is None and caught.value.message == "Error code: 400"
    with pytest.raises(anthropic.BadRequestError) as caught:
        face.create(face.client(Bomb(400, 1000)))
    assert caught.value.body == {"a": "x" * 1000}


def test_a_client_may_bound_the_bodies_of_responses(face: Face) -> None:
    server = Bomb(200, 5000)
    client = face.client(server)
    assert face.call(client.get, "/x", cast_to=object) == {"a": "x" * 5000}
    client.max_response_bytes = 1000
    for bounded in (client, client.with_options(timeout=3)):
        with pytest.raises(anthropic.APIResponseValidationError, match="longer than the 1000 bytes"):
            face.call(bounded.get, "/x", cast_to=object)
    assert server.requests == 3


@pytest.mark.parametrize("path", ["/a\ud800", "/" + "a" * 70_000])
def test_a_path_that_is_no_part_of_a_url(face: Face, path: str) -> None:
    server = Recorder()
    with pytest.raises(InvalidURLError):
        face.call(face.client(server).get, path, cast_to=object)
    assert issubclass(InvalidURLError, anthropic.AnthropicError) and server.requests == []


def test_a_query_with_a_lone_surrogate(face: Face) -> None:
    with pytest.raises(anthropic.AnthropicError):
        face.create(face.client(Recorder()), extra_query={"a": "\ud800"})


@pytest.mark.parametrize("status", [307, 308])
def test_a_body_never_goes_from_https_to_http(face: Face, status: int) -> None:
    server = Recorder(httpx.Response(status, headers={"location": "http://api.example/v1/messages"}), MESSAGE)
    with pytest.raises(anthropic.APIConnectionError) as caught:
        face.create(face.client(server, base_url="https://api.example"))
    assert "without encryption" in str(caught.value.__cause__)
    assert [request.url.scheme for request in server.requests] == ["https"]


def test_other_redirects_are_followed(face: Face) -> None:
    server = Recorder(httpx.Response(308, headers={"location": "https://api.example/v2/messages"}), MESSAGE)
    assert face.create(face.client(server, base_url="https://api.example")).id
    assert server.requests[1].url.path == "/v2/messages" and len(ARGUMENTS) > 1
