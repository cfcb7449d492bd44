"""sdk.yaml as frozen data: everything that is Python taste and not API. `sdk.schema.json` is its published schema.

The schema says what is allowed and `config_check` reports what isn't; here valid nodes become attrs objects.
Whether the names in it exist in the API is for `lower` to check: that is what the spans are for.
"""

from __future__ import annotations

import enum
import keyword
import re
from typing import Any

import attrs

from ..diagnostics.model import DiagnosticSink
from ..source.load import load
from ..source.nodes import MappingNode, Node, ScalarNode, ScalarValue, SequenceNode
from ..source.span import NOWHERE, Span, origin
from .config_check import check
from .model import Document, JsonObject, JsonValue

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


@attrs.frozen(kw_only=True)
class Name:
    """A name from sdk.yaml that must exist elsewhere, and where it stands."""

    text: str
    span: Span = origin()

    def __str__(self) -> str:
        return self.text


@attrs.frozen(kw_only=True)
class PackageConfig:
    """`package:`. What is not given follows from `distribution`."""

    distribution: str
    import_name: str
    version: str = "0.1.0"
    title: str
    description: str = ""
    license: str | None = None
    base_error: str
    span: Span = origin()


@attrs.frozen(kw_only=True)
class CredentialConfig:
    """A constructor option for a secret; `scheme` is a security scheme of the document."""

    option: str
    env: str | None = None
    scheme: Name
    doc: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class ConstantConfig:
    name: str
    value: str | int | float | bool
    doc: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class StreamEventsConfig:
    """Names of server-sent events: the items, those to drop, the one that raises, those that end a stream."""

    items: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    error: str | None = None
    terminal: tuple[str, ...] = ()
    span: Span = origin()


