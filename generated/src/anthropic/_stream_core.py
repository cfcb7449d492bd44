"""What all streams have in common: decoding events, and judging how a response ended. No reading here."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from types import TracebackType
from typing import (
    Any,
    Dict,
    FrozenSet,
    Literal,
    NoReturn,
    Optional,
    Set,
    Type,
    Union,
    get_args,
    get_origin,
)

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
from ._lazy import httpx
from ._request.http_library import classes, exceptions
from ._request.redaction import redact, secrets_of
from ._responses.json import OPTIONS, loads
from ._sdk import SDK, BaseError
from ._sdk_settings import StreamEvents
from ._sse import Event, SSEDecoder
from ._structuring.annotations import discriminator_of
from ._structuring.structure import ValidationError, structure, structurer

_UNNAMED = "message"  # WHATWG HTML §9.2.6: the type of an event without a name
_NO_CONTENT = frozenset({204, 205})  # RFC 9110 §15.3.5, §15.3.6
_decode = json.JSONDecoder(**OPTIONS).raw_decode  # json.loads costs twice as much on a text of this size
_log = logging.getLogger(f"{__package__}._streaming")
_announced: Set[str] = set()
_MOST_ANNOUNCED = 100  # names come from servers: there is no end to them

NO_ITEM = object()
"""Stands for the data of an event that is no item of the stream."""

ItemsOf = Callable[[Event], Sequence[Any]]
"""Turns one event into what a stream gives for it."""


def terminal_items(events: StreamEvents) -> Dict[Optional[str], bool]:
    """Return of every event that is an item whether it ends a complete stream."""
    found: Dict[Optional[str], bool] = {name: name in events.terminal for name in events.items}
    if _UNNAMED in events.items:
        found[None] = _UNNAMED in events.terminal
    return found


_IS_TERMINAL = terminal_items(SDK.stream_events)


class StreamCore:
    """What one stream knows: how to decode an event, whether the response was complete, who closes the response."""

    media_types: FrozenSet[str] = frozenset({"text/event-stream"})
    contents = "an event stream (text/event-stream)"
    events = SDK.stream_events
    """What the names of events mean. One of `terminal` must come at the end of a whole response."""

    is_terminal = _IS_TERMINAL

    def __init__(self, cast_to: Any, response: httpx.Response, client: Any, *, is_async: bool = False) -> None:
        self.arguments: Dict[str, Any] = {"cast_to": cast_to, "response": response, "client": client}
        self.response = response
        self.complete = False  # the terminal event came
        self.ended = False  # there is nothing more to read
        self.owns_response = True  # closes the response when nobody can read from it any more
        self.strict: bool = client.strict_validation
        self.decoder: Any = self.new_decoder()
        self.feed: Callable[[Any], Sequence[Event]] = self.decoder.feed
        self.pending: Iterator[Event] = iter(())
        self._was_open = not response.is_closed  # it is closed from the start when it was read before
        self._plain = plain = self._was_open and "content-encoding" not in response.headers
        stream: Any = response.stream
        if is_async:
            self.chunks: Any = aiter(stream) if plain else response.aiter_bytes()
        else:
            self.chunks = iter(stream) if plain else response.iter_bytes()
        self._hook, self._hooks = structurer(cast_to, strict=self.strict)
        tag = discriminator_of(cast_to)
        self._tag = tag.property_name if tag is not None else "type" if self.events.items else None
        self._takes_text = is_textual(cast_to)

    def __del__(self) -> None:
        if self.owns_response and not self.response.is_closed:
            _close_abandoned(self.response)

    def new_decoder(self) -> Any:
        """Return what makes events of the chunks of a body."""
        return SSEDecoder(self.events.items, without_data=(self.events.error or "",))

    def media_type(self) -> str:
        """Return the media type of the response, without parameters; an empty text if the server names none."""
        kind: str = self.response.headers.get("content-type", "")
        return kind.partition(";")[0].strip().lower()

    def accepts(self, media_type: str) -> bool:
        """Whether a response of that media type is read."""
        return media_type in self.media_types

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
        is_terminal = self.is_terminal.get(name)
        if is_terminal is None:
            if self._is_no_item(name, text):
                return NO_ITEM
            is_terminal = name in self.events.terminal
        if self._takes_text:
            data: Any = NO_ITEM if self.is_end(text) else text
        else:
            try:
                data, end = _decode(text)
                if end != len(text):
                    data = loads(text)
            except (ValueError, RecursionError):
                data = self._loads(text)
            if data.__class__ is dict and self._tag not in data and self._tag is not None and name is not None:
                data[self._tag] = name
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
        """Decode what isn't JSON at first sight: white space around is fine, and so is a mark of the end."""
        try:
            return loads(text)
        except ValueError as error:
            if self.is_end(text):
                return NO_ITEM
            if not self.events.items and not text.strip():
                _log.debug("skipped an event without data")  # such events keep connections open
                return NO_ITEM
            message = f"The data of an event is no JSON: {error}"
            raise StreamDataError(self.response, text, message=message, position=getattr(error, "pos", 0)) from error

    def is_end(self, text: str) -> bool:
        """Whether the data of an event says that the response is complete."""
        is_end = text.strip() in self.events.ends
        self.complete = self.complete or is_end
        return is_end

    def _is_no_item(self, name: Optional[str], text: str) -> bool:
        """Whether an event of a name that isn't listed is none of the items. Without a list all are."""
        kind, events = name or _UNNAMED, self.events
        if kind == events.error:
            self._raise_error(text)
        if kind in events.skipped:
            return True
        if events.items and kind in events.terminal:
            self.complete = True
            return True
        if events.items:
            _announce(kind)
            return True
        return self.is_end(text)

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

    def begin(self) -> None:
        """Check the response, and take note in it that it is being read.

        Raises:
            APIResponseValidationError: if its media type is another.
            StreamStateError: if it is closed.
        """
        self.check_response()
        if self._plain:
            self.response.is_stream_consumed = True  # httpx says so of what it reads itself

    def check_response(self) -> None:
        """Refuse a response of another media type, or one that is closed already.

        Raises:
            APIResponseValidationError: if its media type is another.
            StreamStateError: if it is closed.
        """
        if self.closed_while_reading() and not self.ended:
            raise stream_closed_error()
        if self.response.status_code in _NO_CONTENT and not self.events.terminal:
            self.complete = True
            return
        kind = self.media_type()
        if kind and not self.accepts(kind):
            message = f"Expected {self.contents}, but the response is {kind}."
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


def is_textual(type_: Any) -> bool:
    """Whether values of a type are texts: then the data of an event is one as it is, and no JSON."""
    origin = get_origin(type_)
    if origin is Union:
        return all(is_textual(member) for member in get_args(type_) if member is not type(None))
    if origin is Literal:
        return all(isinstance(value, str) for value in get_args(type_))
    return type_ in (str, date, datetime)


def _announce(name: str) -> None:
    """Log that an event is dropped. That is a warning when its name comes for the first time."""
    is_new = name not in _announced and len(_announced) < _MOST_ANNOUNCED
    if is_new:
        _announced.add(name)
    _log.log(logging.WARNING if is_new else logging.DEBUG, "skipped an event of the unknown name %r", name)


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
        if exc_type is not None or core.complete or not core.ended:
            return
        if core.decoder.has_rest and core.is_end(core.decoder.rest):
            return
        if core.events.terminal:
            what = f"without its last event ({' or '.join(sorted(core.events.terminal))})"
        elif core.decoder.has_rest:
            what = "within an event"
        else:
            core.complete = True
            return
        message = f"The stream ended {what}: the response was cut off."
        if core.strict:
            raise StreamEndedError(message=message, request=core.response.request)
        _log.warning(message)
