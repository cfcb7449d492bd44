"""Sample arguments: valid for their schema, the same in every run, never endless."""

from __future__ import annotations

import ast
import json
from typing import Any

import jsonschema_rs
import pytest
import yaml

from sdkloom.ir.definitions import Definition
from sdkloom.ir.resources import JsonLike, JsonMapping, MethodParam
from sdkloom.ir.types import FileType, ListType, OptionalType, Primitive, Scalar, TypeExpr, TypeName
from sdkloom.python.samples import sample_text

from ...lowering import lower_text

SCHEMAS = """
Pet: {type: object, required: [name], properties: {name: {type: string}, friend: {$ref: "#/components/schemas/Pet"}}}
Endless: {type: object, required: [next], properties: {next: {$ref: "#/components/schemas/Endless"}}}
Tree:
  anyOf:
    - {type: object, required: [left], properties: {left: {$ref: "#/components/schemas/Tree"}}}
    - {type: integer}
Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
Dog: {type: object, required: [kind, bark], properties: {kind: {type: string}, bark: {type: integer}}}
Animal:
  oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
  discriminator: {propertyName: kind, mapping: {feline: "#/components/schemas/Cat", d: "#/components/schemas/Dog"}}
Unmapped:
  oneOf: [{$ref: "#/components/schemas/Dog"}, {$ref: "#/components/schemas/Cat"}]
  discriminator: {propertyName: kind}
Base: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
Owl: {allOf: [{$ref: "#/components/schemas/Base"}, {properties: {night: {type: boolean}}}]}
Crow: {allOf: [{$ref: "#/components/schemas/Base"}]}
Bird: {oneOf: [{$ref: "#/components/schemas/Owl"}, {$ref: "#/components/schemas/Crow"}]}
Self: {anyOf: [{$ref: "#/components/schemas/Self"}, {type: string}]}
"""

DOCUMENT = """
paths:
  /pets:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: %s
              properties: {value: %s}
            examples: {one: {value: %s}}
      responses: {"204": {description: Done.}}
components:
  schemas:
"""

VALID = [
    "{type: string}",
    "{type: string, minLength: 12}",
    "{type: string, maxLength: 3}",
    '{type: string, pattern: "^[a-z]{2,}$", minLength: 30}',
    '{type: string, pattern: "^[0-9]+$", minLength: 4}',
    '{type: string, pattern: "^[A-Z]{3}$"}',
    r"{type: string, pattern: '^AC[0-9a-fA-F]{32}$'}",
    r"{type: string, pattern: '^arn:aws:(sns|sqs):[a-z-]+-\d:\d{12}:\S+$', minLength: 60}",
    r"{type: string, pattern: '^[^\s@]+@[a-z]+\.(?:com|org)$'}",
    r"{type: string, pattern: '^(?=.*a)(?<head>\w{2,})\x2D\u0041?\.[.]{3}$', maxLength: 12}",
    r"{type: string, pattern: '^(?!a)[\w$]{1,5}$'}",
    r"{type: string, format: decimal, pattern: '^-?\d{0,1}(?:\.\d{0,3})?$'}",
    '{type: string, pattern: "^[0-9a-f]+$", minLength: 40, maxLength: 40}',
    '{type: string, pattern: "[A-Z][a-z]?", minLength: 24, maxLength: 24}',
    r"{type: string, pattern: '^(|none)|x$', maxLength: 8}",
    r"{type: string, pattern: '^[\p{Lu}\d_]+$'}",
    r"{type: string, pattern: '^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)\S{8,}$'}",
    '{type: string, format: date, pattern: "^[0-9-]{10}$"}',
    "{type: string, format: date-time}",
    "{type: string, format: date}",
    "{type: string, format: uuid}",
    "{type: string, format: email}",
    "{type: string, format: uri}",
    "{type: string, format: ipv6}",
    "{type: string, enum: [b, a]}",
    "{const: 3}",
    "{type: integer, minimum: 7}",
    "{type: integer, maximum: -2}",
    "{type: integer, exclusiveMinimum: 4, multipleOf: 5}",
    "{type: integer, minimum: 11, maximum: 19, multipleOf: 6}",
    "{type: number, exclusiveMinimum: 0, maximum: 0.75}",
    "{type: number, minimum: 0, exclusiveMaximum: 1}",
    "{type: number, multipleOf: 0.25, minimum: 2}",
    "{type: boolean}",
    "{type: [string, 'null']}",
    "{type: array, items: {type: integer}, minItems: 3}",
    "{type: array, items: {type: string}, maxItems: 0}",
    "{type: array, prefixItems: [{type: integer}, {type: string}], minItems: 2, items: false}",
    "{type: object, additionalProperties: {type: integer}, minProperties: 1}",
    "{type: object, minProperties: 1, properties: {a: {type: string}, b: {type: string}}}",
    "{type: object, properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [b]}, {required: [a]}]}",
    "{allOf: [{type: object, required: [a], properties: {a: {type: integer}}}, {required: [b], properties: {b: {}}}]}",
    "{anyOf: [{type: object, required: [x], properties: {x: {type: string}}}, {type: string}]}",
    '{$ref: "#/components/schemas/Pet"}',
    '{$ref: "#/components/schemas/Tree"}',
    '{$ref: "#/components/schemas/Animal"}',
    '{$ref: "#/components/schemas/Self"}',
    '{type: array, items: {$ref: "#/components/schemas/Endless"}}',
    '{type: object, properties: {a: {$ref: "#/components/schemas/Endless"}}}',
    '{oneOf: [{$ref: "#/components/schemas/Endless"}, {type: "null"}]}',
    "{}",
]


