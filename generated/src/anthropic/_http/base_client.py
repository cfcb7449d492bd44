"""What both clients have in common: settings, headers, URLs, requests. Nothing here touches the network."""

from __future__ import annotations

import os
from typing import Any, Dict, Generic, List, Mapping, Tuple, Type, TypeVar

from .._exceptions import InvalidURLError
from .._lazy import httpx
from .._qs import Querystring
from .._request.body import Content, encode_body
from .._request.headers import (
    MergedHeaders,
    check_credentials,
    credential_headers,
    encode_headers,
    is_incomplete_content_type,
    merge_headers,
    with_host,
)
from .._request.http_library import timeout_of, url_of
from .._request.options import RAW_RESPONSE_HEADER, FinalRequestOptions, check_retries, check_timeout
from .._sdk import SDK
from .._types import NotGiven, Omit
from .._typing import Self
from .call import Call

HttpClientT = TypeVar("HttpClientT")
StreamT = TypeVar("StreamT")

_CACHED_URLS = 256
_QUERY = Querystring(array_format=SDK.query_arrays, keep_empty=SDK.query_empty)
_HEADER_SOURCES = ("auth_headers", "default_headers", "platform_headers", "user_agent")


class PreparedHeaders:
    """The headers of a request that adds none of its own, kept for the next one; `key` is what they were made from."""

    __slots__ = ("_new_headers", "headers", "is_authorized", "key", "merged", "raw")

    def __init__(self, key: Tuple[object, ...], merged: MergedHeaders, is_authorized: bool, library: Any) -> None:
        self._new_headers: Type[httpx.Headers] = library.Headers
        self.key = key
        self.merged = merged
        self.raw = encode_headers(merged)
        self.is_authorized = is_authorized
        self.headers: Tuple[bytes, httpx.Headers] | None = None

    def headers_for(self, host: bytes) -> httpx.Headers:
        """Return the headers with the name of the host, which is nearly always the same."""
        made = self.headers  # one object, as other threads may replace it meanwhile
        if made is None or made[0] != host:
            headers = self._new_headers(with_host(self.merged, self.raw, host))
            self.headers = made = (host, headers)
        return made[1]


