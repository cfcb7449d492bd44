"""What goes over the wire: parameters, headers, media types, request bodies, responses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar, cast

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import Related
from ..diagnostics.nearest import did_you_mean
from ..source.nodes import MappingNode
from .model import (
    Encoding,
    Header,
    JsonValue,
    MediaType,
    Parameter,
    ParameterIn,
    RequestBody,
    Response,
    Schema,
    SchemaOrRef,
)
from .reader import Obj
from .schemas import parse_schema
from .swagger_parameters import IN_BODY, SCHEMA_KEYS, schema_beside

_T = TypeVar("_T")
_STATUS = re.compile(r"([1-5](?:[0-9][0-9]|XX)|DEFAULT)(?![A-Z0-9]).*", re.DOTALL)
"""In capitals: a status, and what somebody wrote behind it (`200 OK`)."""
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OVERRIDE = "x-stainless-override-schema"
_LOCATIONS = {location.value: location for location in ParameterIn}


def schema_of(obj: Obj, key: str = "schema") -> SchemaOrRef | None:
    """Return the schema under `key`, if there is one."""
    node = obj.node.entries.get(key)
    return parse_schema(obj.context, node, f"{obj.pointer}/{key}", f"`{key}`") if node is not None else None


def memoized(obj: Obj, read: Callable[[Obj], _T]) -> _T:
    """Return `read(obj)`, read once for all references to the same object.

    Texts beside a `$ref` (`summary`, `description`) make an object of its own.
    """
    if obj.is_overridden:
        return read(obj)
    key = (obj.kind, f"{obj.file}#{obj.pointer}")
    if key not in obj.context.memo:
        obj.context.memo[key] = read(obj)
    return cast("_T", obj.context.memo[key])


def parse_parameters(owner: Obj) -> tuple[tuple[Parameter, ...], tuple[Obj, ...]]:
    """Read the `parameters` of a path item or an operation. Of two of the same name and location the first counts.
    Those that are parts of the request body, as in Swagger 2.0, are returned apart.

    OpenAPI 3.1 §4.8.9, §4.8.10.
    """
    found: dict[tuple[str, ParameterIn], Parameter] = {}
    in_body: list[Obj] = []
    for obj in owner.children("parameters", "Parameter"):
        parameter = memoized(obj, parse_parameter)
        if parameter is None:
            in_body += [obj] if obj.text("in") in IN_BODY else []
            continue
        key = (parameter.name, parameter.location)
        if key in found:
            first = Related(message="first declared here", span=found[key].span)
            name, location = parameter.name, parameter.location.value
            obj.context.sink.report(
                catalog.DUPLICATE_PARAMETER, parameter.span, related=[first], name=name, location=location
            )
        else:
            found[key] = parameter
    return tuple(found.values()), tuple(in_body)


def parse_parameter(obj: Obj) -> Parameter | None:
    """Read a Parameter Object (OpenAPI 3.1 §4.8.12).

    `None`, after a report, if its location isn't known, or if it is a header that nobody can send.
    """
    name, text = obj.required_text("name"), obj.required_text("in")
    beside = None if text in IN_BODY else schema_beside(obj)
    obj.check_keys(SCHEMA_KEYS if beside is not None or text in IN_BODY else ())
    location = _LOCATIONS.get(text)
    if location is None:
        if text in IN_BODY:
            obj.context.sink.report(catalog.BODY_PARAMETER, obj.node.entries["in"].span, location=text)
        elif text:
            hint = did_you_mean(text, _LOCATIONS, f"locations are {', '.join(_LOCATIONS)}")
            obj.context.sink.report(catalog.UNKNOWN_LOCATION, obj.node.entries["in"].span, hint=hint, location=text)
        return None
    if location is ParameterIn.HEADER and not is_header_name(obj, name, "parameter"):
        return None
    if beside is None and not obj.has("schema") and not obj.has("content"):
        obj.context.sink.report(catalog.PARAMETER_WITHOUT_SCHEMA, obj.span, name=name)
    return Parameter(
        name=name,
        location=location,
        required=obj.flag("required") or False,
        deprecated=obj.flag("deprecated") or False,
        allow_empty_value=obj.flag("allowEmptyValue") or False,
        description=obj.text("description"),
        style=obj.text("style"),
        explode=obj.flag("explode"),
        allow_reserved=obj.flag("allowReserved") or False,
        schema=schema_of(obj) or beside,
        content=parse_content(obj),
        override=_override(obj),
        examples=tuple(_examples(obj)),
        extensions=obj.extensions(),
        pointer=obj.pointer,
        span=obj.node.entries["name"].span if obj.has("name") else obj.span,
    )


def _override(obj: Obj) -> SchemaOrRef | None:
    schema = obj.node.entries.get("schema")
    node = schema.entries.get(_OVERRIDE) if isinstance(schema, MappingNode) else None
    if node is None:
        return None
    return parse_schema(obj.context, node, f"{obj.pointer}/schema/{_OVERRIDE}", f"`{_OVERRIDE}`")


def is_header_name(obj: Obj, name: str, what: str) -> bool:
    """Return whether a `name` is a token, and so can be that of a header or cookie (RFC 9110 §5.1, §5.6.2).

    One that isn't is reported: as an error if it is more than harmless text.
    """
    if not obj.has("name") or _TOKEN.fullmatch(name):
        return True
    is_harmless = name.isascii() and name.isprintable() and ":" not in name
    rule = catalog.HEADER_LEFT_OUT if is_harmless else catalog.BAD_HEADER_NAME
    obj.context.sink.report(rule, obj.node.entries["name"].span, name=name, what=what)
    return False


def parse_content(owner: Obj) -> tuple[MediaType, ...]:
    """Read the `content` of a parameter, a request body or a response."""
    return tuple([parse_media_type(name, obj) for name, obj in owner.members("content", "Media Type")])


def parse_media_type(name: str, obj: Obj) -> MediaType:
    """Read a Media Type Object (OpenAPI 3.1 §4.8.14), which stands under the key `name`."""
    obj.check_keys()
    return MediaType(
        media_type=name,
        schema=schema_of(obj),
        item_schema=schema_of(obj, "itemSchema"),
        encoding=tuple([_parse_encoding(key, entry, name) for key, entry in obj.members("encoding", "Encoding")]),
        examples=tuple(_examples(obj)),
        pointer=obj.pointer,
        span=obj.span,
    )


def _examples(obj: Obj) -> Iterator[JsonValue]:
    context = obj.context
    example = obj.node.entries.get("example")
    if example is not None:
        yield context.json(example)
    for _, found in obj.members("examples", "Example"):
        found.check_keys()
        value = found.node.entries.get("value") or found.node.entries.get("dataValue")
        if value is not None:
            yield context.json(value)


def _parse_encoding(name: str, obj: Obj, media_type: str) -> Encoding:
    """Read an Encoding Object. Before OpenAPI 3.1, `style` and its kin are for URL-encoded forms only (3.0 §4.7.15)."""
    obj.check_keys()
    encoding = Encoding(
        property_name=name,
        content_type=obj.text("contentType"),
        style=obj.text("style"),
        explode=obj.flag("explode"),
        allow_reserved=obj.flag("allowReserved"),
        headers=parse_headers(obj),
        span=obj.span,
    )
    if obj.context.version < (3, 1) and media_type.lower().startswith("multipart/"):
        return attrs.evolve(encoding, style=None, explode=None, allow_reserved=None)
    return encoding


def parse_headers(owner: Obj) -> tuple[Header, ...]:
    """Read the `headers` of a response or an encoding."""
    return tuple(
        [attrs.evolve(memoized(obj, parse_header), name=name) for name, obj in owner.members("headers", "Header")]
    )


def parse_header(obj: Obj) -> Header:
    """Read a Header Object (OpenAPI 3.1 §4.8.21). The caller adds its name, the key that it stands under."""
    obj.check_keys()
    content = next(iter(parse_content(obj)), None)
    return Header(
        name="",
        description=obj.text("description"),
        required=obj.flag("required") or False,
        deprecated=obj.flag("deprecated") or False,
        schema=schema_of(obj) if content is None else content.schema,
        media_type=None if content is None else content.media_type,
        span=obj.span,
    )


def parse_request_body(obj: Obj) -> RequestBody:
    """Read a Request Body Object (OpenAPI 3.1 §4.8.13)."""
    obj.check_keys()
    content = parse_content(obj)
    if not obj.has("content"):
        obj.context.sink.report(
            catalog.MISSING_WITH_DEFAULT, obj.span, key="content", kind=obj.kind, default="any JSON can be sent"
        )
        content = (MediaType(media_type="application/json", schema=Schema(span=obj.span), span=obj.span),)
    return RequestBody(
        content=content,
        description=obj.text("description"),
        required=obj.flag("required"),
        pointer=obj.pointer,
        span=obj.span,
    )


def parse_responses(owner: Obj) -> tuple[Response, ...]:
    """Read the Responses Object of an operation (OpenAPI 3.1 §4.8.16)."""
    found: dict[str, Response] = {}
    for written, obj in owner.members("responses", "Response"):
        status = _status(written)
        known = status is None or (status != written and status in found)
        if status != written:
            read = "left out" if known else f"taken for that of `{status}`"
            hint = owner.belongs_inside("responses", written, "Response")
            obj.context.sink.report(catalog.BAD_STATUS, obj.span, hint=hint, status=written, read=read)
        if status is not None and not known:
            found[status] = attrs.evolve(memoized(obj, parse_response), status=status)
    return tuple(found.values())


def _status(text: str) -> str | None:
    """The status that is meant: `2XX` for `2xx`, `200` for `200 OK`."""
    meant = _STATUS.fullmatch(text.strip().upper())
    return meant[1].replace("DEFAULT", "default") if meant else None


def parse_response(obj: Obj) -> Response:
    """Read a Response Object (OpenAPI 3.1 §4.8.17). The caller adds its status, the key that it stands under."""
    obj.check_keys()
    return Response(
        status="",
        description=obj.text("description"),
        headers=parse_headers(obj),
        content=parse_content(obj),
        pointer=obj.pointer,
        span=obj.span,
    )
