"""Headers, credentials and queries that are sent."""

from __future__ import annotations

import platform
from typing import Any

import httpx
import pytest

import anthropic
from anthropic._http import platform_headers
from anthropic._types import Omit

from ..faces import ARGUMENTS, KEY, Face, Recorder


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


def test_what_the_caller_runs_on() -> None:
    headers = platform_headers.platform_headers()
    assert headers["X-Stainless-Runtime"] == platform.python_implementation()
    assert headers["X-Stainless-Runtime-Version"] == platform.python_version()


@pytest.mark.parametrize(
    ("uname", "system"),
    [
        (("Linux", "6.1.0-13-amd64", "x86_64"), "Linux"),
        (("Linux", "4.14.186-perf-android", "aarch64"), "Android"),
        (("Darwin", "23.1.0", "arm64"), "MacOS"),
        (("Darwin", "21.3.0", "iPhone12,1"), "iOS"),
        (("Windows", "10", "AMD64"), "Windows"),
        (("SunOS", "5.11", "i86pc"), f"Other:{platform.platform().lower()}"),
        (("", "", ""), "Unknown"),
    ],
)
def test_names_of_systems(uname: tuple[str, str, str], system: str) -> None:
    assert platform_headers._system(*uname) == system


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
