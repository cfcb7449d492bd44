"""A limit for a call as a whole: attempts, waits between them, and reading, however slowly bytes dribble in."""

from __future__ import annotations

import time
from threading import Event, Thread
from typing import Any, AsyncIterator, Awaitable, Callable, Iterator

import httpx

from .._exceptions import APITimeoutError
from .._lazy import anyio
from .._public import public
from .._request.options import check_number
from .._typing import Self, override
from .defaults import DEFAULT_TIMEOUT
from .httpx_internals import stop_request

_PATIENCE = 0.05
"""Seconds between tries to end a request that has passed its deadline but has no connection yet."""

_TRIES = 1200


@public
class Deadline(httpx.Timeout):
    """A timeout that also limits the whole call: `client.messages.create(..., timeout=Deadline(30))`.

    `httpx.Timeout` limits single steps: connecting, one read, one write. A server that sends a byte now and then passes
    them all. This also bounds their sum, retries included. The limits of the steps may be given as well.
    """

    def __init__(self, seconds: float, timeout: Any = DEFAULT_TIMEOUT, **steps: float | None) -> None:
        super().__init__(**{**httpx.Timeout(timeout).as_dict(), **steps})
        check_number("seconds", seconds)
        self.seconds = seconds

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Deadline) and self.seconds == other.seconds and super().__eq__(other)

    @override
    def __repr__(self) -> str:
        return f"Deadline({self.seconds}, {httpx.Timeout(self)!r})"


class DeadlineExceeded(httpx.ReadTimeout):
    """The call took longer than its deadline."""


def exceeded(request: httpx.Request) -> DeadlineExceeded:
    return DeadlineExceeded("The deadline of the call has passed.", request=request)


class Watchdog:
    """Ends what a blocking call waits for once the deadline has passed. Used only for calls that have a deadline."""

    def __init__(self, end: float, stop: Callable[[], None]) -> None:
        self.expired = False
        self._end = end
        self._stop = stop
        self._done = Event()
        self._thread = Thread(target=self._watch, name="deadline", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        if self._done.wait(max(self._end - time.monotonic(), 0)):
            return
        self.expired = True
        self._stop()
        for _ in range(_TRIES):
            if self._done.wait(_PATIENCE):
                return
            self._stop()


def guarded(end: float, client: httpx.Client, request: httpx.Request) -> Watchdog:
    """Watches over the exchange of one request."""
    return Watchdog(end, lambda: stop_request(client, request.extensions))


def send_until(end: float, client: httpx.Client, request: httpx.Request, *, stream: bool, auth: Any) -> httpx.Response:
    """Send a request, but wait no longer than until the deadline. Redirects are left to the caller."""
    dog = guarded(end, client, request)
    try:
        with dog:
            response = client.send(request, stream=stream, auth=auth, follow_redirects=False)
    except Exception as error:
        if dog.expired:
            raise exceeded(request) from error
        raise
    if stream:
        response.stream = SyncGuardedStream(response.stream, end, client, request)
    return response


async def run_until(
    end: float, attempts: Awaitable[httpx.Response], request: Callable[[], httpx.Request | None]
) -> httpx.Response:
    """Await the response, but no longer than until the deadline."""
    try:
        with anyio.fail_after(max(end - time.monotonic(), 0)):
            return await attempts
    except TimeoutError:
        under_way = request()
        assert under_way is not None
        raise APITimeoutError(under_way) from exceeded(under_way)


class SyncGuardedStream(httpx.SyncByteStream):
    """The body of a streamed response, up to the deadline."""

    def __init__(self, stream: Any, end: float, client: httpx.Client, request: httpx.Request) -> None:
        self._stream = stream
        self._request = request
        self._dog = guarded(end, client, request).__enter__()

    @override
    def __iter__(self) -> Iterator[bytes]:
        try:
            for chunk in self._stream:
                yield chunk
                if self._dog.expired:
                    break
        except Exception as error:
            if self._dog.expired:
                raise exceeded(self._request) from error
            raise
        if self._dog.expired:
            raise exceeded(self._request)

    @override
    def close(self) -> None:
        self._dog.__exit__()
        self._stream.close()


class AsyncGuardedStream(httpx.AsyncByteStream):
    """The body of a streamed response, up to the deadline."""

    def __init__(self, stream: Any, end: float, request: httpx.Request) -> None:
        self._stream = stream
        self._end = end
        self._request = request

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunks = aiter(self._stream)
        while True:
            try:
                with anyio.fail_after(max(self._end - time.monotonic(), 0)):
                    chunk = await anext(chunks)
            except StopAsyncIteration:
                return
            except TimeoutError as error:
                raise exceeded(self._request) from error
            yield chunk

    @override
    async def aclose(self) -> None:
        await self._stream.aclose()
