"""The headers that follow from the document: `Accept`, `Content-Type`, and those that callers needn't give."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest

from .packages import Package, operation

JSON = {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}
OTHERS: dict[str, Any] = {"application/xml": {}, "text/csv": {}}


def responses(**content: Any) -> dict[str, Any]:
    return {
        status.removeprefix("_"): {"description": "Text.", **({"content": media} if media else {})}
        for status, media in content.items()
    }


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (responses(_200=JSON), "application/json"),
        (responses(_200={**OTHERS, **JSON}), "application/json"),
        (responses(_200={"application/pdf": {}}, _404=JSON), "application/pdf"),
        (responses(_200={"image/*": {}}), "image/*"),
        (responses(_204=None), "application/json"),
    ],
)
def test_accept(tmp_path: Path, declared: dict[str, Any], expected: str) -> None:
    client, requests = Package(tmp_path, operation(responses=declared)).client()
    client.with_raw_response.find.send()
    assert requests[-1].headers["Accept"] == expected


def test_accept_of_sdk_yaml_wins(tmp_path: Path) -> None:
    config = {"client": {"headers": {"accept": "text/csv"}}}
    client, requests = Package(tmp_path, operation(responses=responses(_200=OTHERS)), config).client()
    client.with_raw_response.find.send()
    assert requests[-1].headers["Accept"] == "text/csv"


def test_content_type_comes_with_content_only(tmp_path: Path) -> None:
    package = Package(tmp_path, operation())
    client, requests = package.client()
    client.find.send()
    assert "Content-Type" not in requests[-1].headers
    client.post("/x", cast_to=object)
    assert "Content-Type" not in requests[-1].headers
    client.post("/x", cast_to=object, body={"a": 1})
    assert requests[-1].headers["Content-Type"] == "application/json"
    client.find.send(extra_headers={"content-type": "text/plain"})
    assert requests[-1].headers["Content-Type"] == "text/plain"
    client, requests = package.client(default_headers={"content-type": "text/plain"})
    client.find.send()
    assert requests[-1].headers["Content-Type"] == "text/plain"


KEY = {"name": "x-api-key", "in": "header", "schema": {"type": "string"}}
LIMIT = {"name": "limit", "in": "query", "schema": {"type": "integer"}}
SCHEMES = {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}}


def parameters(package: Package) -> list[str]:
    signature = inspect.signature(package.client(api_key="secret")[0].find.send)
    return [name for name in signature.parameters if not name.startswith("extra_") and name != "timeout"]


def test_what_a_credential_fills_is_no_parameter(tmp_path: Path) -> None:
    document: dict[str, Any] = {**operation(KEY, LIMIT), "security": [{"key": []}], "components": SCHEMES}
    config = {"client": {"credentials": [{"option": "api_key", "scheme": "key"}]}}
    package = Package(tmp_path, document, config)
    assert parameters(package) == ["limit"]
    client, requests = package.client(api_key="secret")
    client.find.send(limit=1)
    assert requests[-1].headers["X-API-Key"] == "secret"


def test_without_security_the_key_is_a_parameter(tmp_path: Path) -> None:
    document: dict[str, Any] = {**operation(KEY, LIMIT, security=[]), "security": [{"key": []}], "components": SCHEMES}
    config = {"client": {"credentials": [{"option": "api_key", "scheme": "key"}]}}
    assert parameters(Package(tmp_path, document, config)) == ["x_api_key", "limit"]


def test_headers_of_sdk_yaml_are_no_parameters(tmp_path: Path) -> None:
    methods = {"send": {"endpoint": "get /find", "headers": {"X-Mine": "1"}}}
    config = {"client": {"headers": {"X-Yours": "2"}}, "resources": {"find": {"methods": methods}}}
    texts = [{"name": name, "in": "header", "schema": {"type": "string"}} for name in ("x-mine", "x-yours")]
    package = Package(tmp_path, operation(*texts, LIMIT), config)
    client, requests = package.client()
    client.find.send()
    assert (requests[-1].headers["X-Mine"], requests[-1].headers["X-Yours"]) == ("1", "2")
    assert list(inspect.signature(client.find.send).parameters)[0] == "limit"


def test_the_idempotency_key_is_no_parameter_but_of_get(tmp_path: Path) -> None:
    key = {"name": "idempotency-key", "in": "header", "schema": {"type": "string"}}
    document = operation(key)
    document["paths"]["/find"]["post"] = document["paths"]["/find"]["get"]
    client, requests = Package(tmp_path, document, {"client": {"idempotency_header": "Idempotency-Key"}}).client()
    client.find.send(idempotency_key="mine")
    client.find.send1()
    client.find.send1(extra_headers={"Idempotency-Key": "own"})
    keys = [request.headers["Idempotency-Key"] for request in requests]
    assert keys[0] == "mine" and len(keys[1]) > 30 and keys[2] == "own"
    assert "idempotency_key" not in inspect.signature(client.find.send1).parameters


def test_referenced_parameters_of_referenced_types(tmp_path: Path) -> None:
    components: Any = {
        "parameters": {"Count": {"name": "X-Count", "in": "header", "schema": {"$ref": "#/components/schemas/Count"}}},
        "schemas": {
            "Count": {"anyOf": [{"$ref": "#/components/schemas/Number"}, {"type": "null"}]},
            "Number": {"type": "integer"},
            "Order": {"type": "string", "enum": ["up", "down"]},
            "Orders": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}},
        },
    }
    orders = {"name": "orders", "in": "query", "explode": False, "schema": {"$ref": "#/components/schemas/Orders"}}
    document = {**operation({"$ref": "#/components/parameters/Count"}, orders), "components": components}
    client, requests = Package(tmp_path, document).client()
    client.find.send(x_count=3, orders=["up", "down"])
    client.find.send(x_count=None)
    assert [request.headers.get("X-Count") for request in requests] == ["3", None]
    assert requests[0].url.query == b"orders=up,down"
