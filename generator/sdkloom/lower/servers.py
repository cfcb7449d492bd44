"""Where requests go: the servers of the document, their variables and names, and the servers of single operations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.span import Span
from ..document.config import SdkConfig
from ..document.model import Document, Operation, Server, ServerVariable
from ..ir import security as ir
from .names import identifiers as names
from .names.options import OptionNames

Endpoint = tuple[str, str]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_HOST = re.compile(r"(localhost|[\w-]+(\.[\w-]+)+)(:\d+)?(/.*)?")
_NO_HOST = re.compile(r"^(?:[a-z]*:)?//(?:[.:/]|$)|^[^/]*//[^/]*(?:\.\.|\.(?:[:/]|$))")
"""Where an empty text makes a host that can't be: `https://.api.test`."""
_REMARK = re.compile(r"\([^()]*\)")
_FILLER = frozenset({"the", "our", "a", "server", "servers", "environment", "env", "api", "url", "endpoint", "host"})
_LONGEST_NAME = 3
"""Words that the description of a server may have besides fillers to be its name."""


@attrs.frozen(kw_only=True)
class LoweredServers:
    """`base_url` is a path, or `""`, if the document doesn't say where the API is."""

    base_url: str
    servers: ir.Servers | None = None
    by_endpoint: Mapping[Endpoint, str] = attrs.field(factory=dict[Endpoint, str])
    """The URLs of operations that have a server of their own."""


def lower_servers(
    document: Document,
    operations: Sequence[Operation],
    config: SdkConfig,
    options: OptionNames,
    sink: DiagnosticSink,
) -> LoweredServers:
    """Return the servers of the document (OpenAPI 3.1 §4.8.5), as far as sdk.yaml doesn't say otherwise."""
    return _Lowering(document, config, options, sink).lowered(operations)


