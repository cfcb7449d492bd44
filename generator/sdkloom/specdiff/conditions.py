"""What stands under `if`, `contains` and other keywords that no Python type can express, as schemas."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from ..diagnostics.span import NOWHERE
from ..document.model import Bounds, JsonObject, JsonValue, Property, Ref, Schema, SchemaOrRef, SchemaRef

SCHEMAS = frozenset({"if", "then", "else", "contains", "unevaluatedItems", "unevaluatedProperties"})
"""Conditions that are schemas."""
DEPENDENT = frozenset({"dependentRequired", "dependentSchemas", "dependencies"})
"""Conditions by the name of a key: what must be there with it, or a schema. `dependencies` was both in draft 7."""

_CONDITIONS = SCHEMAS | DEPENDENT | {"minContains", "maxContains"}


def schemas_in(conditions: JsonObject, file: str) -> Iterator[SchemaOrRef]:
    """Return the schemas that stand in conditions of a file."""
    for key, value in conditions.items:
        if key in SCHEMAS:
            yield schema_of(value, file)
        elif key in DEPENDENT and isinstance(value, JsonObject):
            yield from (schema_of(inner, file) for _, inner in value.items)


def schema_of(value: JsonValue, file: str) -> SchemaOrRef:
    """Return the schema that a JSON value describes. What is none asks nothing."""
    if not isinstance(value, JsonObject):
        return Schema(boolean=value if isinstance(value, bool) else None)
    given = dict(value.items)
    ref = given.pop("$ref", None)
    if isinstance(ref, str):
        path, _, pointer = ref.partition("#")
        at = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
        siblings = _schema(given, file) if given else None
        return SchemaRef(ref=Ref(text=ref, file=at, target=f"{at}#{pointer}", span=NOWHERE), siblings=siblings)
    return _schema(given, file)


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(map(str.capitalize, tail))


_BOUNDS = {_camel(name): name for name in attrs.fields_dict(Bounds)}
_ONE = {"items": "items", "propertyNames": "property_names", "not": "negated", "contentSchema": "content_schema"}
_SEVERAL = {"allOf": "all_of", "anyOf": "any_of", "oneOf": "one_of", "prefixItems": "prefix_items"}
_NAMED = {"properties": "properties", "patternProperties": "pattern_properties"}
_TEXTS = {"contentEncoding": "content_encoding", "contentMediaType": "content_media_type", "format": "format"}


def _schema(given: Mapping[str, JsonValue], file: str) -> Schema:
    fields: dict[str, Any] = {}
    bounds: dict[str, Any] = {}
    for key, value in given.items():
        if key in _BOUNDS and isinstance(value, str if key == "pattern" else (int, float)):
            bounds[_BOUNDS[key]] = value
        elif key == "type":
            listed = value if isinstance(value, tuple) else (value,)
            fields["types"] = tuple(each for each in listed if isinstance(each, str))
        elif key in _ONE:
            fields[_ONE[key]] = schema_of(value, file)
        elif key == "additionalProperties":
            fields["additional_properties"] = value if isinstance(value, bool) else schema_of(value, file)
        elif key in _SEVERAL and isinstance(value, tuple):
            fields[_SEVERAL[key]] = tuple(schema_of(inner, file) for inner in value)
        elif key in _NAMED and isinstance(value, JsonObject):
            found = (Property(name=name, schema=schema_of(inner, file)) for name, inner in value.items)
            fields[_NAMED[key]] = tuple(found)
        elif key in _TEXTS and isinstance(value, str):
            fields[_TEXTS[key]] = value
        elif key == "required" and isinstance(value, tuple):
            fields[key] = tuple(each for each in value if isinstance(each, str))
        elif key == "nullable":
            fields[key] = value is True
        elif key == "const" or (key == "enum" and isinstance(value, tuple)):
            fields[key] = value
    conditions = JsonObject(tuple((key, value) for key, value in given.items() if key in _CONDITIONS))
    return Schema(**fields, bounds=Bounds(**bounds), conditions=conditions, span=attrs.evolve(NOWHERE, file=file))
