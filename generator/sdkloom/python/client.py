"""What `_client.py` prints."""

from __future__ import annotations

from ..ir.api import Api
from ..ir.resources import Resource
from ..ir.walk import all_resources
from .docstrings import docstring
from .imports import Imports, When
from .literals import literal
from .modes import MODES, Mode
from .resources import WRAPPERS, OldResources, Wrapper, about, dotted

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
        attributes = {resource.attribute for resource in api.resources}
        attributes |= {old.name for old in api.client.old_resources}
        options = {credential.option for credential in api.client.credentials}
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

    @property
    def credentials(self) -> str:
        """The credentials that were given, by name: `{"api_key": api_key}`."""
        return f"{{{', '.join(f'{literal(item.option)}: {item.option}' for item in self._api.client.credentials)}}}"

    def base(self, mode: Mode) -> str:
        """The base class of the client."""
        return f"{mode.base}APIClient"

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
        if len(client.credentials) > 1:
            facts.append("The first one that is set is sent.")
        if client.base_url_env:
            facts.append(f"`base_url` comes from `{client.base_url_env}` if that is set.")
        return docstring("\n\n".join(list(filter(None, [summary, " ".join(facts)]))))
