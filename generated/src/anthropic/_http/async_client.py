"""The async client."""

from __future__ import annotations

from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, List, Literal, Mapping, NoReturn, Type, TypeVar, overload

from .._constants import DEFAULT_MAX_RETRIES
from .._error_mapping import closed_error, response_in, status_error
from .._lazy import anyio, httpx
from .._request.options import FinalRequestOptions, raw_mode
from .._types import NO_OPTIONS, NOT_GIVEN, Body, NotGiven, ProxiesTypes, RequestFiles, RequestOptions, ResponseT
from .._typing import Self, override
from .base_client import BaseClient
from .call import Call, log_response
from .connections import AsyncConnections, running_library
from .httpx_clients import build_async, check_http_client, effective_timeout, pool_options
from .redirects import is_same_origin, next_request
from .result import result

if TYPE_CHECKING:
    from .._streaming import AsyncStream

_StreamT = TypeVar("_StreamT", bound="AsyncStream[Any]")


class AsyncAPIClient(BaseClient["httpx.AsyncClient", "AsyncStream[Any]"]):
    """Makes requests whose responses are awaited. May be used from several tasks, and from several event loops."""

    _connections: AsyncConnections

    def __init__(
        self,
        *,
        credentials: Mapping[str, str | None],
        base_url: str | httpx.URL | None = None,
        timeout: float | httpx.Timeout | None | NotGiven = NOT_GIVEN,
        max_retries: int = DEFAULT_MAX_RETRIES,
        default_headers: Mapping[str, str] | None = None,
        default_query: Mapping[str, object] | None = None,
        http_client: httpx.AsyncClient | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        proxies: ProxiesTypes | None = None,
        connection_pool_limits: httpx.Limits | None = None,
        _strict_response_validation: bool = False,
    ) -> None:
        check_http_client(http_client, httpx.AsyncClient)
        self._pool_options = pool_options(
            http_client, transport=transport, proxies=proxies, connection_pool_limits=connection_pool_limits
        )
        super().__init__(
            credentials=credentials,
            base_url=base_url,
            timeout=effective_timeout(timeout, http_client),
            max_retries=max_retries,
            default_headers=default_headers,
            default_query=default_query,
            strict_validation=_strict_response_validation,
        )
        build = partial(build_async, self._origin, self.timeout, self._pool_options)
        self._connections = AsyncConnections(http_client, build)

    def is_closed(self) -> bool:
        """Whether `close()` was called, here or on a copy."""
        return self._connections.is_closed

    async def close(self) -> None:
        """Close all connections. The client can't be used any more, nor can its copies."""
        await self._connections.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: Type[BaseException] | None, exc: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        await self.close()

    @override
    def _async_library(self) -> str:
        return f"async:{running_library()}"

    @override
    def default_stream_class(self) -> Any:
        from .._streaming import AsyncStream

        return AsyncStream

    def _build_request(self, options: FinalRequestOptions) -> httpx.Request:
        """The request that these options describe."""
        return self._build(self._start(options, None), self._connections.get())

    async def _prepare_request(self, request: httpx.Request) -> None:
        """Called before each attempt. Override it to change the request, for instance to sign it."""

    @overload
    async def request(
        self,
        cast_to: Type[ResponseT],
        options: FinalRequestOptions,
        *,
        remaining_retries: int | None = None,
        stream: Literal[False] = False,
    ) -> ResponseT: ...

    @overload
    async def request(
        self,
        cast_to: Type[ResponseT],
        options: FinalRequestOptions,
        *,
        remaining_retries: int | None = None,
        stream: Literal[True],
        stream_cls: Type[_StreamT],
    ) -> _StreamT: ...

    @overload
    async def request(
        self,
        cast_to: Type[ResponseT],
        options: FinalRequestOptions,
        *,
        remaining_retries: int | None = None,
        stream: bool,
        stream_cls: Type[_StreamT] | None = None,
    ) -> ResponseT | _StreamT: ...

    async def request(
        self,
        cast_to: Type[ResponseT],
        options: FinalRequestOptions,
        *,
        remaining_retries: int | None = None,
        stream: bool = False,
        stream_cls: Type[_StreamT] | None = None,
    ) -> ResponseT | _StreamT:
        """Send a request, again if need be, and give back its response as `cast_to`."""
        call = self._start(options, remaining_retries)
        response = await self._run(call, unread=stream or raw_mode(options) == "stream")
        log_response(response)
        try:
            value: ResponseT | _StreamT = result(self, call, response, cast_to, stream, stream_cls, "async")
        except BaseException:
            await response.aclose()
            raise
        return value

    async def _run(self, call: Call, *, unread: bool) -> httpx.Response:
        if call.end is None:
            return await self._attempts(call, unread=unread)
        from .deadline import run_until

        return await run_until(call.end, self._attempts(call, unread=unread), lambda: call.request)

    async def _attempts(self, call: Call, *, unread: bool) -> httpx.Response:
        while True:
            client = self._connections.get()
            request = self._build(call, client)
            if self._connections.is_closed:
                raise closed_error(request)
            await self._prepare_request(request)
            try:
                response = await self._exchange(client, request, call, unread=unread)
            except Exception as error:
                refused = response_in(error, call.request)
                if refused is None:
                    await anyio.sleep(call.after_failure(error, request))
                    continue
                response = refused
            if response.is_success:
                return response
            delay = call.after_response(response)
            if delay is None:
                await self._raise_status(response)
            await response.aclose()
            await anyio.sleep(delay)

    async def _exchange(
        self, client: httpx.AsyncClient, request: httpx.Request, call: Call, *, unread: bool
    ) -> httpx.Response:
        """One attempt: send the request and follow redirects."""
        auth = self._auth()
        history: List[httpx.Response] = []
        while True:
            response = await self._send(client, request, call, unread=unread, auth=auth)
            if response.next_request is None or not client.follow_redirects:
                response.history = history
                return response
            await response.aclose()
            following = next_request(client, response, len(history))
            if not is_same_origin(request.url, following.url):
                auth = None
            history.append(response)
            call.request = request = following

    async def _send(
        self, client: httpx.AsyncClient, request: httpx.Request, call: Call, *, unread: bool, auth: Any
    ) -> httpx.Response:
        sending = client.send(request, stream=unread, auth=auth, follow_redirects=False)
        if running_library() != "asyncio":
            response = await sending
        else:
            from .cancellation import CarefulStream, careful_response

            response = await careful_response(sending)
            if unread:
                response.stream = CarefulStream(response.stream)
        if unread and call.end is not None:
            from .deadline import AsyncGuardedStream

            response.stream = AsyncGuardedStream(response.stream, call.end, request)
        return response

    async def _raise_status(self, response: httpx.Response) -> NoReturn:
        lost: Exception | None = None
        try:
            if not response.is_closed:
                await response.aread()
        except Exception as error:
            lost = error
        finally:
            await response.aclose()
        raise status_error(response) from lost

    @overload
    async def get(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: RequestOptions = NO_OPTIONS,
        stream: Literal[False] = False,
    ) -> ResponseT: ...

    @overload
    async def get(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: RequestOptions = NO_OPTIONS,
        stream: Literal[True],
        stream_cls: Type[_StreamT],
    ) -> _StreamT: ...

    @overload
    async def get(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: RequestOptions = NO_OPTIONS,
        stream: bool,
        stream_cls: Type[_StreamT] | None = None,
    ) -> ResponseT | _StreamT: ...

    async def get(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: RequestOptions = NO_OPTIONS,
        stream: bool = False,
        stream_cls: Type[_StreamT] | None = None,
    ) -> ResponseT | _StreamT:
        """Make a GET request."""
        call = FinalRequestOptions.construct(method="get", url=path, **options)
        return await self.request(cast_to, call, stream=stream, stream_cls=stream_cls)

    @overload
    async def post(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        body: Body | None = None,
        options: RequestOptions = NO_OPTIONS,
        files: RequestFiles | None = None,
        stream: Literal[False] = False,
    ) -> ResponseT: ...

    @overload
    async def post(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        body: Body | None = None,
        options: RequestOptions = NO_OPTIONS,
        files: RequestFiles | None = None,
        stream: Literal[True],
        stream_cls: Type[_StreamT],
    ) -> _StreamT: ...

    @overload
    async def post(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        body: Body | None = None,
        options: RequestOptions = NO_OPTIONS,
        files: RequestFiles | None = None,
        stream: bool,
        stream_cls: Type[_StreamT] | None = None,
    ) -> ResponseT | _StreamT: ...

    async def post(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        body: Body | None = None,
        options: RequestOptions = NO_OPTIONS,
        files: RequestFiles | None = None,
        stream: bool = False,
        stream_cls: Type[_StreamT] | None = None,
    ) -> ResponseT | _StreamT:
        """Make a POST request with a JSON body, a form or files."""
        call = FinalRequestOptions.construct(method="post", url=path, json_data=body, files=files, **options)
        return await self.request(cast_to, call, stream=stream, stream_cls=stream_cls)

    async def patch(
        self, path: str, *, cast_to: Type[ResponseT], body: Body | None = None, options: RequestOptions = NO_OPTIONS
    ) -> ResponseT:
        """Make a PATCH request."""
        call = FinalRequestOptions.construct(method="patch", url=path, json_data=body, **options)
        return await self.request(cast_to, call)

    async def put(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        body: Body | None = None,
        files: RequestFiles | None = None,
        options: RequestOptions = NO_OPTIONS,
    ) -> ResponseT:
        """Make a PUT request."""
        call = FinalRequestOptions.construct(method="put", url=path, json_data=body, files=files, **options)
        return await self.request(cast_to, call)

    async def delete(
        self, path: str, *, cast_to: Type[ResponseT], body: Body | None = None, options: RequestOptions = NO_OPTIONS
    ) -> ResponseT:
        """Make a DELETE request."""
        call = FinalRequestOptions.construct(method="delete", url=path, json_data=body, **options)
        return await self.request(cast_to, call)
