"""Schema Objects: every keyword has its field."""

from __future__ import annotations

import pytest

from sdkloom.document.model import MISSING, Bounds, JsonObject, Schema, SchemaRef

from ..documents import parse, ref, schema, schemas


def test_scalars() -> None:
    found = schema(
        "{type: string, format: date, title: Born, description: When, deprecated: true, readOnly: true, "
        "writeOnly: false, contentEncoding: base64, contentMediaType: image/png, contentSchema: {type: integer}}"
    )
    assert found == Schema(
        types=("string",),
        format="date",
        title="Born",
        description="When",
        deprecated=True,
        read_only=True,
        content_encoding="base64",
        content_media_type="image/png",
        content_schema=Schema(types=("integer",)),
    )


def test_absent_is_not_null() -> None:
    assert (schema("{}").default, schema("{}").const) == (MISSING, MISSING)
    found = schema("{default: null, const: null}")
    assert (found.default, found.const) == (None, None)


def test_values() -> None:
    found = schema("{enum: [a, 1, true, null], default: {b: [1.5, {}]}, example: 1, x-extra: {y: [no]}}")
    assert found.enum == ("a", 1, True, None)
    assert found.default == JsonObject((("b", (1.5, JsonObject())),))
    assert found.examples == (1,)
    assert found.extensions == JsonObject((("x-extra", JsonObject((("y", ("no",)),))),))
    assert schema("{examples: [1, [2]]}").examples == (1, (2,))


def test_objects() -> None:
    found = schema(
        "{type: object, required: [b, a], properties: {b: {type: string}, a: true, $ref: {type: integer}}, "
        "additionalProperties: {type: number}, patternProperties: {^x: {}}, propertyNames: {pattern: a}}"
    )
    assert found.required == ("b", "a")
    assert [entry.name for entry in found.properties] == ["b", "a", "$ref"]
    assert found.properties[1].schema == Schema(boolean=True)
    assert found.additional_properties == Schema(types=("number",))
    assert [entry.name for entry in found.pattern_properties] == ["^x"]
    assert found.property_names == Schema(bounds=Bounds(pattern="a"))
    assert schema("{additionalProperties: false}", "3.0.3").additional_properties is False


def test_arrays_and_combinations() -> None:
    found = schema(
        "{type: array, items: {}, prefixItems: [{type: string}], allOf: [{type: object}], "
        "anyOf: [{type: string}, {type: 'null'}], oneOf: [true], not: {}}"
    )
    assert found.items == Schema()
    assert found.prefix_items == (Schema(types=("string",)),)
    assert found.all_of == (Schema(types=("object",)),)
    assert found.any_of == (Schema(types=("string",)), Schema(types=("null",)))
    assert found.one_of == (Schema(boolean=True),)
    assert found.negated == Schema()


def test_bounds() -> None:
    found = schema("{minimum: 1, exclusiveMaximum: 2.5, minLength: 3.0, pattern: '^a', uniqueItems: true}")
    assert found.bounds == Bounds(minimum=1, exclusive_maximum=2.5, min_length=3, pattern="^a", unique_items=True)
    assert schema("{exclusiveMinimum: true}", "3.0.0").bounds.exclusive_minimum is True


def test_type_lists() -> None:
    assert schema("{type: [string, 'null', string]}").types == ("string", "null")
    assert schema("{type: [string, null]}").types == ("string", "null")
    assert schema("{type: string, nullable: true}", "3.0.3").nullable is True


def test_keywords_without_a_field_are_listed() -> None:
    assert schema("{if: {}, then: {}, $dynamicRef: '#x', unevaluatedProperties: false}").unmodelled == (
        "if",
        "then",
        "$dynamicRef",
        "unevaluatedProperties",
    )


def test_places() -> None:
    found = schema("{properties: {a/b~c: {items: {type: string}}}}")
    inner = found.properties[0].schema
    assert isinstance(inner, Schema)
    assert isinstance(inner.items, Schema)
    assert inner.items.pointer == "/components/schemas/It/properties/a~1b~0c/items"
    assert str(inner.items.span) == "api/spec.yaml:4:57"
    assert str(found.properties[0].span) == "api/spec.yaml:4:42"


def test_refs() -> None:
    found = schemas("{A: {$ref: '#/components/schemas/B'}, B: {items: {$ref: '#/components/schemas/B'}}}")
    target = ref(found["A"]).ref
    assert (target.text, target.file) == ("#/components/schemas/B", "api/spec.yaml")
    assert target.target == "api/spec.yaml#/components/schemas/B"


def test_siblings_of_a_ref() -> None:
    text = "{A: {$ref: '#/components/schemas/B', description: d, x-y: 1, nullable: true}, B: {}}"
    siblings = ref(schemas(text)["A"]).siblings
    assert siblings is not None
    assert (siblings.description, siblings.nullable) == ("d", True)
    text = text.replace("nullable: true", "nullable: true, default: x")
    document, codes = parse(f"paths: {{}}\ncomponents: {{schemas: {text}}}\n", "3.0.3")
    assert codes == ["DOC016"]
    assert document is not None
    old = document.schemas[0].schema
    assert isinstance(old, SchemaRef)
    assert old.siblings == Schema(nullable=True, description="d")
    assert old.ref.description == "d"


def test_discriminator() -> None:
    found = schemas(
        "{Cat: {}, cat.v1: {}, Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind, "
        "mapping: {c: Cat, d: '#/components/schemas/Cat', e: cat.v1}, defaultMapping: Cat}}}",
        "3.2.0",
    )["Pet"]
    assert isinstance(found, Schema)
    assert found.discriminator is not None
    assert found.discriminator.property_name == "kind"
    assert found.discriminator.default_mapping is not None
    file = "api/spec.yaml#/components/schemas/"
    assert [(entry.value, entry.target.target) for entry in found.discriminator.mapping] == [
        ("c", f"{file}Cat"),
        ("d", f"{file}Cat"),
        ("e", f"{file}cat.v1"),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("3", ["DOC006"]),
        ("{type: 3}", ["DOC136"]),
        ("{type: [string, [x]]}", ["DOC136"]),
        ("{required: name}", ["DOC136"]),
        ("{properties: {a: }}", ["DOC136"]),
        ("{enum: a}", ["DOC136"]),
        ("{minLength: 1.5}", ["DOC136"]),
        ("{minimum: true}", ["DOC136"]),
        ("{description: {}}", ["DOC136"]),
        ("{discriminator: kind}", ["DOC136"]),
        ("{oneOf: {}}", ["DOC136"]),
        ("{oneOf: {a: {}}}", ["DOC006"]),
        ("{properties: [], items: [{type: string}]}", ["DOC136", "DOC136"]),
        ("{example: 1, default: .inf}", ["DOC023"]),
    ],
)
def test_wrong_shapes(text: str, codes: list[str]) -> None:
    document, found = parse(f"paths: {{}}\ncomponents: {{schemas: {{It: {text}}}}}\n")
    assert document is not None
    assert found == codes


def test_boolean_schemas_are_new() -> None:
    assert parse("paths: {}\ncomponents: {schemas: {It: {items: true}}}\n", "3.0.3")[1] == ["DOC006"]
