"""Options of the clients, their environment, headers, credentials, copies."""

from __future__ import annotations

import gc
import inspect
import math
import warnings
import weakref
from typing import Any

import httpx
import pytest

import anthropic
from anthropic._types import Omit

from .faces import ARGUMENTS, KEY, Face, Recorder


def test_environment_is_read_at_construction(face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "from-env")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "token-env")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://env.example/x")
    client = face.client_class()
    monkeypatch.setenv("ANTHROPIC_API_KEY", "later")
    assert (client.api_key, client.auth_token) == ("from-env", "token-env")
    assert client.base_url == "http://env.example/x/"


def test_an_empty_argument_counts_as_given(face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "from-env")
    assert face.client_class(api_key="").api_key == ""


def test_defaults(face: Face) -> None:
    client = face.client_class()
    assert client.api_key is None and client.auth_token is None
    assert client.base_url == "https://api.anthropic.com"
    assert client.max_retries == anthropic.DEFAULT_MAX_RETRIES == 2
    assert client.timeout == anthropic.DEFAULT_TIMEOUT == httpx.Timeout(600.0, connect=5.0)
    assert client.custom_auth is None and client.default_query == {}
    assert client.HUMAN_PROMPT == "\n\nHuman:" and client.AI_PROMPT == "\n\nAssistant:"
    assert client.qs.stringify({"a": [1, 2], "b": {"c": True}}) == "a=1%2C2&b%5Bc%5D=true"


def test_constructor_takes_keywords_in_the_declared_order(face: Face) -> None:
    names = list(inspect.signature(face.client_class.__init__).parameters)[1:]
    assert names == [
        "api_key",
        "auth_token",
        "base_url",
        "timeout",
        "max_retries",
        "default_headers",
        "default_query",
        "http_client",
        "transport",
        "proxies",
        "connection_pool_limits",
        "_strict_response_validation",
    ]


def test_max_retries_must_be_a_number(face: Face) -> None:
    with pytest.raises(TypeError, match=r"max_retries cannot be None.*math\.inf.*anthropic\.DEFAULT_MAX_RETRIES"):
        face.client_class(max_retries=None)
    assert face.client_class(max_retries=math.inf).max_retries == math.inf


@pytest.mark.parametrize(
    ("base_url", "path", "url"),
    [
        ("http://h/x", "/v1/messages", "http://h/x/v1/messages"),
        ("http://h/x/", "v1/messages", "http://h/x/v1/messages"),
        ("http://h", "/a?b=c", "http://h/a?b=c"),
        ("http://h", "https://other.example/z", "https://other.example/z"),
        ("http://h", "/caf\u00e9 1", "http://h/caf%C3%A9%201"),
    ],
)
def test_paths_are_below_the_base_url(face: Face, base_url: str, path: str, url: str) -> None:
    server = Recorder()
    face.call(face.client(server, base_url=base_url).get, path, cast_to=object)
    assert str(server.last.url) == url


def test_base_url_can_be_changed(face: Face) -> None:
    server = Recorder()
    client = face.client(server, base_url="http://one")
    face.create(client)
    client.base_url = httpx.URL("http://two/v9")
    face.create(client)
    assert [str(request.url) for request in server.requests] == ["http://one/v1/messages", "http://two/v9/v1/messages"]
    assert client.base_url == "http://two/v9/"


def test_headers(face: Face) -> None:
    server = Recorder()
    face.create(face.client(server))
    headers = server.last.headers
    assert headers["accept"] == headers["content-type"] == "application/json"
    assert headers["user-agent"] == f"{face.client_class.__name__}/Python {anthropic.__version__}"
    assert headers["anthropic-version"] == "2023-06-01"
    assert headers["x-stainless-lang"] == "python"
    assert headers["x-stainless-package-version"] == anthropic.__version__
    assert headers["x-stainless-async"] == (f"async:{face.name}" if face.is_async else "false")
    for name in ("os", "arch", "runtime", "runtime-version"):
        assert headers[f"x-stainless-{name}"]
    assert headers["host"] == "api.anthropic.com"
    assert int(headers["content-length"]) == len(server.last.content)
    assert len(headers.get_list("content-length")) == 1


def test_outside_of_a_loop_the_async_client_says_so() -> None:
    assert anthropic.AsyncAnthropic(api_key="k").default_headers["X-Stainless-Async"] == "async:false"


