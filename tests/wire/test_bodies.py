"""Bodies are sent in the media types of the document, and as it describes their members (OpenAPI 3.1 §4.8.13)."""

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
    types = {
        name: media if set(media) & {"schema", "encoding"} else {"schema": media} for name, media in content.items()
    }
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


OPERATIONS: dict[str, dict[str, Any]] = {}
"""Those of all tests, so that one package serves them; filled below, next to the tests."""


def declared(operation: dict[str, Any]) -> str:
    """Add an operation; the name by which tests call it."""
    OPERATIONS.setdefault(json.dumps(operation), operation)
    return json.dumps(operation)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, list[httpx.Request]]:
    paths = {f"/x{number}": operation for number, operation in enumerate(OPERATIONS.values())}
    components = {"schemas": {"Link": thing(url=TEXT)}}
    return Package(tmp_path_factory.mktemp("bodies"), {"paths": paths, "components": components}).client()


@pytest.fixture
def sent(client: tuple[Any, list[httpx.Request]]) -> Any:
    """A function that calls an operation: the request."""
    resource, requests = client[0].find, client[1]

    def send(operation: str, **arguments: Any) -> httpx.Request:
        requests.clear()
        getattr(resource, f"send{list(OPERATIONS).index(operation) or ''}")(**arguments)
        (request,) = requests
        return request

    return send


def content_type(request: httpx.Request) -> str:
    return str(request.headers["content-type"])


@pytest.mark.parametrize(
    ("operation", "media", "argument", "content"),
    [
        (declared(body({"image/png": FILE}, required=True)), "image/png", b"\x89PNG", b"\x89PNG"),
        (declared(body({"image/png": FILE}, required=True)), "image/png", io.BytesIO(b"opened"), b"opened"),
        (declared(body({"text/plain": TEXT}, required=True)), "text/plain", "hé", "hé".encode()),
        (declared(body({"text/csv; header=present": TEXT}, required=True)), "text/csv; header=present", b"a,b", b"a,b"),
        (declared(body({"application/xml": thing(a=TEXT)}, required=True)), "application/xml", "<a/>", b"<a/>"),
        (declared(body({"application/soap+xml": {}}, required=True)), "application/soap+xml", b"<a/>", b"<a/>"),
        (
            declared(body({"application/json": {"type": "array", "items": TEXT}}, required=True)),
            "application/json",
            ["a"],
            b'["a"]',
        ),
        (declared(body({"application/json": TEXT}, required=True)), "application/json", "a", b'"a"'),
        (
            declared(body({"application/json": {"type": ["array", "null"], "items": TEXT}}, required=True)),
            "application/json",
            None,
            b"null",
        ),
        (
            declared(body({"application/vnd.api+json; version=1": {"type": "object"}}, required=True)),
            "application/vnd.api+json; version=1",
            {"a": 1},
            b'{"a":1}',
        ),
        (
            declared(body({"*/*": {"type": "object", "additionalProperties": True}}, required=True)),
            "application/json",
            {"a": 1},
            b'{"a":1}',
        ),
    ],
)
def test_a_whole_body(sent: Any, operation: str, media: str, argument: Any, content: bytes) -> None:
    request = sent(operation, body=argument)
    assert (content_type(request), request.content) == (media, content)


KINDS = ['application/ld+json; profile="https://ns.test/card"', "application/merge-patch+json"]


@pytest.mark.parametrize(
    ("operation", "media"), [(declared(body({media: thing(a=TEXT)}, "patch", required=True)), media) for media in KINDS]
)
def test_members_as_json_of_a_kind(sent: Any, operation: str, media: str) -> None:
    request = sent(operation, a="x")
    assert (content_type(request), request.content) == (media, b'{"a":"x"}')


IMAGE = declared(body({"image/*": FILE}, required=True))


def test_the_caller_says_what_a_range_is(sent: Any) -> None:
    assert content_type(sent(IMAGE, body=b"", content_type="image/webp")) == "image/webp"
    with pytest.raises(TypeError, match="content_type"):
        sent(IMAGE, body=b"")


@pytest.mark.parametrize(
    "operation", [declared(body({media: FILE}, required=True)) for media in ("*/*", "application/octet-stream")]
)
def test_bytes_of_any_type(sent: Any, operation: str) -> None:
    assert content_type(sent(operation, body=b"")) == "application/octet-stream"


def test_the_caller_chooses_from_several_types(tmp_path: Path) -> None:
    package = Package(tmp_path, {"paths": {"/x": body({"image/png": FILE, "image/jpeg": FILE}, required=True)}})
    client, requests = package.client()
    client.find.send(body=b"")
    client.find.send(body=b"", content_type="image/jpeg")
    assert list(map(content_type, requests)) == ["image/png", "image/jpeg"]
    assert 'content_type: Literal["image/png", "image/jpeg"]' in package.files[f"src/{package.name}/resources/find.py"]
    assert package.codes == []


