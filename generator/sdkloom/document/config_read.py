"""sdk.yaml from its nodes."""

from __future__ import annotations

from typing import Any

import attrs

from ..diagnostics.model import DiagnosticSink
from ..diagnostics.span import NOWHERE, Span
from ..source.load import load
from ..source.nodes import MappingNode, Node, ScalarNode, ScalarValue, SequenceNode
from .config import (
    AliasConfig,
    AliasModule,
    ClientConfig,
    ConstantConfig,
    CredentialConfig,
    DeprecatedNameConfig,
    DeprecatedValuesConfig,
    ExampleConfig,
    ExtraExportsConfig,
    HandlesConfig,
    HookedApiMdConfig,
    HookedMethodConfig,
    MethodConfig,
    Name,
    PagesConfig,
    Requirement,
    ResourceConfig,
    SdkConfig,
    StreamEventsConfig,
    StyleConfig,
    TypeConfig,
)
from .config_check import check
from .model import Document, Info, JsonObject
from .package_config import make_package
from .package_names import client_names
from .page_config import check_pages
from .parameter_config import ParameterConfig, TypeText
from .reader import json_value


def parse_config(path: str, text: str, sink: DiagnosticSink, document: Document | None = None) -> SdkConfig | None:
    """Read sdk.yaml. `None` if there is a mistake in it, which was reported.

    What it leaves open follows from `document`, which is `None` where that can't be read.
    """
    root = load(path, text, sink)
    if root is None or not check(root, sink) or not isinstance(root, MappingNode):
        return None
    config = _Section(root, root.span).config(path, None if document is None else document.info)
    return config if check_pages(config, sink) else None