class BaseClient(Generic[HttpClientT, StreamT]):
    """Settings of a client, and how requests are made from them."""

    max_retries: int
    timeout: float | httpx.Timeout | None

    _library: Any
    """The HTTP library: the module httpx, or httpx2."""

    _connections: Any
    _pool_options: Dict[str, Any]

    max_response_bytes: int | None = None
    """How many bytes the decompressed body of a response may have, where the client reads it as a whole.

    Set it on a client, or in a subclass; there is no bound by default.
    """

    strict_validation: bool
    """Whether responses must be as declared; otherwise what doesn't fit is kept as it is."""

    _security: Any = None
    """A `RequestSecurity` where credentials are more than headers that all requests need."""

    def __init__(
        self,
        *,
        credentials: Mapping[str, str | None],
        environment: str | None = None,
        server_variables: Mapping[str, str | None] | None = None,
        base_url: str | httpx.URL | None,
        timeout: float | httpx.Timeout | None,
        max_retries: int,
        default_headers: Mapping[str, str] | None,
        default_query: Mapping[str, object] | None,
        strict_validation: bool,
    ) -> None:
        from .._request.httpx_request import request_classes
        from .logs import redact_httpx_logs

        redact_httpx_logs(self._library.__name__)
        check_retries(max_retries)
        check_timeout(timeout)
        self._new_request, self._new_headers = request_classes(self._library)
        for credential in SDK.credentials:
            value = credentials.get(credential.option)
            setattr(self, credential.option, _environment(credential.env) if value is None else value)
        self._server = None if SDK.servers is None else SDK.servers.choice(environment, server_variables)
        from_env = _environment(SDK.base_url_env)
        if self._server is None:
            self.base_url = from_env or SDK.base_url if base_url is None else base_url
        else:
            self.base_url = self._server.base_url(base_url, from_env)
        self._auth_state: Dict[object, Any] = {}
        self.timeout = timeout
        self.max_retries = max_retries
        self.strict_validation = strict_validation
        self._custom_headers: Mapping[str, str] = dict(default_headers or {})
        self._custom_query: Mapping[str, object] = dict(default_query or {})
        self._prepared: PreparedHeaders | None = None
        self._steps: Tuple[object, Dict[str, float | None]] | None = None
        self._is_plain = all(getattr(type(self), name) is getattr(BaseClient, name) for name in _HEADER_SOURCES)

    @property
    def base_url(self) -> httpx.URL:
        """Where the API is. Ends with a slash."""
        return self._base_url

    @base_url.setter
    def base_url(self, url: str | httpx.URL) -> None:
        url = url_of(self._library, url)
        if not url.raw_path.endswith(b"/"):
            url = url.copy_with(raw_path=url.raw_path + b"/")
        self._base_url = url
        # A name and password in the URL are sent as a header, so that no log or exception shows them.
        self._url_auth = self._library.BasicAuth(url.username, url.password) if url.userinfo else None
        self._origin = url.copy_with(userinfo=b"") if url.userinfo else url
        self._urls: Dict[object, httpx.URL] = {}

    @property
    def custom_auth(self) -> httpx.Auth | None:
        """An httpx auth for each request. Override it to sign requests in a way of your own."""
        return None

    @property
    def qs(self) -> Querystring:
        """How query parameters are encoded."""
        return _QUERY

    @property
    def user_agent(self) -> str:
        """The header `User-Agent`: RFC 9110 §10.1.5."""
        return f"{type(self).__name__}/Python {SDK.version}"

    @property
    def auth_headers(self) -> Dict[str, str]:
        """The header of the first credential that is set. Empty where methods differ in what they need."""
        return credential_headers(self) if self._security is None else {}

    @property
    def default_headers(self) -> Dict[str, str | Omit]:
        """What is sent with every request. The user's own come last and win."""
        return {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": self.user_agent,
            **self.platform_headers(),
            **self.auth_headers,
            **({"X-Stainless-Async": self._async_library()} if SDK.platform_headers else {}),
            **SDK.headers,
            **self._custom_headers,
        }

    @property
    def default_query(self) -> Dict[str, object]:
        """Query parameters that are sent with every request."""
        return dict(self._custom_query)

    def platform_headers(self) -> Dict[str, str]:
        """Return the headers that tell the server what this runs on, if it is told."""
        if not SDK.platform_headers:
            return {}
        from .platform_headers import platform_headers

        return platform_headers()

    def _async_library(self) -> str:
        return "false"

    def default_stream_class(self) -> Any:
        """Return the class of streams for which no other was asked."""
        raise NotImplementedError

    def _new_call(self, options: FinalRequestOptions, remaining_retries: int | None) -> Call:
        return Call(
            options,
            content=self._content(options),
            idempotency_key=_idempotency_key(options),
            max_retries=options.retries(self.max_retries),
            remaining_retries=remaining_retries,
            timeout=options.time_limit(self.timeout),
        )

    def _auth(self, call: Call) -> Any:
        auth = None if call.credentials is None else call.credentials.auth
        return self.custom_auth or self._url_auth or auth or self._library.USE_CLIENT_DEFAULT

    def _build_attempt(self, call: Call, client: Any) -> httpx.Request:
        """The request of one attempt."""
        options = call.options
        if self._security is not None:
            call.credentials = self._security.credentials(self, options, client)
        url = self._url(call, client)
        headers = self._headers(call, url, client)
        extensions = call.extensions(self._step_limits(call.timeout))
        call.request = request = call.content.request(
            self._library, self._new_request, options.method, url, headers, extensions
        )
        if client.cookies:
            _add_cookies(client.cookies, request)
        if call.credentials is not None:
            call.credentials.add_cookies(request)
        return request

    def _content(self, options: FinalRequestOptions) -> Content:
        given = options.json_data is not None or options.extra_json is not None or options.files is not None
        if not given and options.encoder is None:
            return Content()
        return encode_body(options, self._content_type(options))

    def _content_type(self, options: FinalRequestOptions) -> str:
        for headers in (options.headers, self._custom_headers):
            for name, value in (headers or {}).items():
                if name.lower() == "content-type" and isinstance(value, str):
                    return value
        return "application/json"

    def _step_limits(self, timeout: float | httpx.Timeout | None) -> Dict[str, float | None]:
        steps = self._steps
        if steps is None or steps[0] is not timeout:
            self._steps = steps = (timeout, timeout_of(self._library, timeout).as_dict())
        return steps[1]

    def _url(self, call: Call, client: Any) -> httpx.URL:
        try:
            return self._made_url(call, client)
        except (ValueError, self._library.InvalidURL) as error:
            raise InvalidURLError(f"The URL of the request can't be made: {error}") from None

    def _made_url(self, call: Call, client: Any) -> httpx.URL:
        options = call.options
        key = options.url if options.server is None else (options.server, options.url)
        url = self._urls.get(key)
        if url is None:
            url = self._full_url(options.url, options.server)
            if len(self._urls) < _CACHED_URLS:
                self._urls[key] = url
        secret = b"" if call.credentials is None else call.credentials.raw_query()
        if not (options.params or self._custom_query or client.params or secret):
            return url
        if call.query is None:  # only once, as iterators give what they have but once
            call.query = self.qs.stringify({**self.default_query, **(options.params or {})}).encode()
        parts = [url.query, str(client.params).encode(), call.query, secret]
        return url.copy_with(query=b"&".join(part for part in parts if part) or None)

    def _full_url(self, path: str, server: str | None) -> httpx.URL:
        if path.startswith(("http://", "https://")):
            return url_of(self._library, path)
        base = self._origin if server is None or self._server is None else self._server.own(server, self._origin)
        below = url_of(self._library, f"http://host/{path.removeprefix('/')}")  # alone, `//a/b` would have the host `a`
        return base.copy_with(raw_path=base.raw_path + below.raw_path[1:])

    def _headers(self, call: Call, url: httpx.URL, client: Any) -> httpx.Headers:
        prepared = self._prepare_headers(client)
        own = call.options.headers or {}
        if own and not SDK.platform_headers:
            own = {name: value for name, value in own.items() if name != RAW_RESPONSE_HEADER}
        if call.idempotency_key is not None and SDK.idempotency_header is not None:
            own = {SDK.idempotency_header: call.idempotency_key, **own}
        if call.credentials is not None and call.credentials.headers:
            own = {**call.credentials.headers, **own}
        content = call.content
        if content.content_type is not None:
            own = {"Content-Type": content.content_type, **own}
        if not own and prepared.is_authorized and content.body is not None:
            return self._new_headers(prepared.headers_for(url.netloc))
        merged = merge_headers(dict(prepared.merged.values()), own)
        if content.body is None and content.parts is None:
            self._drop_content_type(merged, own)
        if self._security is None:
            check_credentials(self, merged, {**self._custom_headers, **own})
        raw = encode_headers(merged)
        if call.content.parts is not None:
            raw = [pair for pair in raw if not is_incomplete_content_type(*pair)]
        return self._new_headers(with_host(merged, raw, url.netloc))

    def _drop_content_type(self, merged: MergedHeaders, own: Mapping[str, object]) -> None:
        """The default says nothing about a request without content (RFC 9110 §8.3); what anybody has set stays."""
        if not any(name.lower() == "content-type" for name in (*own, *self._custom_headers, *SDK.headers)):
            merged.pop("content-type", None)

    def _prepare_headers(self, client: Any) -> PreparedHeaders:
        secrets = [getattr(self, credential.option) for credential in SDK.credentials]
        key = (*secrets, self._custom_headers, self._async_library(), client.headers.raw)
        prepared = self._prepared
        if prepared is None or prepared.key != key or not self._is_plain:
            merged = merge_headers(client.headers, self.default_headers)
            authorized = any(
                secret and credential.header.lower() in merged for secret, credential in zip(secrets, SDK.credentials)
            )
            is_sure = authorized or self._security is not None or not SDK.credentials
            self._prepared = prepared = PreparedHeaders(key, merged, is_sure, self._library)
        return prepared

    def _copy(
        self,
        *,
        credentials: Mapping[str, str | None],
        environment: str | None = None,
        server_variables: Mapping[str, str | None] | None = None,
        base_url: str | httpx.URL | None,
        timeout: float | httpx.Timeout | None | NotGiven,
        http_client: HttpClientT | None,
        connection_pool_limits: httpx.Limits | None,
        max_retries: int | NotGiven,
        default_headers: Mapping[str, str] | None,
        set_default_headers: Mapping[str, str] | None,
        default_query: Mapping[str, object] | None,
        set_default_query: Mapping[str, object] | None,
        extra: Mapping[str, Any],
    ) -> Self:
        secrets = {name: credentials.get(name) or getattr(self, name) for name in _option_names()}
        options: Dict[str, Any] = {
            **secrets,
            **self._address(base_url, environment, server_variables or {}),
            "timeout": self.timeout if isinstance(timeout, NotGiven) else timeout,
            "max_retries": self.max_retries if isinstance(max_retries, NotGiven) else max_retries,
            "default_headers": _changed("headers", self._custom_headers, default_headers, set_default_headers),
            "default_query": _changed("query", self._custom_query, default_query, set_default_query),
            "_strict_response_validation": self.strict_validation,
            **self._connection_options(http_client, connection_pool_limits),
            **extra,
        }
        clone = type(self)(**options)
        clone.max_response_bytes = self.max_response_bytes
        clone._auth_state = self._auth_state
        for name, secret in secrets.items():  # `None` must stay `None`, whatever the environment says by now
            setattr(clone, name, extra.get(name, secret))
        if not any(options.get(name) for name in ("http_client", "transport", "proxies", "connection_pool_limits")):
            clone._connections = self._connections
            clone._pool_options = self._pool_options
        return clone

    def _address(
        self, base_url: str | httpx.URL | None, environment: str | None, variables: Mapping[str, str | None]
    ) -> Dict[str, Any]:
        if self._server is None:
            return {"base_url": base_url or self.base_url}
        options: Dict[str, Any] = self._server.copied(base_url, self.base_url, environment, variables)
        return options

    def _connection_options(
        self, http_client: HttpClientT | None, connection_pool_limits: httpx.Limits | None
    ) -> Dict[str, Any]:
        if connection_pool_limits is None:
            return {"http_client": http_client}
        if http_client is not None:
            raise ValueError("The `http_client` argument is mutually exclusive with `connection_pool_limits`")
        if self._connections.is_custom:
            raise ValueError(
                "A custom HTTP client has been set and is mutually exclusive with the `connection_pool_limits` argument"
            )
        return {**self._pool_options, "connection_pool_limits": connection_pool_limits}