def test_subclasses_name_themselves(face: Face) -> None:
    kind: Any = type("MyClient", (face.client_class,), {})
    server = Recorder()
    face.create(kind(api_key=KEY, http_client=face.http_client(server)))
    assert server.last.headers["user-agent"].startswith("MyClient/Python")


def test_a_subclass_may_replace_default_headers(face: Face) -> None:
    class Signed(face.client_class):  # type: ignore[name-defined,misc]
        count = 0

        @property
        def default_headers(self) -> dict[str, Any]:
            type(self).count += 1
            return {**super().default_headers, "X-Count": str(self.count)}

    server = Recorder()
    client = Signed(api_key=KEY, http_client=face.http_client(server))
    face.create(client)
    face.create(client)
    assert [request.headers["x-count"] for request in server.requests] == ["1", "2"]


def test_prepare_request_sees_each_attempt(face: Face, no_delay: None) -> None:
    seen: list[httpx.Request] = []

    class Sync(anthropic.Anthropic):
        def _prepare_request(self, request: httpx.Request) -> None:
            seen.append(request)
            request.headers["X-Signature"] = str(len(seen))

    class Async(anthropic.AsyncAnthropic):
        async def _prepare_request(self, request: httpx.Request) -> None:
            seen.append(request)
            request.headers["X-Signature"] = str(len(seen))

    server = Recorder(httpx.Response(500), httpx.Response(200, json={}))
    kind: Any = Async if face.is_async else Sync
    face.create(kind(api_key=KEY, http_client=face.http_client(server)))
    assert [request.headers["x-signature"] for request in server.requests] == ["1", "2"]


def test_default_headers_win_whatever_their_case(face: Face) -> None:
    server = Recorder()
    client = face.client(server, default_headers={"x-stainless-lang": "mine", "X-Foo": "bar", "User-Agent": "me"})
    face.create(client)
    assert server.last.headers.get_list("x-stainless-lang") == ["mine"]
    assert server.last.headers["x-foo"] == client.default_headers["X-Foo"] == "bar"
    assert server.last.headers["user-agent"] == "me"


def test_extra_headers_win_over_all_others(face: Face) -> None:
    server = Recorder()
    client = face.client(server, default_headers={"X-Foo": "default"})
    extra = {"x-foo": "extra", "anthropic-version": "2099-01-01", "Accept": Omit()}
    face.create(client, extra_headers=extra)
    assert server.last.headers.get_list("x-foo") == ["extra"]
    assert server.last.headers["anthropic-version"] == "2099-01-01"
    assert "accept" not in server.last.headers


def test_constants_of_a_method_yield_to_extra_headers(face: Face) -> None:
    server = Recorder()
    client = face.client(server)
    messages = client.beta.prompt_caching.messages
    face.call(lambda: messages.create(**ARGUMENTS))
    assert server.last.headers["anthropic-beta"] == "prompt-caching-2024-07-31"
    face.call(lambda: messages.create(**ARGUMENTS, extra_headers={"Anthropic-Beta": "other"}))
    assert server.last.headers.get_list("anthropic-beta") == ["other"]


def test_headers_of_the_http_client_are_sent(face: Face) -> None:
    server = Recorder()
    http_client = face.http_client(server, headers={"X-From": "httpx"}, cookies={"a": "b"}, params={"p": "1"})
    client = face.client_class(api_key=KEY, http_client=http_client)
    face.create(client)
    assert server.last.headers["x-from"] == "httpx"
    assert server.last.headers["cookie"] == "a=b"
    assert server.last.url.params["p"] == "1"
    http_client.headers["X-From"] = "changed"
    face.create(client)
    assert server.last.headers["x-from"] == "changed"


def test_the_key_is_sent_alone(face: Face) -> None:
    server = Recorder()
    face.create(face.client(server, auth_token="token"))
    assert server.last.headers["x-api-key"] == KEY
    assert "authorization" not in server.last.headers


def test_the_token_is_sent_without_a_key(face: Face) -> None:
    server = Recorder()
    face.create(face.client(server, api_key=None, auth_token="token"))
    assert server.last.headers["authorization"] == "Bearer token"
    assert "x-api-key" not in server.last.headers


def test_a_changed_key_is_sent(face: Face) -> None:
    server = Recorder()
    client = face.client(server)
    face.create(client)
    client.api_key = "another"
    face.create(client)
    assert [request.headers["x-api-key"] for request in server.requests] == [KEY, "another"]
    assert client.auth_headers == {"X-Api-Key": "another"}


