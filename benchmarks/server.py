"""Loopback HTTP/1.1 keep-alive server with canned answers, so that it costs far less CPU than any client.

python server.py KIND ...   prints its port, then serves until stdin closes.
KIND: small | mixed | large | sse-text:N | sse-tool:N  (SSE is sent with chunked encoding, one chunk per event)
"""

from __future__ import annotations

import asyncio
import functools
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import fixtures


def answer(kind: str) -> bytes:
    if kind.startswith("sse-"):
        name, _, count = kind.partition(":")
        records = (fixtures.sse_text if name == "sse-text" else fixtures.sse_tool)(int(count))
        body = b"".join(b"%x\r\n%s\r\n" % (len(r), r) for r in records) + b"0\r\n\r\n"
        return b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n" + body
    body = fixtures.message_bytes(kind)
    return (
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nrequest-id: req_1\r\n"
        b"content-length: %d\r\n\r\n" % len(body)
    ) + body


class Http(asyncio.Protocol):
    def __init__(self, reply: bytes) -> None:
        self.reply, self.buffer, self.need = reply, b"", -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while True:
            if self.need < 0:
                end = self.buffer.find(b"\r\n\r\n")
                if end < 0:
                    return
                head = self.buffer[:end].lower()
                at = head.find(b"content-length:")
                length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
                self.need = end + 4 + length
            if len(self.buffer) < self.need:
                return
            self.buffer, self.need = self.buffer[self.need :], -1
            self.transport.write(self.reply)


async def main(kinds: list[str]) -> None:
    loop = asyncio.get_running_loop()
    servers = [
        await loop.create_server(functools.partial(Http, answer(kind)), "127.0.0.1", 0, backlog=1024) for kind in kinds
    ]
    print(*(s.sockets[0].getsockname()[1] for s in servers), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


@contextmanager
def serving(*kinds: str) -> Iterator[list[str]]:
    """Start the server as a child process; yields one base URL per kind."""
    child = subprocess.Popen(
        [sys.executable, __file__, *kinds], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield [f"http://127.0.0.1:{port}" for port in child.stdout.readline().split()]
    finally:
        child.stdin.close()
        child.terminate()
        child.wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
