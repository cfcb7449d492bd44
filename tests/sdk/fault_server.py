"""A loopback HTTP server that misbehaves on purpose: plain sockets, scripted responses.

`FaultServer` takes a list of responses. Each request takes the next one; the last one stays. A response is a function
that gets the connection and does what it likes with it: send bytes, wait, reset. No SDK is imported here.
"""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType

Response = Callable[["Connection"], None]

MESSAGE = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "claude-3-opus-20240229",
    "content": [{"type": "text", "text": "Hello"}],
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "usage": {"input_tokens": 3, "output_tokens": 5},
}
BODY = json.dumps(MESSAGE).encode()


def _event(name: str, **data: object) -> bytes:
    return f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n".encode()


EVENTS = [
    _event("message_start", message={**MESSAGE, "content": [], "stop_reason": None}),
    _event("content_block_start", index=0, content_block={"type": "text", "text": ""}),
    _event("content_block_delta", index=0, delta={"type": "text_delta", "text": "Hel"}),
    _event("content_block_delta", index=0, delta={"type": "text_delta", "text": "lo"}),
    _event("content_block_stop", index=0),
    _event("message_delta", delta={"stop_reason": "end_turn", "stop_sequence": None}, usage={"output_tokens": 5}),
    _event("message_stop"),
]


class Request:
    """What the server read."""

    def __init__(self, head: bytes, body: bytes, connection: int) -> None:
        first, *lines = head.decode("latin-1").split("\r\n")
        self.method, self.path, _ = first.split(" ", 2)
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        self.body = body
        self.connection = connection

    @property
    def wants_stream(self) -> bool:
        return b'"stream":true' in self.body.replace(b" ", b"")


class Connection:
    """One accepted socket."""

    def __init__(self, sock: socket.socket, number: int, stopped: threading.Event) -> None:
        self.sock = sock
        self.number = number
        self.stopped = stopped
        self.is_open = True
        self.request: Request | None = None
        self._buffer = b""

    def read_request(self) -> Request | None:
        while b"\r\n\r\n" not in self._buffer:
            if not self._receive():
                return None
        head, _, rest = self._buffer.partition(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        while len(rest) < length:
            if not self._receive():
                return None
            rest = self._buffer.partition(b"\r\n\r\n")[2]
        self._buffer = rest[length:]
        self.request = Request(head, rest[:length], self.number)
        return self.request

    def _receive(self) -> bool:
        data = self.sock.recv(65536)
        self._buffer += data
        return bool(data)

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def close(self) -> None:
        """End the connection in order."""
        self.is_open = False
        self.sock.close()

    def reset(self) -> None:
        """End the connection as a crash does."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def wait(self) -> None:
        """Do nothing until the client goes away."""
        self.is_open = False
        with suppress(OSError):
            while not self.stopped.is_set() and self.sock.recv(65536):
                pass
        self.close()

    def dribble(self, data: bytes, pause: float = 0.02) -> None:
        """Send byte by byte, without end, until the client goes away."""
        with suppress(OSError):
            while not self.stopped.wait(pause):
                self.send(data[:1])
                data = data[1:] + data[:1]
        self.close()


class FaultServer:
    """`with FaultServer(response, ...) as server:` listens on `server.url`, keeps requests in `server.requests`."""

    def __init__(self, *responses: Response) -> None:
        self.responses = list(responses)
        self.requests: list[Request] = []
        self.connections = 0
        self.open = 0
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> FaultServer:
        threading.Thread(target=self._accept, name="fault-server", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._stopped.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for sock in self._sockets:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)

    def script(self, *responses: Response) -> None:
        """Start over with other responses."""
        with self._lock:
            self.responses = list(responses)
            self.requests = []

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self.connections += 1
                self.open += 1
                self._sockets.append(sock)
                connection = Connection(sock, self.connections, self._stopped)
            threading.Thread(target=self._serve, args=(connection,), name="fault-server", daemon=True).start()

    def _serve(self, connection: Connection) -> None:
        try:
            while connection.is_open:
                request = connection.read_request()
                if request is None:
                    return
                with self._lock:
                    self.requests.append(request)
                    response = self.responses.pop(0) if len(self.responses) > 1 else self.responses[0]
                response(connection)
        except OSError:
            pass
        finally:
            connection.sock.close()
            with self._lock:
                self.open -= 1
                self._sockets.remove(connection.sock)


def head(status: str = "200 OK", **headers: str) -> bytes:
    """The first bytes of a response. `content_type` becomes `content-type`."""
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return ("\r\n".join([*lines, "", ""])).encode("latin-1")


def respond(
    body: bytes = BODY, status: str = "200 OK", content_type: str = "application/json", **headers: str
) -> Response:
    """A complete response."""
    start = head(status, content_type=content_type, content_length=str(len(body)), request_id="req_1", **headers)
    return lambda connection: connection.send(start + body)


def stream(events: Sequence[bytes] = tuple(EVENTS), *, end: bool = True, **headers: str) -> Response:
    """An event stream, a chunk for each event."""
    start = head(content_type="text/event-stream", transfer_encoding="chunked", request_id="req_1", **headers)

    def response(connection: Connection) -> None:
        connection.send(start + b"".join(b"%x\r\n%s\r\n" % (len(event), event) for event in events))
        if end:
            connection.send(b"0\r\n\r\n")

    return response


def good(connection: Connection) -> None:
    """What was asked for: a message, or a stream of one."""
    assert connection.request is not None
    (stream() if connection.request.wants_stream else respond())(connection)


def then(first: Response, *rest: Response) -> Response:
    """One after the other on the same connection."""

    def response(connection: Connection) -> None:
        for step in (first, *rest):
            step(connection)

    return response


def send(data: bytes) -> Response:
    return lambda connection: connection.send(data)


reset: Response = Connection.reset
close: Response = Connection.close
wait: Response = Connection.wait


def dribble(data: bytes) -> Response:
    return lambda connection: connection.dribble(data)


def half(ending: Response) -> Response:
    """Half of what was asked for, then `ending`."""

    def response(connection: Connection) -> None:
        assert connection.request is not None
        if connection.request.wants_stream:
            stream(EVENTS[:3], end=False)(connection)
        else:
            connection.send(head(content_type="application/json", content_length=str(len(BODY))) + BODY[:40])
        ending(connection)

    return response


def body_for(plain: bytes, events: bytes, **headers: str) -> Response:
    """One body for plain calls and another for streams, each with its content type."""

    def response(connection: Connection) -> None:
        assert connection.request is not None
        is_stream = connection.request.wants_stream
        kind = "text/event-stream" if is_stream else "application/json"
        respond(events if is_stream else plain, content_type=kind, **headers)(connection)

    return response


def packed(data: bytes) -> bytes:
    return gzip.compress(data)


ALL_EVENTS = b"".join(EVENTS)