MISSING = (
    '"Could not resolve authentication method. Expected either api_key or auth_token to be set. '
    'Or for one of the `X-Api-Key` or `Authorization` headers to be explicitly omitted"'
)


@pytest.mark.parametrize(
    ("options", "extra"),
    [
        ({"api_key": None}, {}),
        ({"api_key": ""}, {}),
        ({"api_key": None, "default_headers": {"X-Api-Key": "k"}}, {}),
        ({"api_key": None}, {"x-api-key": Omit()}),
    ],
)
def test_missing_credentials(face: Face, options: dict[str, Any], extra: dict[str, Any]) -> None:
    server = Recorder()
    with pytest.raises(TypeError) as caught:
        face.create(face.client(server, **options), extra_headers=extra)
    assert str(caught.value) == MISSING
    assert not server.requests


@pytest.mark.parametrize(
    ("options", "extra"),
    [
        ({"api_key": None}, {"X-Api-Key": Omit()}),
        ({"api_key": None}, {"Authorization": Omit()}),
        ({"api_key": None, "default_headers": {"X-Api-Key": Omit()}}, {}),
        ({"auth_token": "token"}, {"X-Api-Key": Omit()}),
    ],
)
def test_an_omitted_header_stands_for_credentials(face: Face, options: dict[str, Any], extra: dict[str, Any]) -> None:
    server = Recorder()
    face.create(face.client(server, **options), extra_headers=extra)
    assert "x-api-key" not in server.last.headers and "authorization" not in server.last.headers


def test_queries_are_merged(face: Face) -> None:
    server = Recorder()
    client = face.client(server, default_query={"a": 1, "b": "default"})
    messages = client.beta.prompt_caching.messages
    query = {"b": ["x", "y"], "c": {"d": True}, "e": None, "f": "", "g": []}
    face.call(lambda: messages.create(**ARGUMENTS, extra_query=query))
    assert server.last.url.query == b"beta=prompt_caching&a=1&b=x%2Cy&c%5Bd%5D=true&g="
    face.call(lambda: messages.create(**ARGUMENTS))
    assert server.last.url.query == b"beta=prompt_caching&a=1&b=default"
    assert client.default_query == {"a": 1, "b": "default"}


def test_the_query_of_the_path_survives_alone(face: Face) -> None:
    server = Recorder()
    face.call(lambda: face.client(server).beta.prompt_caching.messages.create(**ARGUMENTS))
    assert server.last.url.raw_path == b"/v1/messages?beta=prompt_caching"


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (anthropic.NOT_GIVEN, {"connect": 5.0, "read": 600.0, "write": 600.0, "pool": 600.0}),
        (7, {"connect": 7, "read": 7, "write": 7, "pool": 7}),
        (None, {"connect": None, "read": None, "write": None, "pool": None}),
        (httpx.Timeout(3, read=1), {"connect": 3, "read": 1, "write": 3, "pool": 3}),
    ],
)
def test_timeouts(face: Face, given: Any, sent: dict[str, float | None]) -> None:
    server = Recorder()
    face.create(face.client(server), timeout=given)
    assert server.last.extensions["timeout"] == sent
    face.create(face.client(server, timeout=given))
    assert server.last.extensions["timeout"] == sent


def test_the_timeout_of_the_http_client_counts_if_somebody_chose_it(face: Face) -> None:
    server = Recorder()
    for timeout, expected in ((httpx.Timeout(9), httpx.Timeout(9)), (5.0, anthropic.DEFAULT_TIMEOUT), (None, None)):
        client = face.client_class(api_key=KEY, http_client=face.http_client(server, timeout=timeout))
        assert client.timeout == (expected if expected is not None else httpx.Timeout(None))


def test_http_client_of_the_other_flavour_is_refused(face: Face) -> None:
    other: Any = httpx.Client() if face.is_async else httpx.AsyncClient()
    expected = "AsyncClient" if face.is_async else "Client"
    with pytest.raises(TypeError, match=rf"Invalid `http_client` argument; Expected an instance of `httpx.{expected}`"):
        face.client_class(api_key=KEY, http_client=other)


def deprecated_options(face: Face) -> dict[str, Any]:
    transport: Any = httpx.MockTransport(Recorder())
    return {"transport": transport, "proxies": "http://proxy:1", "connection_pool_limits": httpx.Limits()}


