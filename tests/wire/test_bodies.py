"""Bodies are sent in the media types of the document, and as it describes their members (OpenAPI 3.1 §4.8.13 to §4.8.15)."""

from __future__ import annotations

import datetime
import io
import json
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import httpx
import pytest

from .packages import Package

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
FILE: Schema = {"type": "string", "format": "binary"}


def thing(required: list[str] | None = None, **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


def body(content: dict[str, Any], verb: str = "post", **more: Any) -> dict[str, Any]:
    """An operation with a body; `content` gives the schemas of media types, or whole Media Type Objects."""
    types = {name: media if set(media) & {"schema", "encoding"} else {"schema": media} for name, media in content.items()}
    request = {"content": types, **more}
    return {verb: {"requestBody": request, "responses": {"204": {"description": "Done."}}}}


class Part(NamedTuple):
    name: str
    filename: str | None
    type: str
    content: bytes


def parts(request: httpx.Request) -> list[Part]:
    """The parts of a multipart body, as the standard library reads them."""
    head = b"content-type: " + request.headers["content-type"].encode() + b"\r\n\r\n"
    whole = message_from_bytes(head + request.content, policy=policy.HTTP)
    found: list[Any] = list(whole.iter_parts())  # type: ignore[attr-defined]
    return [
        Part(
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get("content-type", ""),
            part.get_payload(decode=True),
        )
        for part in found
    ]


@pytest.fixture
def sent(tmp_path: Path) -> Any:
    """A function that makes a package of one operation and calls it: the last request."""

    def send(operation: dict[str, Any], *calls: dict[str, Any], version: str = "3.1.0", **arguments: Any) -> httpx.Request:
        package = Package(tmp_path, {"openapi": version, "paths": {"/x": operation}})
        client, requests = package.client()
        for call in (*calls, arguments):
            client.find.send(**call)
        return requests[-1]

    return send


def content_type(request: httpx.Request) -> str:
    return str(request.headers["content-type"])


@pytest.mark.parametrize(
    ("media", "schema", "argument", "content"),
    [
        ("image/png", FILE, b"\x89PNG", b"\x89PNG"),
        ("image/png", FILE, io.BytesIO(b"opened"), b"opened"),
        ("text/plain", TEXT, "hé", "hé".encode()),
        ("text/csv; header=present", TEXT, b"a,b", b"a,b"),
        ("application/xml", thing(a=TEXT), "<a/>", b"<a/>"),
        ("application/soap+xml", {}, b"<a/>", b"<a/>"),
        ("application/json", {"type": "array", "items": TEXT}, ["a"], b'["a"]'),
        ("application/json", TEXT, "a", b'"a"'),
        ("application/json", {"type": ["array", "null"], "items": TEXT}, None, b"null"),
        ("application/vnd.api+json; version=1", {"type": "object"}, {"a": 1}, b'{"a":1}'),
        ("*/*", {"type": "object", "additionalProperties": True}, {"a": 1}, b'{"a":1}'),
    ],
)
def test_a_whole_body(sent: Any, media: str, schema: Schema, argument: Any, content: bytes) -> None:
    request = sent(body({media: schema}, required=True), body=argument)
    assert request.content == content
    assert content_type(request) == ("application/json" if media == "*/*" else media)


@pytest.mark.parametrize("media", ['application/ld+json; profile="https://ns.test/card"', "application/merge-patch+json"])
def test_members_as_json_of_a_kind(sent: Any, media: str) -> None:
    request = sent(body({media: thing(a=TEXT)}, "patch", required=True), a="x")
    assert (content_type(request), request.content) == (media, b'{"a":"x"}')


def test_the_caller_says_what_a_range_is(sent: Any, tmp_path: Path) -> None:
    operation = body({"image/*": FILE}, required=True)
    assert content_type(sent(operation, body=b"", content_type="image/webp")) == "image/webp"
    package = Package(tmp_path / "other", {"paths": {"/x": operation}})
    with pytest.raises(TypeError, match="content_type"):
        package.client()[0].find.send(body=b"")


@pytest.mark.parametrize("media", ["*/*", "application/octet-stream"])
def test_bytes_of_any_type(sent: Any, media: str) -> None:
    assert content_type(sent(body({media: FILE}, required=True), body=b"")) == "application/octet-stream"


def test_the_caller_chooses_from_several_types(tmp_path: Path) -> None:
    package = Package(tmp_path, {"paths": {"/x": body({"image/png": FILE, "image/jpeg": FILE}, required=True)}})
    client, requests = package.client()
    client.find.send(body=b"")
    client.find.send(body=b"", content_type="image/jpeg")
    assert list(map(content_type, requests)) == ["image/png", "image/jpeg"]
    assert 'content_type: Literal["image/png", "image/jpeg"]' in package.files[f"src/{package.name}/resources/find.py"]
    assert package.codes == []


def test_patches_of_several_kinds(tmp_path: Path) -> None:
    kinds = ["application/json-patch+json", "application/merge-patch+json"]
    package = Package(tmp_path, {"paths": {"/x": body(dict.fromkeys(kinds, {"type": "object"}), "patch", required=True)}})
    client, requests = package.client()
    client.find.send(body={"a": 1})
    client.find.send(body={"a": 1}, content_type=kinds[1])
    assert [(content_type(request), request.content) for request in requests] == [(kind, b'{"a":1}') for kind in kinds]


def test_a_multipart_body_of_another_kind_is_the_callers_business(sent: Any) -> None:
    request = sent(body({"multipart/related": {}}, required=True), body=b"--b--", content_type="multipart/related; boundary=b")
    assert (content_type(request), request.content) == ("multipart/related; boundary=b", b"--b--")


def test_parts(sent: Any) -> None:
    schema = thing(
        file=FILE,
        files={"type": "array", "items": FILE},
        labels={"type": "array", "items": TEXT},
        meta=thing(a=TEXT),
        metas={"type": "array", "items": thing(a=TEXT)},
        day={"type": "string", "format": "date"},
        flag={"type": "boolean"},
        none={"type": ["string", "null"]},
    )
    request = sent(
        body({"multipart/form-data": schema}, required=True),
        file=("a.txt", b"A"),
        files=[b"1", ("2.png", io.BytesIO(b"2"), "image/x-png")],
        labels=["x", "y"],
        meta={"a": "b"},
        metas=({"a": text} for text in "cd"),
        day=datetime.date(2024, 1, 2),
        flag=True,
        none=None,
    )
    assert content_type(request).startswith("multipart/form-data; boundary=")
    assert parts(request) == [
        Part("file", "a.txt", "text/plain", b"A"),
        Part("files", "upload", "application/octet-stream", b"1"),
        Part("files", "2.png", "image/x-png", b"2"),
        Part("labels", None, "", b"x"),
        Part("labels", None, "", b"y"),
        Part("meta", None, "application/json", b'{"a":"b"}'),
        Part("metas", None, "application/json", b'{"a":"c"}'),
        Part("metas", None, "application/json", b'{"a":"d"}'),
        Part("day", None, "", b"2024-01-02"),
        Part("flag", None, "", b"true"),
    ]


ENCODED = {
    "schema": thing(icon=FILE, note=TEXT, data={"type": "string", "format": "byte"}, tags={"type": "array", "items": TEXT}),
    "encoding": {
        "icon": {"contentType": "image/png, image/*", "headers": {"X-Kind": {"schema": {"const": "icon"}}}},
        "note": {"contentType": "text/markdown"},
        "tags": {"style": "form", "explode": False},
    },
}


def test_the_encoding_of_parts(sent: Any) -> None:
    operation = body({"multipart/form-data": ENCODED}, required=True)
    request = sent(operation, icon=b"1", note="# x", data=io.BytesIO(b"abc"), tags=["a", "b"])
    assert parts(request) == [
        Part("icon", "upload", "image/png", b"1"),
        Part("note", None, "text/markdown", b"# x"),
        Part("data", None, "", b"YWJj"),
        Part("tags", None, "", b"a,b"),
    ]
    assert b"X-Kind: icon\r\n" in request.content


def test_before_3_1_parts_have_no_style(sent: Any) -> None:
    request = sent(body({"multipart/form-data": ENCODED}, required=True), version="3.0.3", tags=["a", "b"])
    assert [part.content for part in parts(request)] == [b"a", b"b"]


def test_what_the_caller_says_of_a_file_wins(sent: Any) -> None:
    operation = body({"multipart/form-data": ENCODED}, required=True)
    (part,) = parts(sent(operation, icon=("a.gif", b"1")))
    assert (part.filename, part.type) == ("a.gif", "image/gif")


def test_a_form(sent: Any) -> None:
    media = {
        "schema": thing(
            a=TEXT,
            list={"type": "array", "items": TEXT},
            commas={"type": "array", "items": TEXT},
            deep={"type": "object", "additionalProperties": True},
            object={"type": "object", "additionalProperties": True},
            json={"type": "array", "items": TEXT},
            when={"type": "string", "format": "date-time"},
            empty=TEXT,
        ),
        "encoding": {
            "commas": {"explode": False},
            "deep": {"style": "deepObject", "explode": True},
            "json": {"contentType": "application/json"},
        },
    }
    request = sent(
        body({"application/x-www-form-urlencoded": media}, required=True),
        a="é&",
        list=["1", "2"],
        commas=["1", "2"],
        deep={"b": {"c": [1, 2]}},
        object={"b": 1},
        json=["1"],
        when=datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc),
        empty="",
    )
    assert content_type(request) == "application/x-www-form-urlencoded"
    assert parse_qsl(request.content.decode(), keep_blank_values=True) == [
        ("a", "é&"),
        ("list", "1"),
        ("list", "2"),
        ("commas", "1,2"),
        ("deep[b][c][0]", "1"),
        ("deep[b][c][1]", "2"),
        ("object", '{"b":1}'),
        ("json", '["1"]'),
        ("when", "2024-01-02T00:00:00Z"),
        ("empty", ""),
    ]


