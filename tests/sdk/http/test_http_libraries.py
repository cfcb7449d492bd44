"""Clients of httpx2, which continues httpx under another name, as `http_client`."""

from __future__ import annotations

import copy
import io
import logging
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

import anthropic

from ...project import generate, spec_texts_for_httpx2
from ..faces import ARGUMENTS, KEY, Face
from ..fault_server import MESSAGE

httpx2: Any = pytest.importorskip("httpx2", reason="httpx2 needs Python 3.11")

EVENTS = b"""event: content_block_delta
data: {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hi"}}

event: message_stop
data: {"type": "message_stop"}

"""


class Server:
    """A transport's handler that keeps the requests and gives what `respond` makes of each."""

    def __init__(self, respond: Any = None) -> None:
        self.requests: list[Any] = []
        self.respond = respond or (lambda request: httpx2.Response(200, json=MESSAGE, headers={"request-id": "req_1"}))

    def __call__(self, request: Any) -> Any:
        request.read()
        self.requests.append(request)
        response = self.respond(request)
        if isinstance(response, Exception):
            raise response
        return response


def make_client(face: Face, server: Server, **options: Any) -> Any:
    """A client on an httpx2 client; options that begin with `http_` are that one's."""
    kind = httpx2.AsyncClient if face.is_async else httpx2.Client
    own = {name[5:]: options.pop(name) for name in list(options) if name.startswith("http_")}
    http_client = kind(transport=httpx2.MockTransport(server), **own)
    return face.client_class(api_key=KEY, http_client=http_client, **{"max_retries": 0, **options})


def test_requests_and_responses_are_those_of_the_library(face: Face) -> None:
    server = Server()
    client = make_client(face, server)
    message = face.create(client)
    assert message._request_id == "req_1"
    raw = face.call(client.messages.with_raw_response.create, **ARGUMENTS)
    assert isinstance(raw.http_response, httpx2.Response)
    assert isinstance(raw.http_request, httpx2.Request) and isinstance(raw.headers, httpx2.Headers)
    assert isinstance(client.base_url, httpx2.URL) and isinstance(server.requests[0].url, httpx2.URL)
    assert face.call(client.get, "/v1/x", cast_to=httpx2.Response).status_code == 200
    with pytest.raises(ValueError, match="Subclasses of httpx.Response"):
        face.call(client.get, "/v1/x", cast_to=type("Mine", (httpx2.Response,), {}))


def test_the_wire_is_the_same_on_both(face: Face) -> None:
    def sent(requests: list[Any]) -> list[Any]:
        return [(str(r.method), str(r.url), r.headers.raw, r.content) for r in requests]

    ours, theirs = [], Server()

    def handler(request: httpx.Request) -> httpx.Response:
        request.read()
        ours.append(request)
        return httpx.Response(200, json=MESSAGE)

    for client in (face.client(handler), make_client(face, theirs)):
        face.create(client, extra_query={"a": [1, None, "é"]}, extra_headers={"X-One": "1"})
    agents = {b"user-agent"}
    expected, found = sent(ours)[0], sent(theirs.requests)[0]
    assert (found[0], found[1], found[3]) == (expected[0], expected[1], expected[3])
    assert [pair for pair in found[2] if pair[0].lower() not in agents] == [
        pair for pair in expected[2] if pair[0].lower() not in agents
    ]


def test_timeouts_of_either_library(face: Face) -> None:
    server = Server()
    limits = {"connect": 1.0, "read": 2.0, "write": 3.0, "pool": 4.0}
    for timeout in (httpx2.Timeout(**limits), httpx.Timeout(**limits)):
        client = make_client(face, server, timeout=timeout)
        assert client.timeout is timeout
        face.create(client)
        assert server.requests[-1].extensions["timeout"] == limits
    face.create(make_client(face, server), timeout=httpx2.Timeout(7))
    assert server.requests[-1].extensions["timeout"]["read"] == 7
    assert make_client(face, server).timeout == httpx2.Timeout(600.0, connect=5.0)
    assert make_client(face, server, http_timeout=9).timeout == httpx2.Timeout(9)
    with pytest.raises(ValueError, match="must not be negative"):
        make_client(face, server, timeout=httpx2.Timeout(-1))


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (lambda: httpx2.ConnectError("no"), anthropic.APIConnectionError),
        (lambda: httpx2.ReadTimeout("slow"), anthropic.APITimeoutError),
    ],
)
def test_what_the_library_raises_is_the_cause(face: Face, failure: Any, error: Any) -> None:
    raised = failure()
    client = make_client(face, Server(lambda request: raised))
    with pytest.raises(error) as caught:
        face.create(client)
    assert caught.value.__cause__ is raised


