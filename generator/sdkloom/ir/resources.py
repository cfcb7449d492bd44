"""Resources, methods and the client."""

from __future__ import annotations

import enum

import attrs

from ..diagnostics.span import Span, origin, pointer
from .hooks import HookRequirement, ImportedName
from .json_like import JsonLike as JsonLike
from .json_like import JsonMapping as JsonMapping
from .limits import Limits
from .old_names import MovedMethod, OldName, OldResource, OldValue
from .pages import MethodPage
from .replies import Replies
from .security import Requirement, Scheme, Servers
from .streams import HandledUnion, StreamContent, StreamEvents
from .types import LiteralValue, TypeExpr, TypeName


class ParamLocation(enum.Enum):
    """Where an argument of a method is sent."""

    BODY = "body"
    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"


@attrs.frozen(kw_only=True)
class ParamStyle:
    """How a parameter is written, where that isn't the default of its location: `Style("pipeDelimited")`.

    `name` is a style of OpenAPI, or `json`, `brackets` or `indices`; `segments` keeps the slashes of a path.
    """

    name: str
    explode: bool = False
    allow_reserved: bool = False
    allow_empty: bool = False


@attrs.frozen(kw_only=True)
class MethodParam:
    """`temperature: float | NotGiven = NOT_GIVEN` in a signature, an `Args:` line in the docstring, and an entry of
    the body, path, query or headers under its wire name.

    `sample` is an argument that the API takes, for tests: of a required parameter the least, of others everything.
    One with a default looks like this: `limit: int = 20`.
    """

    name: str
    wire_name: str
    location: ParamLocation
    type: TypeExpr
    required: bool
    positional: bool = False
    """Whether it may be given by position."""
    style: ParamStyle | None = None
    default: JsonLike = None
    """What is sent if the caller gives nothing."""
    append: tuple[str, ...] = ()
    """Members that are sent in any case, behind those that the caller gives."""
    doc: str | None = None
    example: JsonLike = None
    """What the document shows as an example."""
    assumed: JsonLike = None
    """What the API takes, by the document, if nothing is sent."""
    limits: Limits = ()
    """What the annotation says about values, where sdk.yaml asks for that."""
    deprecated: bool = False
    sample: JsonLike = attrs.field(default=None, eq=False, repr=False)
    pointer: str = pointer()
    span: Span = origin()

    @property
    def is_content_type(self) -> bool:
        """Whether the caller says by this parameter what the body is."""
        return is_content_type(self.location, self.wire_name)


def is_content_type(location: ParamLocation, wire_name: str) -> bool:
    """Whether the caller says by a parameter what the body is: a document can't declare that one itself."""
    return location is ParamLocation.HEADER and wire_name == "Content-Type"


@attrs.frozen(kw_only=True)
class Streaming:
    """How a method streams if it is asked to: the boolean parameter that asks for it and the type of one item.

    Gives three overloads: `stream: Literal[False] | NotGiven = NOT_GIVEN`, `Literal[True]`, `bool`. One whose location
    is the headers isn't sent itself: it decides what `Accept` says.
    """

    param: str
    wire_name: str
    location: ParamLocation = ParamLocation.BODY
    content: StreamContent = StreamContent()
    item: TypeExpr
    doc: str | None = None
    pointer: str = pointer()
    span: Span = origin()


class BodyKind(enum.Enum):
    """How a request body is written."""

    NONE = "none"
    JSON = "json"
    MULTIPART = "multipart"
    FORM = "form"
    LINES = "lines"
    BINARY = "binary"


@attrs.frozen(kw_only=True)
class MemberEncoding:
    """How a member of a form is written, where that doesn't follow from its value (OpenAPI 3.1 §4.8.15).

    `base64` says that files are sent as text.
    """

    name: str
    content_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    base64: bool = False
    style: ParamStyle | None = None


@attrs.frozen(kw_only=True)
class BodyFormat:
    """A media type that a method can send. `media_type` is spelled as in the document.

    `members` are the wire names of what a body of named members may have; `no_files` those that have files in another
    format of the method, but not in this one.
    """

    kind: BodyKind
    media_type: str
    members: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    no_files: tuple[str, ...] = ()
    encodings: tuple[MemberEncoding, ...] = ()


class ResponseKind(enum.Enum):
    """How a response body is read."""

    JSON = "json"
    TEXT = "text"
    BINARY = "binary"
    NEGOTIATED = "negotiated"
    """By what arrived: its status and its media type decide."""
    STREAM = "stream"
    """Item by item: the type of the response is that of one item."""

    PAGE = "page"
    """Page by page: the type of the response is that of one item."""
    HEADERS = "headers"
    """The headers: the type is that of a model of them, or `None` for whatever comes."""

    NONE = "none"