@pytest.mark.parametrize(
    ("media", "content"),
    [
        ("application/jsonl", b'{"a":"1"}\n{"a":"2"}\n'),
        ("application/json-seq", b'\x1e{"a":"1"}\n\x1e{"a":"2"}\n'),
    ],
)
@pytest.mark.parametrize("schema", [thing(a=TEXT), {"type": "array", "items": thing(a=TEXT)}])
def test_json_lines(sent: Any, media: str, content: bytes, schema: Schema) -> None:
    request = sent(body({media: schema}, required=True), body=({"a": str(number)} for number in (1, 2)))
    assert (content_type(request), request.content) == (media, content)


BOTH = {
    "application/json": thing(["text"], text=TEXT, reply=thing(id=TEXT), photo={"$ref": "#/components/schemas/Link"}),
    "multipart/form-data": thing(["text"], text=TEXT, photo=FILE, **{"files[0]": FILE}),
}


@pytest.fixture
def both(tmp_path: Path) -> Any:
    components = {"schemas": {"Link": thing(url=TEXT)}}
    return Package(tmp_path, {"paths": {"/x": body(BOTH, required=True)}, "components": components}).client()


def test_what_is_given_decides_between_json_and_a_form(both: Any) -> None:
    client, requests = both
    client.find.send(text="t", reply={"id": "1"}, photo={"url": "u"})
    assert json.loads(requests[-1].content) == {"text": "t", "reply": {"id": "1"}, "photo": {"url": "u"}}
    assert content_type(requests[-1]) == "application/json"
    client.find.send(text="t", photo=b"p")
    assert [part.name for part in parts(requests[-1])] == ["text", "photo"]
    client.find.send(text="t", files_0=("a", b"f"))
    assert [part.name for part in parts(requests[-1])] == ["text", "files[0]"]


