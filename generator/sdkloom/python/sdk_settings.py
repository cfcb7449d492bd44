"""What `_sdk.py` says about security schemes and servers, where an SDK needs that."""

from __future__ import annotations

import attrs

from ..ir.resources import Client
from ..ir.security import Grant, Place, Scheme, ServerUrl, ServerVariable
from .literals import literal, mapping, requirement


@attrs.frozen
class SdkPage:
    """The pieces of `_sdk.py` that not every SDK has."""

    client: Client

    @property
    def settings_imports(self) -> str:
        """The names from `_sdk_settings`."""
        names = ["Credential"] if self.client.credentials else []
        return ", ".join([*names, "SdkSettings", "StreamEvents"])

    @property
    def secret_names(self) -> list[str]:
        """Names of query parameters and cookies that hold secrets."""
        places = (Place.QUERY, Place.COOKIE)
        return sorted({scheme.parameter for scheme in self.client.schemes if scheme.place in places})

    @property
    def has_grants(self) -> bool:
        """Whether tokens are fetched."""
        return any(scheme.grants for scheme in self.client.schemes)

    @property
    def security_imports(self) -> str:
        """The names from `_security`."""
        return ", ".join([*(["Grant"] if self.has_grants else []), "Scheme", "Security"])

    @property
    def server_imports(self) -> str:
        """The names from `_servers`."""
        servers = self.client.servers
        return ", ".join(["Servers", *(["ServerVariable"] if servers and servers.variables else [])])

    @property
    def schemes(self) -> list[str]:
        """`"key": Scheme("header", "X-Key", options=("api_key",))`, one for each scheme."""
        return [f"{literal(scheme.name)}: {_scheme(scheme)}" for scheme in self.client.schemes]

    @property
    def default_security(self) -> str:
        """What requests need that say nothing else."""
        return requirement(self.client.security)

    @property
    def servers(self) -> list[str]:
        """The arguments of `Servers`."""
        servers = self.client.servers
        if servers is None:
            return []
        found = [literal(servers.default.url)]
        if servers.environments:
            found.append(f"environments={mapping((each.name, each.server.url) for each in servers.environments)}")
        if servers.option != "environment":
            found.append(f"option={literal(servers.option)}")
        if servers.variables:
            made = [_variable(variable) for variable in servers.variables]
            found.append(f"variables=({', '.join(made)},)")
        urls = [servers.default, *(each.server for each in servers.environments)]
        own: list[str] = []
        for each in servers.own:
            urls += [each.server, *(url for _, url in each.by_environment)]
            others = mapping((name, url.url) for name, url in each.by_environment)
            own.append(f"{literal(each.server.url)}: {others}")
        defaults = _defaults(urls)
        found += [f"defaults={{{defaults}}}"] if defaults else []
        found += [f"own={{{', '.join(own)}}}"] if own else []
        env = self.client.base_url_env
        return [*found, f"base_url_env={literal(env)}"] if env else found


def _scheme(scheme: Scheme) -> str:
    arguments = [literal(scheme.place.value)]
    if scheme.parameter:
        arguments.append(literal(scheme.parameter))
    if scheme.prefix:
        arguments.append(f"prefix={literal(scheme.prefix)}")
    if scheme.options:
        arguments.append(f"options={_tuple(scheme.options)}")
    if scheme.grants:
        arguments.append(f"grants=({', '.join(map(_grant, scheme.grants))},)")
    return f"Scheme({', '.join(arguments)})"


def _variable(variable: ServerVariable) -> str:
    arguments = [literal(variable.name), literal(variable.option), _tuple(variable.values), literal(variable.env)]
    return f"ServerVariable({', '.join(arguments)})"


def _grant(grant: Grant) -> str:
    arguments = [literal(grant.kind), literal(grant.url), _tuple(grant.options)]
    if grant.client:
        arguments.append(f"client={_tuple(grant.client)}")
    if grant.refresh_url:
        arguments.append(f"refresh_url={literal(grant.refresh_url)}")
    return f"Grant({', '.join(arguments)})"


def _tuple(items: tuple[str, ...]) -> str:
    return f"({', '.join([f'{literal(item)},' if len(items) == 1 else literal(item) for item in items])})"


def _defaults(urls: list[ServerUrl]) -> str:
    known = {url.url: url.defaults for url in urls if url.defaults}
    return ", ".join(f"{literal(url)}: {mapping(defaults)}" for url, defaults in known.items())