@attrs.frozen(kw_only=True)
class ClientConfig:
    """`client:`."""

    class_name: str
    async_class_name: str
    base_url: str | None = None
    base_url_env: str | None = None
    log_env: str | None = None
    credentials: tuple[CredentialConfig, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    timeout: float = 600
    connect_timeout: float = 5
    max_retries: int = 2
    max_connections: int = 1000
    max_keepalive_connections: int = 100
    idempotency_header: str | None = None
    constants: tuple[ConstantConfig, ...] = ()
    errors: tuple[tuple[str, int], ...] = ()
    stream_events: StreamEventsConfig = StreamEventsConfig()
    doc: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class TypeConfig:
    """`types: {Name: {param: false}}`: `param` says whether requests get a form of their own, `rename` is the Python
    name."""

    name: Name
    param: bool = True
    rename: str | None = None
    span: Span = origin()


class AliasModule(enum.Enum):
    """Where an alias lives: in a file of its own, or beside its type and unexported."""

    OWN = "own"
    SAME = "same"


@attrs.frozen(kw_only=True)
class AliasConfig:
    name: str
    of: Name
    module: AliasModule = AliasModule.OWN
    span: Span = origin()


@attrs.frozen(kw_only=True)
class DeprecatedValuesConfig:
    """Values of a parameter that warn, each with its date; `message` may use `{value}` and `{date}`."""

    param: Name
    constant: str
    values: tuple[tuple[str, str], ...]
    message: str
    span: Span = origin()


@attrs.frozen(kw_only=True)
class MethodConfig:
    """A generated method. `path` is the key of the path in the document."""

    name: str
    verb: str
    path: str
    endpoint: Name
    """`post /v1/messages`, as it was written."""
    stream_param: Name | None = None
    headers: tuple[tuple[str, str], ...] = ()
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
class HookedMethodConfig:
    """A hand-written method with the signature of the method `like`."""

    name: str
    like: Name
    returns: Name
    async_returns: Name
    requires: tuple[Name, ...] = ()
    deprecated_values: DeprecatedValuesConfig | None = None
    api_md: HookedApiMdConfig = HookedApiMdConfig()
    doc: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class ResourceConfig:
    """One attribute of the client (or of its parent), in the order of sdk.yaml."""

    name: str
    types: tuple[Name, ...] = ()
    methods: tuple[MethodConfig | HookedMethodConfig, ...] = ()
    resources: tuple[ResourceConfig, ...] = ()
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
    output: str | None = None
    span: Span = origin()


@attrs.frozen(kw_only=True)
class SdkConfig:
    """The whole file. `file` is `None` when there is none."""

    file: str | None = None
    package: PackageConfig
    client: ClientConfig
    types: tuple[TypeConfig, ...] = ()
    aliases: tuple[AliasConfig, ...] = ()
    resources: tuple[ResourceConfig, ...] = ()
    """Empty: `lower` derives them from the document."""
    extra_exports: tuple[ExtraExportsConfig, ...] = ()
    example: ExampleConfig | None = None
    span: Span = origin()

    @classmethod
    def default_for(cls, document: Document) -> SdkConfig:
        """The configuration of a document that comes without one: names from the title, credentials from the
        security schemes."""
        words = _words(document.info.title) or ["api"]
        distribution = "-".join(words)
        prefix = "_".join(words).upper()
        package = _package(distribution, {"version": _version(document.info.version), "title": document.info.title})
        class_name = _class_name(package.import_name)
        client = ClientConfig(
            class_name=class_name,
            async_class_name=f"Async{class_name}",
            base_url_env=f"{prefix}_BASE_URL",
            log_env=f"{prefix}_LOG",
            credentials=default_credentials(document, prefix),
        )
        return cls(package=package, client=client)


def default_credentials(document: Document, prefix: str) -> tuple[CredentialConfig, ...]:
    """A constructor option for every security scheme that is one header: API keys and bearer tokens."""
    found: dict[str, CredentialConfig] = {}
    for scheme in document.security_schemes:
        bearer = scheme.kind in ("oauth2", "openIdConnect") or (scheme.kind, (scheme.scheme or "").lower()) == (
            "http",
            "bearer",
        )
        if not bearer and (scheme.kind, scheme.location) != ("apiKey", "header"):
            continue
        option = "auth_token" if bearer else "api_key"
        if option in found:
            option = "_".join(_words(scheme.name)) or option
        name = Name(text=scheme.name, span=scheme.span)
        env = f"{prefix}_{option.upper()}"
        found.setdefault(option, CredentialConfig(option=option, env=env, scheme=name, span=scheme.span))
    return tuple(found.values())


def parse_config(path: str, text: str, sink: DiagnosticSink) -> SdkConfig | None:
    """Read sdk.yaml. `None` if there is a mistake in it; then it was reported."""
    root = load(path, text, sink)
    if root is None or not check(root, sink) or not isinstance(root, MappingNode):
        return None
    return _Section(root, root.span).config(path)


class _Section:
    """A mapping that the schema has accepted: shapes needn't be doubted."""

    def __init__(self, node: MappingNode, span: Span) -> None:
        self.node = node
        self.span = span

    def value(self, key: str) -> ScalarValue:
        node = self.node.entries.get(key)
        return node.value if isinstance(node, ScalarNode) else None

    def given(self, *keys: str) -> dict[str, Any]:
        """The scalars among `keys` that are there, for use as keyword arguments."""
        return {key: self.value(key) for key in keys if key in self.node.entries}

    def text(self, key: str) -> str:
        return str(self.value(key) or "")

    def maybe(self, key: str) -> str | None:
        return self.text(key) if key in self.node.entries else None

    def name(self, key: str) -> Name:
        return Name(text=self.text(key), span=self.node.entries[key].span)

    def names(self, key: str) -> tuple[Name, ...]:
        return _names(self.node.entries.get(key))

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple([name.text for name in self.names(key)])

    def section(self, key: str) -> _Section:
        """A mapping; an empty one if it isn't there."""
        node = self.node.entries.get(key)
        if isinstance(node, MappingNode):
            return _Section(node, self.node.key_span(key))
        return _Section(MappingNode(self.node.file, self.node.start, self.node.start, {}, {}), NOWHERE)

    def sections(self, key: str) -> list[tuple[str, _Section]]:
        """The mappings of a mapping, by name, or those of a list."""
        node = self.node.entries.get(key)
        if isinstance(node, SequenceNode):
            return [("", _Section(item, item.span)) for item in node.items if isinstance(item, MappingNode)]
        inner = self.section(key)
        return [(name, inner.section(name)) for name in inner.node.entries]

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        return tuple([(name, node.text) for name, node in self._scalars(key)])

    def numbers(self, key: str) -> tuple[tuple[str, int], ...]:
        return tuple([(name, node.value) for name, node in self._scalars(key) if isinstance(node.value, int)])

    def _scalars(self, key: str) -> list[tuple[str, ScalarNode]]:
        entries = self.section(key).node.entries
        return [(name, node) for name, node in entries.items() if isinstance(node, ScalarNode)]

    def config(self, path: str) -> SdkConfig:
        given = self.section("package")
        package = _package(
            given.text("distribution"),
            given.given("import_name", "version", "title", "description", "license", "base_error"),
            base_error_of=self.section("client").maybe("class_name"),
            span=given.span,
        )
        example = self.section("readme").section("example")
        return SdkConfig(
            file=path,
            package=package,
            client=self.section("client").client(package.import_name),
            types=tuple([section.type(name) for name, section in self.sections("types")]),
            aliases=tuple([section.alias(name) for name, section in self.sections("aliases")]),
            resources=tuple([section.resource(name) for name, section in self.sections("resources")]),
            extra_exports=self.exports(),
            example=example.example() if example.node.entries else None,
            span=self.span,
        )

    def client(self, import_name: str) -> ClientConfig:
        class_name = self.maybe("class_name") or _class_name(import_name)
        events = self.section("stream_events")
        names: dict[str, Any] = {"class_name": class_name, "async_class_name": f"Async{class_name}"}
        return ClientConfig(
            **{**names, **self.given(*_CLIENT_SCALARS)},
            credentials=tuple([section.credential() for _, section in self.sections("credentials")]),
            headers=self.pairs("headers"),
            constants=tuple([section.constant() for _, section in self.sections("constants")]),
            errors=self.numbers("errors"),
            stream_events=StreamEventsConfig(
                items=events.texts("items"),
                skipped=events.texts("skipped"),
                error=events.maybe("error"),
                terminal=events.texts("terminal"),
                span=events.span,
            ),
            span=self.span,
        )

    def credential(self) -> CredentialConfig:
        return CredentialConfig(**self.given("option", "env", "doc"), scheme=self.name("scheme"), span=self.span)

    def constant(self) -> ConstantConfig:
        return ConstantConfig(**self.given("name", "value", "doc"), span=self.span)

    def type(self, name: str) -> TypeConfig:
        return TypeConfig(name=Name(text=name, span=self.span), **self.given("param", "rename"), span=self.span)

    def alias(self, name: str) -> AliasConfig:
        module = AliasModule(self.maybe("module") or "own")
        return AliasConfig(name=name, of=self.name("of"), module=module, span=self.span)

    def resource(self, name: str) -> ResourceConfig:
        return ResourceConfig(
            name=name,
            types=self.names("types"),
            methods=tuple([section.method(key) for key, section in self.sections("methods")]),
            resources=tuple([section.resource(key) for key, section in self.sections("resources")]),
            doc=self.maybe("doc"),
            span=self.span,
        )

    def method(self, name: str) -> MethodConfig | HookedMethodConfig:
        if "like" in self.node.entries:
            return HookedMethodConfig(
                name=name,
                like=self.name("like"),
                returns=self.name("returns"),
                async_returns=self.name("async_returns"),
                requires=self.names("requires"),
                deprecated_values=self.deprecated_values(),
                api_md=HookedApiMdConfig(**self.section("api_md").given(*_API_MD_SCALARS), span=self.span),
                doc=self.maybe("doc"),
                span=self.span,
            )
        verb, path = self.text("endpoint").split(" ", 1)
        return MethodConfig(
            name=name,
            verb=verb.lower(),
            path=path.strip(),
            endpoint=self.name("endpoint"),
            stream_param=self.name("stream_param") if "stream_param" in self.node.entries else None,
            headers=self.pairs("headers"),
            deprecated_values=self.deprecated_values(),
            doc=self.maybe("doc"),
            span=self.span,
        )

    def deprecated_values(self) -> DeprecatedValuesConfig | None:
        if "deprecated_values" not in self.node.entries:
            return None
        given = self.section("deprecated_values")
        return DeprecatedValuesConfig(
            param=given.name("param"),
            constant=given.text("constant"),
            values=given.pairs("values"),
            message=given.text("message"),
            span=given.span,
        )

    def exports(self) -> tuple[ExtraExportsConfig, ...]:
        inner = self.section("extra_exports")
        return tuple(
            [
                ExtraExportsConfig(module=module, names=_names(node), span=inner.node.key_span(module))
                for module, node in inner.node.entries.items()
            ]
        )

    def example(self) -> ExampleConfig:
        arguments = JsonObject(tuple([(k, _json(v)) for k, v in self.section("arguments").node.entries.items()]))
        return ExampleConfig(
            method=self.name("method"), arguments=arguments, output=self.maybe("output"), span=self.span
        )


_CLIENT_SCALARS = (
    "class_name",
    "async_class_name",
    "base_url",
    "base_url_env",
    "log_env",
    "timeout",
    "connect_timeout",
    "max_retries",
    "max_connections",
    "max_keepalive_connections",
    "idempotency_header",
    "doc",
)
_API_MD_SCALARS = ("title", "params_link", "args", "returns", "returns_href")


def _names(node: Node | None) -> tuple[Name, ...]:
    items = node.items if isinstance(node, SequenceNode) else []
    return tuple([Name(text=item.text, span=item.span) for item in items if isinstance(item, ScalarNode)])


def _json(node: Node) -> JsonValue:
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return tuple([_json(item) for item in node.items])
    return JsonObject(tuple([(key, _json(value)) for key, value in node.entries.items()]))


def _package(
    distribution: str, given: dict[str, Any], base_error_of: str | None = None, span: Span = NOWHERE
) -> PackageConfig:
    """The package with what isn't given filled in from what is."""
    import_name = given.get("import_name") or _identifier(distribution)
    defaults = {
        "import_name": import_name,
        "title": distribution,
        "base_error": f"{base_error_of or _class_name(import_name)}Error",
    }
    return PackageConfig(distribution=distribution, **{**defaults, **given}, span=span)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _identifier(text: str) -> str:
    name = "_".join(_words(text)) or "api"
    return f"api_{name}" if name[0].isdigit() or keyword.iskeyword(name) else name


def _class_name(import_name: str) -> str:
    return "".join(word.capitalize() for word in import_name.split("_"))


def _version(text: str) -> str:
    """The version of the API, if Python packages may have such a one."""
    return text if re.fullmatch(r"[0-9]+(\.[0-9]+)*", text) else "0.1.0"
