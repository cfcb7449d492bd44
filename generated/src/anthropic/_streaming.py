"""Streams of server-sent events, sync and async: thin readers around one core that does no reading itself."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Dict, Generic, NoReturn, Optional, Type, TypeVar

from ._error_mapping import connection_error
from ._exceptions import (
    APIConnectionError,
    APIResponseValidationError,
    APIStatusError,
    StreamDataError,
    StreamEndedError,
    StreamStateError,
    error_for_status,
    request_id_of,
)
from ._lazy import anyio, httpx
from ._public import public
from ._request.http_library import classes, exceptions
from ._request.redaction import redact, secrets_of
from ._responses.json import loads
from ._sdk import SDK, BaseError
from ._sse import Event, SSEDecoder
from ._sse import ServerSentEvent as ServerSentEvent
from ._structuring.structure import ValidationError, structure, structurer
from ._typing import Self, override

if TYPE_CHECKING:
    from ._http.base_client import BaseClient

_T = TypeVar("_T")
_ITEMS, _SKIPPED, _ERROR, _TERMINAL = SDK.stream_events
_IS_TERMINAL: Dict[Optional[str], bool] = {name: name in _TERMINAL for name in _ITEMS}
_decode = json.JSONDecoder().raw_decode  # json.loads costs twice as much on a text of this size
_log = logging.getLogger(__name__)

NO_ITEM = object()
"""Stands for the data of an event that is no item of the stream."""

ItemsOf = Callable[[Event], Sequence[Any]]
"""Turns one event into what a stream gives for it."""


class StreamCore:
    """What one stream knows: how to decode an event, whether the response was complete, who closes the response."""

    def __init__(self, cast_to: Any, response: httpx.Response, client: Any, *, is_async: bool = False) -> None:
        self.arguments: Dict[str, Any] = {"cast_to": cast_to, "response": response, "client": client}
        self.response = response
        self.complete = False  # the terminal event came
        self.ended = False  # there is nothing more to read
        self.owns_response = True  # closes the response when nobody can read from it any more
        self.strict: bool = client.strict_validation
        self.feed = SSEDecoder(_ITEMS, without_data=(_ERROR or "",)).feed
        self.pending: Iterator[Event] = iter(())
        self._was_open = not response.is_closed  # it is closed from the start when it was read before
        plain = self._was_open and "content-encoding" not in response.headers
        stream: Any = response.stream
        if is_async:
            self.chunks: Any = aiter(stream) if plain else response.aiter_bytes()
        else:
            self.chunks = iter(stream) if plain else response.iter_bytes()
        self._hook, self._hooks = structurer(cast_to, strict=self.strict)

    def __del__(self) -> None:
        if self.owns_response and not self.response.is_closed:
            _close_abandoned(self.response)

    def items(self, event: Event) -> Sequence[Any]:
        """Return the item of an event, if it is one, as a sequence of at most one."""
        data = self.data(event)
        if data is NO_ITEM:
            return ()
        try:
            return (self._hook(data, self._hooks),)
        except (RecursionError, ValidationError):
            return (self.item(data),)

    def data(self, event: Event) -> Any:
        """Return the decoded data of an event, or `NO_ITEM` if it is no item.

        Raises:
            APIStatusError: if it is the event of an error.
            StreamDataError: if the data is no JSON.
        """
        name, text = event[0], event[1]
        is_terminal = _IS_TERMINAL.get(name)
        if is_terminal is None:
            return self._not_an_item(name, text)
        try:
            data, end = _decode(text)
            if end != len(text):
                data = loads(text)
        except (ValueError, RecursionError):
            data = self._loads(text)
        if data.__class__ is dict and "type" not in data:
            data["type"] = name
        if is_terminal:
            self.complete = True
        return data

    def item(self, data: Any) -> Any:
        """Return decoded data as the type of the stream's items.

        Raises:
            APIResponseValidationError: if the client is strict and the data not as declared.
        """
        try:
            return self._hook(data, self._hooks)
        except ValidationError as error:
            raise APIResponseValidationError(self.response, data) from error
        except RecursionError:
            return structure(data, self.arguments["cast_to"])

    def _loads(self, text: str) -> Any:
        try:
            return loads(text)  # white space around is fine
        except ValueError as error:
            message = f"The data of an event is no JSON: {error}"
            raise StreamDataError(self.response, text, message=message, position=getattr(error, "pos", 0)) from error

    def _not_an_item(self, name: Optional[str], text: str) -> Any:
        if name is not None and name == _ERROR:
            self._raise_error(text)
        if name not in _SKIPPED:
            _log.debug("skipped an event of the unknown name %r", name)
        return NO_ITEM

    def _raise_error(self, text: str) -> NoReturn:
        try:
            body: Any = loads(text)
            message = str(body)
        except ValueError:
            body, message = text, text or f"Error code: {self.response.status_code}"
        try:
            make = error_for_status(SDK.error_statuses[body["error"]["type"]])
        except (IndexError, KeyError, TypeError):
            make = APIStatusError
        message = redact(message, secrets_of(self.response.request.headers))
        raise make(message, response=self.response, body=body)

    def closed_while_reading(self) -> bool:
        """Whether somebody closed the response while it was read."""
        return self._was_open and self.response.is_closed

    def check_response(self) -> None:
        """Refuse a response that is no event stream, or is closed already.

        Raises:
            APIResponseValidationError: if its media type is not `text/event-stream`.
            StreamStateError: if it is closed.
        """
        if self.closed_while_reading() and not self.ended:
            raise stream_closed_error()
        kind = self.response.headers.get("content-type", "text/event-stream").partition(";")[0].strip().lower()
        if kind != "text/event-stream":
            message = f"Expected an event stream (text/event-stream), but the response is {kind}."
            raise APIResponseValidationError(self.response, None, message=message)

    def handle_failure(self, error: Exception) -> None:
        """Raise what the caller should see of a failure to read, unless all that matters had arrived.

        Raises:
            StreamStateError: if the stream was closed, or read by other means.
            APIConnectionError: if the connection failed, or `APITimeoutError`.
        """
        self.ended = True
        if isinstance(error, exceptions("StreamClosed", "StreamConsumed")):
            raise stream_closed_error() from error
        if self.complete:
            _log.debug("the connection failed after the last event", exc_info=error)
            return
        failure = error if isinstance(error, BaseError) else connection_error(error, self.response.request)
        if isinstance(failure, APIConnectionError):
            failure.request_id = request_id_of(self.response)
        raise failure from (error.__cause__ if failure is error else error)


def stream_closed_error() -> StreamStateError:
    """Return the error of reading from a stream that is closed."""
    return StreamStateError("The stream was closed, or read by other means, before it was iterated to its end.")


def _close_abandoned(response: httpx.Response) -> None:
    """Close a response that nobody reads any more, from a finalizer."""
    with suppress(Exception):  # no loop: the connection goes when its client does
        if isinstance(response.stream, classes("SyncByteStream")):
            response.close()
        else:
            import asyncio

            asyncio.get_running_loop().create_task(response.aclose())


def iterate(core: StreamCore, items_of: ItemsOf, end_check: AbstractContextManager[Any]) -> Iterator[Any]:
    """Yield what a stream gives: for each event, what `items_of` makes of it. Close the response at the end.

    `end_check` surrounds all of it, so it sees how the stream ended, and may judge that otherwise.

    Raises:
        StreamStateError: if the stream was closed while it was read.
    """
    response, feed, chunks = core.response, core.feed, core.chunks
    try:
        with end_check:
            core.check_response()
            while not core.ended:
                for event in core.pending:
                    for item in items_of(event):
                        yield item
                        if response.is_closed and core.closed_while_reading():
                            raise stream_closed_error()
                try:
                    core.pending = iter(feed(next(chunks)))
                except StopIteration:
                    core.ended = True
                except Exception as error:
                    core.handle_failure(error)
    except Exception as error:
        from ._tracebacks import shortened

        raise shortened(error)
    finally:
        response.close()


async def aiterate(core: StreamCore, items_of: ItemsOf, end_check: AbstractContextManager[Any]) -> AsyncIterator[Any]:
    """Yield what a stream gives: for each event, what `items_of` makes of it. Close the response at the end.

    `end_check` surrounds all of it, so it sees how the stream ended, and may judge that otherwise.

    Raises:
        StreamStateError: if the stream was closed while it was read.
    """
    response, feed, chunks = core.response, core.feed, core.chunks
    try:
        with end_check:
            core.check_response()
            while not core.ended:
                for event in core.pending:
                    for item in items_of(event):
                        yield item
                        if response.is_closed and core.closed_while_reading():
                            raise stream_closed_error()
                try:
                    core.pending = iter(feed(await anext(chunks)))
                except StopAsyncIteration:
                    core.ended = True
                except Exception as error:
                    core.handle_failure(error)
    except Exception as error:
        from ._tracebacks import shortened

        raise shortened(error)
    finally:
        await aclose(response, chunks)


async def aclose(response: httpx.Response, *readers: AsyncIterator[Any]) -> None:
    """Close a response and what read from it, also when the task is being cancelled."""
    with anyio.CancelScope(shield=True):
        await response.aclose()
        for reader in readers:
            if isinstance(reader, AsyncGenerator):
                with suppress(RuntimeError):  # another task is in it
                    await reader.aclose()


async def closed_iterator() -> AsyncIterator[Any]:
    """Return what is left to iterate when a stream was closed too early.

    Raises:
        StreamStateError: at the first step.
    """
    raise stream_closed_error()
    yield


class EndCheck:
    """Surrounds the reading of a raw stream, and makes it hard to miss that a response was cut off in good order.

    Such a stream ends like a whole one, as in the reference client; a warning is logged, and `complete` stays false. A
    client with `_strict_response_validation` raises.
    """

    def __init__(self, core: StreamCore) -> None:
        self._core = core

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, exc_type: Optional[Type[BaseException]], exc: Optional[BaseException], exc_tb: Optional[TracebackType]
    ) -> None:
        core = self._core
        if exc_type is not None or core.complete or not core.ended or not _TERMINAL:
            return
        message = (
            f"The stream ended without its last event ({' or '.join(sorted(_TERMINAL))}): the response was cut off."
        )
        if core.strict:
            raise StreamEndedError(message=message, request=core.response.request)
        _log.warning(message)


class _Reader:
    def __init__(self, core: StreamCore) -> None:
        self._core = core
        self.response: httpx.Response = core.response

    @property
    def complete(self) -> bool:
        """Whether the event came that ends a whole response. If not, the response was cut off."""
        return self._core.complete

    def detach(self) -> Dict[str, Any]:
        """Give the response away: closing or dropping this stream leaves it open.

        Return the arguments with which another stream can go on from here.
        """
        self._core.owns_response = False
        return self._core.arguments


class SyncReader(_Reader, Generic[_T]):
    """An iterator over a response. Leave it with `with`, or call `close()`."""

    _iterator: Iterator[_T]

    def __next__(self) -> _T:
        return next(self._iterator)

    def __iter__(self) -> Iterator[_T]:
        return self._iterator

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: Optional[Type[BaseException]], exc: Optional[BaseException], exc_tb: Optional[TracebackType]
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the response. The connection is free for others, or dropped if there was more to read."""
        self.response.close()


