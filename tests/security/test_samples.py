"""Schemas that ask for very large values: none is made, neither for request tests nor by `sdkloom verify`."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from sdkloom.document.patterns import matcher
from sdkloom.ir.resources import JsonLike
from sdkloom.verify.examples import Examples, TooLarge
from sdkloom.verify.mutations import mutations
from sdkloom.verify.pattern_texts import from_pattern

from ..generator.lowering import lower_text

MANY = 1_000_000_000


def nested(schema: dict[str, Any], depth: int) -> dict[str, Any]:
    """Arrays of arrays of 100 items each."""
    return schema if not depth else {"type": "array", "minItems": 100, "items": nested(schema, depth - 1)}


def doubling(depth: int) -> dict[str, Any]:
    """Schemas of which each requires the next one twice."""
    both = {name: {"$ref": "#/components/schemas/S%d"} for name in "ab"}
    schemas: dict[str, Any] = {"S0": {"type": "integer"}}
    for level in range(1, depth + 1):
        ref = {"$ref": f"#/components/schemas/S{level - 1}"}
        schemas[f"S{level}"] = {"type": "object", "required": list(both), "properties": dict.fromkeys(both, ref)}
    return schemas


LARGE: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "minLength": MANY},
    "text_with_pattern": {"type": "string", "pattern": "^a*$", "minLength": MANY},
    "items": {"type": "array", "minItems": MANY, "items": {"type": "integer"}},
    "anything": {"type": "array", "minItems": MANY},
    "keys": {"type": "object", "minProperties": MANY, "additionalProperties": {"type": "string"}},
    "arrays": nested({"type": "integer"}, 6),
    "doubled": {"$ref": "#/components/schemas/S40"},
    "value": nested({"const": "x" * 10_000}, 2),
}
REPETITIONS = ["a{1000000}", "(a{1000}){1000}", "((((a*)*)*)*)*", "[\\x00-\\U0010ffff]{90000}", "(a)" + "(\\1\\1)" * 1]
SLOW = ["^(a+)+$", "(?:a?){30}a{30}", "(a|a)*b", "^(?=(a+)+$)(a|aa)+$", "a{1000000000}", "((a{1000}){1000}){1000}", "["]


def document(schema: dict[str, Any]) -> dict[str, Any]:
    return {"components": {"schemas": {"Asked": schema, **doubling(40)}}}


@pytest.mark.parametrize("name", LARGE)
def test_verify_draws_no_example(name: str) -> None:
    examples = Examples(document(LARGE[name]), 0)
    with pytest.raises(TooLarge):
        examples.draw("#/components/schemas/Asked", 6)


@pytest.mark.parametrize("pattern", REPETITIONS)
def test_a_text_for_a_pattern_has_a_budget(pattern: str) -> None:
    spent = 0

    def spend(size: int) -> None:
        nonlocal spent
        spent += size
        if spent > 10_000:
            raise TooLarge

    try:
        assert len(from_pattern(pattern, random.Random(0), spend)) <= 10_000
    except TooLarge:
        pass


def test_a_long_pattern_gives_no_text() -> None:
    assert from_pattern("a" * 1_001, random.Random(0), lambda size: None) == ""


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^[\w-.+]+$", "a-b.c"),
        (r"^[\w- ]+$", "a b-c"),
        ("^{[0-9]{2}}$", "{12}"),
        (r"^\p{L}{2}\{$", "aß{"),
        ("^a{,3}$", "a{,3}"),
    ],
)
def test_characters_that_stand_for_themselves_need_no_escape(pattern: str, text: str) -> None:
    fits = matcher(pattern)
    assert fits is not None
    assert fits(text)
    assert not fits(text + "\n!")


@pytest.mark.parametrize("pattern", SLOW)
def test_patterns_are_matched_in_bounded_time(pattern: str) -> None:
    fits = matcher(pattern)
    assert fits is None or not fits("a" * 28 + "!")


@pytest.mark.parametrize(
    ("schema", "fits"),
    [
        ({"type": "integer", "minimum": 1e308, "multipleOf": 1e-320}, False),
        ({"type": "number", "multipleOf": 5e-324, "maximum": 1e308}, False),
        ({"type": "string", "minLength": 1e400}, False),
        ({"type": "string", "minLength": -1, "maxLength": "many"}, True),
        ({"type": "array", "minItems": "many", "maxItems": True}, True),
        ({"type": "object", "minProperties": 3, "additionalProperties": {"type": "integer"}}, True),
    ],
)
def test_bounds_that_make_no_sense(schema: dict[str, Any], fits: bool) -> None:
    try:
        drawn = Examples(document(schema), 0).draw("#/components/schemas/Asked", 6)
    except TooLarge:
        drawn = []
    assert bool(drawn) is fits or not fits
    if "minProperties" in schema:
        assert {len(value) for value in drawn} == {3}


def test_mutations_of_one_payload_are_counted() -> None:
    payload = {f"key_{number}": "text" for number in range(5_000)}
    assert len(list(mutations(payload, random.Random(0), everything=True))) == 500


SPEC = """
paths:
  /pets:
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {type: object, required: [value], properties: {value: %s}}}}
      responses: {"204": {description: Done.}}
components: {schemas: %s}
"""


def size(sample: JsonLike) -> int:
    return len(repr(sample))


@pytest.mark.parametrize("name", [name for name in LARGE if name != "keys"])
def test_request_tests_send_less(name: str) -> None:
    lowered = lower_text(SPEC % (json.dumps(LARGE[name]), json.dumps(doubling(40))))
    (method,) = lowered.ok.resources[0].methods
    assert size(method.params[0].sample) < 10_000
    assert "LOW061" in lowered.codes


def test_a_large_document_has_a_budget_for_all_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sdkloom.lower.methods.samples._ROOM", 0)
    lowered = lower_text(SPEC % ("{type: string, format: date-time}", "{}"))
    assert lowered.codes == ["LOW061"]