PATCHES = ["application/json-patch+json", "application/merge-patch+json"]
PATCH = declared(body(dict.fromkeys(PATCHES, {"type": "object"}), "patch", required=True))


def test_patches_of_several_kinds(sent: Any) -> None:
    requests = [sent(PATCH, body={"a": 1}), sent(PATCH, body={"a": 1}, content_type=PATCHES[1])]
    assert [(content_type(request), request.content) for request in requests] == [
        (kind, b'{"a":1}') for kind in PATCHES
    ]


RELATED = declared(body({"multipart/related": {}}, required=True))


def test_a_multipart_body_of_another_kind_is_the_callers_business(sent: Any) -> None:
    request = sent(RELATED, body=b"--b--", content_type="multipart/related; boundary=b")
    assert (content_type(request), request.content) == ("multipart/related; boundary=b", b"--b--")


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


def test_parts(sent: Any) -> None:
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


def test_the_encoding_of_parts(sent: Any) -> None:
    request = sent(ICON, icon=b"1", note="# x", data=io.BytesIO(b"abc"), tags=["a", "b"])
    assert parts(request) == [
        Part("icon", "upload", "image/png", b"1"),
        Part("note", None, "text/markdown", b"# x"),
        Part("data", None, "", b"YWJj"),
        Part("tags", None, "", b"a,b"),
    ]
    assert b"X-Kind: icon\r\n" in request.content


def test_before_3_1_parts_have_no_style(tmp_path: Path) -> None:
    client, requests = Package(tmp_path, {"openapi": "3.0.3", "paths": {"/x": OPERATIONS[ICON]}}).client()
    client.find.send(tags=["a", "b"])
    assert [part.content for part in parts(requests[-1])] == [b"a", b"b"]


def test_what_the_caller_says_of_a_file_wins(sent: Any) -> None:
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


def test_a_form(sent: Any) -> None:
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


LINES = {
    "application/jsonl": b'{"a":"1"}\n{"a":"2"}\n',
    "application/json-seq": b'\x1e{"a":"1"}\n\x1e{"a":"2"}\n',
}


@pytest.mark.parametrize(
    ("operation", "media", "content"),
    [
        (declared(body({media: schema}, required=True)), media, content)
        for schema in (thing(a=TEXT), {"type": "array", "items": thing(a=TEXT)})
        for media, content in LINES.items()
    ],
)
def test_json_lines(sent: Any, operation: str, media: str, content: bytes) -> None:
    request = sent(operation, body=({"a": str(number)} for number in (1, 2)))
    assert (content_type(request), request.content) == (media, content)


BOTH = {
    "application/json": thing(["text"], text=TEXT, reply=thing(id=TEXT), photo={"$ref": "#/components/schemas/Link"}),
    "multipart/form-data": thing(["text"], text=TEXT, photo=FILE, **{"files[0]": FILE}),
}


MESSAGE = declared(body(BOTH, required=True))


def test_what_is_given_decides_between_json_and_a_form(sent: Any) -> None:
    request = sent(MESSAGE, text="t", reply={"id": "1"}, photo={"url": "u"})
    assert json.loads(request.content) == {"text": "t", "reply": {"id": "1"}, "photo": {"url": "u"}}
    assert content_type(request) == "application/json"
    assert [part.name for part in parts(sent(MESSAGE, text="t", photo=b"p"))] == ["text", "photo"]
    assert [part.name for part in parts(sent(MESSAGE, text="t", files_0=("a", b"f")))] == ["text", "files[0]"]


def test_what_fits_no_media_type_is_refused(sent: Any) -> None:
    with pytest.raises(TypeError, match="can't be sent together: 'photo', 'reply', 'text'"):
        sent(MESSAGE, text="t", reply={"id": "1"}, photo=b"p")


FORMS = {"application/x-www-form-urlencoded": thing(a=TEXT), "multipart/form-data": thing(a=TEXT, b=FILE)}
TWO_FORMS = declared(body(FORMS, required=True))


INVITES: dict[str, Any] = {"anyOf": [thing(["age"], age={"type": "integer"}), thing(["name"], name=TEXT)]}
INVITE = declared(
    body(
        {"application/json": INVITES, "multipart/form-data": {"allOf": [INVITES, thing(users=FILE)]}},
        required=True,
    )
)


def test_a_file_in_a_whole_body_makes_a_form_of_it(sent: Any) -> None:
    request = sent(INVITE, body={"age": 1})
    assert (content_type(request), request.content) == ("application/json", b'{"age":1}')
    request = sent(INVITE, body={"age": 1, "users": b"a"})
    assert [(part.name, part.content) for part in parts(request)] == [("age", b"1"), ("users", b"a")]


def test_a_form_beside_a_multipart_form(sent: Any) -> None:
    assert content_type(sent(TWO_FORMS, a="x")) == "application/x-www-form-urlencoded"


