"""An OpenAPI 3.0, 3.1 or 3.2 document as frozen data, in OpenAPI's own words.

Nothing is decided here: a `$ref` stays a `Ref`, `nullable` stays `nullable`. Every object knows its span and its
JSON pointer; neither is part of equality.
"""

from __future__ import annotations

import enum
from functools import cache
from typing import Any, Union

import attrs

from ..diagnostics.span import Span, origin, pointer

JsonValue = Union[None, bool, int, float, str, "tuple[JsonValue, ...]", "JsonObject"]


@cache
def compared_fields(cls: type) -> tuple[attrs.Attribute[Any], ...]:
    """Return the fields of an attrs class that say what a node means: those that comparisons look at, not its span."""
    return tuple(field for field in attrs.fields(cls) if field.eq)


@attrs.frozen
class JsonObject:
    """A JSON object as a hashable value; keys in source order."""

    items: tuple[tuple[str, JsonValue], ...] = ()


class Missing(enum.Enum):
    """The keyword is absent (as opposed to `null`)."""

    MISSING = "missing"


MISSING = Missing.MISSING


@attrs.frozen(kw_only=True)
class Ref:
    """A Reference Object (OpenAPI 3.1 §4.8.23). `target` is the file and the pointer of what it refers to.

    Two references are equal when they are written alike: the same document in another folder is the same document.
    """

    text: str
    file: str = attrs.field(eq=False)
    target: str = attrs.field(eq=False)
    summary: str | None = None
    description: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class DiscriminatorMapping:
    """An entry of `mapping`: the value of the property, and the schema that it stands for."""

    value: str
    target: Ref
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Discriminator:
    """A Discriminator Object (OpenAPI 3.1 §4.8.25). `default_mapping` comes with 3.2."""

    property_name: str
    mapping: tuple[DiscriminatorMapping, ...] = ()
    default_mapping: Ref | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Property:
    """An entry of `properties` or `patternProperties` (JSON Schema 2020-12 core §10.3.2.1, §10.3.2.2)."""

    name: str
    schema: SchemaOrRef
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Bounds:
    """Validation keywords that change no Python type (JSON Schema 2020-12 validation §6.2 to §6.5).

    Samples keep to them, and `sdkloom diff` compares them.
    """

    minimum: float | int | None = None
    maximum: float | int | None = None
    exclusive_minimum: float | int | bool | None = None
    exclusive_maximum: float | int | bool | None = None
    multiple_of: float | int | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool | None = None
    min_properties: int | None = None
    max_properties: int | None = None


@attrs.frozen(kw_only=True)
class Schema:
    """A Schema Object (OpenAPI 3.1 §4.8.24).

    `types` is empty when `type` is absent; `nullable` is a keyword of OpenAPI 3.0; `boolean` is set for the schemas
    `true` and `false` (JSON Schema 2020-12 core §4.3.2).
    """

    types: tuple[str, ...] = ()
    boolean: bool | None = None
    nullable: bool | None = None
    format: str | None = None
    content_encoding: str | None = None
    content_media_type: str | None = None
    content_schema: SchemaOrRef | None = None
    title: str | None = None
    description: str | None = None
    default: JsonValue | Missing = MISSING
    const: JsonValue | Missing = MISSING
    enum: tuple[JsonValue, ...] | None = None
    examples: tuple[JsonValue, ...] = ()
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    properties: tuple[Property, ...] = ()
    required: tuple[str, ...] = ()
    additional_properties: SchemaOrRef | bool | None = None
    pattern_properties: tuple[Property, ...] = ()
    property_names: SchemaOrRef | None = None
    items: SchemaOrRef | None = None
    prefix_items: tuple[SchemaOrRef, ...] = ()
    all_of: tuple[SchemaOrRef, ...] = ()
    any_of: tuple[SchemaOrRef, ...] = ()
    one_of: tuple[SchemaOrRef, ...] = ()
    negated: SchemaOrRef | None = None
    discriminator: Discriminator | None = None
    bounds: Bounds = Bounds()
    extensions: JsonObject = JsonObject()
    unmodelled: tuple[str, ...] = ()
    """Keywords that stand in the source and have no field here (`if`, `$dynamicRef`, …): lower reports them."""
    conditions: JsonObject = JsonObject()
    """What stands under them: `sdkloom diff` compares it."""
    pointer: str = pointer()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class SchemaRef:
    """A schema that is a `$ref` (JSON Schema 2020-12 core §8.2.3.1).

    Since OpenAPI 3.1 other keywords may stand beside it: they are in `siblings`.
    """

    ref: Ref
    siblings: Schema | None = None
    pointer: str = pointer()
    span: Span = origin()


