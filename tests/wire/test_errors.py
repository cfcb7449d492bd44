"""Bodies of errors are what the document declares for their status (OpenAPI 3.1 §4.8.16)."""

from __future__ import annotations

import asyncio
import inspect
import pickle
from pathlib import Path
from typing import Any

import httpx
import pytest

from .packages import Package

FAULT = {"type": "object", "required": ["code"], "properties": {"code": {"type": "integer"}}}
JSON, PROBLEM = "application/json", "application/problem+json"


def body(schema: dict[str, Any], media_type: str = JSON, description: str = "x") -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def ref(name: str, kind: str = "schemas") -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


DOCUMENT: dict[str, Any] = {
    "paths": {
        "/a": {
            "get": {
                "responses": {
                    "204": {"description": "x"},
                    "403": {"description": "Not yours."},
                    "404": body(ref("Missing"), PROBLEM, "There is no such thing.\n\nLook elsewhere."),
                    "429": ref("Slow", "responses"),
                    "5XX": body(FAULT),
                    "default": body({"type": "object", "properties": {"text": {"type": "string"}}}),
                }
            }
        },
        "/b": {
            "get": {"responses": {"204": {"description": "x"}, "400": body(FAULT), "429": ref("Slow", "responses")}}
        },
        "/c": {"get": {"responses": {"default": body(ref("Missing"))}}},
    },
    "components": {
        "responses": {"Slow": body({"type": "object", "properties": {"seconds": {"type": "integer"}}})},
        "schemas": {"Missing": {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}}},
    },
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return Package(tmp_path_factory.mktemp("package"), DOCUMENT)


def error(package: Package, method: str, status: int, data: bytes, media_type: str = JSON) -> Any:
    response = httpx.Response(status, headers={"Content-Type": media_type}, content=data)
    client, _ = package.client(response, max_retries=0)
    with pytest.raises(package.module.APIStatusError) as caught:
        getattr(client.find, method)()
    return caught.value


@pytest.mark.parametrize(
    ("method", "status", "data", "shown"),
    [
        ("send", 404, b'{"title": "t"}', "Missing(title='t')"),
        ("send", 429, b'{"seconds": 3}', "SlowBody(seconds=3)"),
        ("send", 503, b'{"code": 7}', "ErrorBody(code=7)"),
        ("send", 418, b'{"text": "tea"}', "FindSendErrorBody(text='tea')"),
        ("send", 403, b'{"text": "tea"}', "{'text': 'tea'}"),
        ("send", 404, b"[1]", "[1]"),
        ("send", 404, b"<html>", "'<html>'"),
        ("send", 404, b'{"odd": 1}', "Missing(title=None, odd=1)"),
        ("send1", 400, b'{"code": 7}', "ErrorBody(code=7)"),
        ("send1", 404, b'{"code": 7}', "{'code': 7}"),
        ("send2", 404, b'{"title": "t"}', "Missing(title='t')"),
    ],
)
def test_the_status_decides(package: Package, method: str, status: int, data: bytes, shown: str) -> None:
    assert repr(error(package, method, status, data).body) == shown


def test_the_message_and_pickles_are_as_ever(package: Package) -> None:
    caught = error(package, "send", 404, b'{"title": "t"}', PROBLEM)
    assert str(caught) == "Error code: 404 - {'title': 't'}"
    assert pickle.loads(pickle.dumps(caught)).body == caught.body


def test_docstrings_say_the_types(package: Package) -> None:
    client, _ = package.client()
    doc = inspect.getdoc(client.find.send) or ""
    lines = [line.strip() for line in doc.partition("Raises:")[2].strip().splitlines()]
    name = package.name
    assert lines[1:6] == [
        f"{name}.PermissionDeniedError: Status 403: Not yours.",
        f"{name}.NotFoundError: Status 404: There is no such thing. `body` is a `Missing`.",
        f"{name}.RateLimitError: Status 429: x. `body` is a `SlowBody`.",
        f"{name}.InternalServerError: Status 5XX: x. `body` is a `ErrorBody`.",
        f"{name}.APIStatusError: Any other error status: x. `body` is a `FindSendErrorBody`.",
    ]


def test_asynchronous_clients_do_the_same(package: Package) -> None:
    response = httpx.Response(404, headers={"Content-Type": JSON}, content=b'{"title": "t"}')
    class_ = getattr(package.module, f"Async{package.name.capitalize()}")

    async def call() -> None:
        http_client = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: response))
        async with class_(http_client=http_client, max_retries=0) as client:
            await client.find.send()

    with pytest.raises(package.module.NotFoundError) as caught:
        asyncio.run(call())
    assert caught.value.body.title == "t"


def test_sdk_yaml_can_leave_bodies_as_they_are(tmp_path: Path) -> None:
    package = Package(tmp_path, DOCUMENT, {"client": {"error_bodies": "json"}})
    assert error(package, "send", 404, b'{"title": "t"}').body == {"title": "t"}
    assert not [path for path in package.files if path.endswith("error_bodies.py")]


def test_bodies_that_differ_in_their_description_only_are_one(tmp_path: Path) -> None:
    def error(text: str) -> dict[str, Any]:
        schema = {
            "type": "object",
            "description": text,
            "examples": [{"detail": text}],
            "properties": {"detail": {"type": "string"}},
        }
        return {"description": text, "content": {"application/json": {"schema": schema}}}

    responses = {"204": {"description": "x"}, "400": error("Bad"), "404": error("Not found")}
    package = Package(tmp_path, {"paths": {"/a": {"get": {"responses": responses}}}})
    names = [path.rpartition("/")[2] for path in package.files if "error" in path and "/types/" in path]
    assert names == ["error_body.py"]