@pytest.mark.parametrize("name", ["transport", "proxies", "connection_pool_limits"])
def test_deprecated_options(face: Face, name: str) -> None:
    value = deprecated_options(face)[name]
    text = f"The `{name}` argument is deprecated. The `http_client` argument should be passed instead"
    with pytest.warns(DeprecationWarning) as caught:
        face.client_class(api_key=KEY, **{name: value})
    assert [str(warning.message) for warning in caught] == [text]
    assert caught[0].filename == __file__
    with pytest.warns(DeprecationWarning), pytest.raises(ValueError, match="mutually exclusive with"):
        face.client_class(api_key=KEY, http_client=face.http_client(Recorder()), **{name: value})


def test_a_deprecated_transport_is_used(face: Face) -> None:
    server = Recorder()
    with pytest.warns(DeprecationWarning):
        client = face.client_class(api_key=KEY, transport=httpx.MockTransport(server))
    face.create(client)
    assert len(server.requests) == 1


def test_proxies_by_pattern(face: Face) -> None:
    proxies = {
        "all://": "http://one:1",
        "https://api.anthropic.com": None,
        httpx.URL("http://x"): httpx.URL("http://p:2"),
    }
    with pytest.warns(DeprecationWarning):
        client = face.client_class(api_key=KEY, proxies=proxies)
    face.call(lambda: client._connections.get())


def test_copy_keeps_and_changes(face: Face) -> None:
    client = face.client_class(api_key="k", base_url="http://h", timeout=3, max_retries=7, default_headers={"A": "1"})
    same = client.copy()
    assert type(same) is type(client)
    assert (same.api_key, same.base_url, same.timeout, same.max_retries) == ("k", "http://h", 3, 7)
    other = client.with_options(
        api_key="z", timeout=None, max_retries=0, base_url="http://i", default_headers={"B": "2"}
    )
    assert (other.api_key, other.base_url, other.timeout, other.max_retries) == ("z", "http://i", None, 0)
    assert other.default_headers["A"] == "1" and other.default_headers["B"] == "2"
    assert client.copy(api_key="").api_key == "k"


def test_copy_replaces_defaults(face: Face) -> None:
    client = face.client_class(api_key="k", default_headers={"A": "1"}, default_query={"q": 1})
    other = client.copy(set_default_headers={}, set_default_query={"z": 2})
    assert "A" not in other.default_headers and other.default_query == {"z": 2}
    assert client.copy(default_query={"r": 3}).default_query == {"q": 1, "r": 3}
    for what in ("headers", "query"):
        text = f"The `default_{what}` and `set_default_{what}` arguments are mutually exclusive"
        with pytest.raises(ValueError) as caught:
            client.copy(**{f"default_{what}": {}, f"set_default_{what}": {}})
        assert str(caught.value) == text


def test_copies_do_not_read_the_environment_again(face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    client = face.client_class(auth_token="token")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "later")
    assert client.copy().api_key is None


def test_copies_take_the_parameters_of_the_constructor(face: Face) -> None:
    copied = set(inspect.signature(face.client_class.copy).parameters)
    for name in inspect.signature(face.client_class.__init__).parameters:
        assert name in copied or name in {"transport", "proxies", "_strict_response_validation"}
    client = face.client_class(api_key="k").copy(_extra_kwargs={"_strict_response_validation": True})
    assert client.strict_validation


def test_copies_share_connections(face: Face) -> None:
    client = face.client_class(api_key="k")
    copy = client.copy()
    assert client._connections is copy._connections
    del copy
    gc.collect()
    assert not client.is_closed()
    copy = client.copy()
    face.call(copy.close)
    assert client.is_closed() and copy.is_closed()


def test_copy_with_another_http_client(face: Face) -> None:
    first, second = Recorder(), Recorder()
    client = face.client(first)
    face.create(client.copy(http_client=face.http_client(second)))
    assert (len(first.requests), len(second.requests)) == (0, 1)


def test_copy_and_connection_limits(face: Face) -> None:
    limits = httpx.Limits(max_connections=1)
    with pytest.raises(ValueError, match="mutually exclusive"):
        face.client_class(api_key="k").copy(http_client=face.http_client(Recorder()), connection_pool_limits=limits)
    with pytest.raises(ValueError, match="mutually exclusive"):
        face.client(Recorder()).copy(connection_pool_limits=limits)
    client = face.client_class(api_key="k")
    with pytest.warns(DeprecationWarning):
        limited = client.copy(connection_pool_limits=limits)
    assert limited._connections is not client._connections
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert limited.copy()._connections is limited._connections


