"""Parameters as Swagger 2.0 wrote them, in documents of OpenAPI 3: what is sent."""

from __future__ import annotations

from typing import Any

import pytest

from .operations import Part, content_type, parts
from .packages import Package

TEXT = {"type": "string"}
FILE = {"type": "string", "format": "binary"}
DONE = {"responses": {"204": {"description": "x"}}}


def of(*parameters: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"parameters": list(parameters), **DONE, **more}


def form(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "formData", **more}


PATHS: dict[str, dict[str, Any]] = {
    "/query": {
        "get": of(
            {"name": "page", "in": "query", "type": "integer"},
            {"name": "tags", "in": "query", "type": "array", "items": TEXT},
        )
    },
    "/form": {"post": of(form("a", required=True, type="string"), form("b", type="integer"))},
    "/file": {"post": of(form("photo", required=True, type="file"), form("note", schema=TEXT))},
    "/both": {
        "post": of(
            form("photo", schema=FILE),
            requestBody={
                "content": {"multipart/form-data": {"schema": {"type": "object", "properties": {"note": TEXT}}}}
            },
        )
    },
    "/body": {
        "post": of(
            {"name": "pet", "in": "body", "required": True, "schema": {"type": "object", "properties": {"name": TEXT}}}
        )
    },
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return Package(tmp_path_factory.mktemp("package"), {"paths": PATHS})


def sent(package: Package, path: str, **arguments: Any) -> Any:
    client, requests = package.client()
    number = list(PATHS).index(path)
    getattr(client.find, f"send{number or ''}")(**arguments)
    return requests[-1]


def test_a_schema_beside_the_name(package: Package) -> None:
    assert sent(package, "/query", page=2, tags=["a", "b"]).url.query == b"page=2&tags=a&tags=b"
    assert "page: int" in package.files[f"src/{package.name}/resources/find.py"]


def test_forms(package: Package) -> None:
    request = sent(package, "/form", a="x", b=1)
    assert (content_type(request), request.content) == ("application/x-www-form-urlencoded", b"a=x&b=1")
    with pytest.raises(TypeError, match="'a'"):
        sent(package, "/form", b=1)


def test_files(package: Package) -> None:
    photo = Part("photo", "upload", "application/octet-stream", b"1")
    assert parts(sent(package, "/file", photo=b"1"))[0] == photo
    assert photo in parts(sent(package, "/both", photo=b"1", note="x"))


def test_a_body(package: Package) -> None:
    assert sent(package, "/body", name="x").content == b'{"name":"x"}'
