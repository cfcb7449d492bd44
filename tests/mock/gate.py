"""What stands before Prism: it hands requests on as they are, but for what Prism can't tell by itself.

Prism ignores queries when it looks for a path, and picks the kind of a response by `Accept` alone, where the API looks
at the member `stream` of the body.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from ..servers import LoopbackServer, running

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Gate(LoopbackServer):
    """Leads to a server on this machine. `routes` holds the paths that it has under another name."""

    def __init__(self, port: int, routes: Mapping[str, str]) -> None:
        super().__init__(Handler)
        self.port = port
        self.routes = routes


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Gate

    def forward(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = dict(self.headers.items())
        if wants_events(body):
            headers["Accept"] = "text/event-stream"
        behind = http.client.HTTPConnection("127.0.0.1", self.server.port)
        try:
            behind.request(self.command, self.server.routes.get(self.path, self.path), body or None, headers)
            response = behind.getresponse()
            content = response.read()
        finally:
            behind.close()
        self.send_response(response.status)
        for name, value in response.getheaders():
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        if self.command != "HEAD":
            self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_TRACE = forward

    def log_message(self, format: str, *args: object) -> None:
        """Prism writes a log of its own."""


def wants_events(body: bytes) -> bool:
    try:
        value: object = json.loads(body)
    except ValueError:
        return False
    return isinstance(value, dict) and value.get("stream") is True


@contextmanager
def gate(port: int, routes: Mapping[str, str]) -> Iterator[str]:
    """The base URL of a gate to `port`."""
    with running(Gate(port, routes)) as server:
        yield server.url
