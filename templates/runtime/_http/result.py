"""What a call returns, once its response is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Type

from .._lazy import httpx
from .._request.http_library import is_response_class
from .._request.options import raw_mode
from .call import Call

if TYPE_CHECKING:
    from .base_client import BaseClient


def response_result(
    client: BaseClient[Any, Any],
    call: Call,
    response: httpx.Response,
    cast_to: Any,
    stream: bool,
    stream_cls: Any,
    flavour: str,
) -> Any:
    """Return the parsed body, a stream over it, or a wrapper around the response, as the options of the call say.

    `flavour` is that of the client: `sync` or `async`.
    """
    mode = raw_mode(call.options)
    if mode is None and not stream and not _is_wrapper(cast_to):
        if is_response_class(cast_to):
            return response
        from .._responses.parse import parse_body

        return parse_body(response, cast_to, strict=client.strict_validation, expects_json=call.options.expects_json)
    if mode is None and stream:
        from .._responses.base import open_stream

        return open_stream(client, response, None, stream_cls, cast_to)
    return _wrapper_class(None if stream else cast_to, mode, flavour)(
        raw=response,
        cast_to=cast_to,
        client=client,
        stream=stream,
        stream_cls=stream_cls,
        options=call.options,
        retries_taken=call.retries_made,
    )


def _is_wrapper(cast_to: Any) -> bool:
    from .._responses.base import BaseAPIResponse

    return isinstance(cast_to, type) and issubclass(cast_to, BaseAPIResponse)


def _wrapper_class(cast_to: Any, mode: str | None, flavour: str) -> Type[Any]:
    from .._legacy_response import LegacyAPIResponse
    from .._response import APIResponse, AsyncAPIResponse, streamed_twin

    mine: Type[Any] = AsyncAPIResponse if flavour == "async" else APIResponse
    if _is_wrapper(cast_to):
        if not issubclass(cast_to, mine):
            raise TypeError(f"The {flavour} client needs a subclass of {mine.__name__} as `cast_to`, got {cast_to}")
        return streamed_twin(cast_to) if mode == "stream" else cast_to
    return mine if mode == "stream" else LegacyAPIResponse
