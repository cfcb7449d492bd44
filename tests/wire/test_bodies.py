"""Bodies are sent in the media types of the document, or not at all (OpenAPI 3.1 §4.8.13)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from .operations import FILE, TEXT, Operations, body, content_type, thing
from .packages import Package

OPERATIONS = Operations()
declared, sent = OPERATIONS.declare, OPERATIONS.sent


@pytest.fixture(scope="module", autouse=True)
def generated(tmp_path_factory: pytest.TempPathFactory) -> None:
    OPERATIONS.generate(tmp_path_factory.mktemp("package"))


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
def test_a_whole_body(operation: str, media: str, argument: Any, content: bytes) -> None:
    request = sent(operation, body=argument)
    assert (content_type(request), request.content) == (media, content)


KINDS = ['application/ld+json; profile="https://ns.test/card"', "application/merge-patch+json"]


@pytest.mark.parametrize(
    ("operation", "media"), [(declared(body({media: thing(a=TEXT)}, "patch", required=True)), media) for media in KINDS]
)
def test_members_as_json_of_a_kind(operation: str, media: str) -> None:
    request = sent(operation, a="x")
    assert (content_type(request), request.content) == (media, b'{"a":"x"}')


IMAGE = declared(body({"image/*": FILE}, required=True))


def test_the_caller_says_what_a_range_is() -> None:
    assert content_type(sent(IMAGE, body=b"", content_type="image/webp")) == "image/webp"
    with pytest.raises(TypeError, match="content_type"):
        sent(IMAGE, body=b"")


@pytest.mark.parametrize(
    "operation", [declared(body({media: FILE}, required=True)) for media in ("*/*", "application/octet-stream")]
)
def test_bytes_of_any_type(operation: str) -> None:
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


def test_patches_of_several_kinds() -> None:
    requests = [sent(PATCH, body={"a": 1}), sent(PATCH, body={"a": 1}, content_type=PATCHES[1])]
    assert [(content_type(request), request.content) for request in requests] == [
        (kind, b'{"a":1}') for kind in PATCHES
    ]


OPERATIONS_OF_PATCHES = {"type": "array", "items": thing(["op"], op=TEXT)}
EITHER_PATCH = declared(body(dict(zip(PATCHES, [OPERATIONS_OF_PATCHES, thing(a=TEXT)])), "patch", required=True))
VERSIONS = {"application/json": thing(a=TEXT), "application/vnd.pets.v2+json": thing(b=TEXT)}
EITHER_VERSION = declared(body(VERSIONS, required=True))
OPTIONAL_VERSION = declared(body(VERSIONS, required=False))
UNKNOWN_VERSION = declared(body({"application/json": thing(a=TEXT), "application/vnd.pets.v2+json": {}}, required=True))


def test_json_of_several_schemas() -> None:
    requests = [
        sent(EITHER_PATCH, body=[{"op": "add"}], content_type=PATCHES[0]),
        sent(EITHER_PATCH, body={"a": "x"}, content_type=PATCHES[1]),
        sent(EITHER_VERSION, body={"a": "x"}),
        sent(EITHER_VERSION, body={"b": "x"}, content_type="application/vnd.pets.v2+json"),
        sent(UNKNOWN_VERSION, a="x"),
    ]
    assert [(content_type(request), request.content) for request in requests] == [
        (PATCHES[0], b'[{"op":"add"}]'),
        (PATCHES[1], b'{"a":"x"}'),
        ("application/json", b'{"a":"x"}'),
        ("application/vnd.pets.v2+json", b'{"b":"x"}'),
        ("application/json", b'{"a":"x"}'),
    ]
    with pytest.raises(TypeError, match="content_type"):
        sent(EITHER_PATCH, body=[])
    assert "content-type" not in sent(OPTIONAL_VERSION).headers


RELATED = declared(body({"multipart/related": {}}, required=True))


def test_a_multipart_body_of_another_kind_is_the_callers_business() -> None:
    request = sent(RELATED, body=b"--b--", content_type="multipart/related; boundary=b")
    assert (content_type(request), request.content) == ("multipart/related; boundary=b", b"--b--")


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
def test_json_lines(operation: str, media: str, content: bytes) -> None:
    request = sent(operation, body=({"a": str(number)} for number in (1, 2)))
    assert (content_type(request), request.content) == (media, content)


def test_another_way_to_write_the_same_is_no_loss(tmp_path: Path) -> None:
    media = ["application/json", "text/json", "application/*+json", "application/x-www-form-urlencoded"]
    package = Package(tmp_path, {"paths": {"/x": body(dict.fromkeys(media, thing(a=TEXT)), required=True)}})
    client, requests = package.client()
    client.find.send(a="x")
    assert (content_type(requests[-1]), package.codes) == ("application/json", [])


VERBS = ["get", "delete", "post", "options"]


@pytest.mark.parametrize(
    ("operation", "verb"),
    [(declared(body({"application/json": thing(a=TEXT)}, verb, required=True)), verb.upper()) for verb in VERBS],
)
def test_a_body_of_any_verb(operation: str, verb: str) -> None:
    request = sent(operation, a="x")
    assert (request.method, request.content) == (verb, b'{"a":"x"}')


MEDIA = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]


@pytest.mark.parametrize("operation", [declared(body({media: thing(a=TEXT)})) for media in MEDIA])
def test_without_arguments_no_body_is_sent(operation: str) -> None:
    assert sent(operation).content == b""
    assert sent(operation, a="x").content != b""


OPTIONAL = declared(body({"application/json": thing(a=TEXT)}))
REQUIRED = declared(body({"application/json": thing(a=TEXT)}, required=True))
NOTHING: dict[str, Any] = {"type": "object", "properties": {}, "additionalProperties": False}
EMPTY = declared(body({"application/json": NOTHING}, required=True))


def test_extra_members_make_a_body() -> None:
    assert sent(OPTIONAL, extra_body={"b": 1}).content == b'{"b":1}'


@pytest.mark.parametrize("operation", [REQUIRED, EMPTY])
def test_a_required_body_is_sent_without_members(operation: str) -> None:
    assert sent(operation).content == b"{}"


LACKING = thing(["a"], a=TEXT, b=TEXT)


@pytest.mark.parametrize("operation", [declared(body({media: LACKING})) for media in MEDIA])
def test_required_members_are_required_if_a_body_is_not_said_to_be(operation: str) -> None:
    with pytest.raises(TypeError, match="'a'"):
        sent(operation, b="x")


@pytest.mark.parametrize("operation", [declared(body({media: LACKING}, required=False)) for media in MEDIA])
def test_a_body_that_is_said_to_be_optional_is_there_as_a_whole_or_not(operation: str) -> None:
    assert sent(operation).content == b""
    with pytest.raises(TypeError, match="Missing required arguments: 'a'"):
        sent(operation, b="x")
    assert sent(operation, a="x").content != b""


WITH_ID = thing(["id", "a"], id={"type": "string", "readOnly": True}, a=TEXT)
READ_ONLY = declared(body({"application/json": WITH_ID}, required=True))


def test_members_that_are_read_only_are_not_sent() -> None:
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