def test_another_way_to_write_the_same_is_no_loss(tmp_path: Path) -> None:
    media = ["application/json", "text/json", "application/*+json", "application/x-www-form-urlencoded"]
    package = Package(tmp_path, {"paths": {"/x": body(dict.fromkeys(media, thing(a=TEXT)), required=True)}})
    client, requests = package.client()
    client.find.send(a="x")
    assert (content_type(requests[-1]), package.codes) == ("application/json", [])


VERBS = ["get", "delete", "post"]


@pytest.mark.parametrize(
    ("operation", "verb"),
    [(declared(body({"application/json": thing(a=TEXT)}, verb, required=True)), verb.upper()) for verb in VERBS],
)
def test_a_body_of_any_verb(sent: Any, operation: str, verb: str) -> None:
    request = sent(operation, a="x")
    assert (request.method, request.content) == (verb, b'{"a":"x"}')


MEDIA = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]


@pytest.mark.parametrize("operation", [declared(body({media: thing(a=TEXT)})) for media in MEDIA])
def test_without_arguments_no_body_is_sent(sent: Any, operation: str) -> None:
    assert sent(operation).content == b""
    assert sent(operation, a="x").content != b""


OPTIONAL = declared(body({"application/json": thing(a=TEXT)}))
REQUIRED = declared(body({"application/json": thing(a=TEXT)}, required=True))
NOTHING = {"type": "object", "properties": {}, "additionalProperties": False}
EMPTY = declared(body({"application/json": NOTHING}, required=True))


def test_extra_members_make_a_body(sent: Any) -> None:
    assert sent(OPTIONAL, extra_body={"b": 1}).content == b'{"b":1}'


@pytest.mark.parametrize("operation", [REQUIRED, EMPTY])
def test_a_required_body_is_sent_without_members(sent: Any, operation: str) -> None:
    assert sent(operation).content == b"{}"


LACKING = thing(["a"], a=TEXT, b=TEXT)


@pytest.mark.parametrize("operation", [declared(body({media: LACKING})) for media in MEDIA])
def test_required_members_are_required_if_a_body_is_not_said_to_be(sent: Any, operation: str) -> None:
    with pytest.raises(TypeError, match="'a'"):
        sent(operation, b="x")


@pytest.mark.parametrize("operation", [declared(body({media: LACKING}, required=False)) for media in MEDIA])
def test_a_body_that_is_said_to_be_optional_is_there_as_a_whole_or_not(sent: Any, operation: str) -> None:
    assert sent(operation).content == b""
    with pytest.raises(TypeError, match="Missing required arguments: 'a'"):
        sent(operation, b="x")
    assert sent(operation, a="x").content != b""


EITHER = declared(body({**BOTH, "application/json": thing(["text"], text=TEXT)}, required=False))


def test_an_optional_body_of_two_media_types(sent: Any) -> None:
    assert sent(EITHER).content == b""
    with pytest.raises(TypeError, match="Missing required arguments: 'text'"):
        sent(EITHER, photo=b"p")
    assert [part.name for part in parts(sent(EITHER, text="t", photo=b"p"))] == ["text", "photo"]


WITH_ID = thing(["id", "a"], id={"type": "string", "readOnly": True}, a=TEXT)
READ_ONLY = declared(body({"application/json": WITH_ID}, required=True))


def test_members_that_are_read_only_are_not_sent(sent: Any) -> None:
    assert sent(READ_ONLY, a="x").content == b'{"a":"x"}'
    with pytest.raises(TypeError, match="id"):
        sent(READ_ONLY, a="x", id="1")


def test_sdk_yaml_chooses_the_media_type(tmp_path: Path) -> None:
    operation = body({"application/json": thing(a=TEXT), "application/xml": TEXT})
    method = {"endpoint": "post /x", "body_type": "application/xml", "body_required": True}
    config = {"resources": {"find": {"methods": {"send": method}}}}
    package = Package(tmp_path, {"paths": {"/x": operation}}, config)
    client, requests = package.client()
    client.find.send(body="<a/>")
    assert (content_type(requests[-1]), requests[-1].content) == ("application/xml", b"<a/>")
    assert package.codes == []
    with pytest.raises(TypeError, match="body"):
        client.find.send()


def test_a_body_that_no_media_type_can_say_twice(tmp_path: Path) -> None:
    package = Package(tmp_path, {"paths": {"/x": body({"application/json": thing(a=TEXT), "text/csv": TEXT})}})
    assert package.codes == ["LOW028"]


ANY_FORM = declared(body({"multipart/form-data": {}}, required=True))


def test_a_form_must_be_a_mapping(sent: Any) -> None:
    with pytest.raises(TypeError, match="must be a mapping, not list"):
        sent(ANY_FORM, body=["a"])
    (part,) = parts(sent(ANY_FORM, body={"a": b"1"}))
    assert part == Part("a", "upload", "application/octet-stream", b"1")