class _Lowering:
    def __init__(self, document: Document, config: SdkConfig, options: OptionNames, sink: DiagnosticSink) -> None:
        self._document = document
        self._config = config
        self._options = options
        self._sink = sink
        self._variables: dict[str, list[ServerVariable]] = {}
        self._spans: dict[str, Span] = {}
        self._urls: dict[Server, ir.ServerUrl | None] = {}

    def lowered(self, operations: Sequence[Operation]) -> LoweredServers:
        default, environments = self._root()
        own: dict[tuple[Server, ...], ir.OwnServer] = {}
        by_endpoint: dict[Endpoint, str] = {}
        roots = [server.url for server in self._document.servers]
        for operation in operations:
            if not operation.servers or [server.url for server in operation.servers] == roots:
                continue
            if operation.servers not in own:
                found = self._own(operation.servers, default, environments)
                if found is None:
                    continue
                own[operation.servers] = found
            by_endpoint[operation.method.lower(), operation.path] = own[operation.servers].server.url
        used = _used(default, environments, own.values())
        variables = tuple(self._variable(name) for name in self._variables if name in used)
        servers = ir.Servers(
            default=default,
            environments=environments,
            option=self._options.of_variable("environment") if environments else "environment",
            variables=variables,
            own=_distinct(own),
        )
        is_plain = not (environments or variables or own) and is_absolute(default.url)
        return LoweredServers(base_url=default.url, servers=None if is_plain else servers, by_endpoint=by_endpoint)

    def _root(self) -> tuple[ir.ServerUrl, tuple[ir.Environment, ...]]:
        client = self._config.client
        if client.environments:
            named = [(name, ir.ServerUrl(url=url)) for name, url in client.environments]
            default = ir.ServerUrl(url=client.base_url) if client.base_url else named[0][1]
            return default, tuple(ir.Environment(name=name, server=server) for name, server in named)
        if client.base_url:
            return ir.ServerUrl(url=client.base_url), ()
        found = [(server, url) for server in self._document.servers if (url := self._url(server)) is not None]
        absolute = [(server, url) for server, url in found if is_absolute(_expanded(url))]
        if absolute:
            return absolute[0][1], self._environments(absolute)
        span = self._document.servers[0].span if self._document.servers else self._document.span
        self._sink.report(catalog.NO_SERVER, span)
        return (found[0][1] if found else ir.ServerUrl(url="")), ()

    def _environments(self, servers: Sequence[tuple[Server, ir.ServerUrl]]) -> tuple[ir.Environment, ...]:
        """The servers that have a name of their own; the first one is where requests go by default."""
        if len({url.url for _, url in servers}) < 2:
            return ()
        named = [(_name(server), server, url) for server, url in servers]
        counts = Counter(name for name, *_ in named)
        found: list[ir.Environment] = []
        for position, (name, server, url) in enumerate(named):
            if name and counts[name] == 1:
                found.append(ir.Environment(name=name, server=url, doc=server.description))
            elif position:
                self._sink.report(catalog.SERVER_UNNAMED, server.span, url=server.url)
        is_choice = any(environment.server != servers[0][1] for environment in found)
        return tuple(found) if is_choice else ()

    def _own(
        self, servers: Iterable[Server], default: ir.ServerUrl, environments: Iterable[ir.Environment]
    ) -> ir.OwnServer | None:
        """The server of an operation: the first one that can be used, and those of the names that the root's have."""
        found = [(server, url) for server in servers if (url := self._url(server)) is not None]
        if not found:
            return None
        named = {_name(server): url for server, url in found}
        by_environment = [(one.name, named[one.name]) for one in environments if one.name in named]
        first = found[0][1]
        if first == default and not by_environment:
            return None
        return ir.OwnServer(
            server=first, by_environment=tuple((name, url) for name, url in by_environment if url != first)
        )

    def _url(self, server: Server) -> ir.ServerUrl | None:
        if server not in self._urls:
            self._urls[server] = self._checked(server)
        return self._urls[server]

    def _checked(self, server: Server) -> ir.ServerUrl | None:
        """The URL as requests can use it. `//host` is taken with https (RFC 3986 §4.2)."""
        url = server.url.strip()
        used = [variable for variable in server.variables if "{" + variable.name + "}" in url]
        defaults = tuple((variable.name, variable.default) for variable in used if variable.default is not None)
        if _NO_HOST.search(ir.ServerUrl(url=url, defaults=defaults).expanded):
            host = url.partition("//")[2].partition("/")[0]  # somebody must say what is missing of it
            defaults = tuple((name, value) for name, value in defaults if value or "{" + name + "}" not in host)
        expanded = _expanded(ir.ServerUrl(url=url, defaults=defaults))
        if expanded.startswith("//"):
            url = f"https:{url}"
        elif _HOST.fullmatch(expanded):
            self._sink.report(catalog.SERVER_WITHOUT_SCHEME, server.span, url=server.url, taken=f"https://{url}")
            url = f"https://{url}"
        elif not is_absolute(expanded) and (":" in expanded.partition("/")[0] or any(map(str.isspace, expanded))):
            self._sink.report(catalog.SERVER_UNUSABLE, server.span, url=server.url)
            return None
        for variable in used:
            if variable.enum and variable.default is not None and variable.default not in variable.enum:
                self._sink.report(catalog.VARIABLE_DEFAULT, server.span, name=variable.name, value=variable.default)
            self._variables.setdefault(variable.name, []).append(variable)
            self._spans.setdefault(variable.name, server.span)
        return ir.ServerUrl(url=url, defaults=defaults)

    def _variable(self, name: str) -> ir.ServerVariable:
        declared = self._variables[name]
        values = [value for variable in declared for value in (*variable.enum, variable.default) if value is not None]
        option = self._options.of_variable(name)
        if option != names.attribute(name):
            self._sink.report(
                catalog.VARIABLE_RENAMED, self._spans[name], name=name, option=option, wanted=names.attribute(name)
            )
        return ir.ServerVariable(
            option=option,
            name=name,
            values=tuple(dict.fromkeys(values)) if all(variable.enum for variable in declared) else (),
            env=f"{self._config.package.import_name.upper()}_{option.upper()}",
            doc=next((variable.description for variable in declared if variable.description), None),
            span=self._spans[name],
        )


def is_absolute(url: str) -> bool:
    """Whether requests can go to this URL as it is."""
    return url.lower().startswith(("http://", "https://")) and bool(url.partition("://")[2].strip("/"))


def _expanded(server: ir.ServerUrl) -> str:
    return _PLACEHOLDER.sub("x", server.expanded)


def _name(server: Server) -> str:
    """The name of a server: its own, or its description where that reads as one: `Production server` → `production`."""
    if server.name:
        return names.attribute(server.name)
    text = _REMARK.sub(" ", server.description or "")
    words = [word for word in re.findall(r"[^\W_]+", text.lower()) if word not in _FILLER]
    if not 0 < len(words) <= _LONGEST_NAME or re.search(r"[.:;,!?/]\s*\S", text):
        return ""
    return names.attribute("_".join(words))


def _used(default: ir.ServerUrl, environments: Iterable[ir.Environment], own: Iterable[ir.OwnServer]) -> set[str]:
    """The names of the variables in all these URLs."""
    urls = [default, *(environment.server for environment in environments)]
    for server in own:
        urls += [server.server, *(url for _, url in server.by_environment)]
    return {name for url in urls for name in _PLACEHOLDER.findall(url.url)}


def _distinct(own: Mapping[tuple[Server, ...], ir.OwnServer]) -> tuple[ir.OwnServer, ...]:
    return tuple(dict.fromkeys(own.values()))
