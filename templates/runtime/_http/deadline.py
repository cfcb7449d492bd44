"""A limit for a call as a whole: attempts, waits between them, and reading, however slowly bytes dribble in."""

from __future__ import annotations

import time
from threading import Event, Thread
from typing import Any, AsyncIterator, Awaitable, Callable, Iterator

from .._exceptions import APITimeoutError
from .._lazy import TYPE_CHECKING, anyio, httpx
from .._public import public
from .._request.http_library import based_on, library_of, timeout_of
from .._request.options import check_number
from .._typing import Self, override
from .defaults import DEFAULT_TIMEOUT
from .exchange import exchange
from .httpx_internals import stop_request

if TYPE_CHECKING:
    _ReadTimeout = httpx.ReadTimeout
    _SyncByteStream = httpx.SyncByteStream
    _AsyncByteStream = httpx.AsyncByteStream
else:
    _ReadTimeout = _SyncByteStream = _AsyncByteStream = object

_PATIENCE = 0.05
"""Seconds between tries to end a request that has passed its deadline but has no connection yet."""

_TRIES = 1200


@public
class Deadline(httpx.Timeout):
    """A timeout that also limits the whole call, in seconds: `client.messages.create(..., timeout=Deadline(30))`.

    `httpx.Timeout` limits single steps: connecting, one read, one write. A server that sends a byte now and then passes
    them all. This also bounds their sum, retries included. The limits of the steps may be given as well:
    `Deadline(60, read=10)`.
    """

    def __init__(self, seconds: float, timeout: Any = DEFAULT_TIMEOUT, **steps: float | None) -> None:
        super().__init__(**{**timeout_of(httpx, timeout).as_dict(), **steps})
        check_number("seconds", seconds)
        self.seconds = seconds

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Deadline) and self.seconds == other.seconds and super().__eq__(other)

    @override
    def __repr__(self) -> str:
        return f"Deadline({self.seconds}, {httpx.Timeout(self)!r})"


class DeadlineExceeded(_ReadTimeout):
    """The call took longer than its deadline. It is a `ReadTimeout` of the library that the client works with."""


def deadline_error(request: httpx.Request) -> DeadlineExceeded:
    """Return the error of a request that took too long."""
    error_class = based_on(DeadlineExceeded, library_of(request).ReadTimeout)
    error: DeadlineExceeded = error_class("The deadline of the call has passed.", request=request)
    return error


class Watchdog:
    """Ends what a blocking call waits for once the deadline has passed. Used only for calls that have a deadline."""

    def __init__(self, deadline: float, stop: Callable[[], None]) -> None:
        self.expired = False
        self._deadline = deadline
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
        if self._done.wait(max(self._deadline - time.monotonic(), 0)):
            return
        self.expired = True
        self._stop()
        for _ in range(_TRIES):
            if self._done.wait(_PATIENCE):
                return
            self._stop()


def watch(deadline: float, client: httpx.Client, request: httpx.Request) -> Watchdog:
    """Return what ends the exchange of one request at the deadline."""
    return Watchdog(deadline, lambda: stop_request(client, request.extensions))


def exchange_until(
    deadline: float, client: httpx.Client, request: httpx.Request, *, unread: bool, auth: Any, limit: int | None
) -> httpx.Response:
    """Do as `exchange` does, but wait no longer than until the deadline.

    Raises:
        DeadlineExceeded: if the deadline passed; what was going on is its `__cause__`.
    """
    watchdog = watch(deadline, client, request)
    try:
        with watchdog:
            response = exchange(client, request, unread=unread, auth=auth, limit=limit)
    except Exception as error:
        if watchdog.expired:
            raise deadline_error(request) from error
        raise
    if unread:
        stream_class = based_on(SyncDeadlineStream, library_of(response).SyncByteStream)
        response.stream = stream_class(response.stream, deadline, client, request)
    return response


async def run_until(
    deadline: float, attempts: Awaitable[httpx.Response], request: Callable[[], httpx.Request | None]
) -> httpx.Response:
    """Await the response, but no longer than until the deadline. `request` gives the one that is under way.

    Raises:
        APITimeoutError: if the deadline passed.
    """
    try:
        with anyio.fail_after(max(deadline - time.monotonic(), 0)):
            return await attempts
    except TimeoutError:
        under_way = request()
        assert under_way is not None
        raise APITimeoutError(under_way) from deadline_error(under_way)


class SyncDeadlineStream(_SyncByteStream):
    """The body of a streamed response, up to the deadline."""

    def __init__(self, stream: Any, deadline: float, client: httpx.Client, request: httpx.Request) -> None:
        self._stream = stream
        self._request = request
        self._watchdog = watch(deadline, client, request).__enter__()

    @override
    def __iter__(self) -> Iterator[bytes]:
        try:
            for chunk in self._stream:
                yield chunk
                if self._watchdog.expired:
                    break
        except Exception as error:
            if self._watchdog.expired:
                raise deadline_error(self._request) from error
            raise
        if self._watchdog.expired:
            raise deadline_error(self._request)

    @override
    def close(self) -> None:
        self._watchdog.__exit__()
        self._stream.close()


class AsyncDeadlineStream(_AsyncByteStream):
    """The body of a streamed response, up to the deadline."""

    def __init__(self, stream: Any, deadline: float, request: httpx.Request) -> None:
        self._stream = stream
        self._deadline = deadline
        self._request = request

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunks = aiter(self._stream)
        while True:
            try:
                with anyio.fail_after(max(self._deadline - time.monotonic(), 0)):
                    chunk = await anext(chunks)
            except StopAsyncIteration:
                return
            except TimeoutError as error:
                raise deadline_error(self._request) from error
            yield chunk

    @override
    async def aclose(self) -> None:
        await self._stream.aclose()