def parameter(schema: str, *, required: bool, example: str = "1") -> MethodParam:
    schemas = "\n".join(f"    {line}" for line in SCHEMAS.strip().splitlines())
    api = lower_text(DOCUMENT % ("[value]" if required else "[]", schema, example) + schemas).ok
    return api.resources[0].methods[0].params[0]


def plain(value: JsonLike) -> Any:
    if isinstance(value, JsonMapping):
        return {name: plain(item) for name, item in value.items}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize("required", [True, False], ids=["required", "optional"])
@pytest.mark.parametrize("schema", VALID)
def test_samples_are_valid(schema: str, required: bool) -> None:
    sample = plain(parameter(schema, required=required).sample)
    whole = {**yaml.safe_load(schema), "components": {"schemas": yaml.safe_load(SCHEMAS)}}
    validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    assert validator.is_valid(sample), sample


def test_required_parameters_get_the_least_and_others_everything() -> None:
    schema = '{$ref: "#/components/schemas/Pet"}'
    assert plain(parameter(schema, required=True).sample) == {"name": "name"}
    assert plain(parameter(schema, required=False).sample) == {"name": "name"}
    schema = "{type: object, required: [a], properties: {a: {type: integer}, b: {type: integer}}}"
    assert plain(parameter(schema, required=True).sample) == {"a": 1}
    assert plain(parameter(schema, required=False).sample) == {"a": 1, "b": 1}


def test_read_only_properties_are_not_sent() -> None:
    schema = "{type: object, required: [a, b], properties: {a: {type: integer}, b: {type: integer, readOnly: true}}}"
    assert plain(parameter(schema, required=True).sample) == {"a": 1}


@pytest.mark.parametrize(
    ("schema", "example", "sample"),
    [
        ("{type: string}", "{value: from the body}", "from the body"),
        ("{type: string, examples: [from the schema]}", "{}", "from the schema"),
        ("{type: string, default: the default}", "{}", "the default"),
        ("{type: integer, example: 5}", "{value: not a number}", 5),
        ("{type: string, enum: [a, b], example: c}", "{}", "a"),
        ("{type: string, format: date, example: '2015-10-11Z'}", "{}", "2024-02-29"),
        ("{type: string, format: date, example: '2015-10-11'}", "{}", "2015-10-11"),
        ("{type: string, format: date-time, example: '2015-10-11'}", "{}", "2024-02-29T12:30:00Z"),
        (
            "{type: string, format: date-time, example: '2015-10-11T08:09:10.5+02:00'}",
            "{}",
            "2015-10-11T08:09:10.5+02:00",
        ),
        ("{type: string, format: uuid, example: '12'}", "{}", "182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e"),
        ("{type: array, items: {type: string}, example: [1]}", "{}", ["value"]),
        ("{type: boolean, example: 1}", "{}", True),
        ("{type: object, properties: {a: {type: string}}, example: {a: b, undeclared: c}}", "{}", {}),
        ("{type: object, properties: {a: {type: string, readOnly: true}}, example: {a: b}}", "{}", {}),
        ("{type: object, properties: {a: {type: string}}, example: {a: b}}", "{}", {"a": "b"}),
        (
            "{type: object, properties: {a: {type: string}}, additionalProperties: true, example: {a: b, c: d}}",
            "{}",
            {"a": "b", "c": "d"},
        ),
    ],
)
def test_examples_that_fit_come_first(schema: str, example: str, sample: object) -> None:
    assert plain(parameter(schema, required=True, example=example).sample) == sample


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("Animal", {"kind": "feline"}),
        ("Unmapped", {"kind": "Dog", "bark": 1}),
        ("Base", {"kind": "Owl"}),
        ("Bird", {"kind": "Owl"}),
    ],
)
def test_variants_have_their_tag(schema: str, expected: object) -> None:
    sample = parameter(f'{{$ref: "#/components/schemas/{schema}"}}', required=True).sample
    assert plain(sample) == expected


def test_samples_are_no_part_of_the_meaning() -> None:
    one = parameter("{type: string, minLength: 1}", required=True)
    two = parameter("{type: string, minLength: 30}", required=True)
    assert one.sample != two.sample
    assert one == two


@pytest.mark.parametrize(
    ("sample", "type", "text"),
    [
        ("a", Scalar(Primitive.STR), '"a"'),
        ("a", FileType(), "b'a'"),
        (("a",), ListType(FileType()), "[b'a']"),
        ("a", OptionalType(Scalar(Primitive.BYTES)), "b'a'"),
        (JsonMapping((("class", None),)), Scalar(Primitive.OBJECT), '{"class": None}'),
    ],
)
def test_source(sample: JsonLike, type: TypeExpr, text: str) -> None:
    definitions: dict[TypeName, Definition] = {}
    assert ast.literal_eval(sample_text(sample, type, definitions)) == ast.literal_eval(text)


def test_samples_can_be_written_as_json() -> None:
    for schema in VALID:
        json.dumps(plain(parameter(schema, required=False).sample), allow_nan=False)


@pytest.mark.parametrize(
    "schema",
    [
        "{type: integer, multipleOf: 1.0e-320}",
        f"{{type: number, minimum: {10**400}, multipleOf: 0.5}}",
        "{type: string, minLength: 1000000000}",
        "{type: array, minItems: 1000000000, items: {type: string}}",
        "{type: string, pattern: '^(a|a)*b$'}",
        "{type: string, pattern: '^a*a*a*a*a*a*a*a*a*b$', minLength: 40}",
        r"{type: string, pattern: '^(\w|-)*!$'}",
    ],
)
def test_absurd_bounds_cost_little(schema: str) -> None:
    assert len(repr(parameter(schema, required=True).sample)) < 10_000
