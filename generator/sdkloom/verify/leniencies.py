"""Leniencies: what the generated classes accept on purpose beyond the schema, each as a change of schemas."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from . import known_differences
from .known_differences import KnownDifference
from .schemas import UNIONS, Json, JsonObject, LocatedSchema, Schemas, as_list, as_object, is_null, most_telling

SchemaChange = Callable[[JsonObject, Schemas], JsonObject]
"""Takes one schema and gives one that allows more."""

_BOUNDS = {
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
}
_UNSAID = {
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "not",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
}
_NAMES = {"properties", "patternProperties"}
"""Keywords below which stand names, not keywords."""

_DATA = {"const", "default", "enum", "example", "examples"}
"""Keywords whose values are no schemas."""

_DEPTH = 8
"""So many refs are followed to see whether null is allowed."""


def _without(keys: set[str]) -> SchemaChange:
    return lambda schema, schemas: {key: value for key, value in schema.items() if key not in keys}


def _null_for_optional(schema: JsonObject, schemas: Schemas) -> JsonObject:
    properties, required = as_object(schema.get("properties")), as_list(schema.get("required"))
    if not properties:
        return schema
    loose = {name: each if name in required else _or_null(each) for name, each in properties.items()}
    return {**schema, "properties": loose}


def _missing_nullable(schema: JsonObject, schemas: Schemas) -> JsonObject:
    """A part of an `allOf` may require what another one declares."""
    declared = {
        name: most_telling(each).schema for name, each in schemas.properties(LocatedSchema("#", schema)).items()
    }

    def loose(part: JsonObject) -> JsonObject:
        required = [name for name in as_list(part.get("required")) if not allows_null(declared.get(name), schemas)]
        return {**part, "required": required} if "required" in part else part

    parts = [loose(as_object(part)) for part in as_list(schema.get("allOf"))]
    return loose({**schema, "allOf": parts} if parts else schema)


def _write_only(schema: JsonObject, schemas: Schemas) -> JsonObject:
    """Parts of an `allOf` may require what another one declares, too."""
    declared = schemas.properties(LocatedSchema("#", schema))
    hidden = {name for name, places in declared.items() if any(schemas.says(each, "writeOnly") for each in places)}

    def loose(part: JsonObject) -> JsonObject:
        properties = {name: each for name, each in as_object(part.get("properties")).items() if name not in hidden}
        required = [name for name in as_list(part.get("required")) if name not in hidden]
        return {**part, "properties": properties, "required": required}

    if not hidden:
        return schema
    parts = [loose(as_object(part)) for part in as_list(schema.get("allOf"))]
    return loose({**schema, "allOf": parts} if parts else schema)


def _free_object(schema: JsonObject, schemas: Schemas) -> JsonObject:
    declares = {"additionalProperties", "patternProperties", "allOf", "enum", "const", *UNIONS}
    kinds = schema.get("type")
    is_object = kinds == "object" or (isinstance(kinds, list) and set(as_list(kinds)) == {"object", "null"})
    return {} if is_object and not schema.get("properties") and not declares & schema.keys() else schema


def _only_null(schema: JsonObject, schemas: Schemas) -> JsonObject:
    properties = as_object(schema.get("properties"))
    if not any(is_null(as_object(each)) for each in properties.values()):
        return schema
    return {
        **schema,
        "properties": {name: {} if is_null(as_object(each)) else each for name, each in properties.items()},
    }


def _folded(schema: JsonObject, schemas: Schemas) -> JsonObject:
    """One object with the keys of all alternatives, none of which is required."""
    place = LocatedSchema("#", schema)
    variants = [member for part in schemas.parts(place) for member in schemas.variants(part)]
    own = schemas.properties(place)
    if not variants or not own:
        return schema
    declared = {name: each for member in variants for name, each in schemas.properties(member).items()} | own
    properties = {name: most_telling(each).schema for name, each in declared.items()}
    return {"type": "object", "properties": properties, "required": sorted(schemas.required(place))}


def _extra_keys(schema: JsonObject, schemas: Schemas) -> JsonObject:
    return (
        _without({"additionalProperties"})(schema, schemas) if schema.get("additionalProperties") is False else schema
    )


def _unsaid(schema: JsonObject, schemas: Schemas) -> JsonObject:
    positions = {"items"} if "prefixItems" in schema else set[str]()  # `items` is about what follows
    return _without(_UNSAID | positions)(schema, schemas)


LENIENCIES: dict[KnownDifference, SchemaChange] = {
    known_differences.WRITE_ONLY_KEY: _write_only,
    known_differences.BOUNDS: _without(_BOUNDS),
    known_differences.NULL_FOR_OPTIONAL: _null_for_optional,
    known_differences.MISSING_NULLABLE: _missing_nullable,
    known_differences.FREE_OBJECT: _free_object,
    known_differences.ONLY_NULL: _only_null,
    known_differences.EXTRA_KEYS: _extra_keys,
    known_differences.FOLDED_PAYLOAD: _folded,
    known_differences.UNSAID: _unsaid,
}
"""In the order in which they are tried."""


ROOT = "urn:sdkloom:document"
"""The name of the document in the refs of relaxed schemas."""


def relaxed(node: JsonObject, changes: list[SchemaChange], schemas: Schemas) -> JsonObject:
    """A schema, or all of a document, with `changes`. `oneOf` asks for one variant that fits, not for exactly one."""

    def change(node: Json, is_names: bool = False) -> Json:
        if isinstance(node, list):
            return [change(item) for item in cast("list[Json]", node)]
        if not isinstance(node, dict):
            return node
        found = cast("JsonObject", node)
        is_ref = not is_names and isinstance(found.get("$ref"), str)
        for each in changes if not is_names and not is_ref else ():
            found = each(found, schemas)
        found = {
            key: value if key in _DATA and not is_names else change(value, key in _NAMES and not is_names)
            for key, value in found.items()
        }
        if is_ref:
            return {**found, "$ref": f"{ROOT}{found['$ref']}"}
        return found if is_names else _modern(_any_of(found))

    return as_object(change(node))


def allows_null(schema: Json, schemas: Schemas) -> bool:
    """Whether null is a value of a property; one without a schema may be anything."""
    level = [schema]
    seen: set[int] = set()
    for _ in range(_DEPTH):
        if any(as_object(each).get("nullable") is True for each in level):  # beside a `$ref`, too
            return True
        followed = [schemas.followed("#", as_object(each)) for each in level if each is not None]
        places = {id(place.schema): place for place in followed if place is not None}
        if any(_is_null_among(place.schema) for place in places.values()):
            return True
        level = [member for key, place in places.items() if key not in seen for member in _same_value(place.schema)]
        seen |= places.keys()
    return any(as_object(each).get("nullable") is True for each in level)


def _is_null_among(schema: JsonObject) -> bool:
    """Whether a schema itself says that null is a value."""
    listed = [*as_list(schema.get("enum")), *(None for kind in as_list(schema.get("type")) if kind == "null")]
    return schema.get("nullable") is True or is_null(schema) or None in listed


def _same_value(schema: JsonObject) -> list[Json]:
    """The variants of a schema, or the only part of it."""
    parts = as_list(schema.get("allOf"))
    return [member for key in UNIONS for member in as_list(schema.get(key))] + (parts if len(parts) == 1 else [])


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"enum": [None]}]}


def _modern(schema: JsonObject) -> JsonObject:
    """A schema of OpenAPI 3.0 in the words of JSON Schema: `nullable`, and bounds that are switches."""
    changed = dict(schema)
    for switch, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(changed.get(switch), bool):
            exclusive = changed.pop(switch)
            if exclusive and bound in changed:
                changed[switch] = changed.pop(bound)
    if changed.pop("nullable", False) is True:
        return as_object(_or_null(changed))
    return changed


def _any_of(schema: JsonObject) -> JsonObject:
    if "oneOf" not in schema:
        return schema
    changed = {key: value for key, value in schema.items() if key != "oneOf"}
    return {**changed, "allOf": [*as_list(changed.get("allOf")), {"anyOf": schema["oneOf"]}]}
