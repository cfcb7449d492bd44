"""What is told of the credentials that requests need: those that no method makes, and in which order they are tried."""

from __future__ import annotations

import pytest

from sdkloom.specdiff.compare import compare

from .spec_states import spec_state

SPEC = """\
openapi: 3.1.0
info: {title: Zoo, version: "1.0"}
servers: [{url: "https://zoo.example"}]
paths:
  /animals:
    get:
      security: [SECURITY]
      responses: {"204": {description: Done.}}
components:
  securitySchemes:
    key: {type: apiKey, in: query, name: key}
    token: {type: http, scheme: bearer}
    login: {type: http, scheme: basic}
"""
BOTH = "client: {credentials: [{option: api_key, scheme: key}, {option: token, scheme: token}]}"
LOGIN = (
    "client: {credentials: [{option: api_key, scheme: key}, {option: name, scheme: login, part: username},"
    " {option: password, scheme: login}]}"
)


def told(
    old: str, new: str, config: str, new_config: str | None = None, rule: str = "raw-security-changed"
) -> list[str]:
    states = [
        spec_state({"spec.yaml": SPEC.replace("SECURITY", needed), "sdk.yaml": text}, config="sdk.yaml")
        for needed, text in ((old, config), (new, new_config or config))
    ]
    return [each.message for each in compare(*states) if each.rule.id == rule]


@pytest.mark.parametrize(
    ("old", "new", "config", "expected"),
    [
        ("{key: []}", "{token: []}", BOTH, "need `token` now; `api_key` was enough"),
        ("{key: []}", "{key: [], token: []}", BOTH, "need `api_key` and `token` now; `api_key` was enough"),
        ("{key: []}, {token: []}", "{key: []}", BOTH, "need `api_key` now; `token` was enough"),
        ("{login: []}", "{key: []}", LOGIN, "need `api_key` now; `name` and `password` was enough"),
    ],
)
def test_what_was_enough_and_is_not_any_more(old: str, new: str, config: str, expected: str) -> None:
    (message,) = told(old, new, config)
    assert message.endswith(expected)


@pytest.mark.parametrize(
    ("old", "new", "config"),
    [
        ("{key: []}", "{key: []}, {token: []}", BOTH),
        ("{key: [], token: []}", "{key: []}", BOTH),
        ("{key: []}, {}", "{key: []}", BOTH),
    ],
)
def test_what_is_still_enough_is_not_told(old: str, new: str, config: str) -> None:
    assert told(old, new, config) == []


def test_options_that_are_gone_are_told_as_such() -> None:
    one = "client: {credentials: [{option: api_key, scheme: key}]}"
    assert told("{key: []}, {token: []}", "{key: []}", BOTH, one) == []


def test_another_order_of_alternatives_is_told() -> None:
    (message,) = told("{key: []}, {token: []}", "{token: []}, {key: []}", "{}", rule="credential-order-changed")
    assert message.endswith("the order is `auth_token`, then `api_key`")


def test_the_order_of_sdk_yaml_wins() -> None:
    assert told("{key: []}, {token: []}", "{token: []}, {key: []}", BOTH, rule="credential-order-changed") == []