@pytest.mark.usefixtures("no_delay")
def test_retries_follow_the_same_rules(face: Face) -> None:
    failing = Server(lambda request: httpx2.ConnectError("no"))
    with pytest.raises(anthropic.APIConnectionError):
        face.create(make_client(face, failing, max_retries=2))
    assert len(failing.requests) == 3
    hopeless = Server(lambda request: httpx2.UnsupportedProtocol("no"))
    with pytest.raises(anthropic.APIConnectionError):
        face.create(make_client(face, hopeless, max_retries=2))
    assert len(hopeless.requests) == 1


def test_error_statuses(face: Face) -> None:
    client = make_client(face, Server(lambda request: httpx2.Response(429, json={"error": {"message": "slow down"}})))
    with pytest.raises(anthropic.RateLimitError) as caught:
        face.create(client)
    assert isinstance(caught.value.response, httpx2.Response) and isinstance(caught.value.request, httpx2.Request)
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.body == caught.value.body and isinstance(again.request, httpx2.Request)
    assert KEY not in repr(again.request.headers) and KEY not in repr(caught.value.request.headers)


def test_an_event_hook_that_raises_for_status(face: Face) -> None:
    def check(response: Any) -> None:
        response.raise_for_status()

    async def acheck(response: Any) -> None:
        response.raise_for_status()

    hooks = {"response": [acheck if face.is_async else check]}
    client = make_client(face, Server(lambda request: httpx2.Response(404)), http_event_hooks=hooks)
    with pytest.raises(anthropic.NotFoundError):
        face.create(client)


def test_streams(face: Face) -> None:
    headers = {"content-type": "text/event-stream"}
    client = make_client(face, Server(lambda request: httpx2.Response(200, content=EVENTS, headers=headers)))
    assert [event.type for event in face.stream(client)] == ["content_block_delta", "message_stop"]
    cut = make_client(face, Server(lambda request: httpx2.Response(200, content=EVENTS[:40], headers=headers)))
    assert face.stream(cut) == []


def test_a_connection_that_fails_in_a_stream(face: Face) -> None:
    def chunks() -> Any:
        yield EVENTS[:120]
        raise httpx2.ReadError("cut")

    async def achunks() -> Any:
        for chunk in chunks():
            yield chunk

    headers = {"content-type": "text/event-stream"}
    content = achunks if face.is_async else chunks
    client = make_client(face, Server(lambda request: httpx2.Response(200, content=content(), headers=headers)))
    with pytest.raises(anthropic.APIConnectionError) as caught:
        face.stream(client)
    assert isinstance(caught.value.__cause__, httpx2.ReadError)


def test_a_deadline_holds(face: Face) -> None:
    server = Server()
    client = make_client(face, server, timeout=anthropic.Deadline(30))
    assert face.create(client).content
    assert server.requests[0].extensions["timeout"]["read"] <= 30
    from anthropic._http.deadline import deadline_error

    assert isinstance(deadline_error(server.requests[0]), httpx2.ReadTimeout)


def test_redirects_keep_secrets_at_home(face: Face) -> None:
    def respond(request: Any) -> Any:
        if request.url.host == "other.example":
            return httpx2.Response(200, json=MESSAGE)
        return httpx2.Response(307, headers={"location": "https://other.example/v1/messages"})

    server = Server(respond)
    face.create(make_client(face, server, http_follow_redirects=True))
    first, second = server.requests
    assert first.headers["x-api-key"] == KEY and "x-api-key" not in second.headers
    assert second.content == first.content


def test_files(face: Face) -> None:
    server = Server()
    face.call(
        make_client(face, server).post, "/v1/f", cast_to=object, body={"a": "b"}, files={"f": io.BytesIO(b"data")}
    )
    assert server.requests[0].headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b"data" in server.requests[0].content


