"""What `_client.py` prints."""

from __future__ import annotations

from ..ir.api import Api
from ..ir.resources import Resource
from ..ir.security import Servers, ServerUrl
from ..ir.walk import all_resources
from .docstrings import docstring
from .imports import Imports, When
from .literals import literal
from .modes import MODES, Mode
from .resources import WRAPPERS, OldResources, Wrapper, about, dotted
from .signatures import Parameter

INIT_OPTIONS = (
    "base_url",
    "timeout",
    "max_retries",
    "default_headers",
    "default_query",
    "http_client",
    "transport",
    "proxies",
    "connection_pool_limits",
    "_strict_response_validation",
)
COPY_OPTIONS = (
    "base_url",
    "timeout",
    "http_client",
    "connection_pool_limits",
    "max_retries",
    "default_headers",
    "set_default_headers",
    "default_query",
    "set_default_query",
)


class ClientPage:
    """The pieces of the module of the clients."""

    init_options = INIT_OPTIONS
    copy_options = COPY_OPTIONS
    wrappers = WRAPPERS

    def __init__(self, api: Api) -> None:
        self._api = api
        names = {self.name(mode) for mode in MODES} | {"Client", "AsyncClient"}
        wrapping = {self.wrapper_name(wrapper, mode) for mode in MODES for wrapper in WRAPPERS}
        attributes = {resource.attribute for resource in api.attributes}
        attributes |= {old.name for old in api.client.old_resources}
        options = {credential.option for credential in api.client.credentials}
        options |= _server_names(api.client.servers)
        self.imports = Imports((), names | wrapping | attributes | options)
        resources = {resource.path: resource for resource in all_resources(api.resources)}
        self.old_resources = OldResources(self.imports, (), resources)
        self.exported = sorted(names)

    def name(self, mode: Mode) -> str:
        """The class of the client."""
        client = self._api.client
        return client.async_class_name if mode.is_async else client.class_name

    def wrapper_name(self, wrapper: Wrapper, mode: Mode) -> str:
        """The class that wraps the client: `AnthropicWithRawResponse`."""
        return f"{self.name(mode)}{wrapper.client_suffix}"

    def wrapper_doc(self, wrapper: Wrapper) -> str:
        """The documentation of a class that wraps the client."""
        return f"The resources of the client; their methods {wrapper.give}."

    def resource_doc(self, resource: Resource, wrapper: Wrapper | None = None) -> str:
        """The documentation of the property that leads to a resource, or to its wrapper."""
        return about(resource, wrapper)

    def security(self, mode: Mode) -> str:
        """The class that chooses credentials."""
        if any(scheme.grants for scheme in self._api.client.schemes):
            return self.imports.use("._http.tokens", "TokenSecurity")
        return self.imports.use("._request.security", "RequestSecurity")

    @property
    def server_options(self) -> list[Parameter]:
        """The options that choose the server: `region: Literal["eu", "us"] | None = None`."""
        servers = self._api.client.servers
        if servers is None:
            return []
        names = tuple(environment.name for environment in servers.environments)
        found = [self._choice(servers.option, names)] if names else []
        return [*found, *(self._choice(variable.option, variable.values) for variable in servers.variables)]

    def _choice(self, name: str, values: tuple[str, ...]) -> Parameter:
        kind = f"{self.imports.typing('Literal')}[{', '.join(map(literal, values))}]" if values else "str"
        return Parameter(name=name, annotation=f"{kind} | None", default="None")

    @property
    def server_arguments(self) -> list[str]:
        """What of them is given to the base class: `server_variables={"region": region}`."""
        servers = self._api.client.servers
        if servers is None:
            return []
        found = [f"environment={servers.option}"] if servers.environments else []
        given = ", ".join(f"{literal(variable.name)}: {variable.option}" for variable in servers.variables)
        return [*found, f"server_variables={{{given}}}"] if given else found

    @property
    def credentials(self) -> str:
        """The credentials that were given, by name: `{"api_key": api_key}`."""
        return f"{{{', '.join(f'{literal(item.option)}: {item.option}' for item in self._api.client.credentials)}}}"

    def base(self, mode: Mode) -> str:
        """The base class of the client, imported: the one that has its methods, if it has any."""
        methods = self._api.client_methods
        if methods is None:
            return self.imports.use("._base_client", f"{mode.base}APIClient")
        return self.imports.use(dotted(methods), f"{mode.prefix}{methods.class_name}")

    def wrapper_base(self, wrapper: Wrapper, mode: Mode) -> str:
        """The base class of a class that wraps the client, imported and in parentheses, if the client has methods."""
        methods = self._api.client_methods
        if methods is None:
            return ""
        return f"({self.imports.use(dotted(methods), f'{mode.prefix}{methods.class_name}{wrapper.suffix}')})"

    def resource(self, resource: Resource, mode: Mode, suffix: str = "") -> str:
        """A class of a resource, imported for checkers only."""
        return self.imports.use(dotted(resource), f"{mode.prefix}{resource.class_name}{suffix}", When.TYPING)

    def imported(self, resource: Resource, mode: Mode) -> str:
        """`from .resources.todo import Todo as ResourcesTodo`: when the property is first read."""
        return self.imports.statement(dotted(resource), f"{mode.prefix}{resource.class_name}")

    def docstring(self, mode: Mode) -> str:
        """What the client is for, and where its options come from."""
        client = self._api.client
        sources = [f"`{item.option}` from `{item.env}`" for item in client.credentials if item.env]
        summary = client.doc or f"The {mode.adjective} client of {self._api.package.title}."
        facts: list[str] = []
        if sources:
            facts.append(f"Missing credentials are read from the environment: {', '.join(sources)}.")
        if client.schemes:
            facts.append("Each method sends what it needs of them.")
        elif len(client.credentials) > 1:
            facts.append("The first one that is set is sent.")
        if client.base_url_env:
            facts.append(f"`base_url` comes from `{client.base_url_env}` if that is set.")
        facts += self._server_facts()
        return docstring("\n\n".join(list(filter(None, [summary, " ".join(facts)]))))

    def _server_facts(self) -> list[str]:
        """Which server is meant by default, and what `base_url` does."""
        servers = self._api.client.servers
        if servers is None:
            return []
        facts: list[str] = []
        if servers.environments:
            named = [f"`{environment.name}` is {environment.server.url}" for environment in servers.environments]
            facts.append(f"`{servers.option}` chooses the server: {', '.join(named)}.")
        for variable in servers.variables:
            values = dict([pair for url in _urls(servers) for pair in url.defaults]).get(variable.name)
            default = f", by default `{values}`" if values else ""
            facts.append(f"`{variable.option}` is a part of its URL{default}.")
        if servers.own:
            facts.append("Some methods have a server of their own; with `base_url` they go there too.")
        return facts


def _server_names(servers: Servers | None) -> set[str]:
    return set() if servers is None else {servers.option, *(variable.option for variable in servers.variables)}


def _urls(servers: Servers) -> list[ServerUrl]:
    own = [server.server for server in servers.own]
    return [*own, *(environment.server for environment in servers.environments), servers.default]