SchemaOrRef = Schema | SchemaRef


class ParameterIn(enum.Enum):
    """The location of a parameter (OpenAPI 3.1 §4.8.12.1). `querystring` comes with 3.2."""

    PATH = "path"
    QUERY = "query"
    QUERYSTRING = "querystring"
    HEADER = "header"
    COOKIE = "cookie"


@attrs.frozen(kw_only=True)
class Header:
    """A Header Object (OpenAPI 3.1 §4.8.21)."""

    name: str
    description: str | None = None
    required: bool = False
    deprecated: bool = False
    schema: SchemaOrRef | None = None
    """What stands there as `schema`, or within `content`."""
    media_type: str | None = None
    """How the value is written, if `content` says it."""
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Encoding:
    """An Encoding Object (OpenAPI 3.1 §4.8.15)."""

    property_name: str
    content_type: str | None = None
    style: str | None = None
    explode: bool | None = None
    allow_reserved: bool | None = None
    headers: tuple[Header, ...] = ()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class MediaType:
    """A Media Type Object (OpenAPI 3.1 §4.8.14), an entry of `content`.

    `item_schema` comes with OpenAPI 3.2 (`itemSchema`): one item of a sequential media type, such as an event stream.
    """

    media_type: str
    schema: SchemaOrRef | None = None
    item_schema: SchemaOrRef | None = None
    encoding: tuple[Encoding, ...] = ()
    examples: tuple[JsonValue, ...] = ()
    pointer: str = pointer()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Parameter:
    """A Parameter Object (OpenAPI 3.1 §4.8.12).

    The parser follows a `$ref` in its place, since nothing is named after a parameter component.
    """

    name: str
    location: ParameterIn
    required: bool = False
    deprecated: bool = False
    allow_empty_value: bool = False
    description: str | None = None
    style: str | None = None
    explode: bool | None = None
    allow_reserved: bool = False
    several_segments: bool = False
    """Whether a value may be several segments of the path, `a/b`: routers know such placeholders, OpenAPI doesn't."""
    schema: SchemaOrRef | None = None
    content: tuple[MediaType, ...] = ()
    override: SchemaOrRef | None = None
    """What stands in the schema as `x-stainless-override-schema`: the type that an SDK shall give to it."""
    examples: tuple[JsonValue, ...] = ()
    extensions: JsonObject = JsonObject()
    pointer: str = pointer()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class RequestBody:
    """A Request Body Object (OpenAPI 3.1 §4.8.13). `required` is `None` where the document doesn't say."""

    content: tuple[MediaType, ...] = ()
    description: str | None = None
    required: bool | None = None
    pointer: str = pointer()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Response:
    """A Response Object (OpenAPI 3.1 §4.8.17). `status` is a code (`200`), a range (`4XX`) or `default` (§4.8.16)."""

    status: str
    description: str | None = None
    headers: tuple[Header, ...] = ()
    content: tuple[MediaType, ...] = ()
    pointer: str = pointer()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class SecurityRequirement:
    """A Security Requirement Object (OpenAPI 3.1 §4.8.30), one of several alternatives.

    `schemes` are needed together. Each is its name and the scopes that it must have.
    """

    schemes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class ServerVariable:
    """A Server Variable Object (OpenAPI 3.1 §4.8.6)."""

    name: str
    default: str | None
    """`None` if it is missing, though it must be there: the clients can't do without a value."""
    enum: tuple[str, ...] = ()
    description: str | None = None


