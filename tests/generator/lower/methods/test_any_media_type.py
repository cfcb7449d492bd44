"""Content of any type (`*/*`, `application/*`): JSON wherever the schema says more than that it is a text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ...lowering import Lowered, lower_text, show

PET = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
PETS = {
    "type": "object",
    "properties": {
        "content": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
        "totalPages": {"type": "integer"},
    },
}
PAGE = {"name": "page", "in": "query", "schema": {"type": "integer", "default": 0}}
REF = {"$ref": "#/components/schemas/Pet"}


def lowered(media_type: str, error: dict[str, Any], sent: dict[str, Any]) -> Lowered:
    def content(schema: dict[str, Any]) -> dict[str, Any]:
        return {"description": "x", "content": {media_type: {"schema": schema}}}

    paths = {
        "/pets": {
            "get": {"parameters": [PAGE], "responses": {"200": content(PETS), "400": content(error)}},
            "post": {"requestBody": content(sent), "responses": {"204": {"description": "x"}}},
        }
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "servers": [{"url": "https://pets.example"}],
        "paths": paths,
        "webhooks": {"born": {"post": {"requestBody": content(REF), "responses": {"200": {"description": "x"}}}}},
        "components": {"schemas": {"Pet": PET, "Fault": {**PET, "required": []}}},
    }
    return lower_text(json.dumps(document), None, head="")


@pytest.mark.parametrize("media_type", ["*/*", "application/*"])
def test_objects_are_json(media_type: str) -> None:
    found = lowered(media_type, {"$ref": "#/components/schemas/Fault"}, REF)
    by_name = {method.name: method for method in found.resource("pets").methods}
    assert by_name.keys() == {"create", "list"}
    page = by_name["list"].page
    assert page is not None and page.items == "content"
    assert [(case.status, show(case.type)) for case in by_name["list"].errors] == [("400", "Fault")]
    assert [each.media_type for each in by_name["create"].body_formats] == ["application/json"]
    assert [(hook.name, show(hook.type)) for hook in found.ok.webhooks] == [("born", "Pet")]
    assert set(found.codes) == {"LOW162"}


@pytest.mark.parametrize("error", [{"type": "string"}, {"type": ["string", "null"]}])
def test_texts_are_not(error: dict[str, Any]) -> None:
    (method, _) = sorted(lowered("*/*", error, REF).resource("pets").methods, key=lambda each: each.name != "list")
    assert method.errors == ()


def test_json_without_a_schema_hides_no_other() -> None:
    schema = {"schema": {"$ref": "#/components/schemas/Fault"}}
    content = {"application/json": {}, "application/problem+json": schema}
    head = {"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "servers": [{"url": "https://pets.example"}]}
    operation = {"responses": {"204": {"description": "x"}, "400": {"description": "x", "content": content}}}
    hook = {"requestBody": {"content": content}, "responses": {"200": {"description": "x"}}}
    document = {
        **head,
        "paths": {"/pets": {"get": operation}},
        "webhooks": {"born": {"post": hook}},
        "components": {"schemas": {"Fault": PET}},
    }
    found = lower_text(json.dumps(document), None, head="")
    (method,) = found.resource("pets").methods
    assert [show(case.type) for case in method.errors] == ["Fault"]
    assert [show(webhook.type) for webhook in found.ok.webhooks] == ["Fault"]
