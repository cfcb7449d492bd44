"""What goes over the wire: verbs, bodies, forms, files."""

from __future__ import annotations

import base64
import datetime
import io
import json
from collections import deque
from pathlib import Path
from typing import Any

import httpx
import pytest

import anthropic
from anthropic import BaseModel, file_from_path
from anthropic._utils import format_path, make_request_options, required_args
from anthropic.types import TextBlock

from ..faces import ARGUMENTS, Face, Recorder


def post(face: Face, path: str = "/x", **arguments: Any) -> httpx.Request:
    """The request that `client.post` makes."""
    server = Recorder()
    face.call(face.client(server).post, path, cast_to=object, **arguments)
    return server.last


@pytest.mark.parametrize("verb", ["get", "post", "put", "patch", "delete"])
def test_verbs(face: Face, verb: str) -> None:
    server = Recorder()
    face.call(getattr(face.client(server), verb), "/x", cast_to=object)
    assert (server.last.method, server.last.content) == (verb.upper(), b"")
    if verb != "get":
        face.call(getattr(face.client(server), verb), "/x", cast_to=object, body={"a": 1})
        assert server.last.content == b'{"a":1}'


def test_options(face: Face) -> None:
    options: Any = {"headers": {"X-A": "1"}, "params": {"q": "2"}, "timeout": 3, "extra_json": {"b": 4}}
    request = post(face, body={"a": 1}, options=options)
    assert request.headers["x-a"] == "1" and request.url.query == b"q=2"
    assert request.extensions["timeout"]["read"] == 3
    assert json.loads(request.content) == {"a": 1, "b": 4}


def test_the_body_of_create(face: Face) -> None:
    server = Recorder()
    face.create(face.client(server), system="s", temperature=0.5, stop_sequences=["a"], stream=False)
    assert list(json.loads(server.last.content)) == [
        "max_tokens",
        "messages",
        "model",
        "stop_sequences",
        "stream",
        "system",
        "temperature",
    ]
    assert json.loads(server.last.content)["stream"] is False
    face.create(face.client(server), metadata=None)
    assert json.loads(server.last.content)["metadata"] is None


def test_extra_body_wins(face: Face) -> None:
    server = Recorder()
    face.create(face.client(server), extra_body={"max_tokens": 99, "new": [1]})
    body = json.loads(server.last.content)
    assert body["max_tokens"] == 99 and body["new"] == [1]
    with pytest.raises(RuntimeError, match="Unexpected JSON data type, list, cannot merge with `extra_body`"):
        post(face, body=[1], options={"extra_json": {"a": 1}})
    assert post(face, options={"extra_json": {"a": 1}}).content == b'{"a":1}'


def test_all_kinds_of_values(face: Face) -> None:
    class Mine(BaseModel):
        when: datetime.date

    body = {
        "generator": ({"n": number} for number in range(2)),
        "tuple": (1, "\u00e9", None),
        "model": TextBlock(text="t", type="text"),
        "mine": Mine(when=datetime.date(2024, 1, 2)),
        "bytes": b"\x00\x01",
        "file": io.BytesIO(b"abc"),
        "moment": datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc),
        "surrogate": "\ud800",
        "skipped": anthropic.NOT_GIVEN,
    }
    sent = json.loads(post(face, body=body).content)
    assert sent["generator"] == [{"n": 0}, {"n": 1}] and sent["tuple"] == [1, "\u00e9", None]
    assert sent["model"] == {"text": "t", "type": "text"} and sent["mine"] == {"when": "2024-01-02"}
    assert base64.b64decode(sent["bytes"]) == b"\x00\x01" and base64.b64decode(sent["file"]) == b"abc"
    assert sent["moment"].startswith("2024-01-02T03:04:05") and sent["surrogate"] == "\ud800"
    assert "skipped" not in sent


def test_a_mistaken_type_names_its_place(face: Face) -> None:
    messages = [{"role": "user", "content": [{"type": "text", "text": {1, 2}.__class__}]}]
    with pytest.raises(TypeError, match=r"messages\[0\]\.content\[0\]\.text"):
        face.create(face.client(Recorder()), messages=messages)


def test_answers_go_back_as_they_came(face: Face) -> None:
    server = Recorder()
    client = face.client(server)
    message = face.create(client)
    face.create(client, messages=[*ARGUMENTS["messages"], {"role": "assistant", "content": message.content}])
    assert json.loads(server.last.content)["messages"][1]["content"] == [{"text": "Hello", "type": "text"}]


MULTIPART = {"headers": {"Content-Type": "multipart/form-data"}}


def parts(request: httpx.Request) -> list[tuple[str, bytes]]:
    """The heads and bodies of a multipart form."""
    boundary = request.headers["content-type"].partition("boundary=")[2].encode()
    chunks = request.content.split(b"--" + boundary)[1:-1]
    return [(head.decode(), body[:-2]) for head, _, body in (chunk.partition(b"\r\n\r\n") for chunk in chunks)]


