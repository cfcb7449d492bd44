"""sdk.yaml as frozen data: everything that is Python taste and not API. `sdk.schema.json` is its published schema.

The schema says what is allowed, `config_check` reports what isn't, and `config_read` makes these objects of the rest.
Whether the names in it exist in the API is for `lower` to check: that is what the spans are for.
"""

from __future__ import annotations

import enum

import attrs

from ..diagnostics.span import Span, origin
from .model import Document, JsonObject
from .package_config import Name as Name
from .package_config import PackageConfig, make_package
from .package_names import client_names
from .parameter_config import ParameterConfig, TypeText


@attrs.frozen(kw_only=True)
class CredentialConfig:
    """A constructor option for a secret; `scheme` is a security scheme of the document, `part` what it is in that.

    Without one, sdk.yaml says how it is sent: in `place` (`header`, `query` or `cookie`) under the name `parameter`.
    """

    option: str
    env: str | None = None
    scheme: Name
    part: str | None = None
    place: str | None = None
    parameter: str = ""
    prefix: str = ""
    doc: str | None = None
    span: Span = origin()


Requirement = tuple[tuple[tuple[Name, tuple[str, ...]], ...], ...]
"""`[{Key: []}, {Login: [read]}]`: alternatives, each with the schemes that are needed together and their scopes."""


@attrs.frozen(kw_only=True)
class ConstantConfig:
    """`client.constants`: a public constant of the package and the clients."""

    name: str
    value: str | int | float | bool
    doc: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class StreamEventsConfig:
    """Names of server-sent events: the items, those to drop, the one that raises, those that end a stream.

    `ends` are data that end a stream; `undocumented` are the names that the document doesn't describe.
    """

    items: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    error: str | None = None
    terminal: tuple[str, ...] = ()
    ends: tuple[str, ...] = ("[DONE]",)
    undocumented: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    """Where the names of items and of the end stand."""
    skipped_names: tuple[Name, ...] = ()
    given: tuple[str, ...] = ()
    """The keys that are there."""
    span: Span = origin()

    def over(self, other: StreamEventsConfig) -> StreamEventsConfig:
        """Return what a method says with its own keys, and with those of `other` for the rest."""
        own = {key: getattr(self, key) for key in self.given}
        return attrs.evolve(other, **own, names=self.names, skipped_names=self.skipped_names, span=self.span)


@attrs.frozen(kw_only=True)
class ClientConfig:
    """`client:`."""

    class_name: str
    async_class_name: str
    base_url: str | None = None
    environments: tuple[tuple[str, str], ...] = ()
    """Names and URLs of servers, the default one first."""
    base_url_env: str | None = None
    log_env: str | None = None
    http_library: str = "httpx"
    credentials: tuple[CredentialConfig, ...] = ()
    security: Requirement | None = None
    """Instead of the document's own."""
    headers: tuple[tuple[str, str], ...] = ()
    platform_headers: bool = False
    """Whether the server is told what the caller runs on."""
    query_arrays: str = "repeat"
    query_empty: bool = True
    header_names: tuple[Name, ...] = ()
    """The headers, with their places."""
    timeout: float = 600
    connect_timeout: float = 5
    max_retries: int = 2
    max_connections: int = 1000
    max_keepalive_connections: int = 100
    idempotency_header: str | None = None
    constants: tuple[ConstantConfig, ...] = ()
    errors: tuple[tuple[str, int], ...] = ()
    error_bodies: str = "model"
    """What `error.body` is: the `model` that the document declares, or the decoded `json`."""
    stream_events: StreamEventsConfig = StreamEventsConfig()
    doc: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class TypeConfig:
    """`types: {Name: …}`: `name` is the name of a schema, a pattern such as `Request{X}`, or a pointer to a schema that
    is written where it is used. `rename` is the Python name, `model` and `request` are those of one direction.

    `param` says whether requests get a type of their own.
    """

    name: Name
    param: bool = True
    rename: str | None = None
    model: str | None = None
    request: str | None = None
    module: str | None = None
    """The name of the module of the type; that of a request type beside a response type has `_param` behind it."""
    enum: str | None = None
    """Of an enumeration: `class` or `literal`."""
    accepts: tuple[Name, ...] = ()
    """Schemas whose response types requests take as well."""
    span: Span = origin()


