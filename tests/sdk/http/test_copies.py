"""Copies of clients, closing, garbage collection."""

from __future__ import annotations

import gc
import inspect
import warnings
import weakref

import httpx
import pytest

import anthropic

from ..faces import Face, Recorder


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


def test_copies_of_copies_keep_the_deprecated_transport(face: Face) -> None:
    server = Recorder()
    with pytest.warns(DeprecationWarning):
        client = face.client_class(api_key="k", transport=httpx.MockTransport(server))
    with pytest.warns(DeprecationWarning):
        limited = client.copy().copy(connection_pool_limits=httpx.Limits(max_connections=1))
    face.create(limited)
    assert len(server.requests) == 1


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