def test_copies_may_change_the_library(face: Face) -> None:
    server, requests = Server(), []

    def handler(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, json=MESSAGE)

    client = face.client(handler, base_url="http://name:word@here.example/x")
    kind = httpx2.AsyncClient if face.is_async else httpx2.Client
    changed = client.with_options(http_client=kind(transport=httpx2.MockTransport(server)))
    face.create(changed)
    assert isinstance(changed.base_url, httpx2.URL) and server.requests[0].url.path == "/x/v1/messages"
    assert server.requests[0].headers["authorization"].startswith("Basic ")
    back = changed.with_options(http_client=client._connections.get())
    face.create(back)
    assert isinstance(back.base_url, httpx.URL) and len(requests) == 1


def test_a_client_of_the_other_flavour_is_refused(face: Face) -> None:
    wrong = httpx2.Client() if face.is_async else httpx2.AsyncClient()
    name = "AsyncClient" if face.is_async else "Client"
    with pytest.raises(TypeError, match=rf"Expected an instance of `httpx2\.{name}` but got .*httpx2"):
        face.client_class(api_key=KEY, http_client=wrong)


def test_a_transport_of_the_library(face: Face) -> None:
    server = Server()
    with pytest.warns(DeprecationWarning, match="transport"):
        client = face.client_class(api_key=KEY, transport=httpx2.MockTransport(server))
    face.create(client)
    assert isinstance(server.requests[0], httpx2.Request)


def test_requests_are_copied_whole_and_logged_without_secrets(face: Face, caplog: pytest.LogCaptureFixture) -> None:
    server = Server()
    client = make_client(face, server)
    with caplog.at_level(logging.INFO, logger="httpx2"):
        face.create(client, extra_query={"api_key": "hidden-value"})
    assert "hidden-value" not in caplog.text and "/v1/messages" in caplog.text
    request = server.requests[0]
    for made in (copy.copy(request), copy.deepcopy(request)):
        assert made.headers["x-api-key"] == KEY and made.content == request.content
    again = pickle.loads(pickle.dumps(request))
    assert type(again) is type(request) and again.headers["x-api-key"] != KEY
    assert "hidden-value" not in str(again.url)


PROGRAM = """
import sys, httpx2, anthropic
server = httpx2.MockTransport(lambda request: httpx2.Response(200, json={message}))
client = anthropic.Anthropic(api_key="k", http_client=httpx2.Client(transport=server))
client.messages.create(max_tokens=5, model="m", messages=[])
print(sorted({{"httpx", "httpx2"}} & set(sys.modules)))
"""


def test_only_the_library_that_is_used_is_loaded() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(message=MESSAGE)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['httpx2']"


ALONE = """
import sys
sys.modules["httpx"] = None  # importing it fails
import httpx2, anthropic
server = httpx2.MockTransport(lambda request: httpx2.Response(200, json={message}))
for http_client in (httpx2.Client(transport=server), anthropic.DefaultHttpxClient(transport=server)):
    client = anthropic.Anthropic(api_key="k", http_client=http_client)
    raw = client.messages.with_raw_response.create(max_tokens=5, model="m", messages=[], timeout=anthropic.Deadline(9))
    assert type(raw.http_response) is httpx2.Response, raw.http_response
assert type(anthropic.Anthropic(api_key="k")._connections.get()) is httpx2.Client
assert issubclass(anthropic.Timeout, httpx2.Timeout)
print(raw.parse().id)
"""


def test_a_package_that_depends_on_httpx2_alone(tmp_path: Path) -> None:
    output = generate(tmp_path, spec_texts_for_httpx2())
    assert '"httpx2>=2,<3",' in (output / "pyproject.toml").read_text(encoding="utf-8")
    plain = re.compile(r"^\s*(import httpx\b(?!2)|from httpx import)", re.MULTILINE)
    assert [path for path in output.rglob("*.py") if plain.search(path.read_text(encoding="utf-8"))] == []
    done = subprocess.run(
        [sys.executable, "-c", ALONE.format(message=MESSAGE)],
        env={**os.environ, "PYTHONPATH": str(output / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == MESSAGE["id"], done.stderr
