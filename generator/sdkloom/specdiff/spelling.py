"""One spelling for what OpenAPI lets one say in several ways: documents that mean the same become equal."""

from __future__ import annotations

import enum
from typing import Any, cast

import attrs

from ..document.model import (
    MISSING,
    Bounds,
    Discriminator,
    Document,
    Header,
    JsonValue,
    Operation,
    Parameter,
    ParameterIn,
    Schema,
    SchemaOrRef,
    SecurityRequirement,
)

_UNIONS = ("all_of", "any_of", "one_of")
_NULL = Schema(types=("null",))


def plain(document: Document) -> Document:
    """`document` in its plainest spelling, for comparison only."""
    shared = document.security if document.operations else ()
    operations = tuple(
        attrs.evolve(operation, security=shared if operation.security is None else operation.security)
        for operation in document.operations
    )
    security = () if document.operations else document.security
    return cast(Document, _plain(attrs.evolve(document, operations=operations, security=security)))


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in cast("tuple[object, ...]", value))
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, enum.Enum) or not attrs.has(type(value)):
        return value
    fields = [field for field in attrs.fields(type(value)) if field.eq]
    inside = {field.name: getattr(value, field.name) for field in fields}
    changed = {name: plainer for name, inner in inside.items() if (plainer := _plain(inner)) is not inner}
    return _node(attrs.evolve(cast(Any, value), **changed))


def _node(node: object) -> object:
    match node:
        case Schema():
            return _schema(node)
        case Bounds():
            return plain_bounds(node)
        case Discriminator():
            return attrs.evolve(node, mapping=())  # the tags of the SDK's union say it
        case Operation():
            parameters = sorted(node.parameters, key=lambda parameter: (parameter.location.value, parameter.name))
            security = None if node.security is None else tuple(sorted(node.security, key=_schemes))
            return attrs.evolve(node, parameters=tuple(parameters), security=security)
        case Parameter():
            style, explode = style_of(node)
            return attrs.evolve(node, style=style, explode=explode)
        case Header():
            return attrs.evolve(node, name=node.name.lower())
        case SecurityRequirement():
            return attrs.evolve(node, schemes=tuple(sorted(node.schemes)))
        case _:
            return node


def _schemes(requirement: SecurityRequirement) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return requirement.schemes


def style_of(parameter: Parameter) -> tuple[str, bool]:
    """`style` and `explode`, which have defaults (OpenAPI 3.1, "Parameter Object")."""
    in_query = parameter.location in (ParameterIn.QUERY, ParameterIn.COOKIE)
    style = parameter.style or ("form" if in_query else "simple")
    return style, (style == "form" if parameter.explode is None else parameter.explode)


def plain_bounds(bounds: Bounds) -> Bounds:
    """Limits without those that every value keeps."""
    return attrs.evolve(
        bounds,
        **{name: None for name in ("min_length", "min_items", "min_properties") if getattr(bounds, name) == 0},
        unique_items=bounds.unique_items or None,
    )


def _schema(schema: Schema) -> SchemaOrRef:
    if schema.const is not MISSING:
        schema = attrs.evolve(schema, const=MISSING, enum=(schema.const,))
    schema = _with_null(schema)
    if schema.enum is not None and all(_json_type(value) in schema.types for value in schema.enum):
        schema = attrs.evolve(schema, types=())
    schema = attrs.evolve(
        schema,
        types=tuple(sorted(schema.types)),
        required=tuple(sorted({*schema.required})),
        properties=tuple(sorted(schema.properties, key=lambda prop: prop.name)),
        additional_properties=None if schema.additional_properties is True else schema.additional_properties,
    )
    for name in _UNIONS:
        members = getattr(schema, name)
        if len(members) == 1 and attrs.evolve(schema, **{name: ()}) == Schema():
            return members[0]
    return schema


def _with_null(schema: Schema) -> Schema:
    """`null` as one of the types, not as a flag or as a member of a union of two."""
    if schema.nullable is False or (schema.nullable and schema.types and schema.enum is None):
        types = (*schema.types, "null") if schema.nullable else schema.types
        schema = attrs.evolve(schema, nullable=None, types=types)
    members = schema.any_of or schema.one_of
    if not members or attrs.evolve(schema, any_of=(), one_of=()) != Schema():
        return schema
    if all(isinstance(member, Schema) and member == Schema(types=member.types) for member in members):
        return Schema(types=tuple({kind for member in members if isinstance(member, Schema) for kind in member.types}))
    others = [member for member in members if member != _NULL]
    if (
        len(members) == 2
        and len(others) == 1
        and isinstance(one := others[0], Schema)
        and one.types
        and one.enum is None
    ):
        return attrs.evolve(one, types=(*one.types, "null"))
    return schema


def _json_type(value: JsonValue) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case tuple():
            return "array"
        case _:
            return "object"
