"""Servers: which URL is the client's, what has a name, which variables become options."""

from __future__ import annotations

import pytest

from sdkloom.ir.security import Servers

from ..lowering import Lowered, lower_text


def lowered(servers: str, own: str = "", config: str | None = None, lock: str | None = None) -> Lowered:
    mine = f"servers: {own}, " if own else ""
    operation = f"get: {{{mine}tags: [pets], responses: {{'204': {{description: x}}}}}}"
    head = f'openapi: 3.2.0\ninfo: {{title: Pets, version: "1"}}\nservers: {servers}\n'
    return lower_text(f"paths:\n  /pets:\n    {operation}\n", config, head=head, lock=lock)


def servers_of(found: Lowered) -> Servers:
    assert found.ok.client.servers is not None
    return found.ok.client.servers


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.test/v1", "https://api.test/v1"),
        ("//api.test", "https://api.test"),
        ("HTTP://api.test", "HTTP://api.test"),
        ("api.test:8080/v1", "https://api.test:8080/v1"),
        ("/v1", "/v1"),
        ("", ""),
    ],
)
def test_the_url_of_the_client(url: str, expected: str) -> None:
    found = lowered(f"[{{url: '{url}'}}]").ok.client
    assert found.base_url == expected
    assert (found.servers is None) == ("://" in expected)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Production server", "production"),
        ("Sandbox", "sandbox"),
        ("The staging environment (resets each night)", "staging"),
        ("US East", "us_east"),
        ("Our API server", None),
        ("Use this one while you are trying things out", None),
        ("e.g. main, the production server", None),
    ],
)
def test_descriptions_that_read_as_names(text: str, name: str | None) -> None:
    found = lowered(f"[{{url: 'https://a.test'}}, {{url: 'https://b.test', description: '{text}'}}]")
    servers = found.ok.client.servers
    assert [one.name for one in servers.environments] == [name] if servers else name is None
    assert found.codes == ([] if name else ["LOW123"])


def test_names_of_servers_come_first() -> None:
    servers = "[{url: 'https://a.test', name: Main One, description: Other}, {url: 'https://b.test', x-name: second}]"
    assert [one.name for one in servers_of(lowered(servers)).environments] == ["main_one", "second"]


def test_values_of_a_variable() -> None:
    url = "url: 'https://{region}.test'"
    servers = (
        f"[{{{url}, variables: {{region: {{default: eu, enum: [eu, us], description: Where.}}, x: {{default: y}}}}}}]"
    )
    (variable,) = servers_of(lowered(servers)).variables
    assert (variable.option, variable.values, variable.env, variable.doc) == (
        "region",
        ("eu", "us"),
        "PETS_REGION",
        "Where.",
    )


def test_the_server_of_an_operation() -> None:
    found = lowered("[{url: 'https://a.test'}]", "[{url: 'wss://live.test'}, {url: 'https://upload.test'}]")
    assert found.method("pets.list").server == "https://upload.test"
    assert found.codes == ["LOW124"]


@pytest.mark.parametrize("own", ["[{url: 'https://a.test'}]", "[{url: 'wss://live.test'}]"])
def test_no_server_of_its_own(own: str) -> None:
    found = lowered("[{url: 'https://a.test'}]", own)
    assert found.method("pets.list").server is None and found.ok.client.servers is None


def test_the_configuration_wins() -> None:
    found = lowered("[{url: 'https://a.test'}, {url: 'https://b.test'}]", config="client: {base_url: 'https://c.test'}")
    assert found.ok.client.base_url == "https://c.test" and found.ok.client.servers is None and not found.codes


def test_options_are_locked() -> None:
    """A credential or a resource of the same name that comes later doesn't change what an option is called."""
    servers = "[{url: 'https://{region}.test', variables: {region: {default: eu}}}]"
    found = lowered(servers)
    assert [(name.place, name.name) for name in found.ok.names if "servers" in name.place] == [
        ("#/servers/region", "region")
    ]
    lock = 'version: 1\n\ncredentials:\n  "#/servers/region": server_region\n'
    found = lowered(servers, lock=lock)
    assert [variable.option for variable in servers_of(found).variables] == ["server_region"]
