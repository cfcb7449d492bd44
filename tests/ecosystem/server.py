"""A loopback server with the responses that a program brings, and the requests that it has seen.

A response is a mapping:

    {"text": "Hi"}                                       one text block
    {"text": "Let me see", "tools": [["add", {"a": 1}]]}  with calls of tools
    {"status": 529, "error": "overloaded_error"}         an error

It is sent as JSON, or as server-sent events to a request with `stream`.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Mapping[str, Any]

USAGE = {"input_tokens": 25, "output_tokens": 15}
REQUEST_ID = "req_018EeWyXxfu5pfWkrYcMdjWG"
NOT_COMPARED = {"content-length", "host"}
"""Spaces in JSON count in the one, the port stands in the other."""


def message(reply: Reply, model: str) -> dict[str, Any]:
    """The message that a reply stands for."""
    tools = reply.get("tools", [])
    content: list[dict[str, Any]] = [{"type": "text", "text": reply["text"]}] if "text" in reply else []
    content += [
        {"type": "tool_use", "id": f"toolu_{number}", "name": name, "input": arguments}
        for number, (name, arguments) in enumerate(tools, 1)
    ]
    return {
        "id": "msg_01",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": content,
        "stop_reason": reply.get("stop_reason", "tool_use" if tools else "end_turn"),
        "stop_sequence": None,
        "usage": {**USAGE, **reply.get("usage", {})},
    }


def events(whole: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The events that say a message piece by piece."""
    usage = {**whole["usage"], "output_tokens": 1}
    yield {
        "type": "message_start",
        "message": {**whole, "content": [], "stop_reason": None, "stop_sequence": None, "usage": usage},
    }
    yield {"type": "ping"}
    for index, block in enumerate(whole["content"]):
        if block["type"] == "text":
            yield {"type": "content_block_start", "index": index, "content_block": {**block, "text": ""}}
            deltas = [{"type": "text_delta", "text": piece} for piece in pieces(block["text"])]
        else:
            yield {"type": "content_block_start", "index": index, "content_block": {**block, "input": {}}}
            text = json.dumps(block["input"])
            deltas = [{"type": "input_json_delta", "partial_json": piece} for piece in ["", *pieces(text)]]
        for delta in deltas:
            yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    yield {
        "type": "message_delta",
        "delta": {"stop_reason": whole["stop_reason"], "stop_sequence": None},
        "usage": {"output_tokens": whole["usage"]["output_tokens"]},
    }
    yield {"type": "message_stop"}


def pieces(text: str, size: int = 7) -> list[str]:
    """A text in pieces of a few characters."""
    return [text[start : start + size] for start in range(0, len(text), size)]


def normal(requests: list[Any]) -> str:
    """Requests as text, for comparison. Ids that the program drew are numbered."""
    text = json.dumps(requests, indent=1, sort_keys=True)
    drawn = dict.fromkeys(re.findall(r'"(?:id|tool_use_id)": "((?!toolu_|msg_)[^"]+)"', text))
    for number, found in enumerate(drawn, 1):
        text = text.replace(f'"{found}"', f'"drawn {number}"')
    return text


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))
        headers = {name.lower(): value for name, value in self.headers.items() if name.lower() not in NOT_COMPARED}
        reply = self.server.next_reply({"path": self.path, "headers": headers, "body": body})
        if "status" in reply:
            kind = reply.get("error", "api_error")
            error = {"type": "error", "error": {"type": kind, "message": reply.get("text", kind)}}
            self.reply(reply["status"], "application/json", json.dumps(error))
        elif body.get("stream"):
            said = events(message(reply, body["model"]))
            text = "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in said)
            self.reply(200, "text/event-stream", text)
        else:
            self.reply(200, "application/json", json.dumps(message(reply, body["model"])))

    def reply(self, status: int, content_type: str, text: str) -> None:
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("request-id", REQUEST_ID)
        self.send_header("content-length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """`Server.seen` has the requests."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, replies: list[Reply]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[dict[str, Any]] = []
        self._replies = replies
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def next_reply(self, request: dict[str, Any]) -> Reply:
        """Take a request; the reply is the one of its turn."""
        with self._lock:
            self.seen.append(request)
            turn = len(self.seen) - 1
            return self._replies[turn] if turn < len(self._replies) else {"status": 400, "text": "no reply is left"}


@contextmanager
def serving(replies: list[Reply]) -> Iterator[Server]:
    """A server with these replies, while the block runs."""
    server = Server(replies)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
