"""Operations with bodies, which the tests of a module declare; one package has them all."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from .packages import Package

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
FILE: Schema = {"type": "string", "format": "binary"}


def thing(required: list[str] | None = None, **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


def body(content: dict[str, Any], verb: str = "post", **more: Any) -> dict[str, Any]:
    """An operation with a body; `content` gives the schemas of media types, or whole Media Type Objects."""
    types = {
        name: media if set(media) & {"schema", "encoding"} else {"schema": media} for name, media in content.items()
    }
    request = {"content": types, **more}
    return {verb: {"requestBody": request, "responses": {"204": {"description": "Done."}}}}


class Part(NamedTuple):
    name: str
    filename: str | None
    type: str
    content: bytes


def parts(request: httpx.Request) -> list[Part]:
    """The parts of a multipart body, as the standard library reads them."""
    head = b"content-type: " + request.headers["content-type"].encode() + b"\r\n\r\n"
    whole = message_from_bytes(head + request.content, policy=policy.HTTP)
    found: list[Any] = list(whole.iter_parts())  # type: ignore[attr-defined]
    return [
        Part(
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get("content-type", ""),
            part.get_payload(decode=True),
        )
        for part in found
    ]


def content_type(request: httpx.Request) -> str:
    return str(request.headers["content-type"])


class Operations:
    """Operations by the name under which tests call them."""

    def __init__(self) -> None:
        self.by_name: dict[str, dict[str, Any]] = {}
        self._find: Any = None
        self._requests: list[httpx.Request] = []

    def declare(self, operation: dict[str, Any]) -> str:
        """Add an operation; its name."""
        name = json.dumps(operation)
        self.by_name.setdefault(name, operation)
        return name

    def generate(self, folder: Path) -> None:
        """Make the package. Operations may refer to the schema `Link`."""
        paths = {f"/x{number}": operation for number, operation in enumerate(self.by_name.values())}
        components = {"schemas": {"Link": thing(url=TEXT)}}
        client, self._requests = Package(folder, {"paths": paths, "components": components}).client()
        self._find = client.find

    def sent(self, name: str, **arguments: Any) -> httpx.Request:
        """Call an operation: the request."""
        self._requests.clear()
        number = list(self.by_name).index(name)
        getattr(self._find, f"send{number or ''}")(**arguments)
        (request,) = self._requests
        return request