def test_closing(face: Face) -> None:
    server = Recorder()
    client = face.client(server)
    assert not client.is_closed()
    assert face.within(lambda: client, lambda entered: entered is client)
    assert client.is_closed()
    with pytest.raises(anthropic.APIConnectionError, match="has been closed"):
        face.create(client)
    assert not server.requests


def test_closing_before_the_first_call(face: Face) -> None:
    client = face.client_class(api_key="k")
    face.call(client.close)
    face.call(client.close)
    assert client.is_closed()
    with pytest.raises(anthropic.APIConnectionError, match="has been closed"):
        face.create(client)


def test_a_dropped_client_closes_its_connections() -> None:
    client = anthropic.Anthropic(api_key="k")
    http_client = client._connections.get()
    alive = weakref.ref(client)
    del client
    gc.collect()
    assert alive() is None
    assert http_client.is_closed


def test_a_dropped_client_leaves_the_users_http_client_open(face: Face) -> None:
    http_client = face.http_client(Recorder())
    face.client_class(api_key="k", http_client=http_client)
    gc.collect()
    assert not http_client.is_closed


def test_a_constructor_that_fails_leaves_nothing_behind(face: Face, recwarn: pytest.WarningsRecorder) -> None:
    with pytest.raises(TypeError):
        face.client_class(api_key="k", max_retries=None)
    gc.collect()
    assert not recwarn.list


def test_resources_are_made_once(face: Face) -> None:
    client = face.client_class(api_key="k")
    assert client.messages is client.messages
    assert client.beta.prompt_caching is client.beta.prompt_caching
    assert client.with_raw_response.beta.prompt_caching.messages is not None
    assert client.with_streaming_response.messages is client.messages.with_streaming_response


def test_default_http_clients(face: Face) -> None:
    kind: Any = anthropic.DefaultAsyncHttpxClient if face.is_async else anthropic.DefaultHttpxClient
    default = kind()
    assert default.timeout == anthropic.DEFAULT_TIMEOUT and default.follow_redirects is True
    assert kind(timeout=1, follow_redirects=False).follow_redirects is False
    assert issubclass(kind, httpx.AsyncClient if face.is_async else httpx.Client)


def test_a_custom_auth_signs_requests(face: Face) -> None:
    class Auth(httpx.Auth):
        def auth_flow(self, request: httpx.Request) -> Any:
            request.headers["X-Signed"] = "yes"
            yield request

    class Client(face.client_class):  # type: ignore[name-defined,misc]
        @property
        def custom_auth(self) -> httpx.Auth:
            return Auth()

    server = Recorder()
    face.create(Client(api_key=KEY, http_client=face.http_client(server)))
    assert server.last.headers["x-signed"] == "yes"
    http_client = face.http_client(server, auth=("user", "pass"))
    face.create(face.client_class(api_key=KEY, http_client=http_client))
    assert server.last.headers["authorization"].startswith("Basic ")


def test_missing_arguments(face: Face) -> None:
    client = face.client_class(api_key="k")
    text = (
        "Missing required arguments; Expected either ('max_tokens', 'messages' and 'model') or "
        "('max_tokens', 'messages', 'model' and 'stream') arguments to be given"
    )
    with pytest.raises(TypeError) as caught:
        client.messages.create(max_tokens=1)
    assert str(caught.value) == text
    with pytest.raises(TypeError, match=r"create\(\) takes 1 argument\(s\) but 2 were given"):
        client.messages.create(1)
    assert list(inspect.signature(client.messages.create).parameters)[:3] == ["max_tokens", "messages", "model"]
    assert client.messages.create.__name__ == "create"


@pytest.mark.parametrize("method", ["create", "stream"])
def test_deprecated_models_warn_at_the_callers_line(face: Face, method: str) -> None:
    client = face.client(Recorder())
    arguments = {**ARGUMENTS, "model": "claude-instant-1.2"}
    with pytest.warns(DeprecationWarning, match=r"The model 'claude-instant-1.2' is deprecated") as caught:
        result = getattr(client.messages, method)(**arguments)
    assert caught[0].filename == __file__
    assert "November 6th, 2024" in str(caught[0].message)
    if method == "stream":
        face.within(lambda: result, lambda stream: None)
    elif face.is_async:
        result.close()
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        result = client.beta.prompt_caching.messages.create(**arguments)
    if face.is_async:
        result.close()