@attrs.frozen(kw_only=True)
class Server:
    """A Server Object (OpenAPI 3.1 §4.8.5). `name` comes with 3.2; before, some write `x-name`."""

    url: str
    name: str | None = None
    description: str | None = None
    variables: tuple[ServerVariable, ...] = ()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Operation:
    """An Operation Object (OpenAPI 3.1 §4.8.10).

    `parameters` has those of the path item too, unless the operation overrides them.
    """

    method: str
    path: str
    operation_id: str | None = None
    summary: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    deprecated: bool = False
    parameters: tuple[Parameter, ...] = ()
    request_body: RequestBody | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[SecurityRequirement, ...] | None = None
    servers: tuple[Server, ...] = ()
    callbacks: tuple[str, ...] = ()
    callback_operations: tuple[Operation, ...] = attrs.field(default=(), eq=False)
    """The requests of `callbacks`; the `path` of each is the name of its callback."""
    documentation: str | None = None
    """Text and URL of its External Documentation Object (OpenAPI 3.1 §4.8.11)."""
    extensions: JsonObject = JsonObject()
    pointer: str = pointer()
    span: Span = origin()

    @property
    def endpoint(self) -> str:
        """The method and the path as sdk.yaml writes them: `get /pets/{id}`."""
        return f"{self.method.lower()} {self.path}"


@attrs.frozen(kw_only=True)
class NamedSchema:
    """An entry of `components.schemas` (or, for a file of its own, the target of an external ref)."""

    name: str
    schema: SchemaOrRef
    file: str
    pointer: str = pointer()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class OAuthFlow:
    """An OAuth Flow Object (OpenAPI 3.1 §4.8.29). `kind` is its key: `clientCredentials`, `password`, …"""

    kind: str
    authorization_url: str | None = None
    token_url: str | None = None
    refresh_url: str | None = None
    scopes: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class SecurityScheme:
    """A Security Scheme Object (OpenAPI 3.1 §4.8.27).

    `kind` is its `type`: `apiKey`, `http`, `oauth2`, `openIdConnect` or `mutualTLS`.
    """

    name: str
    kind: str
    location: str | None = None
    parameter_name: str | None = None
    scheme: str | None = None
    bearer_format: str | None = None
    flows: tuple[OAuthFlow, ...] = ()
    openid_url: str | None = None
    description: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Tag:
    """A Tag Object (OpenAPI 3.1 §4.8.22). `summary` comes with 3.2."""

    name: str
    summary: str | None = None
    description: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class License:
    """A License Object (OpenAPI 3.1 §4.8.4)."""

    name: str | None = None
    identifier: str | None = None
    """An SPDX expression."""
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Contact:
    """A Contact Object (OpenAPI 3.1 §4.8.3)."""

    name: str | None = None
    url: str | None = None
    email: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Info:
    """An Info Object (OpenAPI 3.1 §4.8.2)."""

    title: str
    version: str
    summary: str | None = None
    description: str | None = None
    terms_of_service: str | None = None
    license: License | None = None
    contact: Contact | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Document:
    """A whole document. `schemas` also holds the targets of refs into other files, named by the parser."""

    file: str
    version: str
    info: Info
    servers: tuple[Server, ...] = ()
    operations: tuple[Operation, ...] = ()
    webhooks: tuple[Operation, ...] = ()
    schemas: tuple[NamedSchema, ...] = ()
    security_schemes: tuple[SecurityScheme, ...] = ()
    security: tuple[SecurityRequirement, ...] = ()
    tags: tuple[Tag, ...] = ()
    documentation: str | None = None
    """The URL of its External Documentation Object (OpenAPI 3.1 §4.8.11)."""
    documentation_span: Span = origin()
    span: Span = origin()
