"""What the generated tests of a package send: every method, with what is required and with everything."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import NamedTuple

from ..packages import run_tests
from ..servers import LoopbackServer, running


class Seen(NamedTuple):
    """One request as it arrived."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Handler(BaseHTTPRequestHandler):
    """Keeps each request, and refuses it: only what is sent counts here."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def handle_any(self) -> None:
        body = self._chunks() if "transfer-encoding" in self.headers else self._sized()
        self.server.seen.append(Seen(self.command, self.path, tuple(self.headers.items()), body))
        self.send_response(400)
        self.send_header("content-length", "0")
        self.end_headers()

    do_GET = do_PUT = do_POST = do_DELETE = do_OPTIONS = do_HEAD = do_PATCH = do_TRACE = handle_any

    def _sized(self) -> bytes:
        return self.rfile.read(int(self.headers.get("content-length", 0)))

    def _chunks(self) -> bytes:
        found = b""
        while size := int(self.rfile.readline(), 16):
            found += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return found

    def log_message(self, format: str, *args: object) -> None:
        """The requests are looked at later."""


class Server(LoopbackServer):
    def __init__(self) -> None:
        super().__init__(Handler)
        self.seen: list[Seen] = []


def sent_by(package: Path) -> list[Seen]:
    """The requests of the generated tests of a package, sync and async."""
    with running(Server()) as server:
        selected = ("-k", "not raw and not streaming")
        done = run_tests(package, *selected, TEST_API_BASE_URL=server.url, NO_PROXY="127.0.0.1")
    assert server.seen, done.stdout[-2000:] + done.stderr[-2000:]
    assert "error" not in (done.stdout.splitlines() or [""])[-1], done.stdout[-3000:]
    return server.seen
