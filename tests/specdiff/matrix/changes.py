"""What can become of a schema: a keyword comes, goes or has another value. Each is tried both ways."""

from __future__ import annotations

from typing import Any

from .schemas import ANY_PET, CAT, DOG, ELK, ENUM, FLAG, INTEGER, LIST, MAP, NULL, NUMBER, PAIR, PET, TEXT, Change, Json
from .structures import STRUCTURES


def _types() -> list[Change]:
    kinds = {"text": TEXT, "integer": INTEGER, "flag": FLAG, "list": LIST, "object": PAIR, "map": MAP}
    names = list(kinds)
    found = [
        Change(f"{one} → {other}", kinds[one], kinds[other])
        for position, one in enumerate(names)
        for other in names[position + 1 :]
    ]
    return [
        *found,
        Change("integer → number", INTEGER, NUMBER),
        Change("text → anything", TEXT, {}),
        Change("object → any object", PAIR, {"type": "object"}),
        Change("text → text or integer", TEXT, {"type": ["string", "integer"]}),
        Change("text → text or list", TEXT, {"anyOf": [TEXT, LIST]}),
        Change("text → nothing", TEXT, {"not": {}}, is_undecided=True),
    ]


def _null(name: str, schema: Json) -> list[Change]:
    kind = schema.get("type")
    spellings = {
        "anyOf": {"anyOf": [schema, NULL]},
        "oneOf": {"oneOf": [schema, NULL]},
        "nullable": {**schema, "nullable": True},
    }
    if "enum" not in schema:
        spellings["type"] = {**schema, "type": [kind, "null"]}
    else:
        spellings["nullable"] = {**spellings["nullable"], "enum": [*schema["enum"], None]}
        spellings["type"] = {**schema, "type": [kind, "null"], "enum": [*schema["enum"], None]}
    ways = list(spellings)
    return [
        *(Change(f"{name}: null by {way}", schema, spellings[way]) for way in ways),
        *(
            Change(f"{name}: null by {one} → by {other}", spellings[one], spellings[other])
            for one, other in zip(ways, ways[1:])
        ),
    ]


def _values() -> list[Change]:
    def enum(*values: Any) -> Json:
        return {"type": "string", "enum": list(values)}

    return [
        Change("enum: a value more", ENUM, enum("cat", "dog", "elk", "fox")),
        Change("enum: another value", ENUM, enum("cat", "dog", "moose")),
        Change("enum: a value in other letters", ENUM, enum("cat", "dog", "ELK")),
        Change("enum: another order", ENUM, enum("elk", "dog", "cat")),
        Change("text → enum", TEXT, ENUM),
        Change("enum → const", ENUM, {"type": "string", "const": "cat"}),
        Change("const → enum of one", {"const": "cat"}, {"enum": ["cat"]}),
        Change("another const", {"const": "cat"}, {"const": "dog"}),
        Change("const: a text → a number", {"const": "1"}, {"const": 1}),
        Change("enum → oneOf of const", ENUM, {"oneOf": [{"const": value} for value in ENUM["enum"]]}),
        Change("enum → anyOf of const", ENUM, {"anyOf": [{"const": value, **TEXT} for value in ENUM["enum"]]}),
        Change("enum → enum or text", ENUM, {"anyOf": [ENUM, TEXT]}),
        Change(
            "known values: one more",
            {"anyOf": [ENUM, TEXT]},
            {"anyOf": [enum("cat", "dog", "elk", "fox"), TEXT]},
            is_undecided=True,
        ),
        Change("enum of numbers: one more", {"enum": [1, 2]}, {"enum": [1, 2, 3]}),
        Change("enum without type", ENUM, {"enum": ENUM["enum"]}),
        Change(
            "enum: a value deprecated",
            {"oneOf": [{"const": "cat"}, {"const": "dog"}]},
            {"oneOf": [{"const": "cat"}, {"const": "dog", "deprecated": True}]},
        ),
    ]


