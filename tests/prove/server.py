"""A server that knows one document: it refuses what the document doesn't take, and gives what the document promises."""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import attrs
import httpx

from sdkloom.document.pointers import escape
from sdkloom.ir.streams import StreamEvents

from ..wire.judge import Judge, Operation, text_of
from ..wire.recorder import Seen
from .states import State
from .values import Values, undeclared_keys

ASKED = "x-prove"
"""The header by which a program asks for something that no document describes: a failure, a stream, anything."""

_ROUNDS = 12
"""So many different responses at most are tried on a program."""


@attrs.frozen(kw_only=True)
class Reply:
    """One thing that an operation may respond with."""

    status: int
    media_type: str = ""
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def response(self) -> httpx.Response:
        headers = [*self.headers, *([("content-type", self.media_type)] if self.media_type else [])]
        return httpx.Response(self.status, headers=headers, content=self.body)


@attrs.define(kw_only=True)
class Traffic:
    """What happened while a program ran."""

    refused: list[str] = attrs.field(factory=list[str])
    """Why requests were refused, or would have been."""
    doubtful: list[str] = attrs.field(factory=list[str])
    """What the document doesn't know, and servers often pass over."""
    requests: list[Seen] = attrs.field(factory=list[Seen])
    understood: list[str] = attrs.field(factory=list[str])
    """The parameters, as the document reads them."""
    replies: int = 1
    """How many different replies there are."""
    crash: Exception | None = None
    """What went wrong in the server itself."""


_Judgement = tuple[list[str], list[str], str]
"""Why a request is refused, what is doubtful about it, and how it is understood."""


