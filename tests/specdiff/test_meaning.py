"""A matrix of places and changes: spellings of one meaning are silent, and no change of the meaning is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sdkloom.specdiff.compare import compare
from sdkloom.specdiff.model import Finding, Impact, Section

from .spec_states import spec_state

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": "integer"}
LIST: Json = {"type": "array", "items": TEXT}
PAIR: Json = {"type": "object", "required": ["a"], "properties": {"a": TEXT, "b": NUMBER}}
ENUM: Json = {"type": "string", "enum": ["a", "b"]}
NULL: Json = {"type": "null"}

SAME: dict[str, tuple[Json, Json]] = {
    "a list of one type": (TEXT, {"type": ["string"]}),
    "anyOf of one": (TEXT, {"anyOf": [TEXT]}),
    "allOf of one": (PAIR, {"allOf": [PAIR]}),
    "keys in another order": (PAIR, {"properties": {"b": NUMBER, "a": TEXT}, "required": ["a"], "type": "object"}),
    "null as a type": ({"type": ["string", "null"], "maxLength": 4}, {"anyOf": [{**TEXT, "maxLength": 4}, NULL]}),
    "null as a variant": ({"type": ["string", "null"]}, {"oneOf": [TEXT, NULL]}),
    "a list of types": ({"type": ["string", "integer"]}, {"anyOf": [TEXT, NUMBER]}),
    "enum as const": ({**TEXT, "const": "a"}, {**TEXT, "enum": ["a"]}),
    "allOf of halves": (
        PAIR,
        {"allOf": [{"type": "object", "properties": {"a": TEXT}}, {"required": ["a"], "properties": {"b": NUMBER}}]},
    ),
    "a limit in allOf": ({**TEXT, "maxLength": 5}, {"allOf": [TEXT, {"maxLength": 5}]}),
    "more than 0 is 1": ({**NUMBER, "minimum": 1}, {**NUMBER, "exclusiveMinimum": 0}),
    "no limit": ({**LIST, "uniqueItems": False}, {**LIST, "minItems": 0}),
    "not, in another spelling": ({**TEXT, "not": {"const": "a"}}, {**TEXT, "not": {"anyOf": [{"enum": ["a"]}]}}),
    "if without then": (PAIR, {**PAIR, "if": {"required": ["b"]}}),
    "minContains without contains": (LIST, {**LIST, "minContains": 2}),
    "halves of a condition": (
        {**PAIR, "if": {"required": ["b"]}, "then": {"required": ["a", "c"]}},
        {**PAIR, "if": {"required": ["b"]}, "then": {"allOf": [{"required": ["c"]}, {"required": ["a"]}]}},
    ),
    "draft 7": (
        {**PAIR, "dependencies": {"b": ["a"], "a": {"maxProperties": 3}}},
        {**PAIR, "dependentRequired": {"b": ["a"]}, "dependentSchemas": {"a": {"maxProperties": 3}}},
    ),
    "an enum among variants": ({"anyOf": [ENUM, LIST]}, {"anyOf": [{"allOf": [ENUM]}, LIST]}),
    "null of a variant": (
        {"anyOf": [{**ENUM, "enum": ["a", "b", None], "nullable": True}, LIST]},
        {"anyOf": [{"oneOf": [ENUM, NULL]}, LIST]},
    ),
    "items of any kind": ({"type": "array"}, {"type": "array", "items": {}}),
}
OTHER: dict[str, tuple[Json, Json]] = {
    "maxLength": (TEXT, {**TEXT, "maxLength": 5}),
    "pattern": (TEXT, {**TEXT, "pattern": "^a"}),
    "not": (TEXT, {**TEXT, "not": {"const": "a"}}),
    "minimum": (NUMBER, {**NUMBER, "minimum": 1}),
    "uniqueItems": (LIST, {**LIST, "uniqueItems": True}),
    "contains": (LIST, {**LIST, "contains": {"const": "a"}}),
    "a limit of items": (LIST, {"type": "array", "items": {**TEXT, "maxLength": 5}}),
    "if": (PAIR, {**PAIR, "if": {"required": ["b"]}, "then": {"minProperties": 2}}),
    "dependentRequired": (PAIR, {**PAIR, "dependentRequired": {"b": ["a"]}}),
    "dependentSchemas": (PAIR, {**PAIR, "dependentSchemas": {"b": {"minProperties": 2}}}),
    "patternProperties": (PAIR, {**PAIR, "patternProperties": {"^x": TEXT}}),
    "propertyNames": (PAIR, {**PAIR, "propertyNames": {"maxLength": 3}}),
    "required and undeclared": (PAIR, {**PAIR, "required": ["a", "z"]}),
    "a limit of a property": (PAIR, {**PAIR, "properties": {"a": {**TEXT, "maxLength": 5}, "b": NUMBER}}),
    "a text becomes an object": (TEXT, PAIR),
    "an object becomes a list": (PAIR, LIST),
    "a text becomes a number": (TEXT, NUMBER),
    "fewer values": (ENUM, {**ENUM, "enum": ["a"]}),
}
"""What an old client may send, and a new server may refuse."""


def _request(schema: Json) -> Json:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _response(schema: Json, status: str = "200") -> Json:
    return {"responses": {status: {"description": "It.", "content": {"application/json": {"schema": schema}}}}}


def _within(schema: Json, **more: Any) -> Json:
    return {"type": "object", "properties": {"p": schema}, **more}


REQUESTS = {
    "required": lambda schema: _request(_within(schema, required=["p"])),
    "optional": lambda schema: _request(_within(schema)),
    "item": lambda schema: _request(_within({"type": "array", "items": schema})),
    "nested": lambda schema: _request(_within(_within(schema))),
    "in allOf": lambda schema: _request(_within({"allOf": [schema, {"description": "It."}]})),
    "nullable": lambda schema: _request(_within({"anyOf": [schema, NULL]})),
    "beside a flag": lambda schema: _request(_within({"oneOf": [schema, {"type": "boolean"}]})),
}
RESPONSES = {
    "response": lambda schema: _response(_within(schema, required=["p"])),
    "optional in a response": lambda schema: _response(_within(schema)),
    "item in a response": lambda schema: _response(_within({"type": "array", "items": schema})),
    "failure": lambda schema: _response(_within(schema), "404"),
}


def found(place: Any, schemas: tuple[Json, Json], is_component: bool) -> tuple[Finding, ...]:
    states = []
    for schema in schemas:
        used = {"$ref": "#/components/schemas/X"} if is_component else schema
        operation = {"responses": {"204": {"description": "Done."}}, **place(used)}
        document: Json = {
            "openapi": "3.1.0",
            "info": {"title": "Zoo", "version": "1"},
            "servers": [{"url": "https://zoo.example"}],
            "paths": {"/animals": {"post": operation}},
        }
        if is_component:
            document["components"] = {"schemas": {"X": schema}}
        states.append(spec_state({"zoo.json": json.dumps(document)}, "zoo.json"))
    return compare(*states)


@pytest.mark.parametrize("is_component", [False, True])
@pytest.mark.parametrize("place", [*REQUESTS, *RESPONSES])
def test_one_meaning(place: str, is_component: bool) -> None:
    for what, schemas in SAME.items():
        findings = found({**REQUESTS, **RESPONSES}[place], schemas, is_component)
        loud = [each.message for each in findings if each.rule.section is not Section.INTERNAL]
        assert (what, loud) == (what, [])
        assert {each.verdict.worst for each in findings} <= {Impact.OK}, what


@pytest.mark.parametrize("is_component", [False, True])
@pytest.mark.parametrize("place", REQUESTS)
def test_narrower(place: str, is_component: bool) -> None:
    for what, schemas in OTHER.items():
        findings = found(REQUESTS[place], schemas, is_component)
        assert any(each.verdict.wire is not Impact.OK for each in findings), what
        assert "other-change" not in {each.rule.id for each in findings}, what


@pytest.mark.parametrize("is_component", [False, True])
@pytest.mark.parametrize("place", RESPONSES)
def test_never_silent(place: str, is_component: bool) -> None:
    for what, schemas in OTHER.items():
        rules = {each.rule.id for each in found(RESPONSES[place], schemas, is_component)}
        assert rules - {"other-text-change"}, what
        assert "other-change" not in rules, what


HEADERS = """\
openapi: 3.1.0
info: {title: Zoo, version: "1.0"}
servers: [{url: "https://zoo.example"}]
paths: {/animals: {get: {responses: {"204": {description: Done., headers: {X-Size: HEADER}}}}}}
"""
SIZE = "schema: {type: object, properties: {w: {type: integer}}}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (SIZE, f"content: {{application/json: {{{SIZE}}}}}", "is written as application/json instead of plain text"),
        (f"content: {{application/json: {{{SIZE}}}}}", SIZE, "is written as plain text instead of application/json"),
        (SIZE, f"required: false, {SIZE}", ""),
    ],
)
def test_how_a_header_is_written(old: str, new: str, expected: str) -> None:
    states = [spec_state({"spec.yaml": HEADERS.replace("HEADER", f"{{{header}}}")}) for header in (old, new)]
    found = [each for each in compare(*states) if each.rule.id == "response-header-changed"]
    assert [each.message.partition("`GET /animals` ")[2] for each in found] == ([expected] if expected else [])
