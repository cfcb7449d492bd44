"""A loopback HTTP server that speaks the API as `spec/anthropic.yaml` tells it.

It has no knowledge of its own: a request must fit the schema of its operation, and the response is an example of the
spec, or the least value that fits its schema. Faults, slow responses and broken streams are not its business.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import attrs
import jsonschema_rs
import yaml

from sdkloom.document.pointers import escape
from sdkloom.verify.examples import Examples

from .servers import LoopbackServer, running

SPEC = Path(__file__).resolve().parent.parent / "spec" / "anthropic.yaml"
REQUEST_ID = "req_018EeWyXxfu5pfWkrYcMdjWG"


@attrs.frozen
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw)


@attrs.frozen
class Response:
    status: int
    content_type: str
    chunks: tuple[bytes, ...]


@attrs.frozen
class ApiServer:
    base_url: str
    requests: list[Seen]


@functools.cache
def spec() -> dict[str, Any]:
    with SPEC.open(encoding="utf-8") as file:
        return yaml.safe_load(file)


def response(request: Seen) -> Response:
    """What the API says to a request."""
    path = path_of(request)
    operation = spec()["paths"].get(path, {}).get(request.method.lower())
    if operation is None:
        return error(404, "not_found_error", f"there is no {request.method} {request.path}")
    if "x-api-key" not in request.headers and "authorization" not in request.headers:
        return error(401, "authentication_error", "x-api-key header is required")
    for parameter in operation.get("parameters", ()):
        found = referred(parameter)
        if found["in"] == "header" and found.get("required") and found["name"] not in request.headers:
            return error(400, "invalid_request_error", f"{found['name']}: header is required")
    content = operation["responses"]["200"].get("content", {})
    if "requestBody" not in operation:
        return Response(200, "application/json", (json.dumps(drawn(path, request.method.lower(), content)).encode(),))
    try:
        body = request.body
    except ValueError:
        return error(400, "invalid_request_error", "the body is not JSON")
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    for mistake in validator(json.dumps(schema)).iter_errors(body):
        place = ".".join(map(str, mistake.instance_path))
        return error(400, "invalid_request_error", f"{place}: {mistake.message}")
    if not content.get("application/json", {}).get("examples"):
        return Response(200, "application/json", (json.dumps(drawn(path, request.method.lower(), content)).encode(),))
    return success(content, body)


def path_of(request: Seen) -> str:
    """The path of the spec that a request is for."""
    for path in spec()["paths"]:
        pattern = "[^/?]+".join(re.escape(part) for part in re.split(r"\{[^}]+\}", path))
        if re.fullmatch(pattern, request.path):
            return path
    return request.path


def referred(value: dict[str, Any]) -> dict[str, Any]:
    """A component, if the value refers to one; else the value."""
    if "$ref" not in value:
        return value
    _, _, kind, name = value["$ref"].split("/")
    return spec()["components"][kind][name]


def drawn(path: str, verb: str, content: Mapping[str, Any]) -> Any:
    """A response for which the spec has no example."""
    if "application/json" not in content:
        return None
    pointer = f"#/paths/{escape(path)}/{verb}/responses/200/content/application~1json/schema"
    return Examples(spec(), 0).draw(pointer, 1)[0]


def success(content: Mapping[str, Any], body: Mapping[str, Any]) -> Response:
    if body.get("stream"):
        events = example(content["text/event-stream"], "serializedValue", body).split("\n\n")
        chunks = tuple(f"{event}\n\n".encode() for event in events if event)
        return Response(200, "text/event-stream", chunks)
    message = example(content["application/json"], "value", body)
    return Response(200, "application/json", (json.dumps({**message, "model": body["model"]}).encode(),))


def example(media_type: Mapping[str, Any], kind: str, body: Mapping[str, Any]) -> Any:
    """The example `tool` for a question that comes with tools, else the first one."""
    examples = media_type["examples"]
    last = body["messages"][-1]["content"]
    answered = isinstance(last, list) and any(block["type"] == "tool_result" for block in last)
    name = "tool" if body.get("tools") and not answered and "tool" in examples else next(iter(examples))
    return examples[name][kind]


def error(status: int, kind: str, message: str) -> Response:
    body = {"type": "error", "error": {"type": kind, "message": message}}
    return Response(status, "application/json", (json.dumps(body).encode(),))


@functools.cache
def validator(schema: str) -> Any:
    return jsonschema_rs.Draft202012Validator({**json.loads(schema), "components": spec()["components"]})


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Seen(self.command, self.path, headers, raw)
        self.server.seen.append(request)
        self.reply(response(request))

    do_GET = do_PUT = do_PATCH = do_DELETE = do_POST

    def reply(self, reply: Response) -> None:
        self.send_response(reply.status)
        self.send_header("content-type", reply.content_type)
        self.send_header("request-id", REQUEST_ID)
        if reply.content_type == "text/event-stream":
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            for chunk in (*reply.chunks, b""):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        else:
            self.send_header("content-length", str(sum(map(len, reply.chunks))))
            self.end_headers()
            self.wfile.write(b"".join(reply.chunks))

    def log_message(self, format: str, *args: Any) -> None:
        """Tests have their own way to look at requests: `ApiServer.requests`."""


class Server(LoopbackServer):
    def __init__(self) -> None:
        super().__init__(Handler)
        self.seen: list[Seen] = []


@contextmanager
def serving() -> Iterator[ApiServer]:
    with running(Server()) as server:
        yield ApiServer(server.url, server.seen)
