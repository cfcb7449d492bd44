"""The exception family. Everything that goes wrong in a call is one of these, with what happened as `__cause__`."""

from __future__ import annotations

import json
from typing import Any, Dict, Literal, Type

from ._lazy import httpx
from ._public import public
from ._request.redaction import without_secrets
from ._sdk import BaseError
from ._typing import override

__all__ = [
    "APIConnectionError",
    "APIError",
    "APIResponseValidationError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "InternalServerError",
    "InvalidHeaderError",
    "InvalidURLError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "StreamDataError",
    "StreamEndedError",
    "StreamStateError",
    "UnprocessableEntityError",
    "error_for_status",
]


def __getattr__(name: str) -> Any:
    if name == BaseError.__name__:
        return BaseError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class InvalidHeaderError(BaseError, ValueError):
    """A header can't be sent as it is, for instance because of a line break in it. The text never shows its value."""


class InvalidURLError(BaseError, ValueError):
    """A path or a query can't be part of a URL: it is too long, or has a lone surrogate in it (RFC 3986 §2)."""


@public
class APIError(BaseError):
    """A call failed. All that a call raises is a subclass of this, but for mistakes in its arguments.

    try:
        message = client.messages.create(...)
    except RateLimitError as error:
        print(error.request_id)
    except APIError as error:
        print(error.message, error.body)
    """

    message: str
    request: httpx.Request

    body: object | None
    """What the server said: decoded JSON, else text, else `None`."""

    snapshot: object | None = None
    """What a streaming helper had put together when the stream failed."""

    def __init__(self, message: str, request: httpx.Request, *, body: object | None) -> None:
        Exception.__init__(self, message)  # not the next class in line: some errors have another builtin base
        self.message = message
        self.request = request
        self.body = body

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles and copies keep everything but the secrets in the headers of the request."""
        return _rebuild, (type(self), self.args, without_secrets(self.__dict__))


def _rebuild(cls: Type[APIError], args: tuple[Any, ...], state: Dict[str, Any]) -> APIError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


@public
class APIResponseValidationError(APIError):
    """The server responded, but not with what was asked for. `body` is what it sent, `__cause__` says what is wrong."""

    response: httpx.Response
    status_code: int

    def __init__(self, response: httpx.Response, body: object | None, *, message: str | None = None) -> None:
        super().__init__(message or "Data returned by API invalid for expected schema.", response.request, body=body)
        self.response = response
        self.status_code = response.status_code

    @property
    def request_id(self) -> str | None:
        """The server's name for the request, to quote when asking about it."""
        return request_id_of(self.response)


@public
class APIStatusError(APIError):
    """The server responded with an error status: 4xx or 5xx, or an error in a stream."""

    response: httpx.Response
    request_id: str | None
    """The server's name for the request, to quote when asking about it."""

    def __init__(self, message: str, *, response: httpx.Response, body: object | None) -> None:
        super().__init__(message, response.request, body=body)
        self.response = response
        self.status_code = response.status_code
        self.request_id = request_id_of(response)


@public
class APIConnectionError(APIError):
    """No complete response arrived. `__cause__` is what httpx raised. Tried again, unless it was a stream."""

    request_id: str | None = None
    """The server's name for the request, if the response had begun."""

    def __init__(self, *, message: str = "Connection error.", request: httpx.Request) -> None:
        super().__init__(message, request, body=None)


@public
class APITimeoutError(APIConnectionError):
    """No complete response arrived in time. Tried again, unless it was a stream."""

    def __init__(self, request: httpx.Request) -> None:
        super().__init__(message="Request timed out.", request=request)


class StreamEndedError(APIConnectionError, AssertionError):
    """A stream ended in good order, but before its message was complete."""


class StreamDataError(APIResponseValidationError, json.JSONDecodeError):
    """Data in a stream isn't the JSON that it should be."""

    def __init__(self, response: httpx.Response, body: object | None, *, message: str, position: int = 0) -> None:
        json.JSONDecodeError.__init__(self, message, str(body or ""), position)
        APIResponseValidationError.__init__(self, response, body, message=message)


class StreamStateError(BaseError, RuntimeError, AssertionError):
    """A stream was asked for something that it can't give at this point."""


@public
class BadRequestError(APIStatusError):
    """The server can't make sense of the request: status 400, RFC 9110 §15.5.1."""

    status_code: Literal[400] = 400


@public
class AuthenticationError(APIStatusError):
    """The credential is missing or wrong: status 401, RFC 9110 §15.5.2."""

    status_code: Literal[401] = 401


@public
class PermissionDeniedError(APIStatusError):
    """The credential doesn't allow this: status 403, RFC 9110 §15.5.4."""

    status_code: Literal[403] = 403


@public
class NotFoundError(APIStatusError):
    """There is no such thing: status 404, RFC 9110 §15.5.5."""

    status_code: Literal[404] = 404


@public
class ConflictError(APIStatusError):
    """The request conflicts with the state of what it is about: status 409, RFC 9110 §15.5.10. Tried again."""

    status_code: Literal[409] = 409


@public
class UnprocessableEntityError(APIStatusError):
    """The request makes sense, but can't be done: status 422, RFC 9110 §15.5.21."""

    status_code: Literal[422] = 422


@public
class RateLimitError(APIStatusError):
    """Too many requests in a time: status 429, RFC 6585 §4. Tried again."""

    status_code: Literal[429] = 429


@public
class InternalServerError(APIStatusError):
    """The server failed: any status from 500 on, RFC 9110 §15.6. Tried again."""

    status_code: int


_BY_STATUS: Dict[int, Type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}


def error_for_status(status: int) -> Type[APIStatusError]:
    """Return the class of errors with this status."""
    return _BY_STATUS.get(status, InternalServerError if status >= 500 else APIStatusError)


def request_id_of(response: httpx.Response) -> str | None:
    """Return the server's name for a request: what it says in the header `request-id` or `x-request-id`."""
    headers = response.headers
    request_id: str | None = headers.get("request-id") or headers.get("x-request-id")
    return request_id
