"""Responses as `with_raw_response` gives them."""

from __future__ import annotations

from functools import wraps
from typing import Any, Awaitable, Callable, ParamSpec, TypeVar, overload

from ._error_mapping import text_of
from ._request.options import RAW_RESPONSE_HEADER
from ._responses.base import BaseAPIResponse
from ._typing import override

P = ParamSpec("P")
R = TypeVar("R")
_T = TypeVar("_T")


class LegacyAPIResponse(BaseAPIResponse[R]):
    """A response whose body has been read, unless it is a stream. `parse()` never waits, also in the async client."""

    @overload
    def parse(self, *, to: type[_T]) -> _T: ...

    @overload
    def parse(self) -> R: ...

    def parse(self, *, to: type[_T] | None = None) -> R | _T:
        """Return the body as the type that the method promises, or as the type given here.

            parsed = response.parse(to=Dict[str, int])

        The result is kept: parsing twice gives the same object. For a stream, `to` is its class: `Stream[Item]`.

        Raises:
            APIResponseValidationError: if the body is not of that type.
        """
        parsed: R | _T = self._parse(to)
        return parsed

    @property
    def text(self) -> str:
        """The body as text, in the charset that the server names."""
        return text_of(self.http_response)

    @property
    def content(self) -> bytes:
        """The body, decoded as `Content-Encoding` says."""
        return self.http_response.content

    @override
    def _shown_name(self) -> str:
        return "APIResponse"


def to_raw_response_wrapper(function: Callable[P, R]) -> Callable[P, LegacyAPIResponse[R]]:
    """Return the method, but such that it gives the response, with the parsed body in `parse()`."""

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> LegacyAPIResponse[R]:
        call: Any = function
        response: LegacyAPIResponse[R] = call(*args, **_ask_for_response(kwargs))
        return response

    return wrapped


def async_to_raw_response_wrapper(
    function: Callable[P, Awaitable[R]],
) -> Callable[P, Awaitable[LegacyAPIResponse[R]]]:
    """Return the method, but such that it gives the response, with the parsed body in `parse()`."""

    @wraps(function)
    async def wrapped(*args: P.args, **kwargs: P.kwargs) -> LegacyAPIResponse[R]:
        call: Any = function
        response: LegacyAPIResponse[R] = await call(*args, **_ask_for_response(kwargs))
        return response

    return wrapped


def _ask_for_response(arguments: dict[str, Any]) -> dict[str, Any]:
    return {**arguments, "extra_headers": {**(arguments.get("extra_headers") or {}), RAW_RESPONSE_HEADER: "true"}}
