"""Bodies that may be null, members of several types, forms that are unions, and what `Accept` then says."""

from __future__ import annotations

import inspect
import json
from typing import Any

import pytest

from .operations import FILE, TEXT, Operations, Part, body, content_type, parts, thing
from .packages import Package, operation

OPERATIONS = Operations()
declared, sent = OPERATIONS.declare, OPERATIONS.sent


@pytest.fixture(scope="module", autouse=True)
def generated(tmp_path_factory: pytest.TempPathFactory) -> None:
    OPERATIONS.generate(tmp_path_factory.mktemp("package"))


ANYTHING = declared(body({"application/json": {}}, required=True))
NULLABLE = {**thing(["title"], title=TEXT), "type": ["object", "null"]}
OR_NULL = declared(body({"application/json": NULLABLE}, required=True))
OR_NOTHING = declared(body({"application/json": NULLABLE}))
NOTE = thing(["text"], text=TEXT)
FILE_OR_NOT = declared(
    body(
        {
            "application/json": NOTE,
            "multipart/form-data": thing(["text"], text=TEXT, file={"anyOf": [FILE, {"type": "null"}]}),
        },
        required=True,
    )
)


def test_null_is_sent_where_anything_is_taken() -> None:
    assert sent(ANYTHING, body=None).content == b"null"
    assert sent(ANYTHING, body=0).content == b"0"


def test_a_body_that_must_be_given_may_be_null() -> None:
    assert sent(OR_NULL, body=None).content == b"null"
    assert json.loads(sent(OR_NULL, body={"title": "a"}).content) == {"title": "a"}


def test_a_body_that_may_be_null_may_lack() -> None:
    request = sent(OR_NOTHING)
    assert (request.content, "content-type" in request.headers) == (b"", False)
    assert json.loads(sent(OR_NOTHING, title="a").content) == {"title": "a"}


def test_no_file_is_no_form() -> None:
    assert content_type(sent(FILE_OR_NOT, text="a", file=None)) == "application/json"
    assert parts(sent(FILE_OR_NOT, text="a", file=b"A")) == [
        Part("text", None, "", b"a"),
        Part("file", "upload", "application/octet-stream", b"A"),
    ]


def _package(tmp_path: Any, item: dict[str, Any], **components: Any) -> Package:
    return Package(tmp_path, {"paths": {"/find": item}, **components})


def test_null_that_can_not_be_sent_is_reported(tmp_path: Any) -> None:
    assert "LOW102" in _package(tmp_path, body({"application/json": NULLABLE})).codes


def test_a_member_takes_the_types_of_all_media_types(tmp_path: Any) -> None:
    form = thing(count=TEXT, tags=TEXT, file=FILE)
    json_thing = thing(count={"type": "integer"}, tags={"type": "array", "items": TEXT})
    package = _package(tmp_path, body({"application/json": json_thing, "multipart/form-data": form}, required=True))
    client, _ = package.client()
    parameters = inspect.signature(client.find.send).parameters
    assert "Union[int, str]" in parameters["count"].annotation
    assert "Union[List[str], str]" in parameters["tags"].annotation


def test_files_of_a_named_variant_are_files(tmp_path: Any) -> None:
    schemas = {
        "Upload": thing(["file"], file=FILE, more={"type": "array", "items": FILE}),
        "Link": thing(["url"], url=TEXT),
    }
    union = {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in schemas]}
    package = _package(tmp_path, body({"multipart/form-data": union}, required=True), components={"schemas": schemas})
    (module,) = [text for path, text in package.files.items() if path.endswith("find_send_params.py")]
    assert "file: Required[FileTypes]" in module
    assert "more: List[FileTypes]" in module
    client, requests = package.client()
    client.find.send(body={"file": b"A"})
    assert parts(requests[-1]) == [Part("file", "upload", "application/octet-stream", b"A")]


def test_objects_in_the_path_alone(tmp_path: Any) -> None:
    box = {"name": "box", "in": "path", "required": True, "explode": True, "schema": thing(x=TEXT, y=TEXT)}
    client, requests = Package(tmp_path, operation(box, path="/find/{box}")).client()
    client.find.send({"x": "1", "y": "2"})
    assert requests[-1].url.raw_path == b"/v1/find/x=1,y=2"


@pytest.mark.parametrize("where", ["query", "header", "cookie"])
def test_none_for_what_is_required_is_refused(tmp_path: Any, where: str) -> None:
    count = {"name": "count", "in": where, "required": True, "schema": {"type": "integer"}}
    size = {"name": "size", "in": where, "required": True, "schema": {"type": ["integer", "null"]}}
    client, requests = Package(tmp_path, operation(count, size)).client()
    client.find.send(count=1, size=None)
    with pytest.raises(TypeError, match="'count' is required"):
        client.find.send(count=None, size=1)
    assert len(requests) == 1


def test_accept_names_all_texts(tmp_path: Any) -> None:
    content = {name: {"schema": TEXT} for name in ("text/plain", "application/xml")}
    item = {"get": {"responses": {"200": {"description": "Text.", "content": content}}}}
    client, requests = _package(tmp_path, item).client()
    client.find.send()
    assert requests[-1].headers["accept"] == "application/xml, text/plain"


@pytest.mark.parametrize(
    ("schema", "value", "content", "kind"),
    [
        ({"type": "number"}, 1.5, b"1.5", "float"),
        ({"type": "boolean"}, True, b"true", "bool"),
        ({"enum": [1, 2]}, 2, b"2", "Literal[1, 2]"),
        ({"enum": ["a", "b"]}, "a", b"a", ""),
    ],
)
def test_a_text_may_be_given_as_what_it_is(
    tmp_path: Any, schema: dict[str, Any], value: Any, content: bytes, kind: str
) -> None:
    client, requests = _package(tmp_path, body({"text/plain": schema}, "put", required=True)).client()
    client.find.send(body=value)
    assert (requests[-1].headers["content-type"], requests[-1].content) == ("text/plain", content)
    wanted = f"Union[{kind}, str, FileContent]" if kind else "Union[str, FileContent]"
    assert inspect.signature(client.find.send).parameters["body"].annotation == wanted
