"""The blocking client."""

from __future__ import annotations

import time
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, List, Literal, Mapping, NoReturn, Type, TypeVar, overload

from .._constants import DEFAULT_MAX_RETRIES
from .._error_mapping import closed_error, response_in, status_error
from .._exceptions import APIResponseValidationError, APIStatusError
from .._lazy import httpx
from .._request.options import FinalRequestOptions, raw_mode
from .._types import NO_OPTIONS, NOT_GIVEN, Body, NotGiven, ProxiesTypes, RequestFiles, RequestOptions, ResponseT
from .._typing import Self, override
from .base_client import BaseClient
from .call import Call, log_response
from .connections import SyncConnections
from .exchange import exchange, read_body
from .httpx_clients import build_sync, chosen_library, effective_timeout, pool_options
from .redirects import is_same_origin, next_request
from .result import response_result

if TYPE_CHECKING:
    from .._streaming import Stream

_StreamT = TypeVar("_StreamT", bound="Stream[Any]")


class SyncAPIClient(BaseClient["httpx.Client", "Stream[Any]"]):
    """Makes requests and waits for their responses. May be used from several threads at once."""

    _connections: SyncConnections

    def __init__(
        self,
        *,
        credentials: Mapping[str, str | None],
        environment: str | None = None,
        server_variables: Mapping[str, str | None] | None = None,
        base_url: str | httpx.URL | None = None,
        timeout: float | httpx.Timeout | None | NotGiven = NOT_GIVEN,
        max_retries: int = DEFAULT_MAX_RETRIES,
        default_headers: Mapping[str, str] | None = None,
        default_query: Mapping[str, object] | None = None,
        http_client: httpx.Client | None = None,
        transport: httpx.BaseTransport | None = None,
        proxies: ProxiesTypes | None = None,
        connection_pool_limits: httpx.Limits | None = None,
        _strict_response_validation: bool = False,
    ) -> None:
        self._library = library = chosen_library(http_client, transport, "Client")
        self._pool_options = pool_options(
            http_client, transport=transport, proxies=proxies, connection_pool_limits=connection_pool_limits
        )
        super().__init__(
            credentials=credentials,
            environment=environment,
            server_variables=server_variables,
            base_url=base_url,
            timeout=effective_timeout(timeout, http_client, library),
            max_retries=max_retries,
            default_headers=default_headers,
            default_query=default_query,
            strict_validation=_strict_response_validation,
        )
        build = partial(build_sync, library, self._origin, self.timeout, self._pool_options)
        self._connections = SyncConnections(http_client, build)

    def is_closed(self) -> bool:
        """Whether `close()` was called, here or on a copy, or on the given `http_client`."""
        return self._connections.is_closed

    def close(self) -> None:
        """Close all connections. The client can't be used any more, nor can its copies."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: Type[BaseException] | None, exc: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        self.close()

    @override
    def default_stream_class(self) -> Any:
        from .._streaming import Stream

        return Stream

    def _build_request(self, options: FinalRequestOptions) -> httpx.Request:
        """Return the request that these options describe, without sending it."""
        return self._build_attempt(self._new_call(options, None), self._connections.get())

    def _prepare_request(self, request: httpx.Request) -> None:
        """Change a request before it is sent, at each attempt. Override this, for instance to sign requests."""

    @overload
    def request(
        self,
        cast_to: Type[ResponseT],
        options: FinalRequestOptions,
        remaining_retries: int | None = None,
        *,
        stream: Literal[True],
        stream_cls: Type[_StreamT],
    ) -> _StreamT: ...

    @overload
    def request(
        self,
        cast_to: Type[ResponseT],
        options: FinalRequestOptions,
        remaining_retries: int | None = None,
        *,
        stream: Literal[False] = False,
    ) -> ResponseT: ...

    @overload
    def request(
        self,
        cast_to: Type[ResponseT],
        options: FinalRequestOptions,
        remaining_retries: int | None = None,
        *,
        stream: bool = False,
        stream_cls: Type[_StreamT] | None = None,
    ) -> ResponseT | _StreamT: ...

    def request(
        self,
        cast_to: Type[ResponseT],
        options: FinalRequestOptions,
        remaining_retries: int | None = None,
        *,
        stream: bool = False,
        stream_cls: Type[_StreamT] | None = None,
    ) -> ResponseT | _StreamT:
        """Send a request, again if need be, and return its response as `cast_to`.

        Args:
            cast_to: The type of the result: a model, `List[...]`, `object`, `str`, `httpx.Response`, …
            options: What to send and how.
            remaining_retries: How many retries are left, if not all that the client or the options allow.
            stream: Return a stream of the events in the response.
            stream_cls: The type of that stream, with the type of its items: `Stream[Item]`.

        Raises:
            APIStatusError: if the response has an error status; there is a subclass for each usual one.
            APIConnectionError: if no complete response arrived; `APITimeoutError` if it did not in time.
            APIResponseValidationError: if the response is not of the type `cast_to`.
        """
        try:
            call = self._new_call(options, remaining_retries)
            response = self._run(call, unread=stream or raw_mode(options) == "stream")
            log_response(response)
            try:
                value: ResponseT | _StreamT = response_result(self, call, response, cast_to, stream, stream_cls, "sync")
            except BaseException:
                response.close()
                raise
        except Exception as error:
            from .._tracebacks import shortened

            raise shortened(error)
        return value

    def _run(self, call: Call, *, unread: bool) -> httpx.Response:
        while True:
            client = self._connections.get()
            request = self._build_attempt(call, client)
            if self._connections.is_closed:
                raise closed_error(request)
            self._prepare_request(request)
            try:
                response = self._exchange(client, request, call, unread=unread)
            except (APIResponseValidationError, APIStatusError):
                raise
            except Exception as error:
                responded = response_in(error, call.request)
                if responded is None:
                    time.sleep(call.delay_after_failure(error, request))
                    continue
                response = responded
            if response.is_success or (call.options.not_modified and response.status_code == 304):
                return response
            delay = call.delay_after_response(response)
            if delay is None:
                self._raise_status(response, call)
            response.close()
            time.sleep(delay)

    def _exchange(self, client: httpx.Client, request: httpx.Request, call: Call, *, unread: bool) -> httpx.Response:
        """One attempt: send the request and follow redirects."""
        auth = self._auth(call)
        history: List[httpx.Response] = []
        while True:
            response = self._send(client, request, call, unread=unread, auth=auth)
            if not client.follow_redirects or not response.has_redirect_location:
                response.history = history
                return response
            response.close()
            following = next_request(client, response, len(history))
            if not is_same_origin(request.url, following.url):
                auth = None
            history.append(response)
            call.request = request = following

    def _send(
        self, client: httpx.Client, request: httpx.Request, call: Call, *, unread: bool, auth: Any
    ) -> httpx.Response:
        limit = self.max_response_bytes
        if call.deadline is None:
            return exchange(client, request, unread=unread, auth=auth, limit=limit)
        from .deadline import exchange_until

        return exchange_until(call.deadline, client, request, unread=unread, auth=auth, limit=limit)

    def _raise_status(self, response: httpx.Response, call: Call) -> NoReturn:
        lost: Exception | None = None
        try:
            if not response.is_closed:
                read_body(response, None)
        except Exception as error:
            lost = error
        finally:
            response.close()
        raise status_error(response, call.options.errors) from lost

    @overload
    def get(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: RequestOptions = NO_OPTIONS,
        stream: Literal[False] = False,
    ) -> ResponseT: ...

    @overload
    def get(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: RequestOptions = NO_OPTIONS,
        stream: Literal[True],
        stream_cls: Type[_StreamT],
    ) -> _StreamT: ...

    @overload
    def get(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: RequestOptions = NO_OPTIONS,
        stream: bool,
        stream_cls: Type[_StreamT] | None = None,
    ) -> ResponseT | _StreamT: ...

    def get(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        options: RequestOptions = NO_OPTIONS,
        stream: bool = False,
        stream_cls: Type[_StreamT] | None = None,
    ) -> ResponseT | _StreamT:
        """Make a GET request and return its response as `cast_to`.

            status = client.get("/v1/status", cast_to=Status, options={"params": {"verbose": True}})

        Args:
            path: The path below the client's `base_url`, or a whole URL.
            cast_to: The type of the result: a model, `List[...]`, `object`, `str`, `httpx.Response`, …
            options: Headers, query parameters, `timeout`, `max_retries` of this call: see `RequestOptions`.
            stream: Return a stream of the events in the response.
            stream_cls: The type of that stream, with the type of its items: `Stream[Item]`.

        Raises:
            APIError: if it fails; see `request`.
        """
        call = FinalRequestOptions.construct(method="get", url=path, **options)
        return self.request(cast_to, call, stream=stream, stream_cls=stream_cls)

    @overload
    def post(
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
    def post(
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
    def post(
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

    def post(
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
        """Make a POST request with a JSON body, a form or files, and return its response as `cast_to`.

            thing = client.post("/v1/things", cast_to=Thing, body={"name": "x"})

        Args:
            path: The path below the client's `base_url`, or a whole URL.
            cast_to: The type of the result: a model, `List[...]`, `object`, `str`, `httpx.Response`, …
            body: What to send, as the header `Content-Type` says: by default JSON.
            options: Headers, query parameters, `timeout`, `max_retries` of this call: see `RequestOptions`.
            files: Files by field name. They make the body a multipart form (RFC 7578) with the members of `body`.
            stream: Return a stream of the events in the response.
            stream_cls: The type of that stream, with the type of its items: `Stream[Item]`.

        Raises:
            APIError: if it fails; see `request`.
        """
        call = FinalRequestOptions.construct(method="post", url=path, json_data=body, files=files, **options)
        return self.request(cast_to, call, stream=stream, stream_cls=stream_cls)

    def patch(
        self, path: str, *, cast_to: Type[ResponseT], body: Body | None = None, options: RequestOptions = NO_OPTIONS
    ) -> ResponseT:
        """Make a PATCH request and return its response as `cast_to`. Arguments and errors are those of `post`."""
        call = FinalRequestOptions.construct(method="patch", url=path, json_data=body, **options)
        return self.request(cast_to, call)

    def put(
        self,
        path: str,
        *,
        cast_to: Type[ResponseT],
        body: Body | None = None,
        files: RequestFiles | None = None,
        options: RequestOptions = NO_OPTIONS,
    ) -> ResponseT:
        """Make a PUT request and return its response as `cast_to`. Arguments and errors are those of `post`."""
        call = FinalRequestOptions.construct(method="put", url=path, json_data=body, files=files, **options)
        return self.request(cast_to, call)

    def delete(
        self, path: str, *, cast_to: Type[ResponseT], body: Body | None = None, options: RequestOptions = NO_OPTIONS
    ) -> ResponseT:
        """Make a DELETE request and return its response as `cast_to`. Arguments and errors are those of `post`."""
        call = FinalRequestOptions.construct(method="delete", url=path, json_data=body, **options)
        return self.request(cast_to, call)
