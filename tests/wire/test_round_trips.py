"""Round trips: a package made from a FastAPI service's own document talks to that service over a socket."""

from __future__ import annotations

import asyncio
import datetime
import functools
import importlib
import inspect
import io
import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest

from ..project import sdkloom
from ..servers import running_app
from .service import security
from .service.app import app

WHEN = datetime.datetime(2024, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Where the service runs."""
    with running_app(app) as found:
        yield found


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The package that is made from what FastAPI says about the service, without an sdk.yaml."""
    folder = tmp_path_factory.mktemp("service")
    document = {**app.openapi(), "info": {"title": "Served", "version": "1"}}
    (folder / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    sdkloom(folder, "generate", "openapi.json", "--out", "sdk")
    sys.path.insert(0, str(folder / "sdk" / "src"))
    yield importlib.import_module("served")
    sys.path.remove(str(folder / "sdk" / "src"))


class Caller:
    """The sync or the async client of the package, called in the same way."""

    def __init__(self, package: Any, url: str, is_async: bool) -> None:
        self.package = package
        self._url = url
        self._is_async = is_async

    def client(self, **options: Any) -> Any:
        kind = self.package.AsyncServed if self._is_async else self.package.Served
        return kind(**{"base_url": self._url, "max_retries": 0, "_strict_response_validation": True, **options})

    def call(self, method: str, *args: Any, options: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        """What a method such as `items.create` gives; streams are read to their end."""
        return asyncio.run(self._call(method, args, options or {}, kwargs))

    def call_all(
        self, methods: list[str], options: dict[str, Any], between: Callable[[], object] = lambda: None
    ) -> list[Any]:
        """What several methods of one client give."""

        async def run() -> list[Any]:
            client = self.client(**options)
            found: list[Any] = []
            for method in methods:
                if found:
                    between()
                result = functools.reduce(getattr, method.split("."), client)()
                found.append(await result if inspect.isawaitable(result) else result)
            closed = client.close()
            if inspect.isawaitable(closed):
                await closed
            return found

        return asyncio.run(run())

    async def _call(self, method: str, args: Any, options: dict[str, Any], kwargs: dict[str, Any]) -> Any:
        client = self.client(**options)
        target: Any = client
        for name in method.split("."):
            target = getattr(target, name)
        try:
            result = target(*args, **kwargs)
            result = await result if inspect.isawaitable(result) else result
            if hasattr(result, "__aiter__") and not hasattr(result, "read"):
                return [item async for item in result]
            return list(result) if hasattr(result, "__next__") else result
        finally:
            closed = client.close()
            if inspect.isawaitable(closed):
                await closed


@pytest.fixture(params=["sync", "async"])
def caller(request: pytest.FixtureRequest, package: Any, url: str) -> Caller:
    return Caller(package, url, request.param == "async")


# Parameters


def test_query(caller: Caller) -> None:
    given: dict[str, Any] = {
        "text": "a&b=c +%20\u00e9/?",
        "number": -7,
        "share": 0.25,
        "flag": True,
        "day": datetime.date(2024, 2, 3),
        "at": WHEN,
        "color": "green",
        "tags": ["a,b", "", "c d"],
        "numbers": [1, 2],
    }
    found = caller.call("echo.query", **given).value
    expected = {**given, "day": "2024-02-03", "at": "2024-02-03 04:05:06+00:00"}
    assert found == expected
    few = caller.call("echo.query", text="", number=0).value
    assert few["text"] == "" and few["tags"] is None and few["flag"] is None


def test_path(caller: Caller) -> None:
    found = caller.call("echo.path.retrieve", "a b;?#\u00e9%41", datetime.date(2024, 2, 3), 5).value
    assert found == {"name": "a b;?#\u00e9%41", "day": "2024-02-03", "number": 5}


def test_headers_and_cookies(caller: Caller) -> None:
    given = {"x_number": 3, "x_flag": False, "x_day": datetime.date(2024, 2, 3), "session": "s-1"}
    found = caller.call("echo.headers.retrieve", **given).value
    assert found == {"number": 3, "flag": False, "day": "2024-02-03", "session": "s-1"}


# Bodies


def test_models(caller: Caller) -> None:
    item = caller.call(
        "items.create",
        name="x",
        price=1.5,
        born=datetime.date(2024, 2, 3),
        seen=WHEN,
        id="182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e",
        color="red",
        pets=[{"kind": "dog", "tricks": ["sit"]}, {"kind": "cat"}],
        notes={"a": "b"},
    )
    assert (item.name, item.born, item.seen, item.color) == ("x", datetime.date(2024, 2, 3), WHEN, "red")
    assert str(item.id) == str(UUID("182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e"))
    assert [type(pet).__name__ for pet in item.pets] == ["Dog", "Cat"]
    assert item.pets[0].tricks == ["sit"] and item.pets[1].lives == 9 and item.notes == {"a": "b"}


def test_a_body_that_may_be_missing(caller: Caller) -> None:
    assert caller.call("items.update", 1, name="y", price=2).name == "y"


def test_forms(caller: Caller) -> None:
    found = caller.call("form.send", name="n&m", age=4, tags=["a", "b c"]).value
    assert found == {"name": "n&m", "age": 4, "tags": ["a", "b c"]}


def test_uploads(caller: Caller) -> None:
    main = ("m.txt", io.BytesIO(b"main"), "text/plain")
    found = caller.call("upload", title="t", main=main, more=[("a.bin", b"A"), ("b.bin", b"B")]).value
    assert found["title"] == "t"
    assert [tuple(file) for file in found["files"]] == [
        ("m.txt", "text/plain", "main"),
        ("a.bin", "application/octet-stream", "A"),
        ("b.bin", "application/octet-stream", "B"),
    ]


def test_a_picture_goes_as_it_is(caller: Caller) -> None:
    method = inspect.signature(caller.client().picture.update)
    body = next(name for name in method.parameters if not name.startswith("extra_") and name != "timeout")
    assert caller.call("picture.update", **{body: b"\x89PNG"}).value == {"type": "image/png", "size": 4}


# Responses


def test_downloads_and_texts(caller: Caller) -> None:
    assert caller.call("text.retrieve") == "caf\u00e9"
    picture = caller.call("picture.retrieve")
    content = picture.read()
    assert (asyncio.run(content) if inspect.isawaitable(content) else content) == b"\x89PNG"


def test_no_content(caller: Caller) -> None:
    assert caller.call("items.delete", 1) is None


def test_declared_errors(caller: Caller) -> None:
    with pytest.raises(caller.package.NotFoundError) as caught:
        caller.call("items.retrieve", 404)
    assert caught.value.status_code == 404 and "gone" in str(caught.value)
    with pytest.raises(caller.package.UnprocessableEntityError) as caught:
        caller.call("items.update", 1, name="y", price="much")
    detail = caught.value.body
    assert detail["detail"][0]["loc"] == ["body", "price"] if isinstance(detail, dict) else detail.detail[0].loc


def test_streams(caller: Caller) -> None:
    for method in ("events.list", "lines.list"):
        items = caller.call(method)
        assert [(type(item).__name__, item.name) for item in items] == [("Item", f"item {n}") for n in range(3)], method


# Credentials


@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("basic.retrieve", {"username": "ann", "password": "p:w"}),
        ("bearer.retrieve", {"http_bearer": "ann"}),
        ("key.header.retrieve", {"api_key": "ann"}),
        ("key.query", {"api_key_query": "ann"}),
        ("key.cookie.retrieve", {"api_key_cookie": "ann"}),
    ],
)
def test_credentials(caller: Caller, method: str, options: dict[str, str]) -> None:
    with pytest.raises(TypeError, match="needs") as caught:
        caller.call(method)
    assert all(f"`{option}`" in str(caught.value) for option in options)
    assert caller.call(method, options=options).name == "ann"


def test_nothing_is_demanded_where_nothing_is_declared(caller: Caller) -> None:
    assert caller.call("open.retrieve").name == "anybody"


def test_tokens_are_fetched_once_and_again_when_they_are_refused(package: Any, url: str) -> None:
    security.tokens.clear()
    security.issued.clear()
    scheme = "oauth2_password_bearer"
    options = {f"{scheme}_username": "ann", f"{scheme}_password": "p:w"}
    with package.Served(base_url=url, **options) as client:
        with ThreadPoolExecutor(8) as pool:
            names = set(pool.map(lambda _: client.oauth.retrieve().name, range(16)))
        assert names == {security.issued[0]} and len(security.issued) == 1
        security.tokens.clear()  # as if they had expired: the service says 401
        assert client.oauth.retrieve().name == security.issued[1]
        assert len(security.issued) == 2


def test_tokens_of_machines_expire_and_have_the_scopes_of_the_operation(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"client_id": "robot", "client_secret": "s/e+c"}
    with pytest.raises(TypeError, match="`client_id` with `client_secret`"):
        caller.call("machine.retrieve")
    with pytest.raises(caller.package.AuthenticationError):
        caller.call("machine.retrieve", options={**options, "client_secret": "wrong"})
    now = 0.0
    monkeypatch.setattr(importlib.import_module("served._http.tokens"), "clock", lambda: now)
    security.grants.clear()
    methods = ["machine.retrieve", "machine.retrieve", "machine.read"]
    first = [found.name for found in caller.call_all(methods, options)]
    assert len(set(first)) == len(security.grants) == 1  # the token for reading and writing reads, too

    def later() -> None:
        nonlocal now
        now = 61.0

    names = [found.name for found in caller.call_all(["machine.retrieve"] * 2, options, between=later)]
    assert len(set(names)) == 2
    refused = [
        found.name for found in caller.call_all(["machine.retrieve"] * 2, options, between=security.grants.clear)
    ]
    assert len(set(refused)) == 2 and list(security.grants) == [refused[1]]


def test_challenges(caller: Caller) -> None:
    username, password = "http_digest_username", "http_digest_password"
    found = caller.call_all(["digest.retrieve"] * 2, {username: "ann", password: "p:w"})
    assert [each.name for each in found] == ["ann", "ann"]
    with pytest.raises(caller.package.AuthenticationError):
        caller.call("digest.retrieve", options={username: "ann", password: "p"})