def _add_cookies(stored: httpx.Cookies, request: httpx.Request) -> None:
    """Add the cookies of the client to those of the call (RFC 6265 §5.4), which win."""
    own = request.headers.pop("Cookie", None)
    stored.set_cookie_header(request)
    if own is not None:
        names = {pair.partition("=")[0].strip() for pair in own.split(";")}
        others = request.headers.get("Cookie", "").split("; ")
        kept = [pair for pair in others if pair and pair.partition("=")[0] not in names]
        request.headers["Cookie"] = "; ".join([own, *kept])


def _option_names() -> List[str]:
    return [credential.option for credential in SDK.credentials]


def _changed(
    what: str, present: Mapping[str, Any], added: Mapping[str, Any] | None, replaced: Mapping[str, Any] | None
) -> Mapping[str, Any]:
    if added is not None and replaced is not None:
        raise ValueError(f"The `default_{what}` and `set_default_{what}` arguments are mutually exclusive")
    return {**present, **added} if added is not None else present if replaced is None else replaced


def _environment(name: str | None) -> str | None:
    return os.environ.get(name) if name else None


def _idempotency_key(options: FinalRequestOptions) -> str | None:
    if SDK.idempotency_header is None or options.method.lower() == "get":
        return None
    from uuid import uuid4

    return options.idempotency_key or f"{SDK.title}-retry-{uuid4()}"
