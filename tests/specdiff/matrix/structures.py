"""What can become of objects and lists."""

from __future__ import annotations

from typing import Any

from .schemas import ENUM, FLAG, INTEGER, LIST, MAP, NUMBERS, PAIR, TEXT, TUPLE, Change, Json

AB: Json = {"a": TEXT, "b": INTEGER}


def _pair(required: list[str], **properties: Any) -> Json:
    return {"type": "object", "required": required, "properties": properties}


def _properties() -> list[Change]:
    free = {"type": "object", "properties": AB}
    return [
        Change("a property becomes required", PAIR, _pair(["a", "b"], **AB)),
        Change("an optional property comes", PAIR, _pair(["a"], **AB, c=FLAG)),
        Change("a required property comes", PAIR, _pair(["a", "c"], **AB, c=FLAG)),
        Change("a property is renamed", PAIR, _pair(["a"], a=TEXT, bee=INTEGER)),
        Change("a required property is renamed", PAIR, _pair(["aye"], aye=TEXT, b=INTEGER)),
        Change("a property has another type", PAIR, _pair(["a"], a=TEXT, b=FLAG)),
        Change("properties in another order", PAIR, _pair(["a"], b=INTEGER, a=TEXT)),
        Change("required in another order", _pair(["a", "b"], **AB), _pair(["b", "a"], **AB)),
        Change("required: []", free, {**free, "required": []}),
        Change("required, and not described", PAIR, {**PAIR, "required": ["a", "z"]}),
    ]


def _keys() -> list[Change]:
    return [
        Change("additionalProperties: true", PAIR, {**PAIR, "additionalProperties": True}),
        Change("additionalProperties: {}", PAIR, {**PAIR, "additionalProperties": {}}),
        Change("additionalProperties: false", PAIR, {**PAIR, "additionalProperties": False}),
        Change("additionalProperties: not", PAIR, {**PAIR, "additionalProperties": {"not": {}}}),
        Change(
            "additionalProperties: false → text",
            {**PAIR, "additionalProperties": False},
            {**PAIR, "additionalProperties": TEXT},
        ),
        Change("additionalProperties: a type", PAIR, {**PAIR, "additionalProperties": TEXT}),
        Change(
            "additionalProperties: another type",
            {**PAIR, "additionalProperties": TEXT},
            {**PAIR, "additionalProperties": INTEGER},
        ),
        Change("map: another type", MAP, {"type": "object", "additionalProperties": INTEGER}),
        Change("map: a limit", MAP, {"type": "object", "additionalProperties": {**TEXT, "maxLength": 4}}),
        Change("map: null", MAP, {"type": "object", "additionalProperties": {"type": ["string", "null"]}}),
        Change("map → any object", MAP, {"type": "object"}),
        Change("map of anything", {"type": "object"}, {"type": "object", "additionalProperties": True}),
        Change("unevaluatedProperties: false", PAIR, {**PAIR, "unevaluatedProperties": False}),
        Change("patternProperties", PAIR, {**PAIR, "patternProperties": {"^x": TEXT}}),
        Change(
            "patternProperties: another type",
            {**MAP, "patternProperties": {"^x": TEXT}},
            {**MAP, "patternProperties": {"^x": {**TEXT, "maxLength": 3}}},
            is_undecided=True,
        ),
        Change(
            "patternProperties: another pattern",
            {"type": "object", "patternProperties": {"^x": TEXT}},
            {"type": "object", "patternProperties": {"^y": TEXT}},
            is_undecided=True,
        ),
        Change("propertyNames", MAP, {**MAP, "propertyNames": {"maxLength": 2}}),
        Change(
            "propertyNames: closer",
            {**MAP, "propertyNames": {"maxLength": 3}},
            {**MAP, "propertyNames": {"maxLength": 2}},
        ),
        Change("propertyNames: a pattern", MAP, {**MAP, "propertyNames": {"pattern": "^x"}}),
    ]


def _conditions() -> list[Change]:
    return [
        Change("dependentRequired", PAIR, {**PAIR, "dependentRequired": {"a": ["b"]}}),
        Change(
            "dependentRequired: one more",
            {**PAIR, "dependentRequired": {"b": ["a"]}},
            {**PAIR, "dependentRequired": {"b": ["a", "c"]}},
            ({"a": "x", "b": 1}, {"a": "x", "b": 1, "c": 1}),
        ),
        Change(
            "dependentSchemas",
            PAIR,
            {**PAIR, "dependentSchemas": {"b": {"maxProperties": 2}}},
            ({"a": "x", "b": 1, "c": 1},),
        ),
        Change(
            "if/then",
            PAIR,
            {**PAIR, "if": {"required": ["b"]}, "then": {"maxProperties": 2}},
            ({"a": "x", "b": 1, "c": 1},),
        ),
        Change(
            "if/then: another condition",
            {**PAIR, "if": {"required": ["b"]}, "then": {"maxProperties": 2}},
            {**PAIR, "if": {"required": ["b"]}, "then": {"maxProperties": 3}},
            ({"a": "x", "b": 1, "c": 1}, {"a": "x", "b": 1, "c": 1, "d": 1}),
            is_undecided=True,
        ),
        Change(
            "else",
            {**PAIR, "if": {"required": ["b"]}, "then": {"maxProperties": 2}},
            {**PAIR, "if": {"required": ["b"]}, "then": {"maxProperties": 2}, "else": {"maxProperties": 1}},
        ),
        Change("if alone", PAIR, {**PAIR, "if": {"required": ["b"]}}),
        Change("not", PAIR, {**PAIR, "not": {"required": ["b"]}}),
    ]


