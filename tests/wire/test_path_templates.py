"""Placeholders of paths as OpenAPI and as routers write them: what is sent (OpenAPI 3.1 §4.8.8.1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .packages import Package

TEXT = {"type": "string"}


def get(*names: str) -> dict[str, Any]:
    parameters = [{"name": name, "in": "path", "required": True, "schema": TEXT} for name in names]
    return {"get": {"parameters": parameters, "responses": {"204": {"description": "x"}}}}


PATHS = [
    ("/plain/{id}", ("id",), "/plain/{id}", "a/b", "/plain/a%2Fb"),
    ("/express/:id", ("id",), "/express/{id}", "a/b", "/express/a%2Fb"),
    ("/flask/<int:id>", ("id",), "/flask/{id}", "1", "/flask/1"),
    ("/flask/all/<path:rest>", ("rest",), "/flask/all/{rest}", "a/b c", "/flask/all/a/b%20c"),
    ("/gorilla/{id:[0-9]{4}}", ("id",), "/gorilla/{id}", "2024", "/gorilla/2024"),
    ("/gorilla/all/{rest:.*}", ("rest",), "/gorilla/all/{rest}", "a/b", "/gorilla/all/a/b"),
    ("/starlette/{rest:path}", ("rest",), "/starlette/{rest}", "a/b", "/starlette/a/b"),
    ("/gorilla/one/{id:[^/]+}", ("id",), "/gorilla/one/{id}", "a/b", "/gorilla/one/a%2Fb"),
    ("/thing:list/:list", ("list",), "/thing:list/{list}", "a", "/thing:list/a"),
    ("/asp/{id:int}", ("id",), "/asp/{id}", "1", "/asp/1"),
    ("/asp/optional/{id?}", ("id",), "/asp/optional/{id}", "1", "/asp/optional/1"),
    ("/asp/all/{**rest}", ("rest",), "/asp/all/{rest}", "a/b", "/asp/all/a/b"),
    ("/gateway/{proxy+}", ("proxy",), "/gateway/{proxy}", "a/../b?c#d", "/gateway/a/%2E%2E/b%3Fc%23d"),
    ("/uri_template/{+rest}", ("rest",), "/uri_template/{rest}", "a/b", "/uri_template/a/b"),
    ("/grpc/{name=shelves/*}:move", (), "/grpc/{name}:move", "shelves/1", "/grpc/shelves/1:move"),
    ("/handlebars/{{id}}", ("id",), "/handlebars/{id}", "a", "/handlebars/a"),
    ("/spaces/{ id }", ("id",), "/spaces/{id}", "a", "/spaces/a"),
    ("/case/{petId}", ("pet_id",), "/case/{pet_id}", "a", "/case/a"),
    ("/exact/{filter[a]}", ("filter[a]",), "/exact/{filter[a]}", "a", "/exact/a"),
    ("/action/{id}:run", ("id",), "/action/{id}:run", "a", "/action/a:run"),
]
"""Keys of paths, the parameters that are declared, and what the path is taken as; an argument, and what is sent."""


def named(*paths: str) -> dict[str, Any]:
    """Settings that call the operations `send0`, `send1` and so on."""
    methods = {f"send{number}": {"endpoint": endpoint} for number, endpoint in enumerate(paths)}
    return {"resources": {"find": {"methods": methods}}}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    document = {"paths": {path: get(*names) for path, names, *_ in PATHS}}
    return Package(tmp_path_factory.mktemp("package"), document, named(*(f"get {case[2]}" for case in PATHS)))


@pytest.mark.parametrize(("number", "argument", "sent"), [(n, *case[3:]) for n, case in enumerate(PATHS)])
def test_what_is_sent(package: Package, number: int, argument: str, sent: str) -> None:
    client, requests = package.client()
    send = getattr(client.find, f"send{number}")
    send(argument)
    assert requests[-1].url.raw_path == f"/v1{sent}".encode()
    with pytest.raises(ValueError, match="non-empty"):
        send("")


def test_a_list_of_several_segments_and_what_is_no_placeholder(tmp_path: Path) -> None:
    listed = {"name": "path", "in": "path", "required": True, "schema": {"type": "array", "items": TEXT}}
    paths = {"/all/{path*}": {"get": {**get()["get"], "parameters": [listed]}}, "/:batchGet": get()}
    package = Package(tmp_path, {"paths": paths}, named("get /all/{path}", "get /:batchGet"))
    client, requests = package.client()
    client.find.send0(["a", "b c"])
    client.find.send1()
    assert [request.url.raw_path for request in requests] == [b"/v1/all/a/b%20c", b"/v1/:batchGet"]


def test_what_is_taken_otherwise_is_told(package: Package) -> None:
    assert package.codes.count("DOC052") == sum(path != taken for path, _, taken, *_ in PATHS)


def test_a_path_that_another_one_has_stays_as_it_is(tmp_path: Path) -> None:
    delete = {"delete": get("id")["get"]}
    paths = {
        "/a/{id:[0-9]+}": {**get("id"), **delete},
        "/a/{id}": get("id"),
        "/b/{id:[0-9]+}": get("id"),
        "/b/{id}": delete,
    }
    endpoints = ("get /a/{id:[0-9]+}", "delete /a/{id}", "get /a/{id}", "get /b/{id}", "delete /b/{id}")
    package = Package(tmp_path, {"paths": paths}, named(*endpoints))
    assert package.codes.count("DOC052") == 2  # DELETE /a, GET /b
    client, requests = package.client()
    for number in range(1, len(endpoints)):
        getattr(client.find, f"send{number}")("1")
    assert [(sent.method, sent.url.path) for sent in requests] == [
        ("DELETE", "/v1/a/1"),
        ("GET", "/v1/a/1"),
        ("GET", "/v1/b/1"),
        ("DELETE", "/v1/b/1"),
    ]


def test_servers_with_variables_that_nobody_declares(tmp_path: Path) -> None:
    servers = [{"url": "https://{{tenant}}.api.test/{suffix}", "variables": {"suffix": {"default": ""}}}]
    package = Package(tmp_path, {"servers": servers, "paths": {"/a": get()}})
    assert str(package.class_(tenant="t").base_url) == "https://t.api.test/"
    with pytest.raises(TypeError, match="`tenant` is missing"):
        package.class_()
    client = package.class_(base_url="https://other.test/v2")
    assert [str(one.base_url) for one in (client, client.with_options(timeout=1))] == ["https://other.test/v2/"] * 2
    assert "- `tenant`: a part of the URL, which must be given" in package.files["README.md"]


def test_a_server_that_is_a_variable_which_nobody_declares(tmp_path: Path) -> None:
    package = Package(tmp_path, {"servers": [{"url": "{{baseUrl}}/v1"}], "paths": {"/a": get()}})
    assert package.codes == ["DOC053", "LOW036"]
    assert str(package.class_(base_url="https://api.test").base_url) == "https://api.test/v1/"
    with pytest.raises(TypeError, match="`base_url` is missing"):
        package.class_()
