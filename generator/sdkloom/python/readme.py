"""The pieces of the package's README."""

from __future__ import annotations

import keyword
import re
from typing import Final

import attrs

from ..ir.api import Api
from ..ir.definitions import Definitions
from ..ir.resources import BodyFormat, Credential, Example, JsonLike, Method, MethodParam, server_url
from ..ir.security import Place, ServerUrl
from ..ir.symbols import method_symbol
from ..ir.types import FileType, IterableType, ListType, without_null
from ..ir.walk import all_resources
from .best_example import best_example, methods_of, needed, needed_in
from .literals import literal
from .provenance import notice
from .samples import sample_text

_NAME: Final = re.compile(r"(?<![.\w])[^\W\d]\w*\b(?!\s*\()")


@attrs.frozen(kw_only=True)
class ExampleCall:
    """The call that every program of the README makes: the example of sdk.yaml."""

    callee: str
    """The method as users write it: `client.messages.create`."""
    raw_callee: str
    """The same where it gives the raw response: `client.messages.with_raw_response.create`."""
    arguments: tuple[tuple[str, JsonLike], ...]
    result: str
    """The variable that holds the result: the first name of what is printed."""
    output: str
    """The expression that is printed."""
    stream_param: str | None
    """The parameter that asks for a stream, if the method has one."""

    @property
    def stream_arguments(self) -> tuple[tuple[str, JsonLike], ...]:
        """The arguments of the call that streams."""
        return (*self.arguments, *([(self.stream_param, True)] if self.stream_param else []))


@attrs.frozen(kw_only=True)
class Helper:
    """A hand-written method, as the list of them has it: `client.messages.stream`."""

    symbol: str
    doc: str | None


@attrs.frozen(kw_only=True)
class Listing:
    """A call that gives pages: `client.pets.list()`."""

    symbol: str
    call: str
    attribute: str
    """The attribute of a page that has the items."""


@attrs.frozen(kw_only=True)
class Upload:
    """A call that sends files: `client.pets.photo("rex", image=Path("image.bin"))`."""

    symbol: str
    arguments: tuple[tuple[str, str], ...]
    """Names, and values as Python source."""