def _marks() -> list[Change]:
    return [
        Change("readOnly", PAIR, _pair(["a"], a=TEXT, b={**INTEGER, "readOnly": True})),
        Change("writeOnly", PAIR, _pair(["a"], a=TEXT, b={**INTEGER, "writeOnly": True})),
        Change("readOnly, required", _pair(["a"], **AB), _pair(["a"], a={**TEXT, "readOnly": True}, b=INTEGER)),
        Change("a readOnly property comes", PAIR, _pair(["a"], **AB, c={**FLAG, "readOnly": True})),
        Change("a property is deprecated", PAIR, _pair(["a"], a=TEXT, b={**INTEGER, "deprecated": True})),
        Change("a property has a default", PAIR, _pair(["a"], a=TEXT, b={**INTEGER, "default": 1})),
        Change("a property may be null", PAIR, _pair(["a"], a=TEXT, b={"type": ["integer", "null"]})),
        Change("a property: anything", PAIR, _pair(["a"], a=TEXT, b={})),
        Change("a property: true", _pair(["a"], a=TEXT, b={}), _pair(["a"], a=TEXT, b=True)),
        Change("a property: false", PAIR, _pair(["a"], a=TEXT, b=False), is_undecided=True),
        Change(
            "allOf of halves",
            PAIR,
            {
                "allOf": [
                    {"type": "object", "properties": {"a": TEXT}, "required": ["a"]},
                    {"properties": {"b": INTEGER}},
                ]
            },
        ),
        Change("allOf adds required", PAIR, {"allOf": [PAIR, {"required": ["b"]}]}),
        Change("allOf adds a property", PAIR, {"allOf": [PAIR, {"properties": {"c": FLAG}}]}),
        Change("allOf narrows a property", PAIR, {"allOf": [PAIR, {"properties": {"b": {"maximum": 3}}}]}),
    ]


def _lists() -> list[Change]:
    return [
        Change("items: another type", LIST, NUMBERS),
        Change("items come", {"type": "array"}, LIST),
        Change("items: {}", {"type": "array"}, {"type": "array", "items": {}}),
        Change("items: true", {"type": "array"}, {"type": "array", "items": True}),
        Change("items: a limit", LIST, {"type": "array", "items": {**TEXT, "maxLength": 4}}),
        Change("items: null", LIST, {"type": "array", "items": {"type": ["string", "null"]}}),
        Change("items: an enum", LIST, {"type": "array", "items": ENUM}),
        Change("prefixItems come", {"type": "array"}, TUPLE, (["x"], [1], ["x", "y"])),
        Change(
            "prefixItems: another type", TUPLE, {"type": "array", "prefixItems": [TEXT, FLAG]}, (["x", True], ["x", 1])
        ),
        Change(
            "prefixItems: one more",
            TUPLE,
            {"type": "array", "prefixItems": [TEXT, INTEGER, TEXT]},
            (["x", 1, 1], ["x", 1, "x"]),
        ),
        Change(
            "prefixItems: a limit",
            TUPLE,
            {"type": "array", "prefixItems": [{**TEXT, "maxLength": 1}, INTEGER]},
            (["xx", 1],),
        ),
        Change("prefixItems: nothing else", TUPLE, {**TUPLE, "items": False}, (["x", 1, 2],)),
        Change("contains", LIST, {**LIST, "contains": {"const": "x"}}),
        Change(
            "contains: another",
            {**LIST, "contains": {"const": "x"}},
            {**LIST, "contains": {"const": "y"}},
            (["x"], ["y"]),
        ),
        Change(
            "minContains",
            {**LIST, "contains": {"const": "x"}},
            {**LIST, "contains": {"const": "x"}, "minContains": 2},
            (["x"], ["x", "x"]),
        ),
        Change(
            "maxContains",
            {**LIST, "contains": {"const": "x"}},
            {**LIST, "contains": {"const": "x"}, "maxContains": 1},
            (["x"], ["x", "x"]),
        ),
        Change("minContains alone", LIST, {**LIST, "minContains": 2}),
        Change("unevaluatedItems: false", TUPLE, {**TUPLE, "unevaluatedItems": False}, (["x", 1, 2],)),
    ]


STRUCTURES = (*_properties(), *_keys(), *_conditions(), *_marks(), *_lists())
