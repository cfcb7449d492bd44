"""Options for credentials: their names, and which operations ask for what."""

from __future__ import annotations

import pytest

from sdkloom.ir.security import Requirement

from ..lowering import Lowered, lower_text

RESPONSE = "{description: x}"
KEY = "{type: apiKey, in: header, name: X-Key}"
BEARER = "{type: http, scheme: bearer}"
BASIC = "{type: http, scheme: basic}"
ROBOT = "{type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://login.test', scopes: {}}}}"
PERSON = "{type: oauth2, flows: {password: {tokenUrl: 'https://login.test', scopes: {}}}}"


def spec(schemes: str, security: str = "", **operations: str) -> str:
    """Operations by tag, each with its own `security`."""
    lines = [
        f"  /{tag}:\n    get: {{tags: [{tag}]{f', security: {own}' if own else ''}, responses: {{'204': {RESPONSE}}}}}"
        for tag, own in (operations or {"pets": ""}).items()
    ]
    root = f"security: {security}\n" if security else ""
    return root + "paths:\n" + "\n".join(lines) + f"\ncomponents: {{securitySchemes: {{{schemes}}}}}\n"


def options(lowered: Lowered) -> list[str]:
    return [credential.option for credential in lowered.ok.client.credentials]


def needs(lowered: Lowered, resource: str) -> Requirement | None:
    (method,) = lowered.resource(resource).methods
    return method.security


def test_the_scheme_that_most_operations_need_gets_the_good_name() -> None:
    found = lower_text(spec(f"Admin: {KEY}, User: {KEY}", "[{Admin: []}]", a="[{User: []}]", b="[{User: []}]", c=""))
    assert options(found) == ["api_key", "admin"]
    assert [scheme.name for scheme in found.ok.client.schemes] == ["User", "Admin"]


def test_otherwise_options_have_the_order_of_the_document() -> None:
    assert options(lower_text(spec(f"A: {BEARER}, Y: {KEY}, Z: {KEY}", "[{Z: []}, {Y: []}, {A: []}]"))) == [
        "api_key",
        "y",
        "auth_token",
    ]


def test_a_header_goes_before_the_cookie_of_a_session() -> None:
    cookie = "{type: apiKey, in: cookie, name: sessionid}"
    token = '{type: apiKey, in: header, name: Authorization, description: "A token with required prefix \\"Token\\"."}'
    found = lower_text(spec(f"A: {cookie}, B: {token}", pets="[{B: []}, {A: []}]"))
    assert options(found) == ["api_key", "a"]
    assert [(scheme.name, scheme.prefix) for scheme in found.ok.client.schemes] == [("B", "Token "), ("A", "")]


@pytest.mark.parametrize("together", ["Key: [], App: []", "App: [], Key: []"])
def test_of_schemes_needed_together_the_one_that_says_no_more_gets_the_good_name(together: str) -> None:
    found = lower_text(spec(f"App: {KEY}, Key: {KEY}", f"[{{{together}}}]"))
    assert options(found) == ["api_key", "app"]
    assert [scheme.name for scheme in found.ok.client.schemes] == ["Key", "App"]


@pytest.mark.parametrize(
    ("schemes", "expected"),
    [
        (f"b: {BASIC}", ["username", "password"]),
        (f"b: {BASIC}, c: {BASIC}", ["username", "password", "c_username", "c_password"]),
        (f"r: {ROBOT}", ["auth_token", "client_id", "client_secret"]),
        (f"p: {PERSON}", ["auth_token", "client_id", "client_secret", "username", "password"]),
        ("o: {type: openIdConnect, openIdConnectUrl: 'https://x.test'}", ["auth_token"]),
        ("m: {type: mutualTLS}", []),
        ("c: {type: apiKey, in: cookie, name: sid}", ["api_key"]),
        (f"OAuth2: {BEARER}, OrgOAuth2: {BEARER}", ["auth_token", "org_oauth2"]),
        (f"class: {KEY}, timeout: {KEY}, b: {KEY}", ["api_key", "class_key", "timeout_key"]),
        (f"a: {KEY}, get: {KEY}, copy: {KEY}", ["api_key", "copy_key", "get_key"]),
    ],
)
def test_names_of_options(schemes: str, expected: list[str]) -> None:
    assert options(lower_text(spec(schemes))) == expected


def test_no_option_hides_a_resource() -> None:
    found = lower_text(spec(f"api: {KEY}, pets: {KEY}", "[{api: [], pets: []}]", pets=""))
    assert options(found) == ["api_key", "pets_key"] and found.codes == ["LOW121"]


def test_a_locked_option_that_hides_a_resource_gets_another_name() -> None:
    lock = 'version: 1\n\ncredentials:\n  "#/components/securitySchemes/pets": pets\n'
    found = lower_text(spec(f"pets: {KEY}", "[{pets: []}]", pets=""), lock=lock)
    assert options(found) == ["api_key"] and found.codes == ["LOW121"]


def test_an_option_of_sdk_yaml_that_hides_a_derived_resource_is_refused() -> None:
    config = "client: {credentials: [{option: pets, scheme: key}]}"
    assert lower_text(spec(f"key: {KEY}", "[{key: []}]", pets=""), config).codes == ["LOW043"]


