"""What all response wrappers have in common."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Dict, Generator, Generic, Type, TypeVar, get_origin

from .._error_mapping import connection_error, text_of
from .._exceptions import APIResponseValidationError, request_id_of
from .._lazy import httpx
from .._request.http_library import exceptions, is_response_class
from .._request.options import FinalRequestOptions
from .._sdk import BaseError
from .._typing import override
from .json import loads
from .parse import parse_body, strip_annotated, type_argument

if TYPE_CHECKING:
    from .._http.base_client import BaseClient
    from .._models import BaseModel
    from .._streaming import AsyncStream, Stream

R = TypeVar("R")
HeadersT = TypeVar("HeadersT", bound="BaseModel")


class StreamAlreadyConsumed(BaseError):
    """The body was iterated over and is gone."""

    def __init__(self) -> None:
        super().__init__(
            "The body has already been streamed and can't be read again. Accumulate what you iterate over, or call "
            "`.read()` before you iterate."
        )


class BaseAPIResponse(Generic[R]):
    """An HTTP response, and what it is to be parsed into."""

    http_response: httpx.Response
    retries_taken: int
    """How many attempts failed before this one."""

    def __init__(
        self,
        *,
        raw: httpx.Response,
        cast_to: type[R],
        client: BaseClient[Any, Any],
        stream: bool,
        stream_cls: type[Stream[Any]] | type[AsyncStream[Any]] | None,
        options: FinalRequestOptions,
        retries_taken: int = 0,
    ) -> None:
        self.http_response = raw
        self.retries_taken = retries_taken
        self._cast_to: Any = cast_to
        self._client = client
        self._is_stream = stream
        self._stream_cls = stream_cls
        self._options = options
        self._parsed: Dict[Any, Any] = {}

    @property
    def headers(self) -> httpx.Headers:
        """The headers of the response. Their names are found in any case."""
        return self.http_response.headers

    @property
    def http_request(self) -> httpx.Request:
        """The request that was sent."""
        return self.http_response.request

    @property
    def status_code(self) -> int:
        """The HTTP status, such as 200: RFC 9110 §15."""
        return self.http_response.status_code

    @property
    def url(self) -> httpx.URL:
        """Where the response came from."""
        return self.http_response.url

    @property
    def method(self) -> str:
        """The method of the request, such as `POST`."""
        return self.http_request.method

    @property
    def http_version(self) -> str:
        """The version of HTTP that the response came in: `HTTP/1.1` or `HTTP/2`."""
        return self.http_response.http_version

    @property
    def elapsed(self) -> datetime.timedelta:
        """The time from sending the request to closing the response."""
        return self.http_response.elapsed

    @property
    def is_closed(self) -> bool:
        """Whether the response was closed; its body can't be read any more, unless it has been."""
        return self.http_response.is_closed

    @property
    def request_id(self) -> str | None:
        """The server's name for the request, to quote when asking about it."""
        return request_id_of(self.http_response)

    def parse_headers(self, to: Type[HeadersT]) -> HeadersT:
        """Return the headers as a model whose fields are called as they are, in any case.

            limit = response.parse_headers(RateLimitHeaders).x_rate_limit_remaining

        A header that isn't there stays unset; one that isn't of the type of its field stays a text.
        """
        from .headers import read_headers

        return read_headers(self.http_response.headers, to)

    @override
    def __repr__(self) -> str:
        response = self.http_response
        return f"<{self._shown_name()} [{response.status_code} {response.reason_phrase}] type={self._cast_to}>"

    def _shown_name(self) -> str:
        return type(self).__name__

    def _parse(self, to: Any = None) -> Any:
        target = strip_annotated(to) if to is not None else None
        key = target if target is not None else self._cast_to
        try:
            return self._parsed[key]
        except KeyError:
            pass
        parsed = self._open_stream(target) if self._is_stream else self._parse_body(key, to is None)
        self._parsed[key] = parsed
        return parsed

    def _parse_body(self, cast_to: Any, is_declared: bool) -> Any:
        if is_response_class(cast_to):
            return self.http_response
        if isinstance(cast_to, type) and issubclass(cast_to, BaseAPIResponse):
            return self
        strict, expects_json = self._client.strict_validation, self._options.expects_json and is_declared
        return parse_body(self.http_response, cast_to, strict=strict, expects_json=expects_json)

    def _open_stream(self, to: Any) -> Any:
        return open_stream(self._client, self.http_response, to, self._stream_cls, self._cast_to)

    def _json(self) -> object:
        response = self.http_response
        try:
            return loads(response.content)
        except ValueError as error:
            message = f"The response is not valid JSON: {error}"
            raise APIResponseValidationError(response, text_of(response), message=message) from error


def open_stream(client: BaseClient[Any, Any], response: httpx.Response, to: Any, stream_cls: Any, cast_to: Any) -> Any:
    """Return the stream over the events of a response.

    Its class is `to`, else `stream_cls`, else the client's, whose items are then `cast_to`.

    Raises:
        TypeError: if the class doesn't say the type of its items, as `Stream[Item]` does.
    """
    from .._streaming import AsyncStream, Stream

    if to is not None:
        item = type_argument(to, (Stream, AsyncStream))
        if item is None:
            raise TypeError(f"Expected custom parse type to be a Stream or AsyncStream with its item type, got {to}")
        if get_origin(to) in (Stream, AsyncStream) and stream_cls is not None:
            to = get_origin(stream_cls) or stream_cls  # it knows how the items are written
        return to(cast_to=item, response=response, client=client)
    if stream_cls is not None:
        item = type_argument(stream_cls, (Stream, AsyncStream))
        if item is None:
            raise TypeError(f"Expected stream_cls to say the type of its items, as in Stream[Item], got {stream_cls}")
        return stream_cls(cast_to=item, response=response, client=client)
    return client.default_stream_class()(cast_to=cast_to, response=response, client=client)


@contextmanager
def reading(response: httpx.Response) -> Generator[None, None, None]:
    """Turn failures to read a body into exceptions of this package, inside a `with` block.

    Raises:
        StreamAlreadyConsumed: if the body was iterated over before.
        APIConnectionError: if the connection failed, or `APITimeoutError`.
    """
    try:
        yield
    except exceptions("StreamConsumed") as error:
        raise StreamAlreadyConsumed() from error
    except exceptions("RequestError", "StreamError") as error:
        raise connection_error(error, response.request) from error
