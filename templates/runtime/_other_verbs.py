"""Methods of HTTP for which clients have no function: HEAD, OPTIONS, TRACE (RFC 9110 §9.3), QUERY; streams of PUT."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Type, TypeVar, overload

from ._request.options import FinalRequestOptions
from ._types import Body, RequestFiles, ResponseT

if TYPE_CHECKING:
    from ._base_client import AsyncAPIClient, SyncAPIClient
    from ._streaming import AsyncStream, Stream

_StreamT = TypeVar("_StreamT", bound="Stream[Any]")
_AsyncStreamT = TypeVar("_AsyncStreamT", bound="AsyncStream[Any]")


class Verb:
    """Makes requests like `client.post`: `Verb(client, "head")("/v1/things", cast_to=..., options=...)`."""

    def __init__(self, client: SyncAPIClient, method: str) -> None:
        self._client = client
        self._method = method

    @overload
    def __call__(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: Any,
        body: Body | None = None,
        files: RequestFiles | None = None,
        stream: Literal[False] = False,
    ) -> ResponseT: ...

    @overload
    def __call__(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: Any,
        body: Body | None = None,
        files: RequestFiles | None = None,
        stream: Literal[True],
        stream_cls: Type[_StreamT],
    ) -> _StreamT: ...

    @overload
    def __call__(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: Any,
        body: Body | None = None,
        files: RequestFiles | None = None,
        stream: bool,
        stream_cls: Type[_StreamT] | None = None,
    ) -> ResponseT | _StreamT: ...

    def __call__(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: Any,
        body: Body | None = None,
        files: RequestFiles | None = None,
        stream: bool = False,
        stream_cls: Type[_StreamT] | None = None,
    ) -> ResponseT | _StreamT:
        call = FinalRequestOptions.construct(method=self._method, url=path, json_data=body, files=files, **options)
        return self._client.request(cast_to, call, stream=stream, stream_cls=stream_cls)


class AsyncVerb:
    """The same for asynchronous clients."""

    def __init__(self, client: AsyncAPIClient, method: str) -> None:
        self._client = client
        self._method = method

    @overload
    async def __call__(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: Any,
        body: Body | None = None,
        files: RequestFiles | None = None,
        stream: Literal[False] = False,
    ) -> ResponseT: ...

    @overload
    async def __call__(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: Any,
        body: Body | None = None,
        files: RequestFiles | None = None,
        stream: Literal[True],
        stream_cls: Type[_AsyncStreamT],
    ) -> _AsyncStreamT: ...

    @overload
    async def __call__(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: Any,
        body: Body | None = None,
        files: RequestFiles | None = None,
        stream: bool,
        stream_cls: Type[_AsyncStreamT] | None = None,
    ) -> ResponseT | _AsyncStreamT: ...

    async def __call__(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: Any,
        body: Body | None = None,
        files: RequestFiles | None = None,
        stream: bool = False,
        stream_cls: Type[_AsyncStreamT] | None = None,
    ) -> ResponseT | _AsyncStreamT:
        call = FinalRequestOptions.construct(method=self._method, url=path, json_data=body, files=files, **options)
        return await self._client.request(cast_to, call, stream=stream, stream_cls=stream_cls)