class AliasModule(enum.Enum):
    """Where an alias lives: in a file of its own, or beside its type and unexported."""

    OWN = "own"
    SAME = "same"


@attrs.frozen(kw_only=True)
class AliasConfig:
    """`aliases: {Name: {of: Schema}}`: one more name for a type."""

    name: str
    of: Name
    module: AliasModule = AliasModule.OWN
    span: Span = origin()


@attrs.frozen(kw_only=True)
class DeprecatedNameConfig:
    """`anthropic.types.ToolParam: anthropic.types.UtilityParam`: two symbols, in the notation of `ir/symbols.py`."""

    old: Name
    new: Name


@attrs.frozen(kw_only=True)
class DeprecatedValuesConfig:
    """Values of a parameter that warn, each with its date; `message` may use `{value}` and `{date}`."""

    param: Name
    constant: str
    values: tuple[tuple[str, str], ...]
    message: str
    names: tuple[Name, ...] = ()
    """The values, with their places."""
    span: Span = origin()


@attrs.frozen(kw_only=True)
class StyleConfig:
    """`styles: {ids: comma}`: how the parameter `ids` of a query is written; `*` stands for lists."""

    name: Name
    word: str


@attrs.frozen(kw_only=True)
class PagesConfig:
    """`pages: {CursorPage: {kind: cursor, param: cursor, next: next_cursor}}`: how an API tells pages apart.

    `places` are the other keys, with their names: of parameters, and of places in the response.
    """

    name: str
    kind: str
    places: tuple[tuple[str, Name], ...] = ()
    start: int = 1
    span: Span = origin()


@attrs.frozen(kw_only=True)
class MethodConfig:
    """A generated method. `path` is the key of the path in the document.

    Without `endpoint` it is the method that is inferred in its place: `lower` fills in the three.
    """

    name: str
    rename: str | None = None
    verb: str = ""
    path: str = ""
    endpoint: Name = Name(text="")
    """`post /v1/messages`, as it was written."""
    stream_param: Name | None = None
    returns: TypeText | None = None
    """What a response is, instead of what the document says."""
    body_type: Name | None = None
    body_required: bool | None = None
    security: Requirement | None = None
    """Instead of the operation's."""
    stream_item: Name | None = None
    stream_format: str | None = None
    """`events` or `lines`; with it or with `stream_item` the method streams, whatever the document says."""
    stream_events: StreamEventsConfig | None = None
    """What differs from those of the client."""
    headers: tuple[tuple[str, str], ...] = ()
    styles: tuple[StyleConfig, ...] = ()
    page: Name | None = None
    """Which pages the method gives; an empty name for none."""
    parameters: tuple[ParameterConfig, ...] = ()
    path_parameters: str | None = None
    header_names: tuple[Name, ...] = ()
    """The headers, with their places."""
    deprecated_values: DeprecatedValuesConfig | None = None
    doc: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class HookedApiMdConfig:
    """What api.md prints for a hooked method."""

    title: bool = True
    params_link: bool = True
    args: str | None = None
    returns: str | None = None
    returns_href: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class HandlesConfig:
    """`handles: {ContentBlock: [text, tool_use]}`: a union that a hook tells apart, and the tags that it knows."""

    union: Name
    tags: tuple[Name, ...]