class Server:
    """Responds to the requests of one program after the other."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.values = Values(state.document)
        self.traffic = Traffic()
        self._round = 0
        self._is_strict = True
        self._known: dict[str, list[tuple[str, Reply]]] = {}
        self._judged: dict[Seen, _Judgement] = {}

    def does_as(self, other: Server) -> bool:
        """Whether it responds as another one does."""
        return self.state.document == other.state.document and self._stream_events == other._stream_events

    @functools.cached_property
    def judge(self) -> Judge:
        return Judge(self.state.document)

    @functools.cached_property
    def bases(self) -> list[str]:
        """The URLs of all servers, without the slash at the end."""
        document = self.state.document
        declared = [*document.get("servers", [])]
        for item in document.get("paths", {}).values():
            declared += item.get("servers", [])
            for operation in item.values():
                declared += operation.get("servers", []) if isinstance(operation, dict) else []
        found = [_with_defaults(server).rstrip("/") for server in declared]
        return found or [""]

    def start(self, round: int, *, is_strict: bool) -> None:
        """Begin with the next program, which gets the response of that number."""
        self._round = round
        self._is_strict = is_strict
        self.traffic = Traffic()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request."""
        try:
            return self._respond(request)
        except Exception as error:
            self.traffic.crash = error
            raise

    def _respond(self, request: httpx.Request) -> httpx.Response:
        seen = self._seen(request)
        self.traffic.requests.append(seen)
        asked = request.headers.get(ASKED, "")
        if asked.startswith("stream"):
            return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=self._stream(asked))
        if asked == "anything":
            return httpx.Response(204)
        operation = self.judge.operation(seen)
        if operation is None:
            self.traffic.refused.append(f"there is no {seen.method} {seen.target}")
            return httpx.Response(404)
        if asked == "fail":
            return self._pick(self._replies_of(operation, "45"), request, 400)
        self._look(seen)
        if self.traffic.refused and self._is_strict:
            return httpx.Response(400, json={"error": self.traffic.refused})
        return self._pick(self._replies_of(operation, "2d"), request, 204)

    def _seen(self, request: httpx.Request) -> Seen:
        url = str(request.url)
        base = next((base for base in self.bases if base and url.startswith(base)), None)
        if base is None:
            parts = urlsplit(url)
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            if any(self.bases):
                self.traffic.doubtful.append(f"the document has no server {parts.scheme}://{parts.netloc}")
        else:
            target = url[len(base) :]
        headers = tuple((key, value) for key, value in request.headers.items())
        return Seen(request.method, target or "/", headers, request.read())

    def _look(self, seen: Seen) -> None:
        if seen not in self._judged:
            self._judged[seen] = self._judgement(seen)
        refused, doubtful, understood = self._judged[seen]
        self.traffic.refused += refused
        self.traffic.doubtful += doubtful
        self.traffic.understood.append(understood)

    def _judgement(self, seen: Seen) -> _Judgement:
        refused: list[str] = []
        doubtful: list[str] = []
        for error in self.judge.errors(seen):
            if _is_about_bytes(error) or (_schema_errors(error) and self._fits(seen)):
                continue
            (doubtful if _is_about_format(error) else refused).append(text_of(error))
        doubtful += self.judge.undeclared(seen)
        body_fault = self._undeclared_keys(seen)
        doubtful += [body_fault] if body_fault else []
        return refused, doubtful, "" if refused else self.judge.understood(seen)

    def _fits(self, seen: Seen) -> bool:
        """Whether the body is valid, discriminators aside: openapi-core takes `cat` for no name of `Cat`."""
        operation = self.judge.operation(seen)
        kind = dict(seen.headers).get("content-type", "").partition(";")[0]
        if operation is None or not kind.endswith("json") or not seen.body:
            return False
        place = f"#/paths/{escape(operation.path)}/{operation.verb}/requestBody/content/{escape(kind)}/schema"
        return self.values.fits(place, json.loads(seen.body))

    def _undeclared_keys(self, seen: Seen) -> str | None:
        operation = self.judge.operation(seen)
        kind = dict(seen.headers).get("content-type", "").partition(";")[0]
        if operation is None or operation.body is None or not kind.endswith("json") or not seen.body:
            return None
        schema = operation.body.get("content", {}).get(kind, {}).get("schema")
        key = next(undeclared_keys(self.state.document, schema, json.loads(seen.body)), None)
        return None if key is None else f"nobody declared the key {key!r}"

    def _pick(self, replies: list[Reply], request: httpx.Request, status: int) -> httpx.Response:
        accepted = [kind.partition(";")[0].strip() for kind in request.headers.get("accept", "*/*").split(",")]
        fitting = [
            reply
            for reply in replies
            if not reply.media_type or "*/*" in accepted or reply.media_type.partition(";")[0] in accepted
        ]
        replies = fitting or replies
        if len(self.traffic.requests) > 1:  # further pages: the least there can be, so that they come to an end
            replies = sorted(replies, key=lambda reply: len(reply.body))[:1]
        self.traffic.replies = max(self.traffic.replies, min(len(replies), _ROUNDS))
        return replies[self._round % len(replies)].response if replies else httpx.Response(status)

    def _replies_of(self, operation: Operation, kinds: str) -> list[Reply]:
        """Those with a status of some kinds: `2d` are successes, and whatever is documented as `default`."""
        if operation.name not in self._known:
            self._known[operation.name] = list(self._replies(operation))
        return [reply for status, reply in self._known[operation.name] if status[0] in kinds]

    def _replies(self, operation: Operation) -> Iterator[tuple[str, Reply]]:
        for status, response in operation.responses.items():
            code = 200 if status == "default" else int(status.replace("X", "0"))
            place = f"#/paths/{escape(operation.path)}/{operation.verb}/responses/{escape(status)}"
            content = response.get("content", {})
            if not content:
                for headers in self._headers(place, response):
                    yield status, Reply(status=code, headers=headers)
            for media_type, media in content.items():
                for body in self._bodies(f"{place}/content/{escape(media_type)}", media_type, media):
                    for headers in self._headers(place, response):
                        yield status, Reply(status=code, media_type=media_type, body=body, headers=headers)

    def _headers(self, place: str, response: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], ...]]:
        declared = response.get("headers", {})
        every: list[tuple[str, str]] = []
        needed: list[tuple[str, str]] = []
        for name, header in declared.items():
            drawn = self.values.drawn(f"{place}/headers/{escape(name)}/schema") or ["text"]
            value = next((each for each in drawn if each not in ("", None)), "text")
            text = value if isinstance(value, str) else json.dumps(value)
            every.append((name, text))
            needed += [(name, text)] if header.get("required") else []
        yield tuple(every)
        if needed != every:
            yield tuple(needed)

    def _bodies(self, place: str, media_type: str, media: Mapping[str, Any]) -> Iterator[bytes]:
        kind = media_type.partition(";")[0]
        if kind == "text/event-stream":
            yield self._events(
                self.values.drawn(f"{place}/itemSchema/properties/data/contentSchema") or [{"text": "text"}]
            )
        elif kind.endswith(("lines", "json-seq")) or "jsonl" in kind or "ndjson" in kind:
            items = self.values.drawn(f"{place}/itemSchema")
            start = "\x1e" if kind.endswith("json-seq") else ""
            yield "".join(f"{start}{json.dumps(item)}\n" for item in items).encode()
        elif kind.endswith("json"):
            pointer = f"{place}/schema"
            drawn = self.values.drawn(pointer, 6)
            bodies = [*drawn, *self.values.edges(pointer, _ROUNDS)]
            yield from (json.dumps(body).encode() for body in bodies or [None])
        elif kind.startswith("text/"):
            yield b"Some words."
        else:
            yield b"\x00\x01"

    def _stream(self, asked: str) -> bytes:
        """A stream as the package of this state takes it; after `stream-` stands the error that ends it."""
        if not asked.startswith("stream-"):
            return self._events([{"text": "text"}, {"text": "text"}])
        name = self._stream_events.error or "error"
        error = {"type": "error", "error": {"type": asked.removeprefix("stream-"), "message": "Some words."}}
        return f"event: {name}\ndata: {json.dumps(error)}\n\n".encode()

    @property
    def _stream_events(self) -> StreamEvents:
        return self.state.spec_state.api.client.stream_events

    def _events(self, items: list[Any]) -> bytes:
        """A stream of events that means what the generated package of this state takes it for."""
        events = self._stream_events
        lines: list[str] = []
        for name in events.skipped:
            lines.append(f"event: {name}\ndata: {{}}\n\n")
        names = [name for name in events.items if name not in events.terminal]
        if not events.items:  # then any event is an item
            names = [""]
        for name, item in zip(itertools.cycle(names), items):
            lines.append((f"event: {name}\n" if name else "") + f"data: {json.dumps(item)}\n\n")
        terminal = events.terminal[-1:]
        lines += [f"event: {name}\ndata: {json.dumps(items[0])}\n\n" for name in terminal]
        if not terminal:
            lines += [f"data: {end}\n\n" for end in events.ends[:1]]
        return "".join(lines).encode()


@functools.cache
def server_of(state: State) -> Server:
    """The server of a state; it remembers what it drew and judged."""
    return Server(state)


def _with_defaults(server: Mapping[str, Any]) -> str:
    url = str(server.get("url", ""))
    for name, variable in server.get("variables", {}).items():
        url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
    return url


def _is_about_format(error: BaseException) -> bool:
    """Whether a request is refused for a `format` alone, which servers may pass over (JSON Schema 2020-12 §7.2.1)."""
    found = _schema_errors(error)
    return bool(found) and all(each.validator == "format" for each in found)


def _is_about_bytes(error: BaseException) -> bool:
    """Whether openapi-core holds a body that is no JSON against a schema of texts."""
    found = _schema_errors(error)
    return bool(found) and all(isinstance(each.instance, bytes) for each in found)


def _schema_errors(error: BaseException | None) -> list[Any]:
    while error is not None:
        inner = list(getattr(error, "schema_errors", None) or ())
        if inner:
            return inner
        error = error.__cause__
    return []
