"""Values that can only be null, and variants that say that a union may be null."""

from __future__ import annotations

import pytest

from .test_types import field_of


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: 'null'}", "x?: None"),
        ("{enum: [null]}", "x?: None"),
        ("{type: string, nullable: true, enum: [null]}", "x?: None"),
        ("{anyOf: [{type: 'null'}]}", "x?: None"),
        ("{type: string, enum: []}", "x: str"),
        ("{anyOf: [{type: object, nullable: true}, {$ref: '#/components/schemas/Pet'}]}", "x?: Optional[Pet]"),
        ("{anyOf: [{type: object, nullable: true}, {type: string}]}", "x?: Optional[Union[Dict[object], str]]"),
        (
            "{oneOf: [{type: object, nullable: true, properties: {a: {}}}, {type: string}]}",
            "x?: Optional[Union[X, str]]",
        ),
    ],
)
def test_null(schema: str, expected: str) -> None:
    assert field_of(schema) == expected