@attrs.frozen(kw_only=True)
class ResponseCase:
    """One of several bodies that a method may get. `status` is a code, a range or `default`.

    An empty `media_type` says that there is no body; its type is `None`.
    """

    status: str
    media_type: str
    type: TypeExpr


@attrs.frozen(kw_only=True)
class ErrorCase:
    """The type that the body of an error has: of a status (`404`), of a range (`5XX`), or of all others (`default`)."""

    status: str
    type: TypeExpr
    doc: str | None = None


@attrs.frozen(kw_only=True)
class DeprecatedValues:
    """Warn when an argument has one of the listed values: `retiring_value(model, DEPRECATED_MODELS, …)`.

    `constant` is the module-level mapping value → end of life; `message` may use `{value}` and `{date}`.
    """

    param: str
    constant: str
    values: tuple[tuple[str, str], ...]
    message: str


@attrs.frozen(kw_only=True)
class Method:
    """`def create(self, *, max_tokens: int, …) -> Message:` and its async twin: a signature, a docstring, one call.

    `path` still holds `{placeholders}` and the path's own query. `params` are in signature order, without the
    streaming parameter: that one is described by `streaming` and stands where `streaming_position` says.
    """

    name: str
    verb: str
    path: str
    params: tuple[MethodParam, ...]
    constants: tuple[MethodParam, ...] = ()
    """What is always sent, with the value as `sample`: parameters that no caller gives."""
    streaming: Streaming | None = None
    streaming_position: int = 0
    body: BodyKind = BodyKind.NONE
    body_type: TypeExpr | None = None
    """Set when the whole body is one value that isn't an object with named fields."""
    body_formats: tuple[BodyFormat, ...] = ()
    """The media types that are sent; the first one that can hold what the caller gives."""
    body_required: bool = True
    """Whether there is always a body. Otherwise there is none in a call that gives nothing of it."""
    response: TypeExpr
    response_kind: ResponseKind = ResponseKind.JSON
    page: MethodPage | None = None
    response_cases: tuple[ResponseCase, ...] = ()
    """What `NEGOTIATED` decides between."""
    accept: tuple[str, ...] = ()
    """The declared media types of what `response` is made of; empty where it has no body."""
    errors: tuple[ErrorCase, ...] = ()
    response_headers: TypeExpr | None = None
    """The model of the headers that come with the body: `response.parse_headers(PetListHeaders)`."""
    not_modified: bool = False
    """Whether status 304 is a success: there is no body then."""
    security: Requirement | None = attrs.field(default=None, eq=False)
    """What this method needs, if that is something else than what the client says."""
    server: str | None = attrs.field(default=None, eq=False)
    """The URL of its own server. As for security, `diff` compares what the documents say."""
    stream_content: StreamContent | None = None
    """Set when every response is a stream."""
    params_type: TypeName | None = None
    """The TypedDict of all parameters (`MessageCreateParams`); `None` for a method without parameters."""
    headers: tuple[tuple[str, str], ...] = ()
    deprecated_values: DeprecatedValues | None = None
    old_names: tuple[OldName, ...] = ()
    """Of parameters."""
    old_values: tuple[OldValue, ...] = ()
    replies: Replies = attrs.field(default=Replies(), eq=False, repr=False)
    """What the tests get when there is no server."""
    deprecated: bool = False
    doc: str | None = None
    samples: tuple[str, ...] = ()
    """Programs of the document that show a call, in Python."""
    returns_doc: str | None = None
    pointer: str = pointer()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Webhook:
    """`new_pet: Webhook[Pet] = Webhook("newPet", Pet)` in the module `webhooks`: a request that the API sends."""

    attribute: str
    name: str
    type: TypeExpr
    doc: str | None = None
    pointer: str = pointer()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class ApiMdLink:
    """`<a href="./src/anthropic/types/message.py">Message</a>`, or plain text when `href` is `None`."""

    text: str
    href: str | None = None


@attrs.frozen(kw_only=True)
class HookedMethod:
    """A hand-written method that is declared in sdk.yaml: `stream`.

    The signature is that of the method `like`, without its streaming parameter; the body is the fragment in
    `templates/hooks/`. `returns` is the class in the sync client, `async_returns` its async twin; `api_md` is what
    the reference page prints. `requires` and `handles` are checked and never printed, so they are not part of equality.
    """

    name: str
    like: str
    params: tuple[MethodParam, ...]
    returns: ImportedName
    async_returns: ImportedName
    requires: tuple[HookRequirement, ...] = attrs.field(default=(), eq=False)
    handles: tuple[HandledUnion, ...] = attrs.field(default=(), eq=False)
    deprecated_values: DeprecatedValues | None = None
    old_names: tuple[OldName, ...] = ()
    """Of parameters."""
    old_values: tuple[OldValue, ...] = ()
    api_md: HookedApiMd
    doc: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class HookedApiMd:
    """What api.md prints for a hooked method. `title`/`params` say whether those parts are as for a generated one."""

    title: bool
    params_link: bool
    args: str
    returns: ApiMdLink


