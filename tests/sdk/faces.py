"""One way to write a test for the sync client and for the async one, under asyncio and trio."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import anyio
import httpx

import anthropic

from .fault_server import MESSAGE

ARGUMENTS: dict[str, Any] = {
    "max_tokens": 5,
    "model": "claude-3-opus-20240229",
    "messages": [{"role": "user", "content": "Hello"}],
}
KEY = "sk-ant-secret-0123456789"


class Recorder:
    """A transport's handler that keeps the requests and gives prepared responses; the last one stays."""

    def __init__(self, *responses: httpx.Response | Exception | Mapping[str, Any]) -> None:
        self.responses = list(responses) or [MESSAGE]
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        response = self.responses.pop(0) if len(self.responses) > 1 else self.responses[0]
        if isinstance(response, Exception):
            raise response
        if isinstance(response, httpx.Response):
            return response
        return httpx.Response(200, json=response, headers={"request-id": "req_1"})

    @property
    def last(self) -> httpx.Request:
        return self.requests[-1]


class Face:
    """The sync or the async side of the package."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_async = name != "sync"
        self.client_class: Any = anthropic.AsyncAnthropic if self.is_async else anthropic.Anthropic

    def http_client(self, handler: Callable[[httpx.Request], httpx.Response], **options: Any) -> Any:
        """An httpx client whose requests go to the handler."""
        kind: Any = httpx.AsyncClient if self.is_async else httpx.Client
        return kind(transport=httpx.MockTransport(handler), **{"follow_redirects": True, **options})

    def client(self, handler: Callable[[httpx.Request], httpx.Response] | None = None, **options: Any) -> Any:
        """A client that talks to the handler."""
        if handler is not None:
            options["http_client"] = self.http_client(handler)
        return self.client_class(**{"api_key": KEY, **options})

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """The result of a method of either side."""
        if not self.is_async:
            return function(*args, **kwargs)

        async def run() -> Any:
            result = function(*args, **kwargs)
            return await result if inspect.isawaitable(result) else result

        return anyio.run(run, backend=self.name)

    def create(self, client: Any, **arguments: Any) -> Any:
        """`messages.create` with short arguments."""
        return self.call(partial(client.messages.create, **{**ARGUMENTS, **arguments}))

    def stream(self, client: Any, **arguments: Any) -> list[Any]:
        """All items of `messages.create(stream=True)`."""

        def run() -> list[Any]:
            return list(client.messages.create(**{**ARGUMENTS, **arguments}, stream=True))

        async def arun() -> list[Any]:
            stream = await client.messages.create(**{**ARGUMENTS, **arguments}, stream=True)
            return [item async for item in stream]

        return self.call(arun if self.is_async else run)

    def within(self, manager: Callable[[], Any], use: Callable[[Any], Any]) -> Any:
        """What `use` makes of what a context manager gives."""

        def run() -> Any:
            with manager() as entered:
                return use(entered)

        async def arun() -> Any:
            async with manager() as entered:
                result = use(entered)
                return await result if inspect.isawaitable(result) else result

        return self.call(arun if self.is_async else run)
