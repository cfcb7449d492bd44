"""Types that hold themselves: packages of them can be imported, and read and send such values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from .packages import Package

NODE = {"$ref": "#/components/schemas/Node"}
LINKS: dict[str, Any] = {
    "next": {"oneOf": [{"type": "string"}, NODE]},
    "all": {"type": "array", "items": {"oneOf": [NODE, {"type": "integer"}]}},
}
SCHEMAS = {
    "Node": {
        "type": "object",
        "additionalProperties": True,
        "required": ["value"],
        "properties": {"value": {"type": "string"}, **LINKS},
    }
}


def test_an_open_object_that_holds_itself_in_unions(tmp_path: Path) -> None:
    content = {"application/json": {"schema": {"type": "array", "items": NODE}}}
    operation = {
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "x", "content": content}},
    }
    package = Package(tmp_path, {"paths": {"/nodes": {"post": operation}}, "components": {"schemas": SCHEMAS}})
    tree = [{"value": "a", "next": {"value": "b", "next": "end", "more": 1}, "all": [1, {"value": "c"}]}]
    client, requests = package.client(httpx.Response(200, json=tree))
    (node,) = client.find.send(body=tree)
    assert requests[-1].read() == httpx.Request("POST", "https://x.test", json=tree).read()
    assert (node.next.value, node.next.next, node.all[1].value) == ("b", "end", "c")
