"""Options of the clients, their environment, timeouts, httpx clients."""

from __future__ import annotations

import inspect
import math
import warnings
from typing import Any

import httpx
import pytest

import anthropic

from ..faces import ARGUMENTS, KEY, Face, Recorder


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
        ("http://h/x", "//a/b", "http://h/x//a/b"),
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


WRONG_TIMEOUTS = [
    ("5", TypeError, "timeout must be a number, not str."),
    (True, TypeError, "timeout must be a number, not bool."),
    (-1, ValueError, "timeout must not be negative, but is -1."),
    (math.nan, ValueError, "timeout must be a number, not nan."),
    (httpx.Timeout(5, read=-2.5), ValueError, "timeout must not be negative, but is -2.5."),
]
WRONG_RETRIES = [
    ("a", TypeError, "max_retries must be a number, not str."),
    (True, TypeError, "max_retries must be a number, not bool."),
    (None, TypeError, "max_retries cannot be None."),
    (math.nan, ValueError, "max_retries must be a number, not nan."),
    (-1, ValueError, "max_retries must be a whole number from 0 on, or `math.inf`, not -1."),
    (-math.inf, ValueError, "max_retries must be a whole number from 0 on, or `math.inf`, not -inf."),
    (1.5, ValueError, "max_retries must be a whole number from 0 on, or `math.inf`, not 1.5."),
]


@pytest.mark.parametrize(
    ("name", "value", "error", "text"),
    [("timeout", *case) for case in WRONG_TIMEOUTS] + [("max_retries", *case) for case in WRONG_RETRIES],
)
def test_settings_that_cannot_be_right(face: Face, name: str, value: Any, error: type[Exception], text: str) -> None:
    server = Recorder()
    client = face.client(server)
    for refused in (
        lambda: face.client(server, **{name: value}),
        lambda: client.with_options(**{name: value}),
        lambda: face.call(client.get, "/x", cast_to=object, options={name: value}),
    ):
        with pytest.raises(error) as caught:
            refused()
        assert str(caught.value).startswith(text)
    if name == "timeout":
        with pytest.raises(error):
            face.create(client, timeout=value)
    assert not server.requests


@pytest.mark.parametrize("timeout", [0, 3, 2.5, None, httpx.Timeout(4), httpx.Timeout(None), (1, 2, 3, None)])
def test_settings_that_can_be_right(face: Face, timeout: Any) -> None:
    for retries in (0, 2, 3.0, math.inf):
        client = face.client(Recorder(), timeout=timeout, max_retries=retries)
        options = {"timeout": timeout, "max_retries": retries}
        face.call(client.with_options(**options).get, "/x", cast_to=object, options=options)


def test_http_client_of_the_other_flavour_is_refused(face: Face) -> None:
    other: Any = httpx.Client() if face.is_async else httpx.AsyncClient()
    expected = "AsyncClient" if face.is_async else "Client"
    with pytest.raises(
        TypeError, match=rf"Invalid `http_client` argument; Expected an instance of `{httpx.__name__}.{expected}`"
    ):
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


def test_missing_arguments(face: Face) -> None:
    client = face.client_class(api_key="k")
    with pytest.raises(
        TypeError, match=r"create\(\) missing 2 required keyword-only arguments: 'messages' and 'model'"
    ):
        client.messages.create(max_tokens=1)
    with pytest.raises(TypeError, match=r"create\(\) takes 1 positional argument but 2 were given"):
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
