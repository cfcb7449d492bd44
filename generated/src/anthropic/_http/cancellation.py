"""Cancellation under asyncio that doesn't leave connections behind.

`task.cancel()` strikes at whatever await a task is at. httpcore is prepared for it where it waits for the network, but
not at the checkpoints in between, in the middle of its bookkeeping: a connection that is taken from the pool or given
back at that moment is lost to everybody. Those checkpoints only yield, they wait for nothing. So a cancellation that
comes there is held back, for microseconds, until the next real wait or the end.
"""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import AsyncGenerator
from functools import partial
from typing import Any, AsyncIterator, Coroutine, Generator, Generic, TypeVar

from .._lazy import TYPE_CHECKING, httpx
from .._typing import override

if TYPE_CHECKING:
    _AsyncByteStream = httpx.AsyncByteStream
else:
    _AsyncByteStream = object

_T = TypeVar("_T")

_NOT_BEGUN = object()
_PATIENCE = 16
"""How many checkpoints a cancellation is held back for. Some code spins at one until it is cancelled."""


class CancelSafe(Generic[_T]):
    """Awaits a coroutine, which may have been begun and wait for something.

    `pending` is a cancellation that came when it could not be delivered any more.
    """

    __slots__ = ("_begun", "_coroutine", "_waits_for", "pending")

    def __init__(self, coroutine: Coroutine[Any, Any, _T], waits_for: Any = _NOT_BEGUN) -> None:
        self._coroutine = coroutine
        self._begun = waits_for is not _NOT_BEGUN
        self._waits_for = waits_for
        self.pending: CancelledError | None = None

    def __await__(self) -> Generator[Any, Any, _T]:
        coroutine = self._coroutine
        patience = _PATIENCE
        value: Any = None
        thrown: BaseException | None = None
        waits_for, self._waits_for = self._waits_for, None
        try:
            while True:
                if self._begun:
                    self._begun = False
                else:
                    waits_for = coroutine.send(value) if thrown is None else coroutine.throw(thrown)
                value = thrown = None
                if self.pending is not None and waits_for is not None:
                    waits_for.cancel()
                    thrown, self.pending = self.pending, None
                    continue
                try:
                    value = yield waits_for
                except CancelledError as error:
                    if waits_for is None and patience > 0:
                        self.pending = error
                        patience -= 1
                    else:
                        thrown, self.pending = error, None
                except BaseException as error:
                    thrown = error
        except StopIteration as end:
            result: _T = end.value
            return result
        finally:
            thrown = None  # or it would hold on to its own traceback
            coroutine.close()


async def cancel_safe(coroutine: Coroutine[Any, Any, _T], waits_for: Any = _NOT_BEGUN) -> _T:
    """Return the result of a coroutine that leaves nothing to clean up.

    `waits_for` is what it waits for already, if its first step has been made.

    Raises:
        CancelledError: if the task was cancelled meanwhile, also if that was held back until the end.
    """
    waiting = CancelSafe(coroutine, waits_for)
    result = await _outcome(waiting)
    if waiting.pending is not None:
        raise waiting.pending
    return result


async def cancel_safe_response(coroutine: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
    """Return the response of a sent request.

    Raises:
        CancelledError: if the task was cancelled meanwhile; the response is closed.
    """
    waiting = CancelSafe(coroutine)
    response = await _outcome(waiting)
    if waiting.pending is not None:
        await cancel_safe(response.aclose())
        raise waiting.pending
    return response


async def _outcome(waiting: CancelSafe[_T]) -> _T:
    """The result. If the coroutine fails after a cancellation, the cancellation counts."""
    try:
        return await waiting
    except Exception as error:
        if waiting.pending is not None:
            raise waiting.pending from error
        raise


class CancelSafeStream(_AsyncByteStream):
    """The body of a response, read and closed with the same care."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunks = aiter(self._stream)
        read: Any = chunks.__anext__ if isinstance(chunks, AsyncGenerator) else partial(_next, chunks)
        while True:
            reading = read()
            try:
                waits_for = reading.send(None)
                chunk = await cancel_safe(reading, waits_for)
            except StopIteration as end:  # the chunk was there: nothing was awaited that could be cancelled
                chunk = end.value
            except StopAsyncIteration:
                return
            yield chunk

    @override
    async def aclose(self) -> None:
        await cancel_safe(self._stream.aclose())


async def _next(chunks: AsyncIterator[bytes]) -> bytes:
    return await anext(chunks)
