"""Where requests go: environments, variables, servers of operations, and a `base_url` instead of them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ...packages import generated_package

DONE = '{"204": {description: Done.}}'
PATHS = f"""
    paths:
      /jobs: {{get: {{tags: [jobs], responses: {DONE}}}}}
      /files:
        servers:
          - {{url: "https://upload.test/files/v2", name: production}}
          - {{url: "https://upload.sandbox.test", name: sandbox}}
        get: {{tags: [files], responses: {DONE}}}
        put: {{servers: [{{url: "https://{{region}}.put.test", variables: {{region: {{default: eu}}}}}}],
          responses: {DONE}}}
"""
SPEC = f"""
    openapi: 3.2.0
    info: {{title: Hosts, version: "1"}}
    servers:
      - {{url: "https://api.test/v1", description: Production server}}
      - {{url: "https://sandbox.test/v1", name: sandbox}}
      - url: https://{{region}}.api.test
        description: The regional API
        variables: {{region: {{default: eu, enum: [eu, us]}}}}
    {PATHS}
"""


class Seen:
    def __init__(self) -> None:
        self.urls: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.urls.append(str(request.url))
        return httpx.Response(204)


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with generated_package(tmp_path_factory.mktemp("hosts"), SPEC) as package:
        yield package


def urls(package: Any, **options: Any) -> list[str]:
    """Where a client asks for jobs and files, and where it puts files."""
    seen = Seen()
    client = package.Client(http_client=httpx.Client(transport=httpx.MockTransport(seen)), **options)
    for resource, method in (("jobs", "list"), ("files", "list"), ("files", "update")):
        call = getattr(getattr(client, resource, None), method, None)
        if call is not None:
            call()
    return seen.urls


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["https://api.test/v1/jobs", "https://upload.test/files/v2/files", "https://eu.put.test/files"]),
        (
            {"environment": "sandbox"},
            ["https://sandbox.test/v1/jobs", "https://upload.sandbox.test/files", "https://eu.put.test/files"],
        ),
        (
            {"environment": "regional", "region": "us"},
            ["https://us.api.test/jobs", "https://upload.test/files/v2/files", "https://us.put.test/files"],
        ),
        (
            {"base_url": "http://localhost:1"},
            ["http://localhost:1/jobs", "http://localhost:1/files", "http://localhost:1/files"],
        ),
        (
            {"base_url": "http://localhost:1/x/v1"},
            ["http://localhost:1/x/v1/jobs", "http://localhost:1/x/files/v2/files", "http://localhost:1/x/files"],
        ),
    ],
)
def test_where_requests_go(hosts: Any, options: dict[str, Any], expected: list[str]) -> None:
    assert urls(hosts, **options) == expected


def test_options_have_the_values_of_the_document(hosts: Any) -> None:
    parameters = inspect.signature(hosts.Client.__init__).parameters
    assert parameters["environment"].annotation == "Literal['production', 'sandbox', 'regional'] | None"
    assert parameters["region"].annotation == "str | None", "one server takes any region"


@pytest.mark.parametrize("options", [{"environment": "moon"}, {"environment": "sandbox", "base_url": "http://x"}])
def test_what_cannot_be_is_refused(hosts: Any, options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="environment"):
        hosts.Client(**options)


def test_the_environment_variables(hosts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    prefix = hosts.__name__.upper()
    monkeypatch.setenv(f"{prefix}_REGION", "us")
    assert urls(hosts, environment="regional")[0] == "https://us.api.test/jobs"


def test_copies(hosts: Any) -> None:
    client = hosts.Client(environment="sandbox")
    assert str(client.copy().base_url) == "https://sandbox.test/v1/"
    assert str(client.copy(environment="regional", region="us").base_url) == "https://us.api.test"
    assert str(client.copy(region="us").base_url) == "https://sandbox.test/v1/"
    moved = client.copy(base_url="http://localhost:1/x")
    assert str(moved.base_url) == str(moved.copy(timeout=3).base_url) == "http://localhost:1/x/"
    assert str(moved.copy(environment="production").base_url) == "https://api.test/v1/"


def test_a_url_that_was_set_later_moves_all(hosts: Any) -> None:
    seen = Seen()
    client = hosts.Client(http_client=httpx.Client(transport=httpx.MockTransport(seen)))
    client.base_url = "http://localhost:1"
    client.files.list()
    assert seen.urls == ["http://localhost:1/files"]


def spec(servers: str) -> str:
    paths = f"    paths: {{/jobs: {{get: {{tags: [jobs], responses: {DONE}}}}}}}\n"
    return f'    openapi: 3.1.0\n    info: {{title: Hosts, version: "1"}}\n    servers: {servers}\n{paths}'


@pytest.mark.parametrize(
    ("servers", "options", "expected"),
    [
        ("[{url: //api.test/v1}]", {}, "https://api.test/v1/jobs"),
        ("[{url: api.test/v1}]", {}, "https://api.test/v1/jobs"),
        ("[{url: 'wss://live.test'}, {url: 'https://api.test'}]", {}, "https://api.test/jobs"),
        ("[{url: /v1}]", {"base_url": "http://here.test"}, "http://here.test/v1/jobs"),
        ("[{url: /v1}]", {"base_url": "http://here.test/other"}, "http://here.test/other/jobs"),
        ("[{url: '{scheme}://api.test', variables: {scheme: {default: http}}}]", {}, "http://api.test/jobs"),
        (
            "[{url: 'https://{customer}.test', variables: {customer: {default: ''}}}]",
            {"customer": "acme"},
            "https://acme.test/jobs",
        ),
        ("[{url: 'https://a.test'}, {url: 'https://b.test'}]", {}, "https://a.test/jobs"),
    ],
)
def test_odd_servers(servers: str, options: dict[str, Any], expected: str, tmp_path: Path) -> None:
    with generated_package(tmp_path, spec(servers)) as package:
        assert urls(package, **options) == [expected]


@pytest.mark.parametrize("servers", ["[]", "[{url: /}]", "[{url: /v1}]"])
def test_a_host_that_nobody_knows(servers: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = "client: {base_url_env: HOSTS_URL}"
    with generated_package(tmp_path, spec(servers), config) as package:
        for kind in (package.Client, package.AsyncClient):
            with pytest.raises(TypeError) as caught:
                kind()
            assert str(caught.value) == (
                "`base_url` is missing: the description of the API doesn't say on which host it is. "
                "Give it to the client, or set HOSTS_URL."
            )
        monkeypatch.setenv("HOSTS_URL", "http://here.test/x")
        assert urls(package) == ["http://here.test/x/jobs"]


def test_a_variable_without_a_value(tmp_path: Path) -> None:
    servers = "[{url: 'https://{customer}.test', variables: {customer: {default: ''}}}]"
    with generated_package(tmp_path, spec(servers)) as package, pytest.raises(TypeError, match="`customer` is missing"):
        package.Client()


def test_environments_of_the_configuration(tmp_path: Path) -> None:
    config = "client: {environments: {main: 'https://main.test', test: 'https://second.test/x'}}"
    with generated_package(tmp_path, spec("[{url: 'https://api.test'}]"), config) as package:
        assert urls(package) == ["https://main.test/jobs"]
        assert urls(package, environment="test") == ["https://second.test/x/jobs"]
