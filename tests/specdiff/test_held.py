"""Lists and dictionaries in requests whose own type is the same, and whose items are of a wider one by their name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sdkloom.specdiff.compare import compare
from sdkloom.specdiff.state import SpecState

from .spec_states import letters, spec_state

Json = dict[str, Any]
COUNT: Json = {"$ref": "#/components/schemas/Count"}
TOTAL: Json = {"$ref": "#/components/schemas/Total"}
INTEGER: Json = {"type": "integer"}
NUMBER: Json = {"type": "number"}
OBJECT: Json = {"type": "object", "properties": {"count": COUNT}}


def told(held: Json, old: Json, new: Json, *, sent: bool = True) -> list[str]:
    """What is said of variables of the old type when `Count` changes and `held` stays."""
    states: list[SpecState] = []
    for count in (old, new):
        body = {"content": {"application/json": {"schema": {"type": "object", "properties": {"all": held}}}}}
        request = {"requestBody": body} if sent else {}
        response = {"200": {"description": "They.", **body}} if not sent else {"204": {"description": "Done."}}
        document = {
            "openapi": "3.1.0",
            "info": {"title": "Zoo", "version": "1"},
            "servers": [{"url": "https://zoo.example"}],
            "paths": {"/animals": {"post": {**request, "responses": response}}},
            "components": {"schemas": {"Count": count, "Total": {**COUNT, "description": "All."}}},
        }
        states.append(spec_state({"zoo.json": json.dumps(document)}, "zoo.json"))
    found = [each for each in compare(*states) if each.rule.id.endswith("-items-changed")]
    return [f"{letters(each)} {each.message.partition(':')[0]}" for each in found]


@pytest.mark.parametrize(("name", "symbol"), [(COUNT, "Count"), (TOTAL, "Total")])
@pytest.mark.parametrize("kind", [{"type": "array", "items": {}}, {"type": "object", "additionalProperties": {}}])
def test_items_of_a_wider_type(name: Json, symbol: str, kind: Json) -> None:
    held = {key: value or name for key, value in kind.items()}
    assert told(held, INTEGER, NUMBER) == [f"olo `zoo.types.{symbol}Param` takes `float` instead of `int`"]


def test_one_finding_for_all_places() -> None:
    held = {"type": "array", "items": COUNT}
    within = {
        "anyOf": [{"type": "object", "additionalProperties": held}, {"type": "object", "properties": {"more": held}}]
    }
    assert len(told(within, INTEGER, NUMBER)) == 1


def test_among_variants() -> None:
    held = {"anyOf": [{"type": "array", "items": COUNT}, {"type": "string"}]}
    assert len(told(held, INTEGER, NUMBER)) == 1


def test_what_takes_any_iterable_takes_that_of_less() -> None:
    assert told({"type": "array", "items": OBJECT}, INTEGER, NUMBER) == []


def test_what_takes_less_is_told_by_its_name() -> None:
    assert told({"type": "array", "items": COUNT}, NUMBER, INTEGER) == []


def test_responses_take_no_variables() -> None:
    assert told({"type": "array", "items": COUNT}, INTEGER, NUMBER, sent=False) == []
