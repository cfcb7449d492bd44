"""Where requests go, where that is more than one URL: environments, parts of URLs, hosts of single operations."""

from __future__ import annotations

import os
from typing import Any, Dict, Mapping, NamedTuple, Optional, Tuple

from ._lazy import httpx
from ._request.http_library import library_of, url_of


class ServerVariable(NamedTuple):
    """An option that is a part of URLs: `{name}` in them."""

    name: str
    option: str
    values: Tuple[str, ...] = ()
    env: Optional[str] = None


class Servers(NamedTuple):
    """What `_sdk.py` says about servers. URLs may have `{variables}`."""

    default: str
    """A path, or empty, if nobody knows the host."""
    environments: Mapping[str, str] = {}
    option: str = "environment"
    variables: Tuple[ServerVariable, ...] = ()
    defaults: Mapping[str, Mapping[str, str]] = {}
    """URL → the values of its variables that aren't given."""
    own: Mapping[str, Mapping[str, str]] = {}
    """The URL of the server of some operations → its URLs by environment."""
    base_url_env: Optional[str] = None

    def choice(self, environment: str | None, given: Mapping[str, str | None] | None) -> ServerChoice:
        """Return the servers of one client. What isn't given comes from the environment.

        Raises:
            ValueError: if there is no such environment, or a variable has no such value.
        """
        if environment is not None and environment not in self.environments:
            raise ValueError(f"{self.option} must be one of {', '.join(self.environments)}, not {environment!r}.")
        values: Dict[str, str] = {}
        for variable in self.variables:
            value = (given or {}).get(variable.name)
            if value is None and variable.env:
                value = os.environ.get(variable.env)
            if value is not None and variable.values and value not in variable.values:
                raise ValueError(f"{variable.option} must be one of {', '.join(variable.values)}, not {value!r}.")
            if value is not None:
                values[variable.name] = value
        return ServerChoice(self, environment, values, environment is not None or any((given or {}).values()))


class ServerChoice:
    """The servers of one client."""

    def __init__(self, servers: Servers, environment: str | None, values: Mapping[str, str], is_explicit: bool) -> None:
        self._servers = servers
        self._environment = environment
        self._values = values
        self.is_explicit = is_explicit
        """Whether somebody chose in code."""

    def base_url(self, given: str | httpx.URL | None, from_env: str | None) -> str | httpx.URL:
        """Return where requests go: to `given`, else where the options say, else to what the environment names.

        Raises:
            ValueError: if `base_url` and another option are given.
            TypeError: if none is, and the API's description names no host.
        """
        if given is not None and self.is_explicit:
            names = [self._servers.option] if self._environment is not None else []
            names += [variable.option for variable in self._servers.variables if variable.name in self._values]
            raise ValueError(f"`base_url` excludes {' and '.join(f'`{name}`' for name in names)}: it is the whole URL.")
        wanted = given if given is not None else None if self.is_explicit else from_env or None
        if wanted is None:
            default = self._expanded(self._template())
            if "://" not in default:
                env = self._servers.base_url_env
                raise TypeError(
                    "`base_url` is missing: the description of the API doesn't say on which host it is. "
                    f"Give it to the client{f', or set {env}' if env else ''}."
                )
            return default
        url = url_of(library_of(wanted), wanted)
        path = self._servers.default
        has_path = url.path.strip("/") or not path.strip("/")
        return url if has_path or "://" in path or self.default() else _with_path(url, path)

    def default(self) -> str:
        """Return the URL of the chosen server; empty if nobody knows its host."""
        try:
            expanded = self._expanded(self._template())
        except TypeError:  # a client with a `base_url` needs no variables
            return ""
        return expanded if "://" in expanded else ""

    def _template(self) -> str:
        servers = self._servers
        return servers.default if self._environment is None else servers.environments[self._environment]

    def own(self, template: str, base: httpx.URL) -> httpx.URL:
        """Return the server of an operation that has one of its own.

        It moves with the API: where `base` isn't what the description says, it stands for that host too, with the path
        that this server has beside the other one.
        """
        chosen = self._servers.own.get(template, {}).get(self._environment or "", template)
        url = self._expanded(chosen)
        if "://" not in url:
            return _with_path(base, url)
        default = self.default()
        library = library_of(base)
        own = url_of(library, url)
        root = url_of(library, default)
        if not default or _with_path(base, base.path) == _with_path(root, root.path):
            return _with_path(own, own.path)
        before = root.path.rstrip("/")
        place = base.path.rstrip("/")
        return _with_path(base, place[: len(place) - len(before)] + own.path if place.endswith(before) else base.path)

    def copied(
        self, base_url: str | httpx.URL | None, present: httpx.URL, environment: str | None, given: Mapping[str, Any]
    ) -> Dict[str, Any]:
        """Return the options of a copy: those of this client, but for what is given."""
        chosen = {name: value for name, value in given.items() if value is not None}
        default = self.default()
        root = url_of(library_of(present), default)
        is_moved = not default or _with_path(root, root.path) != present
        if base_url is not None or (is_moved and environment is None and not chosen):
            return {"base_url": base_url if base_url is not None else present}
        values = {**self._values, **chosen}
        options = {variable.option: values.get(variable.name) for variable in self._servers.variables}
        return {
            **options,
            **({self._servers.option: environment or self._environment} if self._servers.environments else {}),
        }

    def _expanded(self, url: str) -> str:
        """The URL with values for its variables (OpenAPI 3.1 §4.8.6).

        Raises:
            TypeError: if one has none.
        """
        made = url
        for variable in self._servers.variables:
            if "{" + variable.name + "}" in url:
                value = self._values.get(variable.name) or self._servers.defaults.get(url, {}).get(variable.name)
                if value is None:
                    raise TypeError(f"`{variable.option}` is missing: it is a part of the server's URL, {url}.")
                made = made.replace("{" + variable.name + "}", value)
        return made


def _with_path(url: httpx.URL, path: str) -> httpx.URL:
    """The URL with another path, which gets a slash at its end."""
    return url.copy_with(raw_path=("/" + path.strip("/") + "/").replace("//", "/").encode())
