"""Parameters that documents of OpenAPI 3 have as Swagger 2.0 wrote them: with their type beside their name, in the form
or as the body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ..diagnostics import catalog
from ..source.nodes import MappingNode
from .model import MediaType, Property, RequestBody, Schema, SchemaOrRef
from .reader import Obj
from .schemas import parse_schema

SCHEMA_KEYS = frozenset(
    {
        *("type", "format", "items", "enum", "default", "pattern", "minLength", "maxLength", "minItems", "maxItems"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems", "nullable"),
    }
)
"""Keys of Swagger's parameters (Swagger 2.0, Parameter Object) that are those of a schema."""

IN_BODY = ("body", "formData")
"""Locations that are the request body now."""

_FORM, _MULTIPART, _JSON = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"


def schema_beside(obj: Obj) -> SchemaOrRef | None:
    """Return the schema whose keys stand in a parameter itself; `None` if there are none."""
    entries = {key: value for key, value in obj.node.entries.items() if key in SCHEMA_KEYS}
    if not entries or obj.has("schema") or obj.has("content"):
        return None
    obj.context.sink.report(catalog.SCHEMA_BESIDE, obj.node.key_span(next(iter(entries))), name=obj.text("name") or "")
    if obj.text("type") == "file":
        return Schema(types=("string",), format="binary", pointer=obj.pointer, span=obj.span)
    node = MappingNode(obj.node.file, obj.node.start, obj.node.end, entries, obj.node.keys)
    return parse_schema(obj.context, node, obj.pointer, "the parameter")


def with_body_parameters(given: RequestBody | None, parameters: tuple[Obj, ...]) -> RequestBody | None:
    """Return the body of an operation with what parameters say of it: those of the path item, then its own."""
    if not parameters:
        return given
    found = list({(obj.text("in"), obj.text("name")): obj for obj in parameters}.values())  # the operation's own win
    whole = next((obj for obj in reversed(found) if obj.text("in") == "body"), None)
    members = tuple(_members(obj for obj in found if obj.text("in") == "formData"))
    required = any(obj.flag("required") for obj in found)
    names = tuple(obj.text("name") or "" for obj in found if obj.text("in") == "formData" and obj.flag("required"))
    first = found[0]
    if whole is not None:
        schema, media_type = _schema_of(whole), _JSON
    else:
        schema = Schema(types=("object",), properties=members, required=names, pointer=first.pointer, span=first.span)
        media_type = _MULTIPART if any(_is_file(member.schema) for member in members) else _FORM
    if given is None or not given.content:
        media = MediaType(media_type=media_type, schema=schema, pointer=first.pointer, span=first.span)
        return RequestBody(content=(media,), required=required, pointer=first.pointer, span=first.span)
    return attrs.evolve(given, content=tuple(_with(media, schema) for media in given.content))


def _with(media: MediaType, schema: SchemaOrRef) -> MediaType:
    both = schema if media.schema is None else Schema(all_of=(media.schema, schema), span=media.span)
    return attrs.evolve(media, schema=both)


def _members(found: Iterable[Obj]) -> Iterator[Property]:
    for obj in found:
        schema = _schema_of(obj)
        if isinstance(schema, Schema) and schema.description is None:
            schema = attrs.evolve(schema, description=obj.text("description"))
        yield Property(name=obj.text("name") or "", schema=schema, span=obj.span)


def _schema_of(obj: Obj) -> SchemaOrRef:
    node = obj.node.entries.get("schema")
    if node is not None:
        return parse_schema(obj.context, node, f"{obj.pointer}/schema", "`schema`")
    return schema_beside(obj) or Schema(pointer=obj.pointer, span=obj.span)


def _is_file(schema: SchemaOrRef) -> bool:
    return isinstance(schema, Schema) and schema.format == "binary"
