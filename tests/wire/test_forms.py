"""Forms are written as the document describes their members (OpenAPI 3.1 §4.8.14, §4.8.15), alone or beside JSON."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from .operations import FILE, TEXT, Operations, Part, body, content_type, parts, thing
from .packages import Package

OPERATIONS = Operations()
declared, sent = OPERATIONS.declare, OPERATIONS.sent


@pytest.fixture(scope="module", autouse=True)
def generated(tmp_path_factory: pytest.TempPathFactory) -> None:
    OPERATIONS.generate(tmp_path_factory.mktemp("package"))


PARTS = declared(
    body(
        {
            "multipart/form-data": thing(
                file=FILE,
                files={"type": "array", "items": FILE},
                labels={"type": "array", "items": TEXT},
                meta=thing(a=TEXT),
                metas={"type": "array", "items": thing(a=TEXT)},
                day={"type": "string", "format": "date"},
                flag={"type": "boolean"},
                none={"type": ["string", "null"]},
            )
        },
        required=True,
    )
)


def test_parts() -> None:
    request = sent(
        PARTS,
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
    "schema": thing(
        icon=FILE, note=TEXT, data={"type": "string", "format": "byte"}, tags={"type": "array", "items": TEXT}
    ),
    "encoding": {
        "icon": {"contentType": "image/png, image/*", "headers": {"X-Kind": {"schema": {"const": "icon"}}}},
        "note": {"contentType": "text/markdown"},
        "tags": {"style": "form", "explode": False},
    },
}


ICON = declared(body({"multipart/form-data": ENCODED}, required=True))


def test_the_encoding_of_parts() -> None:
    request = sent(ICON, icon=b"1", note="# x", data=io.BytesIO(b"abc"), tags=["a", "b"])
    assert parts(request) == [
        Part("icon", "upload", "image/png", b"1"),
        Part("note", None, "text/markdown", b"# x"),
        Part("data", None, "", b"YWJj"),
        Part("tags", None, "", b"a,b"),
    ]
    assert b"X-Kind: icon\r\n" in request.content


JSON_PARTS = {
    "schema": thing(color=TEXT, meta=TEXT, size={"type": "integer"}),
    "encoding": {name: {"contentType": "application/json"} for name in ("color", "meta", "size")},
}
AS_JSON = declared(body({"multipart/form-data": JSON_PARTS}, required=True))


def test_texts_in_parts_of_json() -> None:
    found = parts(sent(AS_JSON, color="red", meta='{"a": 1}', size=1))
    assert [(part.type, part.content) for part in found] == [
        ("application/json", text) for text in (b'"red"', b'{"a": 1}', b"1")
    ]


def test_before_3_1_parts_have_no_style(tmp_path: Path) -> None:
    client, requests = Package(tmp_path, {"openapi": "3.0.3", "paths": {"/x": OPERATIONS.by_name[ICON]}}).client()
    client.find.send(tags=["a", "b"])
    assert [part.content for part in parts(requests[-1])] == [b"a", b"b"]


def test_what_the_caller_says_of_a_file_wins() -> None:
    (part,) = parts(sent(ICON, icon=("a.gif", b"1")))
    assert (part.filename, part.type) == ("a.gif", "image/gif")


FIELDS = {
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
FORM = declared(body({"application/x-www-form-urlencoded": FIELDS}, required=True))


def test_a_form() -> None:
    request = sent(
        FORM,
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


BOTH = {
    "application/json": thing(["text"], text=TEXT, reply=thing(id=TEXT), photo={"$ref": "#/components/schemas/Link"}),
    "multipart/form-data": thing(["text"], text=TEXT, photo=FILE, **{"files[0]": FILE}),
}


MESSAGE = declared(body(BOTH, required=True))


def test_what_is_given_decides_between_json_and_a_form() -> None:
    request = sent(MESSAGE, text="t", reply={"id": "1"}, photo={"url": "u"})
    assert json.loads(request.content) == {"text": "t", "reply": {"id": "1"}, "photo": {"url": "u"}}
    assert content_type(request) == "application/json"
    assert [part.name for part in parts(sent(MESSAGE, text="t", photo=b"p"))] == ["text", "photo"]
    assert [part.name for part in parts(sent(MESSAGE, text="t", files_0=("a", b"f")))] == ["text", "files[0]"]


def test_what_fits_no_media_type_is_refused() -> None:
    with pytest.raises(TypeError, match="can't be sent together: 'photo', 'reply', 'text'"):
        sent(MESSAGE, text="t", reply={"id": "1"}, photo=b"p")


FORMS = {"application/x-www-form-urlencoded": thing(a=TEXT), "multipart/form-data": thing(a=TEXT, b=FILE)}
TWO_FORMS = declared(body(FORMS, required=True))


INVITES: dict[str, Any] = {"anyOf": [thing(["age"], age={"type": "integer"}), thing(["name"], name=TEXT)]}
OPTIONAL_PARTS = declared(body({"multipart/form-data": thing(a=TEXT, b=FILE)}, required=True))
INVITE = declared(
    body(
        {"application/json": INVITES, "multipart/form-data": {"allOf": [INVITES, thing(users=FILE)]}},
        required=True,
    )
)


def test_a_file_in_a_whole_body_makes_a_form_of_it() -> None:
    request = sent(INVITE, body={"age": 1})
    assert (content_type(request), request.content) == ("application/json", b'{"age":1}')
    request = sent(INVITE, body={"age": 1, "users": b"a"})
    assert [(part.name, part.content) for part in parts(request)] == [("age", b"1"), ("users", b"a")]


def test_a_body_that_must_be_there_is_a_form_without_parts() -> None:
    request = sent(OPTIONAL_PARTS)
    boundary = content_type(request).removeprefix("multipart/form-data; boundary=")
    assert request.content == f"--{boundary}--\r\n".encode()  # RFC 2046 §5.1.1: the boundary that ends it


def test_a_form_beside_a_multipart_form() -> None:
    assert content_type(sent(TWO_FORMS, a="x")) == "application/x-www-form-urlencoded"


EITHER = declared(body({**BOTH, "application/json": thing(["text"], text=TEXT)}, required=False))


def test_an_optional_body_of_two_media_types() -> None:
    assert sent(EITHER).content == b""
    with pytest.raises(TypeError, match="Missing required arguments: 'text'"):
        sent(EITHER, photo=b"p")
    assert [part.name for part in parts(sent(EITHER, text="t", photo=b"p"))] == ["text", "photo"]


ANY_FORM = declared(body({"multipart/form-data": {}}, required=True))


def test_a_form_must_be_a_mapping() -> None:
    with pytest.raises(TypeError, match="must be a mapping, not list"):
        sent(ANY_FORM, body=["a"])
    (part,) = parts(sent(ANY_FORM, body={"a": b"1"}))
    assert part == Part("a", "upload", "application/octet-stream", b"1")
