"""What sdk.yaml says about parameters: names, types, defaults, what is always sent, what can be given by position."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from .packages import Package, operation

TEXT = {"type": "string"}
BETA = {"name": "X-Beta", "in": "header", "schema": TEXT}
LIMIT = {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer"}}


def sent(package: Package, *arguments: Any, **named: Any) -> Any:
    client, requests = package.client()
    client.find.send(*arguments, **named)
    return requests[-1]


def betas(tmp_path: Path) -> Package:
    rule = {"rename": "betas", "type": "list[str]", "append": ["files", "more"]}
    return Package(tmp_path, operation(BETA), {"parameters": {"x-beta": rule}})


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({}, "files,more"),
        ({"betas": ["a"]}, "a,files,more"),
        ({"betas": ["more", "a"]}, "more,a,files"),
        ({"betas": []}, "files,more"),
        ({"betas": ("a",), "extra_headers": {"X-Beta": "mine"}}, "mine"),
        ({"betas": None}, None),
    ],
)
def test_what_is_always_sent(tmp_path: Path, named: dict[str, Any], expected: str | None) -> None:
    assert sent(betas(tmp_path), **named).headers.get("x-beta") == expected


def test_a_text_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="Expected a list"):
        sent(betas(tmp_path), betas="files")


def test_default(tmp_path: Path) -> None:
    package = Package(tmp_path, operation(LIMIT), {"parameters": {"limit": {"default": 20}}})
    assert inspect.signature(package.class_().find.send).parameters["limit"].default == 20
    assert sent(package).url.query == b"limit=20"
    assert sent(package, limit=5).url.query == b"limit=5"


@pytest.mark.parametrize("where", ["header", "query", "cookie"])
def test_constant(tmp_path: Path, where: str) -> None:
    given = {"name": "kind", "in": where, "required": True, "schema": TEXT}
    package = Package(tmp_path, operation(given), {"parameters": {"kind": {"constant": "a b"}}})
    request = sent(package)
    assert "kind" not in inspect.signature(package.class_().find.send).parameters
    found = {
        "header": request.headers.get("kind"),
        "query": request.url.query.decode(),
        "cookie": request.headers.get("cookie"),
    }
    assert found[where] == {"header": "a b", "query": "kind=a%20b", "cookie": "kind=a%20b"}[where]


def test_constant_in_the_path(tmp_path: Path) -> None:
    named = [{"name": name, "in": "path", "required": True, "schema": TEXT} for name in ("org", "id")]
    document = {"paths": {"/orgs/{org}/pets/{id}": {"get": operation(*named)["paths"]["/find"]["get"]}}}
    package = Package(tmp_path, document, {"parameters": {"org": {"constant": "own"}}})
    assert sent(package, "7").url.path == "/v1/orgs/own/pets/7"


def test_constant_in_the_body(tmp_path: Path) -> None:
    schema = {"type": "object", "required": ["a", "kind"], "properties": {"a": TEXT, "kind": TEXT}}
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    document = {"paths": {"/pets": {"post": {"requestBody": body, "responses": {"204": {"description": "Ok."}}}}}}
    package = Package(tmp_path, document, {"parameters": {"kind": {"constant": "cat"}, "a": {"rename": "b"}}})
    assert sent(package, b="x").content == b'{"a":"x","kind":"cat"}'


def test_hidden(tmp_path: Path) -> None:
    package = Package(tmp_path, operation(BETA), {"parameters": {"X-Beta": {"hidden": True}}})
    assert "x_beta" not in inspect.signature(package.class_().find.send).parameters
    assert "x-beta" not in sent(package).headers


def test_the_nearest_level_wins(tmp_path: Path) -> None:
    method = {"endpoint": "get /find", "parameters": {"limit": {"default": 3}}}
    resource = {"methods": {"send": method}, "parameters": {"limit": {"default": 2, "rename": "most"}}}
    config = {"parameters": {"limit": {"default": 1, "doc": "How many."}}, "resources": {"find": resource}}
    package = Package(tmp_path, operation(LIMIT), config)
    send = package.class_().find.send
    assert inspect.signature(send).parameters["most"].default == 3
    assert "How many." in send.__doc__
    assert sent(package, most=4).url.query == b"limit=4"


@pytest.mark.parametrize(
    ("word", "positional"), [(None, ["org", "id"]), ("all", ["org", "id"]), ("last", ["id"]), ("none", [])]
)
def test_position(tmp_path: Path, word: str | None, positional: list[str]) -> None:
    named = [{"name": name, "in": "path", "required": True, "schema": TEXT} for name in ("org", "id")]
    document = {"paths": {"/orgs/{org}/pets/{id}": {"get": operation(*named)["paths"]["/find"]["get"]}}}
    package = Package(tmp_path, document, {} if word is None else {"path_parameters": word})
    parameters = inspect.signature(package.class_().find.send).parameters.values()
    assert [each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD] == positional
    named_rest = {name: name for name in ("org", "id") if name not in positional}
    assert sent(package, *positional, **named_rest).url.path == "/v1/orgs/org/pets/id"


@pytest.mark.parametrize(
    ("style", "names"),
    [(None, ["files", "files"]), ("brackets", ["files[]", "files[]"]), ("indices", ["files[0]", "files[1]"])],
)
def test_lists_of_files(tmp_path: Path, style: str | None, names: list[str]) -> None:
    files = {"type": "array", "items": {"type": "string", "format": "binary"}}
    body = {"content": {"multipart/form-data": {"schema": {"type": "object", "properties": {"files": files}}}}}
    document = {"paths": {"/find": {"post": {"requestBody": body, "responses": {"204": {"description": "Ok."}}}}}}
    rules = {} if style is None else {"parameters": {"files": {"style": style}}}
    request = sent(Package(tmp_path, document, rules), files=[b"a", b"b"])
    assert re.findall(rb' name="([^"]*)"', request.read()) == [name.encode() for name in names]


def test_style_of_a_query(tmp_path: Path) -> None:
    ids = {"name": "ids", "in": "query", "schema": {"type": "array", "items": TEXT}}
    package = Package(tmp_path, operation(ids), {"parameters": {"ids": {"style": "comma"}}})
    assert sent(package, ids=["a", "b"]).url.query == b"ids=a,b"


@pytest.mark.parametrize(
    ("returns", "result"),
    [
        ("str", '{"a": 1}'),
        ("None", None),
        ("object", {"a": 1}),
        ("dict[str, int]", {"a": 1}),
        ("Thing", 1),
        ("Thing | int", 1),
    ],
)
def test_what_a_method_gives(tmp_path: Path, returns: str, result: Any) -> None:
    document = operation()
    document["components"] = {
        "schemas": {"Thing": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}}
    }
    methods = {"send": {"endpoint": "get /find", "returns": returns}}
    package = Package(tmp_path, document, {"resources": {"find": {"methods": methods}}})
    kind = "text/plain" if returns == "str" else "application/json"
    client, _ = package.client(httpx.Response(200, content=b'{"a": 1}', headers={"Content-Type": kind}))
    found = client.find.send()
    assert (found.a if returns.startswith("Thing") else found) == result


def test_bytes(tmp_path: Path) -> None:
    methods = {"send": {"endpoint": "get /find", "returns": "bytes"}}
    package = Package(tmp_path, operation(), {"resources": {"find": {"methods": methods}}})
    client, _ = package.client(httpx.Response(200, content=b"\x00\xff"))
    assert client.find.send().read() == b"\x00\xff"