@attrs.frozen(kw_only=True)
class HookedMethodConfig:
    """A hand-written method with the signature of the method `like`."""

    name: str
    like: Name
    returns: Name
    async_returns: Name
    requires: tuple[Name, ...] = ()
    handles: tuple[HandlesConfig, ...] = ()
    deprecated_values: DeprecatedValuesConfig | None = None
    api_md: HookedApiMdConfig = HookedApiMdConfig()
    doc: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class ResourceConfig:
    """One attribute of the client (or of its parent), in the order of sdk.yaml.

    One without a name, at the top, stands for the client itself: it has methods only. `rename` is what an inferred
    resource, `name`, is called instead.
    """

    name: str
    rename: str | None = None
    types: tuple[Name, ...] = ()
    methods: tuple[MethodConfig | HookedMethodConfig, ...] = ()
    resources: tuple[ResourceConfig, ...] = ()
    parameters: tuple[ParameterConfig, ...] = ()
    doc: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class ExtraExportsConfig:
    """Names that a hand-written module adds to the package."""

    module: str
    names: tuple[Name, ...]
    span: Span = origin()


@attrs.frozen(kw_only=True)
class ExampleConfig:
    """The call that the README shows; `method` is `messages.create`."""

    method: Name
    arguments: JsonObject = JsonObject()
    names: tuple[Name, ...] = ()
    """The names of the arguments, with their spans."""
    output: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class SdkConfig:
    """The whole file. `file` is `None` when there is none."""

    file: str | None = None
    package: PackageConfig
    client: ClientConfig
    types: tuple[TypeConfig, ...] = ()
    inline_types: tuple[Name, ...] = ()
    """Schemas (names or patterns) that get no type of their own: they are written where they are used."""
    shared_types: tuple[Name, ...] = ()
    """Schemas (names or patterns) whose types belong to no resource."""
    request_arrays: str = "list"
    """What requests take for arrays of texts: a `list`, or any `sequence`."""
    limits: str = "none"
    """Where limits of values stand besides: `annotated` puts them into annotations."""
    enums: str = "literal"
    """What enumerations are: a `literal` type, or a `class`."""
    formats: tuple[tuple[Name, str], ...] = ()
    """Formats of texts, and the names of their classes in Python."""
    numbers: tuple[tuple[Name, str], ...] = ()
    """Formats of numbers, or `*` for all others, and the names of their classes in Python."""
    aliases: tuple[AliasConfig, ...] = ()
    resources: tuple[ResourceConfig, ...] = ()
    """What differs from the resources that `lower` infers from the document."""
    only: tuple[Name, ...] = ()
    """Patterns of the operations that get methods: a tag, a path, an operation id, a method or a resource."""
    skip: tuple[Name, ...] = ()
    """Patterns of operations that get no method: `get /pets`, `/internal/*`."""
    styles: tuple[StyleConfig, ...] = ()
    pages: tuple[PagesConfig, ...] = ()
    infer_pages: bool = True
    parameters: tuple[ParameterConfig, ...] = ()
    vendor_extensions: bool | None = None
    """Whether what extensions of other generators say about names and types counts: `None` if it does, with a note."""
    internal_operations: bool | None = None
    """Whether operations with `x-internal: true` have methods: `None` if they do, with a note."""
    prefixes: tuple[tuple[Name, str], ...] = ()
    """Beginnings of paths, and the resources that their operations belong to: `zones.dns`, or `""` for the client."""
    acronyms: tuple[str, ...] = ()
    """Words that names have as one word, as they are spelled: `OAuth`."""
    path_parameters: str = "all"
    """Which parameters of a path may be given by position: `all`, the `last` one, or `none`."""
    extra_exports: tuple[ExtraExportsConfig, ...] = ()
    deprecated_names: tuple[DeprecatedNameConfig, ...] = ()
    example: ExampleConfig | None = None
    span: Span = origin()

    @classmethod
    def default_for(cls, document: Document) -> SdkConfig:
        """Return the configuration of a document that comes without one. Names follow from the title."""
        package = make_package({}, document.info)
        names = client_names(package.import_name, title=document.info.title)
        return cls(package=package, client=ClientConfig(**names))
