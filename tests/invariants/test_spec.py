"""`spec/anthropic.yaml` is valid OpenAPI 3.2, and its examples are what its schemas say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from ..loopback import spec, validator

STANDARD = Path(__file__).parent / "data" / "openapi-3.2"


def standard(name: str) -> dict[str, Any]:
    return json.loads((STANDARD / f"{name}.json").read_text(encoding="utf-8"))


def contents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every media type that the document describes, with its place."""
    for path, item in spec()["paths"].items():
        for verb, operation in item.items():
            body = operation.get("requestBody", {}).get("content", {})
            responses = {status: response.get("content", {}) for status, response in operation["responses"].items()}
            for part, content in {"request": body, **responses}.items():
                yield from ((f"{verb} {path} {part} {name}", found) for name, found in content.items())
    for name, response in spec()["components"]["responses"].items():
        yield from ((f"response {name} {kind}", found) for kind, found in response["content"].items())


def examples() -> Iterator[tuple[str, str, Any]]:
    """Place, schema and value of every example; of a stream, every event that the schema is about."""
    for place, content in contents():
        for name, example in content.get("examples", {}).items():
            if "value" in example:
                yield f"{place} {name}", json.dumps(content["schema"]), example["value"]
            else:
                schema = json.dumps(content["itemSchema"]["properties"]["data"]["contentSchema"])
                yield from ((f"{place} {name}", schema, data) for data in events(example["serializedValue"]))


def events(stream: str) -> Iterator[Any]:
    assert stream.endswith("\n\n")
    for event in stream.removesuffix("\n\n").split("\n\n"):
        kind, data = event.removeprefix("event: ").split("\ndata: ")
        assert json.loads(data)["type"] == kind
        if kind != "ping":
            yield json.loads(data)


def test_the_document_is_valid() -> None:
    documents = [standard(name) for name in ("schema", "meta", "dialect")]
    registry = jsonschema_rs.Registry([(document["$id"], document) for document in documents])
    found = jsonschema_rs.Draft202012Validator(documents[0], registry=registry).iter_errors(spec())
    assert [f"{error.instance_path}: {error.message}" for error in found] == []


@pytest.mark.parametrize("name", sorted(spec()["components"]["schemas"]))
def test_every_schema_is_a_schema(name: str) -> None:
    assert jsonschema_rs.meta.is_valid({**spec()["components"]["schemas"][name]})


@pytest.mark.parametrize(("place", "schema", "value"), list(examples()))
def test_examples_fit_their_schemas(place: str, schema: str, value: Any) -> None:
    assert [f"{error.instance_path}: {error.message}" for error in validator(schema).iter_errors(value)] == []


@pytest.mark.parametrize("path", ["/v1/messages", "/v1/messages?beta=prompt_caching"])
def test_messages_have_examples(path: str) -> None:
    """The README, the examples and the loopback server live on them. Other contents may do without."""
    found = [content for place, content in contents() if place.startswith(f"post {path} ")]
    assert len(found) >= 3
    assert all(content.get("examples") for content in found)