def test_a_form_with_files(face: Face, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("from a path")
    files = {
        "bytes": b"raw",
        "file": io.BytesIO(b"opened"),
        "path": path,
        "named": ("name.json", b"{}", "application/json"),
        "read": file_from_path(str(path)),
    }
    request = post(face, body={"tags": ["a", "b"], "n": {"k": True}}, files=files, options=MULTIPART)
    form = parts(request)
    assert [body for _, body in form] == [b"a", b"b", b"true", b"raw", b"opened", b"from a path", b"{}", b"from a path"]
    assert 'name="tags[]"' in form[0][0] and 'name="n[k]"' in form[2][0]
    assert 'filename="note.txt"' in form[5][0] and "application/json" in form[6][0]
    assert int(request.headers["content-length"]) == len(request.content)


def test_a_form_without_files(face: Face) -> None:
    assert [body for _, body in parts(post(face, body={"a": "1"}, options=MULTIPART))] == [b"1"]
    given = {"headers": {"Content-Type": "multipart/form-data; boundary=abc"}}
    request = post(face, body={"a": "1"}, options=given)
    assert request.headers["content-type"] == "multipart/form-data; boundary=abc"
    assert request.content.startswith(b"--abc\r\n")


def test_files_are_sent_again_on_a_retry(face: Face, no_delay: None) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self.data = data

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            data, self.data = self.data, b""
            return data

    server = Recorder(httpx.Response(500), httpx.ReadError("x"), {})
    files = [("a", io.BytesIO(b"seekable")), ("b", Pipe(b"pipe"))]
    face.call(face.client(server).post, "/x", cast_to=object, files=files, options=MULTIPART)
    assert [[body for _, body in parts(request)] for request in server.requests] == [[b"seekable", b"pipe"]] * 3


def test_files_of_a_wrong_type(face: Face) -> None:
    with pytest.raises(TypeError, match=r"files\['a'\]: expected bytes, a file or a path, got int"):
        post(face, files={"a": 5}, options=MULTIPART)


def test_other_kinds_of_bodies(face: Face, tmp_path: Path) -> None:
    form = {"headers": {"Content-Type": "application/x-www-form-urlencoded"}}
    assert post(face, body={"a": [1, 2], "b": "x y"}, options=form).content == b"a=1&a=2&b=x%20y"
    path = tmp_path / "data"
    path.write_bytes(b"data")
    binary = {"headers": {"content-type": "application/octet-stream"}}
    for body in (b"data", "data", bytearray(b"data"), path, io.BytesIO(b"data"), io.StringIO("data")):
        request = post(face, body=body, options=binary)
        assert request.content == b"data" and request.headers["content-type"] == "application/octet-stream"


def test_format_path() -> None:
    assert format_path("/a/{id}/b/{n}", id="x/y z\u00e9", n=5) == "/a/x%2Fy%20z%C3%A9/b/5"
    assert format_path("/a/{id}", id="..") == "/a/%2E%2E"
    assert format_path("/a/{one}/{two}", one="{two}", two=True) == "/a/%7Btwo%7D/true"
    assert format_path("/a/{template}", template="x") == "/a/x"
    for empty in ("", None, anthropic.NOT_GIVEN):
        with pytest.raises(ValueError, match="Expected a non-empty value for `id`"):
            format_path("/a/{id}", id=empty)


def test_options_of_generated_methods() -> None:
    options: Any = make_request_options(
        headers={"A": "1", "B": anthropic.NOT_GIVEN},
        query={"q": 1, "r": anthropic.NOT_GIVEN},
        extra_headers={"A": "2"},
        extra_query={"q": 3},
        timeout=anthropic.NOT_GIVEN,
    )
    assert options["headers"] == {"A": "2"} and options["params"] == {"q": 3}
    assert "timeout" not in options and "extra_json" not in options


def test_required_arguments_of_one_variant() -> None:
    class Resource:
        @required_args(["one"])
        def call(self, *, one: int = 0) -> int:
            return one

        @required_args(["one", "two", "three"])
        def more(self, **given: int) -> None: ...

    assert Resource().call(one=1) == 1
    with pytest.raises(TypeError, match="Missing required argument: 'one'"):
        Resource().call()
    with pytest.raises(TypeError, match="Missing required arguments: 'one', 'two' and 'three'"):
        Resource().more()


@pytest.mark.parametrize(
    ("params", "text"),
    [
        ({"a": [1, 2]}, "a=1%2C2"),
        ({"a": {"b": {"c": False}}}, "a%5Bb%5D%5Bc%5D=false"),
        ({"a": [None, 1, True]}, "a=1%2Ctrue"),
        ({"a": None, "b": "", "c": 0}, "c=0"),
        ({"a": []}, "a="),
        ({"a b": "\u00e9&="}, "a%20b=%C3%A9%26%3D"),
        ({"a": (1.5,)}, "a=1.5"),
        ({"a": {7}, "b": frozenset({8})}, "a=7&b=8"),
        ({"a": {1: 2, 3: 4}.keys(), "b": {1: 2, 3: 4}.values()}, "a=1%2C3&b=2%2C4"),
        ({"a": range(3), "b": (number for number in (1, None, 2)), "c": deque([5])}, "a=0%2C1%2C2&b=1%2C2&c=5"),
        ({"a": b"x"}, "a=b%27x%27"),
        ({}, ""),
    ],
)
def test_query_strings(params: dict[str, object], text: str) -> None:
    assert anthropic.Anthropic(api_key="k").qs.stringify(params) == text


def test_half_a_surrogate_pair_in_a_query() -> None:
    qs = anthropic.Anthropic(api_key="k").qs
    with pytest.raises(ValueError, match="The query parameter 'a' has half of a surrogate pair in it"):
        qs.stringify({"a": "secret \ud83d"})
    with pytest.raises(ValueError, match="half of a surrogate pair"):
        qs.stringify({"\ud83d": 1})


def test_each_attempt_has_the_whole_query(face: Face, no_delay: None) -> None:
    server = Recorder(httpx.Response(500), httpx.Response(500), {"id": "m"})
    face.call(face.client(server).get, "/x", cast_to=object, options={"params": {"a": iter("xy")}})
    assert [request.url.query for request in server.requests] == [b"a=x%2Cy"] * 3


def test_unknown_options_are_refused(face: Face) -> None:
    with pytest.raises(TypeError, match="nonsense"):
        post(face, options={"nonsense": 1})
