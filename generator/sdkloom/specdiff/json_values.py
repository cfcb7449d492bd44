"""Values that schemas list, and conditions, as comparable data."""

from __future__ import annotations

import json
from collections.abc import Iterator

import attrs

from ..document.json_kinds import kind_of
from ..document.model import MISSING, JsonObject, JsonValue, Schema, SchemaOrRef


def constants(node: SchemaOrRef) -> tuple[JsonValue, ...] | None:
    """Return the values that a schema lists, itself or by a union of constants, if it says nothing else."""
    if not isinstance(node, Schema):
        return None
    if node.const is MISSING and node.enum is None:
        return _of_union(node)
    bare = attrs.evolve(
        node,
        const=MISSING,
        enum=None,
        types=(),
        nullable=None,
        title=None,
        description=None,
        examples=(),
        deprecated=False,
        default=MISSING,
        extensions=JsonObject(),
    )
    if bare != Schema():
        return None
    values = node.enum if node.enum is not None else ()
    return values if node.const is MISSING else (node.const,)


def _of_union(schema: Schema) -> tuple[JsonValue, ...] | None:
    members = schema.any_of or schema.one_of
    bare = attrs.evolve(schema, any_of=(), one_of=(), title=None, description=None, extensions=JsonObject())
    found = [constants(member) for member in members]
    if not members or bare != Schema() or None in found:
        return None
    return tuple(value for values in found for value in values or ())


def text_of(value: JsonValue) -> str:
    """Return a value as a text with its kind, which tells `true` from `1`."""
    if isinstance(value, (tuple, JsonObject)):
        return f"{kind_of(value)} {value!r}"
    return "null" if value is None else f"{kind_of(value)} {json.dumps(value, ensure_ascii=False)}"


_NO_CONDITIONS = frozenset(
    {"title", "description", "$comment", "example", "examples", "externalDocs", "xml", "default", "deprecated"}
    | {"discriminator"}
)
"""Keywords that ask nothing of values."""
_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas", "dependencies", "$defs"})
"""Keywords below which stand names, and below these schemas."""
_LISTS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_SCHEMAS = frozenset(
    {"items", "additionalProperties", "contains", "not", "if", "then", "else", "propertyNames", "contentSchema"}
    | {"unevaluatedItems", "unevaluatedProperties"}
)
_ALWAYS_KEPT: dict[str, tuple[JsonValue, ...]] = {
    "additionalProperties": (True, JsonObject()),
    "items": (True, JsonObject()),
    "minItems": (0,),
    "minLength": (0,),
    "minProperties": (0,),
    "required": ((),),
    "uniqueItems": (False,),
    "allOf": ((),),
}
"""What every value keeps to."""


def condition(keyword: str, value: JsonValue) -> JsonValue:
    """Return what stands under a keyword in its normal form: only what asks something of values, in one spelling."""
    if keyword in _SCHEMAS:
        return _schema(value)
    if keyword in _LISTS and isinstance(value, tuple):
        members = map(_schema, value)
        return tuple(members) if keyword == "prefixItems" else tuple(sorted(members, key=text_of))
    if keyword in _NAMED and isinstance(value, JsonObject):
        return JsonObject(tuple(sorted(((name, _schema(inner)) for name, inner in value.items), key=_name)))
    return value


def _schema(value: JsonValue) -> JsonValue:
    if not isinstance(value, JsonObject):
        return tuple(sorted(value, key=text_of)) if isinstance(value, tuple) else value
    found = {
        name: condition(name, inner)
        for name, inner in value.items
        if name not in _NO_CONDITIONS and not name.startswith("x-")
    }
    if "const" in found:
        found["enum"] = (found.pop("const"),)
    types = found.get("type")
    kinds = [types] if isinstance(types, str) else list(types) if isinstance(types, tuple) else []
    if found.pop("nullable", False) is True and kinds:
        kinds.append("null")
    listed = found.get("enum")
    if isinstance(listed, tuple):
        of_values = {"null" if each is None else kind_of(each) for each in listed}
        kinds = [] if of_values <= {*kinds} else kinds
        found["enum"] = tuple(sorted(listed, key=text_of))
    found["type"] = tuple(sorted(map(str, {*kinds})))
    if isinstance(required := found.get("required"), tuple):
        found["required"] = tuple(sorted(required, key=text_of))
    if isinstance(members := found.get("allOf"), tuple):
        found["allOf"] = tuple(member for member in members if member not in (JsonObject(), True))
    kept = {name: inner for name, inner in found.items() if inner not in _ALWAYS_KEPT.get(name, ()) and inner != ()}
    return _unwrapped(kept)


def _unwrapped(schema: dict[str, JsonValue]) -> JsonValue:
    """A union of one is that one; one of types is a list of types."""
    word = next(iter(schema), "")
    members = schema.get(word)
    if len(schema) == 1 and word in ("allOf", "anyOf", "oneOf") and isinstance(members, tuple):
        if len(members) == 1:
            return members[0]
        others = [member for member in members if member != JsonObject((("type", ("null",)),))]
        if word != "allOf" and len(others) == 1 and len(members) == 2 and isinstance(others[0], JsonObject):
            one = dict(others[0].items)
            if isinstance(values := one.get("enum"), tuple):
                return JsonObject(tuple(sorted({**one, "enum": tuple(sorted({*values, None}, key=text_of))}.items())))
            if isinstance(types := one.get("type"), tuple):
                return JsonObject(tuple(sorted({**one, "type": tuple(sorted({*types, "null"}, key=text_of))}.items())))
    return JsonObject(tuple(sorted(schema.items(), key=_name)))


def refs_in(value: JsonValue) -> Iterator[str]:
    """Return the references that stand in a condition."""
    if isinstance(value, tuple):
        for item in value:
            yield from refs_in(item)
    elif isinstance(value, JsonObject):
        for name, inner in value.items:
            if name == "$ref" and isinstance(inner, str):
                yield inner
            else:
                yield from refs_in(inner)


def _name(item: tuple[str, JsonValue]) -> str:
    return item[0]
