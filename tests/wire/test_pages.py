"""Lists that come page by page, from a server on the loopback interface: each way of telling pages apart."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ..servers import LoopbackServer, running
from .packages import Package

ITEM = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
TEXT, NUMBER, FLAG = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
URI = {"type": ["string", "null"], "format": "uri"}
PAGE = {"type": "integer", "default": 1}
COUNT = 7
ALL = list(range(1, COUNT + 1))


def listing(query: dict[str, Any], items: str = "data", **fields: Any) -> dict[str, Any]:
    """An operation with optional parameters, and a response with a list and other fields. Without `items` it is the
    list."""
    array = {"type": "array", "items": ITEM}
    schema = {"type": "object", "required": [items], "properties": {items: array, **fields}} if items else array
    return {
        "parameters": [{"name": name, "in": "query", "schema": schema} for name, schema in query.items()],
        "responses": {"200": {"description": "x", "content": {"application/json": {"schema": schema}}}},
    }


def linked(operation: dict[str, Any]) -> dict[str, Any]:
    operation["responses"]["200"]["headers"] = {"Link": {"schema": TEXT}}
    return operation


NESTED = {"type": "object", "properties": {"continue": TEXT}}
LIST_OF_AWS = {"type": "object", "properties": {"NextToken": TEXT, "MaxResults": NUMBER}}
PATHS: dict[str, dict[str, Any]] = {
    "/cursor": {"get": listing({"cursor": TEXT, "limit": NUMBER}, "things", next_cursor=TEXT, total=NUMBER)},
    "/items": {"get": listing({"after": TEXT, "before": TEXT}, has_more=FLAG, first_id=TEXT, last_id=TEXT)},
    "/numbers": {"get": listing({"page": PAGE, "per_page": NUMBER}, "results", total_pages=NUMBER)},
    "/plain": {"get": listing({"page": PAGE, "per_page": NUMBER}, "")},
    "/offsets": {"get": listing({"offset": NUMBER, "limit": NUMBER}, "rows", total=NUMBER)},
    "/urls": {"get": listing({}, "results", next=URI)},
    "/links": {"get": linked(listing({"page": PAGE, "per_page": NUMBER}, ""))},
    "/kube": {"get": listing({"continue": TEXT}, "items", metadata=NESTED)},
    "/posted": {
        "post": {
            **listing({}, "Queues", NextToken=TEXT),
            "requestBody": {"content": {"application/json": {"schema": LIST_OF_AWS}}},
        }
    },
}
NAMES = {path: f"send{number or ''}" for number, path in enumerate(PATHS)}


class Handler(BaseHTTPRequestHandler):
    """Gives three items a page, as `server.respond` says."""

    protocol_version = "HTTP/1.1"
    server: Server

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        url = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(url.query, keep_blank_values=True).items()}
        self.server.seen.append((url.path, query, dict(self.headers)))
        status, data, headers = self.server.respond(url.path, {**query, **json.loads(body or b"{}")})
        text = json.dumps(data).encode()
        self.send_response(status)
        for name, value in {"content-type": "application/json", "content-length": str(len(text)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = handle_any

    def log_message(self, format: str, *args: object) -> None:
        """The requests are looked at later."""


class Server(LoopbackServer):
    def __init__(self) -> None:
        super().__init__(Handler)
        self.seen: list[tuple[str, dict[str, str], dict[str, str]]] = []
        self.respond: Callable[[str, dict[str, str]], tuple[int, Any, dict[str, str]]] = self.pages

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was cancelled is gone before its response is written."""

    def pages(self, path: str, given: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        names = {"/kube": "continue", "/posted": "NextToken", "/items": "after", "/offsets": "offset"}
        word = given.get(names.get(path, "cursor"))
        start = int(word) if word else (int(given.get("page", 1)) - 1) * 3
        if path == "/items" and "before" in given:
            start = max(int(given["before"]) - 4, 0)
        items: list[Any] = [{"id": number} for number in ALL[start : start + 3]]
        end = start + len(items)
        more = end < COUNT
        token = str(end) if more else ""
        next_url = f"{path.removeprefix('/')}?page={start // 3 + 2}&kept=1"
        headers = {"link": f'<{self.url}/v1{path}?page={start // 3 + 2}>; rel="next"'} if more else {}
        match path:
            case "/cursor":
                return 200, {"things": items, "next_cursor": token, "total": COUNT, "unheard_of": 1}, {}
            case "/items":
                ids = {"first_id": str(items[0]["id"]), "last_id": str(items[-1]["id"])} if items else {}
                has_more = start > 0 if "before" in given else more
                return 200, {"data": items, "has_more": has_more, **ids}, {}
            case "/numbers":
                return 200, {"results": items, "total_pages": 3}, {}
            case "/plain":
                return 200, items, {}
            case "/offsets":
                return 200, {"rows": items, "total": COUNT}, {}
            case "/urls":
                return 200, {"results": items, "next": next_url if more else None}, {}
            case "/links":
                return 200, items, headers
            case "/kube":
                return 200, {"items": items, "metadata": {"continue": token}}, {}
            case _:
                return 200, {"Queues": items, "NextToken": token or None}, {}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return Package(tmp_path_factory.mktemp("package"), {"paths": PATHS})


@pytest.fixture
def server() -> Iterator[Server]:
    with running(Server()) as server:
        respond = server.respond
        server.respond = lambda path, given: respond(path.removeprefix("/v1"), given)
        yield server


def client_of(package: Package, server: Server, **options: Any) -> Any:
    return package.class_(base_url=f"{server.url}/v1", **{"max_retries": 0, **options})


def async_client_of(package: Package, server: Server, **options: Any) -> Any:
    made = getattr(package.module, f"Async{package.name.capitalize()}")
    return made(base_url=f"{server.url}/v1", **{"max_retries": 0, **options})


def ids(items: Any) -> list[int]:
    return [item.id for item in items]


@pytest.mark.parametrize("path", PATHS)
def test_all_items_come(package: Package, server: Server, path: str) -> None:
    page = getattr(client_of(package, server).find, NAMES[path])()
    assert ids(page) == ALL
    assert len(server.seen) == (4 if path == "/plain" else 3)  # nothing but an empty page says that it was the last
    assert [ids(each._items()) for each in page.iter_pages()][:3] == [ALL[:3], ALL[3:6], ALL[6:]]


@pytest.mark.parametrize("path", PATHS)
def test_all_items_come_to_asynchronous_code(package: Package, server: Server, path: str) -> None:
    async def both() -> tuple[list[int], list[int]]:
        async with async_client_of(package, server) as client:
            call = getattr(client.find, NAMES[path])
            at_once = [item.id async for item in call()]
            page = await call()
            return at_once, [item.id async for item in page]

    assert asyncio.run(both()) == (ALL, ALL)


def test_a_page_is_a_model_with_what_the_response_has(package: Package, server: Server) -> None:
    page = client_of(package, server).find.send()
    assert ids(page.data) == ALL[:3]
    assert (page.next_cursor, page.total, page.unheard_of) == ("3", COUNT, 1)
    assert page.to_dict() == {
        "things": [{"id": 1}, {"id": 2}, {"id": 3}],
        "next_cursor": "3",
        "total": COUNT,
        "unheard_of": 1,
    }
    assert isinstance(page, package.module.BaseModel)
    assert isinstance(page, package.runtime("_pages").BaseSyncPage)
    assert page.next_page_info().params == {"cursor": "3"}
    assert "CursorPage[" in type(page).__name__


def test_copies_and_pickles(package: Package, server: Server) -> None:
    page = client_of(package, server).find.send()
    assert ids(copy.deepcopy(page)) == ids(copy.copy(page)) == ALL
    kept = pickle.loads(pickle.dumps(page))
    assert kept == page
    assert not kept.has_next_page()
    with pytest.raises(RuntimeError, match="no next page"):
        kept.get_next_page()


def test_pages_before_an_item(package: Package, server: Server) -> None:
    page = client_of(package, server).find.send1(before="7")
    assert [ids(each.data) for each in page.iter_pages()] == [[4, 5, 6], [1, 2, 3]]


def test_what_was_given_to_the_first_call_goes_with_all(package: Package, server: Server) -> None:
    page = client_of(package, server, default_query={"tenant": "t"}).find.send(
        limit=3, extra_headers={"X-Trace": "a"}, extra_query={"more": "b"}
    )
    assert ids(page) == ALL
    for _, query, headers in server.seen:
        assert (query["limit"], query["more"], query["tenant"], headers["X-Trace"]) == ("3", "b", "t", "a")


def test_a_link_is_followed_as_it_is(package: Package, server: Server) -> None:
    client = client_of(package, server, default_query={"tenant": "t"})
    assert ids(client.find.send5(extra_headers={"X-Trace": "a"})) == ALL
    assert [query for _, query, _ in server.seen] == [
        {"tenant": "t"},
        {"page": "2", "kept": "1", "tenant": "t"},
        {"page": "3", "kept": "1", "tenant": "t"},
    ]
    assert all(headers["X-Trace"] == "a" for _, _, headers in server.seen)


def test_raw_responses_give_pages(package: Package, server: Server) -> None:
    client = client_of(package, server)
    raw = client.find.with_raw_response.send()
    assert raw.headers["content-type"] == "application/json"
    assert ids(raw.parse()) == ALL
    with client.find.with_streaming_response.send() as response:
        assert ids(response.parse()) == ALL


def test_raw_responses_give_pages_to_asynchronous_code(package: Package, server: Server) -> None:
    async def calls() -> None:
        async with async_client_of(package, server) as client:
            raw = await client.find.with_raw_response.send()
            assert [item.id async for item in raw.parse()] == ALL
            async with client.find.with_streaming_response.send() as response:
                assert [item.id async for item in await response.parse()] == ALL

    asyncio.run(calls())


def test_later_pages_are_tried_again_like_any_call(package: Package, server: Server) -> None:
    respond, failures = server.respond, [503, 503]

    def flaky(path: str, given: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        if "cursor" in given and failures:
            return failures.pop(), {}, {"retry-after-ms": "1"}
        return respond(path, given)

    server.respond = flaky
    assert ids(client_of(package, server, max_retries=2).find.send()) == ALL
    failures[:] = [404]
    page = client_of(package, server).find.send()
    with pytest.raises(package.module.NotFoundError):
        page.get_next_page()


def test_a_cursor_that_comes_again_is_an_error(package: Package, server: Server) -> None:
    words = {None: "a", "a": "b", "b": "c", "c": "b"}
    server.respond = lambda path, given: (200, {"things": [{"id": 1}], "next_cursor": words[given.get("cursor")]}, {})
    error = package.runtime("pagination").PaginationError
    with pytest.raises(error, match="was there before"):
        list(client_of(package, server).find.send())
    assert issubclass(error, package.module.APIError)
    assert len(server.seen) < 10


def test_numbers_that_the_server_doesnt_look_at_are_an_error(package: Package, server: Server) -> None:
    server.respond = lambda path, given: (200, [{"id": 1}], {})
    with pytest.raises(package.runtime("pagination").PaginationError, match="same items"):
        list(client_of(package, server).find.send3())
    assert len(server.seen) == 2


@pytest.mark.parametrize("method", ["send5", "send6"])
def test_a_page_on_another_server_isnt_asked_for(package: Package, server: Server, method: str) -> None:
    with running(Server()) as other:
        link = {"link": f'<{other.url}/v1/links?page=2>; rel="next"'}
        body: Any = {"results": [{"id": 1}], "next": f"{other.url}/v1/urls"} if method == "send5" else [{"id": 1}]
        server.respond = lambda path, given: (200, body, link)
        page = getattr(client_of(package, server).find, method)()
        assert page.has_next_page()
        with pytest.raises(package.runtime("pagination").PaginationError, match="another server"):
            page.get_next_page()
        assert not other.seen


def test_an_empty_page_ends_a_list_unless_the_server_names_another(package: Package, server: Server) -> None:
    client = client_of(package, server)
    server.respond = lambda path, given: (200, {"data": [], "has_more": True}, {})
    assert list(client.find.send1()) == []
    server.respond = lambda path, given: (200, [], {})
    assert list(client.find.send3()) == []
    answers = iter([([], "a"), ([{"id": 1}], "b"), ([], "b")])
    server.respond = lambda path, given: (200, dict(zip(("things", "next_cursor"), next(answers))), {})
    assert ids(client.find.send()) == [1]


def test_what_is_no_page(package: Package, server: Server) -> None:
    client = client_of(package, server)
    server.respond = lambda path, given: (200, "text", {})
    with pytest.raises(package.module.APIResponseValidationError, match="no page"):
        client.find.send()
    server.respond = lambda path, given: (200, {"things": [{"id": "x"}]}, {})
    strict = client_of(package, server, _strict_response_validation=True)
    with pytest.raises(package.module.APIResponseValidationError, match=r"0\.id|\[0\]|things"):
        strict.find.send()
    server.respond = lambda path, given: (200, {"unheard_of": 1}, {})
    assert list(client.find.send()) == []


def test_a_deadline_is_for_each_page(package: Package, server: Server) -> None:
    client = client_of(package, server, timeout=package.module.Deadline(30))
    assert ids(client.find.send()) == ALL


def test_a_task_that_is_cancelled_ends_at_once(package: Package, server: Server) -> None:
    async def call() -> None:
        async with async_client_of(package, server) as client:

            async def read() -> None:
                async for item in client.find.send():
                    if item.id == 3:
                        task.cancel()

            task = asyncio.ensure_future(read())
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(call())
    assert len(server.seen) < 3


def test_what_was_inferred_is_said(package: Package) -> None:
    notes = [one.message for one in package.diagnostics if one.code == "LOW162"]
    assert len(notes) == 8
    assert any("`cursor` takes what `next_cursor` of the response says" in note for note in notes)


def test_inference_can_be_switched_off(tmp_path: Path) -> None:
    package = Package(tmp_path, {"paths": PATHS}, {"infer_pages": False})
    assert "LOW162" not in package.codes
    assert f"src/{package.name}/pagination.py" not in package.files
    assert not any(path.endswith("/_pages.py") for path in package.files)