def test_what_fits_no_media_type_is_refused(both: Any) -> None:
    client, requests = both
    with pytest.raises(TypeError, match="can't be sent together: 'photo', 'reply', 'text'"):
        client.find.send(text="t", reply={"id": "1"}, photo=b"p")
    assert requests == []


def test_a_form_beside_a_multipart_form(sent: Any) -> None:
    same = {"application/x-www-form-urlencoded": thing(a=TEXT), "multipart/form-data": thing(a=TEXT, b=FILE)}
    assert content_type(sent(body(same, required=True), a="x")) == "application/x-www-form-urlencoded"


def test_another_way_to_write_the_same_is_no_loss(tmp_path: Path) -> None:
    media = ["application/json", "text/json", "application/*+json", "application/x-www-form-urlencoded"]
    package = Package(tmp_path, {"paths": {"/x": body(dict.fromkeys(media, thing(a=TEXT)), required=True)}})
    client, requests = package.client()
    client.find.send(a="x")
    assert (content_type(requests[-1]), package.codes) == ("application/json", [])


@pytest.mark.parametrize("verb", ["get", "delete", "post"])
def test_a_body_of_any_verb(sent: Any, verb: str) -> None:
    request = sent(body({"application/json": thing(a=TEXT)}, verb, required=True), a="x")
    assert (request.method, request.content) == (verb.upper(), b'{"a":"x"}')