class AsyncReader(_Reader, Generic[_T]):
    """An iterator over a response. Leave it with `async with`, or await `close()`."""

    _iterator: AsyncIterator[_T]

    async def __anext__(self) -> _T:
        return await self._iterator.__anext__()

    def __aiter__(self) -> AsyncIterator[_T]:
        return self._iterator

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: Optional[Type[BaseException]], exc: Optional[BaseException], exc_tb: Optional[TracebackType]
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the response. The connection is free for others, or dropped if there was more to read."""
        await aclose(self.response, self._iterator)
        if not self._core.ended:
            self._iterator = closed_iterator()


class _StreamType(type):
    """Lets the classes that took the place of `Stream` pass for it, with a warning."""

    @override
    def __instancecheck__(cls, instance: Any) -> bool:
        if super().__instancecheck__(instance):
            return True
        if getattr(instance.__class__, "_passes_for", None) is not cls:
            return False
        text = f"{instance.__class__.__name__} is no {cls.__name__}; a later version will say so."
        warnings.warn(text, DeprecationWarning, stacklevel=2)
        return True


@public
class Stream(SyncReader[_T], Generic[_T], metaclass=_StreamType):
    """The items of a response, as they arrive. Iterate it once.

        with client.messages.create(..., stream=True) as stream:
            for event in stream:
                print(event.type)

    Iterating raises an `APIError` if the server sends an error, or the connection fails before the end. A server that
    stops in good order, but early, ends the iteration: a warning is logged and `complete` is false.
    """

    response: httpx.Response

    def __init__(self, *, cast_to: Type[_T], response: httpx.Response, client: BaseClient[Any, Any]) -> None:
        super().__init__(core := StreamCore(cast_to, response, client))
        self._iterator = iterate(core, core.items, EndCheck(core))

    def _iter_events(self) -> Iterator[ServerSentEvent]:
        return iterate(self._core, lambda event: (ServerSentEvent(*event),), nullcontext())


@public
class AsyncStream(AsyncReader[_T], Generic[_T], metaclass=_StreamType):
    """The items of a response, as they arrive. Iterate it once.

        async with await client.messages.create(..., stream=True) as stream:
            async for event in stream:
                print(event.type)

    Iterating raises an `APIError` if the server sends an error, or the connection fails before the end. A server that
    stops in good order, but early, ends the iteration: a warning is logged and `complete` is false.
    """

    response: httpx.Response

    def __init__(self, *, cast_to: Type[_T], response: httpx.Response, client: BaseClient[Any, Any]) -> None:
        super().__init__(core := StreamCore(cast_to, response, client, is_async=True))
        self._iterator = aiterate(core, core.items, EndCheck(core))

    def _iter_events(self) -> AsyncIterator[ServerSentEvent]:
        return aiterate(self._core, lambda event: (ServerSentEvent(*event),), nullcontext())
