"""The pieces of the package's README."""

from __future__ import annotations

import keyword
import re
from typing import Final

import attrs

from ..ir.api import Api
from ..ir.resources import Credential, Example, JsonLike, Method
from ..ir.symbols import method_symbol
from ..ir.walk import all_resources
from .provenance import notice

_NAME: Final = re.compile(r"(?<![.\w])[^\W\d]\w*\b(?!\s*\()")


@attrs.frozen(kw_only=True)
class ExampleCall:
    """The call that every program of the README makes: the example of sdk.yaml."""

    callee: str
    """The method as users write it: `client.messages.create`."""
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


class ReadmePage:
    """What stands between the fixed sentences of the README."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.notice = notice(api.provenance)
        self.example = None if api.example is None else _example_call(api, api.example)
        self.helpers = [
            Helper(symbol=method_symbol(resource.path, method.name), doc=method.doc)
            for resource in all_resources(api.resources)
            for method in resource.hooked
        ]

    @property
    def summary(self) -> str:
        """The description as a sentence."""
        return self._api.package.description.rstrip(". \n") + "."

    @property
    def credentials_from_env(self) -> list[Credential]:
        """The credentials that are read from an environment variable."""
        return [credential for credential in self._api.client.credentials if credential.env]

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
        arguments=example.arguments,
        result=result,
        output=example.output or result,
        stream_param=method.streaming.param if method is not None and method.streaming is not None else None,
    )


def _method(api: Api, example: Example) -> Method | None:
    for resource in all_resources(api.resources):
        for method in resource.methods:
            if resource.path == example.resource and method.name == example.method:
                return method
    return None