MEDIA = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]


@pytest.mark.parametrize("media", MEDIA)
def test_without_arguments_no_body_is_sent(sent: Any, media: str) -> None:
    assert sent(body({media: thing(a=TEXT)})).content == b""
    assert sent(body({media: thing(a=TEXT)}), a="x").content != b""


def test_extra_members_make_a_body(sent: Any) -> None:
    assert sent(body({"application/json": thing(a=TEXT)}), extra_body={"b": 1}).content == b'{"b":1}'


def test_a_required_body_is_sent_without_members(sent: Any) -> None:
    assert sent(body({"application/json": thing(a=TEXT)}, required=True)).content == b"{}"
    empty = {"type": "object", "properties": {}, "additionalProperties": False}
    assert sent(body({"application/json": empty}, required=True)).content == b"{}"


@pytest.mark.parametrize("media", MEDIA)
def test_required_members_are_required_unless_the_body_is_said_to_be_optional(sent: Any, media: str) -> None:
    with pytest.raises(TypeError, match="'a'"):
        sent(body({media: thing(["a"], a=TEXT, b=TEXT)}), b="x")
    optional = body({media: thing(["a"], a=TEXT, b=TEXT)}, required=False)
    assert sent(optional).content == b""
    with pytest.raises(TypeError, match="Missing required arguments: 'a'"):
        sent(optional, b="x")
    assert sent(optional, a="x").content != b""


def test_an_optional_body_of_two_media_types(sent: Any) -> None:
    optional = body(BOTH | {"application/json": thing(["text"], text=TEXT)}, required=False)
    assert sent(optional).content == b""
    with pytest.raises(TypeError, match="Missing required arguments: 'text'"):
        sent(optional, photo=b"p")
    assert [part.name for part in parts(sent(optional, text="t", photo=b"p"))] == ["text", "photo"]


def test_members_that_are_read_only_are_not_sent(tmp_path: Path) -> None:
    schema = thing(["id", "a"], id={"type": "string", "readOnly": True}, a=TEXT)
    package = Package(tmp_path, {"paths": {"/x": body({"application/json": schema}, required=True)}})
    client, requests = package.client()
    client.find.send(a="x")
    assert requests[-1].content == b'{"a":"x"}'
    with pytest.raises(TypeError, match="id"):
        client.find.send(a="x", id="1")


def test_a_body_that_no_media_type_can_say_twice(tmp_path: Path) -> None:
    package = Package(tmp_path, {"paths": {"/x": body({"application/json": thing(a=TEXT), "text/csv": TEXT})}})
    assert package.codes == ["LOW028"]


def test_a_form_must_be_a_mapping(sent: Any) -> None:
    with pytest.raises(TypeError, match="must be a mapping, not list"):
        sent(body({"multipart/form-data": {}}, required=True), body=["a"])
    (part,) = parts(sent(body({"multipart/form-data": {}}, required=True), body={"a": b"1"}))
    assert part == Part("a", "upload", "application/octet-stream", b"1")
