"""Where a schema can stand: bodies, parameters, headers, components; alone, or within another schema."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any

import attrs

Json = dict[str, Any]


class Way(enum.Enum):
    """Where values go."""

    SENT = "sent"
    RECEIVED = "received"
    BOTH = "sent and received"
    FAILURE = "a failure"
    PUSHED = "sent by the API"
    NOWHERE = "nowhere"


@attrs.frozen(kw_only=True)
class Wrap:
    """A schema around a schema, and a value around a value."""

    name: str
    schema: Callable[[Json], Json] = lambda schema: schema
    value: Callable[[Any], Any] = lambda value: value
    is_condition: bool = False
    """Whether it only says when a value fits, and not what it is."""
    repeats: bool = False
    """Whether a list of one value is written as the value is."""


@attrs.frozen(kw_only=True)
class Place:
    """A place in a document. `document` gives the document with a schema there."""

    name: str
    way: Way
    document: Callable[[Json], Json]
    wrap: Wrap = Wrap(name="whole")
    kinds: frozenset[str] | None = None
    """Kinds of values that such a place can hold, if not all."""


def _in(schema: Json, **more: Any) -> Json:
    return {"type": "object", "properties": {"p": schema}, **more}


def _p(value: Any) -> Any:
    return {"p": value}


NULL: Json = {"type": "null"}
OTHER: Json = {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "other"}}}

WHOLE = Wrap(name="whole")
REQUIRED = Wrap(name="a required property", schema=lambda s: _in(s, required=["p"]), value=_p)
REPEATED = Wrap(name="whole", repeats=True)
OPTIONAL = Wrap(name="an optional property", schema=_in, value=_p)
WRAPS = (
    WHOLE,
    REQUIRED,
    OPTIONAL,
    Wrap(name="a nested property", schema=lambda s: _in(_in(s)), value=lambda v: _p(_p(v))),
    Wrap(name="an item", schema=lambda s: _in({"type": "array", "items": s}), value=lambda v: _p([v])),
    Wrap(name="an item of the body", schema=lambda s: {"type": "array", "items": s}, value=lambda v: [v]),
    Wrap(
        name="a value of a map",
        schema=lambda s: _in({"type": "object", "additionalProperties": s}),
        value=lambda v: _p({"x": v}),
    ),
    Wrap(name="an undeclared key", schema=lambda s: _in({}, additionalProperties=s), value=lambda v: {"x": v}),
    Wrap(
        name="an item of a tuple",
        schema=lambda s: _in({"type": "array", "prefixItems": [{"type": "integer"}, s]}),
        value=lambda v: _p([1, v]),
    ),
    Wrap(
        name="a key of a pattern",
        schema=lambda s: _in({"type": "object", "patternProperties": {"^x": s}}),
        value=lambda v: _p({"x": v}),
    ),
    Wrap(name="in allOf", schema=lambda s: _in({"allOf": [s, {"description": "It."}]}), value=_p),
    Wrap(name="a nullable value", schema=lambda s: _in({"anyOf": [s, NULL]}), value=_p),
    Wrap(name="a variant", schema=lambda s: _in({"anyOf": [s, OTHER]}), value=_p),
    Wrap(
        name="a property of a tagged variant",
        schema=lambda s: _in(
            {
                "oneOf": [
                    _in(s, title="One", required=["kind"]) | {"properties": {"kind": {"const": "one"}, "p": s}},
                    OTHER,
                ],
                "discriminator": {"propertyName": "kind"},
            }
        ),
        value=lambda v: _p({"kind": "one", "p": v}),
    ),
    Wrap(
        name="a condition",
        schema=lambda s: {"type": "object", "properties": {"q": {}}, "if": {"required": ["q"]}, "then": _in(s)},
        value=lambda v: {"q": 1, "p": v},
        is_condition=True,
    ),
    Wrap(
        name="what must be contained",
        schema=lambda s: _in({"type": "array", "items": {}, "contains": s}),
        value=lambda v: _p([v]),
        is_condition=True,
    ),
    Wrap(name="what isn't allowed", schema=lambda s: _in({"not": s}), value=_p, is_condition=True),
)


def _document(*, path: str = "/animals", verb: str = "post", version: str = "3.1.0", **operation: Any) -> Json:
    response = {"responses": {"204": {"description": "Done."}}}
    return {
        "openapi": version,
        "info": {"title": "Zoo", "version": "1"},
        "servers": [{"url": "https://zoo.example"}],
        "paths": {path: {verb: {**response, **operation}}},
    }


def content(schema: Json, media: str = "application/json", key: str = "schema") -> Json:
    """A body of one media type."""
    return {"content": {media: {key: schema}}}


def sent(schema: Json, media: str = "application/json") -> Json:
    """A document of which a request sends the schema."""
    return _document(requestBody={"required": True, **content(schema, media)})


def received(schema: Json, status: str = "200", media: str = "application/json", key: str = "schema") -> Json:
    """A document of which a response has the schema."""
    version = "3.2.0" if key == "itemSchema" else "3.1.0"
    body = {"description": "It.", **content(schema, media, key)}
    return _document(responses={"204": {"description": "Done."}, status: body}, version=version)


def both(schema: Json) -> Json:
    """A document of which a request and its response have the schema."""
    return _document(
        requestBody={"required": True, **content(schema)}, responses={"200": {"description": "It.", **content(schema)}}
    )


def named(make: Callable[[Json], Json], schema: Json, inner: Json | None = None) -> Json:
    """A document with `inner` (or the whole schema) as a component."""
    return {**make(schema), "components": {"schemas": {"X": schema if inner is None else inner}}}


def parameter(location: str, style: Json | None = None) -> Callable[[Json], Json]:
    """A function that gives a document with a parameter."""

    def make(schema: Json) -> Json:
        path = "/animals/{p}" if location == "path" else "/animals"
        entry = {"name": "p", "in": location, **({"required": True} if location == "path" else {}), **(style or {})}
        entry |= content(schema) if entry.pop("json", False) else {"schema": schema}
        return _document(path=path, verb="get", parameters=[entry])

    return make


def header(schema: Json) -> Json:
    """A document with a header of a response."""
    response = {"description": "It.", "headers": {"X-It": {"schema": schema}}}
    return _document(responses={"200": {**response, **content(_in({"type": "string"}))}})


def page(schema: Json) -> Json:
    """A document with a list that comes page by page."""
    body = {
        "type": "object",
        "required": ["data", "has_more"],
        "properties": {
            "data": {"type": "array", "items": _in(schema)},
            "has_more": {"type": "boolean"},
            "next_cursor": {"type": ["string", "null"]},
        },
    }
    cursor = {"name": "cursor", "in": "query", "schema": {"type": "string"}}
    return _document(verb="get", parameters=[cursor], responses={"200": {"description": "They.", **content(body)}})


def pushed(schema: Json) -> Json:
    """A document with a webhook."""
    hook = {"post": {"requestBody": content(schema), "responses": {"200": {"description": "Thanks."}}}}
    return {**_document(), "webhooks": {"animalBorn": hook}}


def called_back(schema: Json) -> Json:
    """A document with a callback."""
    hook = {"post": {"requestBody": content(schema), "responses": {"200": {"description": "Thanks."}}}}
    return _document(callbacks={"onBorn": {"{$request.query.url}": hook}})


def unused(schema: Json) -> Json:
    """A document with a component that nothing refers to."""
    return named(lambda _: _document(), schema)


SCALARS = frozenset({"string", "integer", "number", "boolean"})
FLAT = SCALARS | {"array", "null"}

_REF: Json = {"$ref": "#/components/schemas/X"}


def _by_wrap(make: Callable[[Json], Json], name: str, way: Way) -> list[Place]:
    found: list[Place] = []
    for wrap in WRAPS:
        found.append(
            Place(name=f"{name}: {wrap.name}", way=way, wrap=wrap, document=lambda s, w=wrap: make(w.schema(s)))
        )
        found.append(
            Place(
                name=f"{name}: {wrap.name}, by reference",
                way=way,
                wrap=wrap,
                document=lambda s, w=wrap: {**make(w.schema(_REF)), "components": {"schemas": {"X": s}}},
            )
        )
    return found


def _property(name: str, way: Way, make: Callable[[Json], Json], wrap: Wrap = OPTIONAL) -> list[Place]:
    return [Place(name=name, way=way, wrap=wrap, document=lambda s: make(wrap.schema(s)))]


PLACES: tuple[Place, ...] = (
    *_by_wrap(sent, "request", Way.SENT),
    *_by_wrap(received, "response", Way.RECEIVED),
    *(
        Place(
            name=f"request and response: {wrap.name}, by reference",
            way=Way.BOTH,
            wrap=wrap,
            document=lambda s, w=wrap: {**both(w.schema(_REF)), "components": {"schemas": {"X": s}}},
        )
        for wrap in (WHOLE, REQUIRED, OPTIONAL, WRAPS[4])
    ),
    *_property("form", Way.SENT, lambda s: sent(s, "application/x-www-form-urlencoded")),
    *_property("multipart", Way.SENT, lambda s: sent(s, "multipart/form-data")),
    *_property("JSON lines sent", Way.SENT, lambda s: sent({"type": "array", "items": s}, "application/jsonl")),
    *_property("another response that succeeds", Way.RECEIVED, lambda s: received(s, "202")),
    *_property("JSON lines", Way.RECEIVED, lambda s: received(s, media="application/jsonl", key="itemSchema")),
    *_property("event of a stream", Way.RECEIVED, lambda s: received(s, media="text/event-stream")),
    *_property("item of a stream", Way.RECEIVED, lambda s: received(s, media="text/event-stream", key="itemSchema")),
    *_property("failure", Way.FAILURE, lambda s: received(s, "404")),
    *_property("failure, by reference", Way.FAILURE, lambda s: named(lambda _: received(_REF, "404"), s)),
    *_property("any failure", Way.FAILURE, lambda s: received(s, "default")),
    *_property("webhook", Way.PUSHED, pushed),
    *_property("webhook, by reference", Way.PUSHED, lambda s: named(lambda _: pushed(_REF), s)),
    *_property("callback", Way.PUSHED, called_back),
    *_property("component that nothing refers to", Way.NOWHERE, unused),
    Place(name="item of a page", way=Way.RECEIVED, document=page, wrap=OPTIONAL),
    Place(name="header of a response", way=Way.RECEIVED, document=header, kinds=SCALARS),
    Place(name="query parameter", way=Way.SENT, document=parameter("query"), wrap=REPEATED, kinds=FLAT),
    Place(
        name="query parameter, required",
        way=Way.SENT,
        document=parameter("query", {"required": True}),
        wrap=REPEATED,
        kinds=FLAT,
    ),
    Place(name="query parameter in JSON", way=Way.SENT, document=parameter("query", {"json": True})),
    Place(
        name="item of a query parameter",
        way=Way.SENT,
        document=lambda s: parameter("query")({"type": "array", "items": s}),
        wrap=WRAPS[5],
        kinds=SCALARS,
    ),
    Place(
        name="query parameter with brackets",
        way=Way.SENT,
        document=lambda s: parameter("query", {"style": "deepObject", "explode": True})(_in(s)),
        wrap=OPTIONAL,
        kinds=SCALARS,
    ),
    Place(name="path parameter", way=Way.SENT, document=parameter("path"), kinds=SCALARS),
    Place(name="header parameter", way=Way.SENT, document=parameter("header"), kinds=FLAT),
    Place(name="cookie parameter", way=Way.SENT, document=parameter("cookie"), kinds=SCALARS),
)