CLIENT_METHODS = "ClientMethods"
"""The class that has the methods of the client itself, and is a base of it."""


@attrs.frozen(kw_only=True)
class Resource:
    """`class Messages(SyncAPIResource)`, its async twin and the four wrapper classes: one file below `resources/`.

    `path` is the attribute path on the client (`("beta", "prompt_caching", "messages")`). A resource with children
    is a package of that name holding a module of that name; a leaf is a module. The path `()` stands for the client
    itself: `class ClientMethods(SyncAPIClient)`, a base of the client. `listed_types` are the names that
    api.md prints, sorted; `types_package` is where they are imported from.
    """

    path: tuple[str, ...]
    class_name: str
    methods: tuple[Method, ...] = ()
    hooked: tuple[HookedMethod, ...] = ()
    children: tuple[Resource, ...] = ()
    types_package: tuple[str, ...] = ("types",)
    listed_types: tuple[str, ...] = ()
    old_methods: tuple[OldName, ...] = ()
    moved_methods: tuple[MovedMethod, ...] = ()
    old_resources: tuple[OldResource, ...] = ()
    """Of children."""
    doc: str | None = None
    span: Span = origin()

    @property
    def attribute(self) -> str:
        """The property of the client, or of the parent, that gives the resource: `messages`."""
        return self.path[-1] if self.path else "client"

    @property
    def dotted(self) -> str:
        """How the resource is reached from the client: `beta.prompt_caching.messages`."""
        return ".".join(self.path)


@attrs.frozen(kw_only=True)
class Credential:
    """A constructor option that becomes a header: `api_key` → `X-Api-Key: …`, `auth_token` → `Authorization: Bearer …`.

    Without schemes of the client, credentials are in order of preference: the first one that is set is sent alone.
    """

    option: str
    env: str | None
    header: str = ""
    prefix: str = ""
    place: str = ""
    """How it is sent, if it isn't a header: `the query parameter `key``."""
    doc: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class Constant:
    """A public constant of the package and the clients: `HUMAN_PROMPT = "\\n\\nHuman:"`."""

    name: str
    value: LiteralValue
    doc: str | None = None


@attrs.frozen(kw_only=True)
class Client:
    """`class Anthropic(SyncAPIClient)` and `class AsyncAnthropic(AsyncAPIClient)`."""

    class_name: str
    async_class_name: str
    base_url: str
    base_url_env: str | None = None
    log_env: str | None = None
    http_library: str = "httpx"
    """`httpx` or `httpx2`."""
    credentials: tuple[Credential, ...] = ()
    schemes: tuple[Scheme, ...] = attrs.field(default=(), eq=False)
    """Empty if each credential is a header, and every operation asks for any one of them."""
    security: Requirement = attrs.field(default=(), eq=False)
    """What requests need whose method says nothing else. Of no meaning without schemes."""
    servers: Servers | None = attrs.field(default=None, eq=False)
    """Set if requests may go to more than `base_url`, which is empty if users must give it."""
    headers: tuple[tuple[str, str], ...] = ()
    platform_headers: bool = False
    """Whether the server is told what the caller runs on."""
    query_arrays: str = "repeat"
    """How lists in `extra_query` and `default_query` are written: `repeat`, `comma`, `brackets` or `indices`."""
    query_empty: bool = True
    """Whether empty texts in there are sent."""
    timeout: float = 600.0
    connect_timeout: float = 5.0
    max_retries: int = 2
    max_connections: int = 1000
    max_keepalive_connections: int = 100
    idempotency_header: str | None = None
    error_statuses: tuple[tuple[str, int], ...] = ()
    """Error `type` of the API's error body → HTTP status of the exception class that a stream error raises."""
    stream_events: StreamEvents = StreamEvents()
    constants: tuple[Constant, ...] = ()
    old_resources: tuple[OldResource, ...] = ()
    doc: str | None = None
    span: Span = origin()


def server_url(client: Client) -> str:
    """Return where requests go by default, as far as it is known: a URL, a path, or what begins with a placeholder."""
    return client.base_url if client.servers is None else client.servers.default.expanded


@attrs.frozen(kw_only=True)
class Example:
    """The first call that the README shows: resource path, method, and arguments as Python source values."""

    resource: tuple[str, ...]
    method: str
    arguments: tuple[tuple[str, JsonLike], ...] = ()
    output: str = ""
    """An expression over `message` (the result) that is printed."""