def _limits() -> list[Change]:
    found: list[Change] = []
    for base, keyword, one, other in (
        (TEXT, "minLength", 2, 3),
        (TEXT, "maxLength", 9, 4),
        (TEXT, "pattern", "^c", "^ca"),
        (INTEGER, "minimum", 2, 3),
        (INTEGER, "maximum", 9, 5),
        (INTEGER, "exclusiveMinimum", 2, 3),
        (INTEGER, "exclusiveMaximum", 9, 5),
        (INTEGER, "multipleOf", 2, 4),
        (NUMBER, "minimum", 0.5, 1.5),
        (NUMBER, "exclusiveMaximum", 9.5, 5.5),
        (LIST, "minItems", 1, 2),
        (LIST, "maxItems", 3, 2),
        (LIST, "uniqueItems", True, None),
        (MAP, "minProperties", 1, 2),
        (MAP, "maxProperties", 3, 2),
        (PAIR, "minProperties", 2, None),
        (PAIR, "maxProperties", 1, None),
    ):
        found.append(Change(f"{base['type']}: {keyword}", base, {**base, keyword: one}))
        if other is not None:
            found.append(
                Change(
                    f"{base['type']}: closer {keyword}",
                    {**base, keyword: one},
                    {**base, keyword: other},
                    is_undecided=keyword == "pattern",
                )
            )
    return [
        *found,
        Change("another pattern", {**TEXT, "pattern": "^c"}, {**TEXT, "pattern": "^d"}, is_undecided=True),
        Change("minLength 0", TEXT, {**TEXT, "minLength": 0}),
        Change("minItems 0, uniqueItems false", LIST, {**LIST, "minItems": 0, "uniqueItems": False}),
        Change("minimum 1 → exclusiveMinimum 0", {**INTEGER, "minimum": 1}, {**INTEGER, "exclusiveMinimum": 0}),
        Change("minimum → exclusiveMinimum", {**NUMBER, "minimum": 1}, {**NUMBER, "exclusiveMinimum": 1}),
        Change("a limit of another kind", TEXT, {**TEXT, "maximum": 3}),
        Change("a limit in allOf", {**TEXT, "maxLength": 4}, {"allOf": [TEXT, {"maxLength": 4}]}),
        Change("a limit comes in allOf", TEXT, {"allOf": [TEXT, {"maxLength": 4}]}),
        Change("a limit beside null", {"anyOf": [TEXT, NULL]}, {"anyOf": [{**TEXT, "maxLength": 4}, NULL]}),
        Change(
            "a limit moves into anyOf",
            {"type": ["string", "null"], "maxLength": 4},
            {"anyOf": [{**TEXT, "maxLength": 4}, NULL]},
        ),
        Change("a limit of a variant", {"anyOf": [TEXT, LIST]}, {"anyOf": [{**TEXT, "maxLength": 4}, LIST]}),
        Change(
            "a limit of one of two texts",
            {"anyOf": [{**TEXT, "maxLength": 2}, {**TEXT, "minLength": 5}]},
            {"anyOf": [{**TEXT, "maxLength": 2}, {**TEXT, "minLength": 4}]},
            is_undecided=True,
        ),
    ]


def _compositions() -> list[Change]:
    moose = {**ELK, "title": "Moose"}
    return [
        Change("anyOf of one", TEXT, {"anyOf": [TEXT]}),
        Change("oneOf of one", PAIR, {"oneOf": [PAIR]}),
        Change("allOf of one", PAIR, {"allOf": [PAIR]}),
        Change("allOf of one enum", ENUM, {"allOf": [ENUM]}),
        Change("allOf: {}", TEXT, {"allOf": [TEXT, {}]}),
        Change("anyOf → oneOf of what is apart", {"anyOf": [TEXT, INTEGER]}, {"oneOf": [TEXT, INTEGER]}),
        Change("anyOf → oneOf of what isn't", {"anyOf": [NUMBER, INTEGER]}, {"oneOf": [NUMBER, INTEGER]}),
        Change("types → anyOf", {"type": ["string", "integer"]}, {"anyOf": [TEXT, INTEGER]}),
        Change("anyOf: a variant more", ANY_PET, {"anyOf": [CAT, DOG, ELK]}),
        Change("anyOf: another variant", {"anyOf": [CAT, DOG]}, {"anyOf": [CAT, ELK]}),
        Change("anyOf: another order", {"anyOf": [CAT, DOG]}, {"anyOf": [DOG, CAT]}),
        Change("anyOf: scalars in another order", {"anyOf": [TEXT, INTEGER]}, {"anyOf": [INTEGER, TEXT]}),
        Change("anyOf: a class of another title", {"anyOf": [CAT, ELK]}, {"anyOf": [CAT, moose]}),
        Change("oneOf with tags: a variant more", PET, {**PET, "oneOf": [CAT, DOG, ELK]}),
        Change("oneOf with tags: another order", PET, {**PET, "oneOf": [DOG, CAT]}),
        Change("a discriminator comes", {"oneOf": [CAT, DOG]}, PET),
        Change(
            "a variant has a limit",
            {"anyOf": [CAT, {"type": "object", "properties": {"b": TEXT}}]},
            {"anyOf": [CAT, {"type": "object", "properties": {"b": {**TEXT, "maxLength": 4}}}]},
        ),
        Change("one variant stays", ANY_PET, CAT),
        Change("object → object or text", PAIR, {"anyOf": [PAIR, TEXT]}),
        Change("not: a value", TEXT, {**TEXT, "not": {"const": "x"}}),
        Change(
            "not: another value",
            {**TEXT, "not": {"const": "x"}},
            {**TEXT, "not": {"const": "y"}},
            ("x", "y"),
            is_undecided=True,
        ),
        Change(
            "not: more values",
            {**TEXT, "not": {"enum": ["x"]}},
            {**TEXT, "not": {"enum": ["x", "y"]}},
            ("y",),
            is_undecided=True,
        ),
    ]


