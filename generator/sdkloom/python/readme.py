"""The pieces of the package's README: the example of sdk.yaml as calls."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from typing import Final

from ..ir.api import Api
from ..ir.resources import Credential, Example, HookedMethod, JsonLike, Method, Resource
from ..ir.walk import all_resources
from .literals import literal

_NAME: Final = re.compile(r"(?<![.\w])[^\W\d]\w*\b(?!\s*\()")


class ReadmePage:
    """Code blocks as text; each is a whole program."""

    def __init__(self, api: Api, header: str) -> None:
        self._api = api
        self.header = header.removeprefix("# ")
        self.example = api.example
        self._method = _method(api, api.example)

    @property
    def summary(self) -> str:
        """The description as a sentence."""
        return self._api.package.description.rstrip(". \n") + "."

    @property
    def credentials_from_env(self) -> list[Credential]:
        return [credential for credential in self._api.client.credentials if credential.env]

    @property
    def hooked(self) -> Iterator[tuple[Resource, HookedMethod]]:
        for resource in all_resources(self._api.resources):
            yield from ((resource, method) for method in resource.hooked)

    @property
    def streams(self) -> bool:
        return self._method is not None and self._method.streaming is not None

    @property
    def stream_param(self) -> str:
        return self._method.streaming.param if self._method and self._method.streaming else ""

    @property
    def timeout(self) -> str:
        seconds = self._api.client.timeout
        return f"{seconds / 60:g} minutes" if seconds >= 120 else f"{seconds:g} seconds"

    @property
    def first_call(self) -> str:
        return "\n".join([*self._start(), *self._call(f"{self._result} = ", ""), self._printed()])

    @property
    def async_call(self) -> str:
        client = self._api.client.async_class_name
        body = [*self._call(f"{self._result} = await ", ""), self._printed()]
        return "\n".join(
            [
                "import asyncio",
                "",
                f"from {self._api.package.import_name} import {client}",
                "",
                f"client = {client}()",
                "",
                "",
                "async def main() -> None:",
                *(f"    {line}" for line in body),
                "",
                "",
                "asyncio.run(main())",
            ]
        )

    @property
    def stream_call(self) -> str:
        call = self._call("events = ", "", extra=f"{self.stream_param}=True")
        return "\n".join([*self._start(), *call, "for event in events:", "    print(event)"])

    @property
    def error_call(self) -> str:
        package = self._api.package.import_name
        return "\n".join(
            [
                f"import {package}",
                "",
                f"client = {package}.{self._api.client.class_name}()",
                "",
                "try:",
                *(f"    {line}" for line in self._call("", "")),
                f"except {package}.APIStatusError as error:",
                "    print(error.status_code, error.message)",
                f"except {package}.APIConnectionError as error:",
                '    print("no response:", error.__cause__)',
            ]
        )

    def _start(self) -> list[str]:
        client = self._api.client.class_name
        return [f"from {self._api.package.import_name} import {client}", "", f"client = {client}()", ""]

    def _printed(self) -> str:
        output = self._api.example.output if self._api.example else ""
        return f"print({output or self._result})"

    @property
    def _result(self) -> str:
        """The variable that holds the result: the first name of what the example prints."""
        found = _NAME.search(self._api.example.output) if self._api.example else None
        return found[0] if found and not keyword.iskeyword(found[0]) else "result"

    def _call(self, before: str, after: str, extra: str = "") -> list[str]:
        example = self._api.example
        if example is None:
            return []
        arguments: list[tuple[str, JsonLike]] = list(example.arguments)
        return [
            f"{before}client.{'.'.join(example.resource)}.{example.method}(",
            *(f"    {name}={literal(value)}," for name, value in arguments),
            *([f"    {extra},"] if extra else []),
            f"){after}",
        ]


def _method(api: Api, example: Example | None) -> Method | None:
    if example is None:
        return None
    for resource in all_resources(api.resources):
        for method in resource.methods:
            if resource.path == example.resource and method.name == example.method:
                return method
    return None