class ReadmePage:
    """What stands between the fixed sentences of the README."""

    def __init__(self, api: Api, definitions: Definitions) -> None:
        self._api = api
        self._definitions = definitions
        self.notice = notice(api.provenance)
        example = api.example or best_example(api, definitions)
        self.example = None if example is None else _example_call(api, example)
        needed = 'base_url="https://api.example.com"' if self.needs_base_url else ""
        self.client_arguments = needed or ", ".join(f"{option}={literal(option)}" for option in self._needed_options())
        """What the clients of the programs are made with, besides credentials from the environment."""
        self.helpers = [
            Helper(symbol=method_symbol(resource.path, method.name), doc=method.doc)
            for resource in all_resources(api.resources)
            for method in resource.hooked
        ]

    @property
    def listing(self) -> Listing | None:
        """The simplest call that gives pages, if any does."""
        found = [
            (
                len([param for param in method.params if param.required]),
                method_symbol(resource.path, method.name),
                method,
            )
            for resource in all_resources(self._api.resources)
            for method in resource.methods
            if method.page is not None
        ]
        if not found:
            return None
        _, symbol, method = min(found, key=lambda one: (one[0], one[1].count("."), one[1]))
        attributes = {scheme.name: scheme.attribute for scheme in self._api.pages}
        attribute = attributes[method.page.scheme] if method.page is not None else ""
        arguments = ", ".join(f"{param.name}={literal(param.sample)}" for param in needed(method))
        return Listing(symbol=symbol, call=f"{symbol}({arguments})", attribute=attribute)

    @property
    def upload(self) -> Upload | None:
        """The simplest call that sends a file, if any does: one that needs a file before one that may have one."""
        found = [
            ((not file.required, len(needed(method)), number), resource, method, file)
            for number, (resource, method) in enumerate(methods_of(self._api))
            if not method.deprecated
            for file in [_file_of(method)]
            if file is not None
        ]
        if not found:
            return None
        _, resource, method, file = min(found, key=lambda one: one[0])
        body = next((one for one in method.body_formats if _takes_file(one, file)), None)
        given = needed(method) if body is None else needed_in(method, body)
        arguments = tuple((param.name, self._sent(param)) for param in method.params if param in given or param is file)
        return Upload(symbol=method_symbol(resource.path, method.name), arguments=arguments)

    def _sent(self, param: MethodParam) -> str:
        """An argument as Python source; a file by its path."""
        path = f'Path("{param.name.rstrip("_")}.bin")'
        if isinstance(without_null(param.type), FileType):
            return path
        if _holds_files(param):
            return f"[{path}]"
        return sample_text(param.sample, param.type, self._definitions)

    @property
    def summary(self) -> str:
        """The description as a sentence."""
        return self._api.package.description.rstrip(". \n") + "."

    @property
    def credentials_from_env(self) -> list[Credential]:
        """The credentials that are read from an environment variable."""
        return [credential for credential in self._api.client.credentials if credential.env]

    @property
    def shows_credentials(self) -> bool:
        """Whether there is a section on credentials: not where the first call says it all."""
        client = self._api.client
        return bool(client.credentials) and (bool(client.schemes) or self._api.example is None)

    @property
    def certificates(self) -> bool:
        """Whether the server may ask for a certificate of the client."""
        return any(scheme.place is Place.CONNECTION for scheme in self._api.client.schemes)

    @property
    def fetches_tokens(self) -> bool:
        """Whether tokens are fetched with the secret of a client or a password."""
        return any(scheme.grants for scheme in self._api.client.schemes)

    def described(self, credential: Credential) -> str:
        """How a credential is sent, and the first paragraph of what is said of it; where several are parts of one, that
        comes once: `the header `X-Key``."""
        scheme = f" with the scheme {credential.prefix.strip()}" if credential.prefix else ""
        place = credential.place or f"the header `{credential.header}`{scheme}"
        credentials = self._api.client.credentials
        texts = [(one.doc or "").strip().partition("\n\n")[0] for one in credentials]
        at = credentials.index(credential)
        return place if not texts[at] or texts[at] in texts[:at] else f"{place}. {texts[at]}"

    @property
    def credential_arguments(self) -> str:
        """An example of the options that a call needs: `api_key="…"`."""
        client = self._api.client
        schemes = {scheme.name: scheme for scheme in client.schemes}
        needed = [name for alternative in client.security[:1] for name, _ in alternative]
        options = [option for name in needed for option in schemes[name].options] if schemes else []
        options = options or [credential.option for credential in client.credentials[:1]]
        return ", ".join(f'{option}="…"' for option in options)

    @property
    def servers(self) -> list[tuple[str, str]]:
        """The options that choose the server, and what they do."""
        servers = self._api.client.servers
        if servers is None:
            return []
        found: list[tuple[str, str]] = []
        if servers.environments:
            named = [f"`{one.name}` is {one.server.url}" for one in servers.environments]
            found.append((servers.option, ", ".join(named)))
        for variable in servers.variables:
            values = f": {', '.join(f'`{value}`' for value in variable.values)}" if variable.values else ""
            needed = ", which must be given" if variable.option in self._needed_options() else ""
            found.append((variable.option, f"a part of the URL{needed}{values}"))
        return found

    def _needed_options(self) -> list[str]:
        """The options without which nobody knows the server."""
        servers = self._api.client.servers
        url = servers.default if servers is not None else ServerUrl(url="")
        known = dict(url.defaults)
        return [
            variable.option
            for variable in (servers.variables if servers is not None else ())
            if f"{{{variable.name}}}" in url.url and variable.name not in known
        ]

    @property
    def needs_base_url(self) -> bool:
        """Whether nobody knows the host of the API."""
        return "://" not in server_url(self._api.client)

    @property
    def timeout(self) -> str:
        """The client's time limit for a call: `10 minutes`, `90 seconds`."""
        seconds = self._api.client.timeout
        return f"{seconds / 60:g} minutes" if seconds >= 120 else f"{seconds:g} seconds"


def _example_call(api: Api, example: Example) -> ExampleCall:
    found = _NAME.search(example.output)
    result = found[0] if found and not keyword.iskeyword(found[0]) else "result"
    method = _method(api, example)
    return ExampleCall(
        callee=method_symbol(example.resource, example.method),
        raw_callee=method_symbol((*example.resource, "with_raw_response"), example.method),
        arguments=example.arguments,
        result=result,
        output=example.output or result,
        stream_param=method.streaming.param if method is not None and method.streaming is not None else None,
    )


def _file_of(method: Method) -> MethodParam | None:
    """The parameter that takes a file, or a list of them: one that is required before others."""
    return min(filter(_holds_files, method.params), key=lambda param: not param.required, default=None)


def _takes_file(body: BodyFormat, file: MethodParam) -> bool:
    return file.wire_name in body.members and file.wire_name not in body.no_files


def _holds_files(param: MethodParam) -> bool:
    inner = without_null(param.type)
    return isinstance(inner.item if isinstance(inner, (IterableType, ListType)) else inner, FileType)


def _method(api: Api, example: Example) -> Method | None:
    for resource in all_resources(api.resources):
        for method in resource.methods:
            if resource.path == example.resource and method.name == example.method:
                return method
    return None