class _Section:
    """A mapping of sdk.yaml. Its JSON Schema has accepted it: nothing has a wrong shape."""

    def __init__(self, node: MappingNode, span: Span) -> None:
        self.node = node
        self.span = span

    def value(self, key: str) -> ScalarValue:
        node = self.node.entries.get(key)
        return node.value if isinstance(node, ScalarNode) else None

    def scalars(self, *keys: str) -> dict[str, Any]:
        """The scalars among `keys` that are there, for use as keyword arguments."""
        return {key: self.value(key) for key in keys if key in self.node.entries}

    def text(self, key: str) -> str:
        return str(self.value(key) or "")

    def maybe(self, key: str) -> str | None:
        return self.text(key) if key in self.node.entries else None

    def name(self, key: str) -> Name:
        return Name(text=self.text(key), span=self.node.entries[key].span)

    def maybe_name(self, key: str) -> Name | None:
        return self.name(key) if key in self.node.entries else None

    def names(self, key: str) -> tuple[Name, ...]:
        return _names(self.node.entries.get(key))

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple([name.text for name in self.names(key)])

    def keys(self, key: str) -> tuple[Name, ...]:
        """The keys of a mapping, with their places."""
        inner = self.section(key).node
        return tuple([Name(text=name, span=inner.key_span(name)) for name in inner.entries])

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

    def classes(self, key: str) -> tuple[tuple[Name, str], ...]:
        """Classes by formats. One for all is that of `*`."""
        if isinstance(self.node.entries.get(key), ScalarNode):
            return ((Name(text="*", span=self.node.key_span(key)), self.text(key)),)
        return tuple(zip(self.keys(key), [text for _, text in self.pairs(key)]))

    def numbers(self, key: str) -> tuple[tuple[str, int], ...]:
        return tuple([(name, node.value) for name, node in self._scalars(key) if isinstance(node.value, int)])

    def _scalars(self, key: str) -> list[tuple[str, ScalarNode]]:
        entries = self.section(key).node.entries
        return [(name, node) for name, node in entries.items() if isinstance(node, ScalarNode)]

    def config(self, path: str, info: Info | None) -> SdkConfig:
        package = self.section("package")
        made = make_package(
            {
                **package.scalars("distribution", "import_name", "version", "title", "description", "license"),
                **package.scalars("base_error", "copyright", "ci"),
                **({"license_file": package.name("license_file")} if "license_file" in package.node.entries else {}),
            },
            info,
            base_error_of=self.section("client").maybe("class_name"),
            span=package.span,
        )
        example = self.section("readme").section("example")
        return SdkConfig(
            file=path,
            package=attrs.evolve(
                made,
                authors=package.texts("authors"),
                keywords=package.texts("keywords"),
                urls=package.pairs("urls"),
                hooks=package.names("hooks") if "hooks" in package.node.entries else None,
                license_span=package.node.entries["license"].span if made.has_license else package.span,
            ),
            client=self.section("client").client(made.import_name, "" if info is None else info.title),
            types=self.types(),
            inline_types=self.names("inline_types"),
            shared_types=self.names("shared_types"),
            **self.scalars("request_arrays", "enums", "limits"),
            formats=self.classes("formats"),
            numbers=self.classes("numbers"),
            aliases=tuple([section.alias(name) for name, section in self.sections("aliases")]),
            resources=self.resources(),
            only=self.names("only"),
            skip=self.names("skip"),
            styles=self.styles(),
            pages=tuple([section.pages(name) for name, section in self.sections("pages")]),
            **self.scalars("infer_pages"),
            parameters=self.parameters(),
            path_parameters=self.maybe("path_parameters") or "all",
            **self.scalars("vendor_extensions", "internal_operations"),
            prefixes=tuple(zip(self.keys("prefix"), [value for _, value in self.pairs("prefix")])),
            acronyms=self.texts("acronyms"),
            extra_exports=self.exports(),
            deprecated_names=self.deprecated_names(),
            example=example.example() if example.node.entries else None,
            span=self.span,
        )

    def client(self, import_name: str, title: str) -> ClientConfig:
        events = self.section("stream_events")
        return ClientConfig(
            **{**client_names(import_name, self.maybe("class_name"), title), **self.scalars(*_CLIENT_SCALARS)},
            credentials=tuple([section.credential() for _, section in self.sections("credentials")]),
            security=self.requirement(),
            environments=self.pairs("environments"),
            headers=self.pairs("headers"),
            query_arrays=self.section("extra_query").maybe("arrays") or "repeat",
            query_empty=self.section("extra_query").value("empty") is not False,
            header_names=self.keys("headers"),
            constants=tuple([section.constant() for _, section in self.sections("constants")]),
            errors=self.numbers("errors"),
            stream_events=events.stream_events(),
            span=self.span,
        )

    def own_stream_events(self) -> StreamEventsConfig | None:
        return self.section("stream_events").stream_events() if "stream_events" in self.node.entries else None

    def stream_events(self) -> StreamEventsConfig:
        given = {"ends": self.texts("ends")} if "ends" in self.node.entries else {}
        return StreamEventsConfig(
            items=self.texts("items"),
            skipped=self.texts("skipped"),
            error=self.maybe("error"),
            terminal=self.texts("terminal"),
            undocumented=self.texts("undocumented"),
            names=(*self.names("items"), *self.names("terminal")),
            skipped_names=self.names("skipped"),
            **given,
            given=tuple(sorted(self.node.entries)),
            span=self.span,
        )

    def requirement(self) -> Requirement | None:
        node = self.node.entries.get("security")
        if not isinstance(node, SequenceNode):
            return None
        found = [item for item in node.items if isinstance(item, MappingNode)]
        return tuple([tuple([_scheme(item, name) for name in item.entries]) for item in found])

    def credential(self) -> CredentialConfig:
        place = next((key for key in ("header", "query", "cookie") if key in self.node.entries), None)
        return CredentialConfig(
            **self.scalars("option", "env", "part", "doc", "prefix"),
            scheme=self.maybe_name("scheme") or Name(text="", span=self.span),
            place=place,
            parameter="" if place is None else self.text(place),
            span=self.span,
        )

    def constant(self) -> ConstantConfig:
        return ConstantConfig(**self.scalars("name", "value", "doc"), span=self.span)

    def types(self) -> tuple[TypeConfig, ...]:
        """`types:`. A text is short for `{rename: …}`."""
        inner = self.section("types")
        return tuple([inner.type(name) for name in inner.node.entries])

    def type(self, key: str) -> TypeConfig:
        name = Name(text=key, span=self.node.key_span(key))
        if isinstance(self.node.entries[key], ScalarNode):
            return TypeConfig(name=name, rename=self.text(key), span=name.span)
        given = self.section(key).scalars("param", "rename", "model", "module", "enum")
        if isinstance(given.get("param"), str):
            given["request"] = given.pop("param")
        return TypeConfig(name=name, **given, accepts=self.section(key).names("accepts"), span=name.span)

    def alias(self, name: str) -> AliasConfig:
        module = AliasModule(self.maybe("module") or "own")
        return AliasConfig(name=name, of=self.name("of"), module=module, span=self.span)

    def resources(self) -> tuple[ResourceConfig, ...]:
        """Those of the client. What `methods` beside them lists are methods of the client itself."""
        own = (
            [ResourceConfig(name="", methods=self.methods(), span=self.span)] if "methods" in self.node.entries else []
        )
        return (*own, *(section.resource(name) for name, section in self.sections("resources")))

    def resource(self, name: str) -> ResourceConfig:
        return ResourceConfig(
            name=name,
            rename=self.maybe("rename"),
            types=self.names("types"),
            methods=self.methods(),
            parameters=self.parameters(),
            resources=tuple([section.resource(key) for key, section in self.sections("resources")]),
            doc=self.maybe("doc"),
            span=self.span,
        )

    def methods(self) -> tuple[MethodConfig | HookedMethodConfig, ...]:
        """Those of a resource. `retrieve: get /pets/{id}` is short for one with nothing but its `endpoint`."""
        found: list[MethodConfig | HookedMethodConfig] = []
        inner = self.section("methods")
        for name, node in inner.node.entries.items():
            if isinstance(node, ScalarNode):
                endpoint = Name(text=node.text, span=node.span)
                verb, path = _endpoint(endpoint.text)
                span = inner.node.key_span(name)
                found.append(MethodConfig(name=name, verb=verb, path=path, endpoint=endpoint, span=span))
            else:
                found.append(inner.section(name).method(name))
        return tuple(found)

    def method(self, name: str) -> MethodConfig | HookedMethodConfig:
        if "like" in self.node.entries:
            return HookedMethodConfig(
                name=name,
                like=self.name("like"),
                returns=self.name("returns"),
                async_returns=self.name("async_returns"),
                requires=self.names("requires"),
                handles=self.handles(),
                deprecated_values=self.deprecated_values(),
                api_md=HookedApiMdConfig(**self.section("api_md").scalars(*_API_MD_SCALARS), span=self.span),
                doc=self.maybe("doc"),
                span=self.span,
            )
        verb, path = _endpoint(self.text("endpoint"))
        return MethodConfig(
            name=name,
            rename=self.maybe("rename"),
            verb=verb,
            path=path,
            endpoint=self.maybe_name("endpoint") or Name(text="", span=self.span),
            stream_param=self.maybe_name("stream_param"),
            stream_item=self.maybe_name("stream_item"),
            stream_format=self.maybe("stream_format"),
            stream_events=self.own_stream_events(),
            returns=self.type_text("returns"),
            body_type=self.name("body_type") if "body_type" in self.node.entries else None,
            **self.scalars("body_required"),
            security=self.requirement(),
            headers=self.pairs("headers"),
            styles=self.styles(),
            page=self.maybe_name("page"),
            parameters=self.parameters(),
            path_parameters=self.maybe("path_parameters"),
            header_names=self.keys("headers"),
            deprecated_values=self.deprecated_values(),
            doc=self.maybe("doc"),
            span=self.span,
        )

    def handles(self) -> tuple[HandlesConfig, ...]:
        inner = self.section("handles")
        return tuple(
            [
                HandlesConfig(union=Name(text=union, span=inner.node.key_span(union)), tags=inner.names(union))
                for union in inner.node.entries
            ]
        )

    def deprecated_values(self) -> DeprecatedValuesConfig | None:
        if "deprecated_values" not in self.node.entries:
            return None
        inner = self.section("deprecated_values")
        return DeprecatedValuesConfig(
            param=inner.name("param"),
            constant=inner.text("constant"),
            values=inner.pairs("values"),
            message=inner.text("message"),
            names=inner.keys("values"),
            span=inner.span,
        )

    def deprecated_names(self) -> tuple[DeprecatedNameConfig, ...]:
        inner = self.section("deprecated_names")
        return tuple(
            [
                DeprecatedNameConfig(old=Name(text=old, span=inner.node.key_span(old)), new=inner.name(old))
                for old in inner.node.entries
            ]
        )

    def type_text(self, key: str) -> TypeText | None:
        name = self.maybe_name(key)
        return None if name is None else TypeText(text=name.text, span=name.span)

    def parameters(self) -> tuple[ParameterConfig, ...]:
        inner = self.section("parameters")
        return tuple([inner.section(name).parameter(name) for name in inner.node.entries])

    def parameter(self, name: str) -> ParameterConfig:
        return ParameterConfig(
            name=name,
            **self.scalars("rename", "default", "constant", "hidden", "required", "style", "doc"),
            type=self.type_text("type"),
            append=self.texts("append") if "append" in self.node.entries else None,
            span=self.span,
        )

    def styles(self) -> tuple[StyleConfig, ...]:
        inner = self.section("styles")
        return tuple(
            [
                StyleConfig(name=Name(text=name, span=inner.node.key_span(name)), word=word)
                for name, word in self.pairs("styles")
            ]
        )

    def pages(self, name: str) -> PagesConfig:
        places = [(key, self.name(key)) for key in self.node.entries if key not in ("kind", "start")]
        return PagesConfig(
            name=name, kind=self.text("kind"), places=tuple(places), **self.scalars("start"), span=self.span
        )

    def exports(self) -> tuple[ExtraExportsConfig, ...]:
        inner = self.section("extra_exports")
        return tuple(
            [
                ExtraExportsConfig(module=module, names=_names(node), span=inner.node.key_span(module))
                for module, node in sorted(inner.node.entries.items())  # their order means nothing
            ]
        )

    def example(self) -> ExampleConfig:
        arguments = self.section("arguments").node
        return ExampleConfig(
            method=self.name("method"),
            arguments=JsonObject(tuple([(k, json_value(v)) for k, v in arguments.entries.items()])),
            names=tuple([Name(text=key, span=arguments.key_span(key)) for key in arguments.entries]),
            output=self.maybe("output"),
            span=self.span,
        )


_CLIENT_SCALARS = (
    "class_name",
    "async_class_name",
    "base_url",
    "base_url_env",
    "log_env",
    "http_library",
    "timeout",
    "connect_timeout",
    "error_bodies",
    "platform_headers",
    "max_retries",
    "max_connections",
    "max_keepalive_connections",
    "idempotency_header",
    "doc",
)
_API_MD_SCALARS = ("title", "params_link", "args", "returns", "returns_href")


def _scheme(alternative: MappingNode, name: str) -> tuple[Name, tuple[str, ...]]:
    scopes = tuple([scope.text for scope in _names(alternative.entries[name])])
    return Name(text=name, span=alternative.key_span(name)), scopes


def _endpoint(text: str) -> tuple[str, str]:
    """The verb and the path of `get /pets`; both are empty if there is no text."""
    verb, _, path = text.partition(" ")
    return verb.lower(), path.strip()


def _names(node: Node | None) -> tuple[Name, ...]:
    items = node.items if isinstance(node, SequenceNode) else []
    return tuple([Name(text=item.text, span=item.span) for item in items if isinstance(item, ScalarNode)])