def _annotations() -> list[Change]:
    encoded = {"contentMediaType": "application/json"}
    return [
        *(
            Change(f"format: {name}", TEXT, {**TEXT, "format": name})
            for name in ("date-time", "date", "uuid", "email", "byte", "binary", "uri", "own")
        ),
        Change("format: another", {**TEXT, "format": "uuid"}, {**TEXT, "format": "email"}),
        Change("format: date → date-time", {**TEXT, "format": "date"}, {**TEXT, "format": "date-time"}),
        Change("format: int64", INTEGER, {**INTEGER, "format": "int64"}),
        Change("format: double", NUMBER, {**NUMBER, "format": "double"}),
        Change("default: a text", TEXT, {**TEXT, "default": "x"}),
        Change("default: another", {**TEXT, "default": "x"}, {**TEXT, "default": "y"}),
        Change("default: a number", INTEGER, {**INTEGER, "default": 3}),
        Change("default: null", {"type": ["string", "null"]}, {"type": ["string", "null"], "default": None}),
        Change("default: a value of an enum", ENUM, {**ENUM, "default": "dog"}),
        Change("default: a list", LIST, {**LIST, "default": ["x"]}),
        Change("deprecated", TEXT, {**TEXT, "deprecated": True}),
        Change("deprecated object", PAIR, {**PAIR, "deprecated": True}),
        Change("readOnly value", TEXT, {**TEXT, "readOnly": True}),
        Change("writeOnly value", TEXT, {**TEXT, "writeOnly": True}),
        Change("contentMediaType", TEXT, {**TEXT, **encoded}),
        Change("contentMediaType: another", {**TEXT, **encoded}, {**TEXT, "contentMediaType": "text/html"}),
        Change("contentEncoding", TEXT, {**TEXT, "contentEncoding": "base64"}),
        Change(
            "contentEncoding: another", {**TEXT, "contentEncoding": "base64"}, {**TEXT, "contentEncoding": "base16"}
        ),
        Change("contentSchema", {**TEXT, **encoded}, {**TEXT, **encoded, "contentSchema": PAIR}),
        Change("description", TEXT, {**TEXT, "description": "A text."}),
        Change("description: another", {**PAIR, "description": "A pair."}, {**PAIR, "description": "Two."}),
        Change("title", TEXT, {**TEXT, "title": "Text"}),
        Change("title of an object", PAIR, {**PAIR, "title": "Couple"}),
        Change("examples", TEXT, {**TEXT, "examples": ["x"]}),
        Change("$comment", TEXT, {**TEXT, "$comment": "Why."}),
        Change("an extension", TEXT, {**TEXT, "x-cost": 1}),
        Change("externalDocs", PAIR, {**PAIR, "externalDocs": {"url": "https://zoo.example/docs"}}),
        Change("$defs", PAIR, {**PAIR, "$defs": {"Y": TEXT}}),
        Change("xml", PAIR, {**PAIR, "xml": {"name": "pair"}}),
        Change("a list of one type", TEXT, {"type": ["string"]}),
        Change("keys in another order", PAIR, dict(reversed(PAIR.items()))),
    ]


CHANGES: tuple[Change, ...] = tuple(
    change
    for group in (
        _types(),
        *(_null(name, schema) for name, schema in (("text", TEXT), ("object", PAIR), ("list", LIST), ("enum", ENUM))),
        _values(),
        _limits(),
        STRUCTURES,
        _compositions(),
        _annotations(),
    )
    for there in group
    for change in (there, there.back)
)