def test_requirements_of_operations() -> None:
    found = lower_text(
        spec(f"k: {KEY}, b: {BEARER}", "[{k: []}]", same="[{k: []}]", root="", both="[{b: [], k: []}]", none="[]")
    )
    assert found.ok.client.security == ((("k", ()),),)
    assert [needs(found, name) for name in ("same", "root", "both", "none")] == [
        None,
        None,
        ((("b", ()), ("k", ())),),
        (),
    ]


def test_scopes_are_kept_where_tokens_are_fetched() -> None:
    found = lower_text(spec(f"r: {ROBOT}, k: {KEY}", a="[{r: [read]}]", b="[{r: [read]}]", c="[{k: [role]}]"))
    assert found.ok.client.security == ((("r", ("read",)),),)
    assert needs(found, "c") == ((("k", ()),),)


def test_nobody_asks() -> None:
    found = lower_text(spec(f"k: {KEY}"))
    assert found.codes == ["LOW120"] and found.ok.client.security == ((("k", ()),), ())


def test_keys_in_headers_that_all_need_are_the_plain_case() -> None:
    found = lower_text(spec(f"k: {KEY}, b: {BEARER}", "[{k: []}, {b: []}]"))
    assert not found.ok.client.schemes and options(found) == ["api_key", "auth_token"]


def test_undeclared_schemes_are_left_out() -> None:
    found = lower_text(spec(f"k: {KEY}", "[{gone: []}, {k: [], gone: []}, {k: []}]", a="", b="[{gone: []}]"))
    assert found.codes == ["DOC036", "DOC036", "DOC036"]
    assert needs(found, "a") is None and needs(found, "b") == ()


CONFIGURED = f"k: {KEY}, b: {BEARER}, login: {BASIC}"


def test_sdk_yaml_chooses_options_and_their_order() -> None:
    config = "client: {credentials: [{option: token, scheme: b}, {option: key, scheme: k}]}"
    found = lower_text(spec(CONFIGURED, "[{k: []}, {b: []}]"), config)
    assert options(found) == ["token", "key"] and not found.ok.client.schemes


def test_what_sdk_yaml_is_silent_about_follows_where_it_is_needed() -> None:
    config = "client: {credentials: [{option: token, scheme: b}]}"
    found = lower_text(spec(CONFIGURED, "[{k: []}, {b: []}]", a="", c="[{login: []}]"), config)
    assert options(found) == ["token", "username", "password"]
    assert found.ok.client.security == ((("b", ()),),)


def test_parts_of_a_scheme_in_sdk_yaml() -> None:
    config = """
        client:
          credentials:
            - {option: account, scheme: login, part: username}
            - {option: password, scheme: login, env: SECRET}
    """
    (scheme,) = lower_text(spec(CONFIGURED, "[{login: []}]"), config).ok.client.schemes
    assert scheme.options == ("account", "password")


def test_sdk_yaml_may_say_what_is_needed() -> None:
    config = """
        client: {security: [{k: []}]}
        resources:
          a: {methods: {list: {endpoint: get /a}}}
          b: {methods: {list: {endpoint: get /b, security: []}}}
          c: {methods: {list: {endpoint: get /c, security: [{b: []}, {oops: []}]}}}
    """
    found = lower_text(spec(CONFIGURED, "[{login: []}]", a="", b="", c=""), config.replace(", {oops: []}", ""))
    assert [needs(found, name) for name in "abc"] == [None, (), ((("b", ()),),)]
    assert lower_text(spec(CONFIGURED, "", a="", b="", c=""), config).codes[0] == "LOW012"


def test_parameters_that_credentials_fill_are_none() -> None:
    text = spec(f"k: {KEY}, q: {{type: apiKey, in: query, name: key}}", "[{k: []}, {q: []}]")
    parameters = "[{name: x-key, in: header, schema: {type: string}}, {name: key, in: query, schema: {type: string}}]"
    found = lower_text(text.replace("tags: [pets]", f"tags: [pets], parameters: {parameters}"))
    (method,) = found.resource("pets").methods
    assert not method.params


OWN = """
client:
  credentials:
    - {option: api_key, env: PETS_KEY, header: X-Api-Key}
    - {option: auth_token, header: Authorization, prefix: "Bearer "}
"""


def test_credentials_that_the_document_does_not_declare() -> None:
    lowered = lower_text(
        """
        paths:
          /pets:
            get:
              parameters: [{name: x-api-key, in: header, schema: {type: string}}]
              responses: {"204": {description: Pets.}}
        """,
        OWN,
    )
    client = lowered.ok.client
    assert [(one.option, one.env, one.header, one.prefix) for one in client.credentials] == [
        ("api_key", "PETS_KEY", "X-Api-Key", ""),
        ("auth_token", None, "Authorization", "Bearer "),
    ]
    assert not client.schemes
    assert lowered.method("pets.list").params == ()


def test_own_credentials_beside_those_of_the_document() -> None:
    lowered = lower_text(
        """
        security: [{Login: []}]
        paths:
          /pets:
            get: {responses: {"204": {description: Pets.}}}
          /logs:
            get: {security: [], responses: {"204": {description: Fine.}}}
        components:
          securitySchemes:
            Login: {type: http, scheme: basic}
            key: {type: apiKey, in: header, name: X-Other}
        """,
        "client: {credentials: [{option: key, query: k}]}\n",
    )
    client = lowered.ok.client
    assert client.security == ((("key_", ()),),)
    assert [(scheme.name, scheme.place.value, scheme.parameter) for scheme in client.schemes] == [
        ("key_", "query", "k")
    ]
    assert lowered.method("logs.list").security == ()
