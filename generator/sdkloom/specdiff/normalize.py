"""The normal form of what OpenAPI lets one say in several ways: documents that mean the same become equal."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any, cast

import attrs

from ..document.json_kinds import kind_of
from ..document.model import (
    MISSING,
    Bounds,
    Discriminator,
    Document,
    Header,
    JsonObject,
    MediaType,
    Operation,
    Parameter,
    ParameterIn,
    RequestBody,
    Response,
    Schema,
    SchemaOrRef,
    SecurityRequirement,
    Server,
    compared_fields,
)

_UNIONS = ("all_of", "any_of", "one_of")
_NULL = Schema(types=("null",))


def normalized_documents(old: Document, new: Document) -> tuple[Document, Document]:
    """Return what differs in two documents, in its normal form, for comparison only."""
    before, after = _self_contained(old), _self_contained(new)
    for name in ("operations", "webhooks", "schemas"):
        same = {*getattr(before, name)} & {*getattr(after, name)}
        before, after = (
            attrs.evolve(document, **{name: tuple(part for part in getattr(document, name) if part not in same)})
            for document in (before, after)
        )
    return cast(Document, normalized(before)), cast(Document, normalized(after))


def _self_contained(document: Document) -> Document:
    """`document` without the names of its files, and with the security of each operation at the operation."""
    shared = document.security if document.operations else ()
    operations = tuple(
        attrs.evolve(operation, security=shared if operation.security is None else operation.security)
        for operation in document.operations
    )
    schemas = tuple(attrs.evolve(named, file="") for named in document.schemas)
    security = () if document.operations else document.security
    callbacks = tuple(inner for operation in operations for inner in operation.callback_operations)
    return attrs.evolve(
        document,
        file="",
        operations=operations,
        webhooks=(*document.webhooks, *callbacks),  # an operation only compares the names of its callbacks
        schemas=schemas,
        security=security,
    )


def normalized(value: object) -> object:
    """Return a part of a document in its normal form.

    `anyOf: [{type: string}, {type: "null"}]`, `type: string` with `nullable: true` and `type: [string, "null"]` become
    the same; so do lists of properties, parameters and responses in another order.
    """
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        normal = tuple(map(normalized, items))
        return items if all(one is other for one, other in zip(items, normal)) else normal
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, enum.Enum) or not attrs.has(type(value)):
        return value
    inside = ((field.name, getattr(value, field.name)) for field in compared_fields(type(value)))
    changed = {name: normal for name, inner in inside if (normal := normalized(inner)) is not inner}
    return _node(attrs.evolve(cast(Any, value), **changed) if changed else value)


_KEYS: dict[type, dict[str, Callable[[Any], Any]]] = {
    Document: {
        "operations": lambda operation: (operation.path, operation.method),
        "webhooks": lambda operation: (operation.path, operation.method),
        "schemas": lambda named: named.name,
        "security_schemes": lambda scheme: scheme.name,
    },
    Operation: {
        "parameters": lambda parameter: (parameter.location.value, parameter.name),
        "responses": lambda response: response.status,
        "callbacks": str,
        "security": lambda requirement: requirement.schemes,
    },
    RequestBody: {"content": lambda media: media.media_type},
    Response: {"content": lambda media: media.media_type, "headers": lambda header: header.name},
    MediaType: {"encoding": lambda encoding: encoding.property_name},
    Server: {"variables": lambda variable: variable.name},
    SecurityRequirement: {"schemes": lambda scheme: scheme[0]},
    Schema: {
        "required": str,
        "unmodelled": str,
        "properties": lambda prop: prop.name,
        "pattern_properties": lambda prop: prop.name,
    },
    JsonObject: {"items": lambda item: item[0]},
}
"""What has no order, and by what it is sorted."""


def _node(node: Any) -> object:
    cls: type[Any] = node.__class__
    for name, key in _KEYS.get(cls, {}).items():
        values = getattr(node, name)
        if values is not None and len(values) > 1:
            node = attrs.evolve(node, **{name: tuple(sorted(values, key=key))})
    match node:
        case Schema():
            return _schema(node)
        case Bounds():
            return normalized_bounds(node)
        case Discriminator():
            return attrs.evolve(node, mapping=())  # the tags of the SDK's union say it
        case Parameter():
            style, explode = style_of(node)
            return attrs.evolve(node, style=style, explode=explode)
        case Header():
            return attrs.evolve(node, name=node.name.lower())
        case _:
            return node


def style_of(parameter: Parameter) -> tuple[str, bool]:
    """Return `style` and `explode`, with the defaults for where the parameter stands (OpenAPI 3.1 §4.8.12.2)."""
    in_query = parameter.location in (ParameterIn.QUERY, ParameterIn.COOKIE)
    style = parameter.style or ("form" if in_query else "simple")
    return style, (style == "form" if parameter.explode is None else parameter.explode)


def normalized_bounds(bounds: Bounds) -> Bounds:
    """Return limits without those that every value keeps, such as `minLength: 0` (JSON Schema 2020-12 validation
    §6.3.2)."""
    return attrs.evolve(
        bounds,
        **{name: None for name in ("min_length", "min_items", "min_properties") if getattr(bounds, name) == 0},
        unique_items=bounds.unique_items or None,
    )


def _schema(schema: Schema) -> SchemaOrRef:
    if schema.const is not MISSING:
        schema = attrs.evolve(schema, const=MISSING, enum=(schema.const,))
    schema = _with_null(schema)
    if schema.enum is not None and all(kind_of(value) in schema.types for value in schema.enum):
        schema = attrs.evolve(schema, types=())
    if schema.additional_properties is True:
        schema = attrs.evolve(schema, additional_properties=None)
    if len(schema.types) > 1:
        schema = attrs.evolve(schema, types=tuple(sorted(schema.types)))
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
