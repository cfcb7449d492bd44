"""Packages that are made of small documents, imported in this process, and what they send."""

from __future__ import annotations

import importlib
import itertools
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from sdkloom import DiagnosticSink, generate
from sdkloom.diagnostics.model import Diagnostic

TEMPLATES = Path(__file__).parents[2] / "templates"
_NAMES = map("".join, itertools.product("abcdefghijklmnopqrstuvwxyz", repeat=3))


class Package:
    """The generated package of a document, in a folder of its own; it has a name that no other has.

    The operations are `client.find.send`, `send1`, `send2` and so on, unless `config` says otherwise.
    """

    def __init__(self, folder: Path, document: Mapping[str, Any], config: Mapping[str, Any] | None = None) -> None:
        self.name = f"wire{next(_NAMES)}"
        named = {**document, "openapi": document.get("openapi", "3.1.0")}
        named["info"] = {"title": self.name, "version": "1"}
        named.setdefault("servers", [{"url": "https://api.wire.test/v1"}])
        endpoints = [f"{verb} {path}" for path, item in document["paths"].items() for verb in item]
        methods = {f"send{number or ''}": {"endpoint": endpoint} for number, endpoint in enumerate(endpoints)}
        named_methods = {"resources": {"find": {"methods": methods}}}
        made = {"package": {"distribution": self.name}, **named_methods, **(config or {})}
        texts = {"spec.yaml": json.dumps(named), "sdk.yaml": json.dumps(made)}
        sink = DiagnosticSink()
        files = generate(
            "spec.yaml",
            "sdk.yaml",
            read=texts.__getitem__,
            sink=sink,
            templates=TEMPLATES,
        )
        self.diagnostics: list[Diagnostic] = list(sink.diagnostics)
        assert files is not None, self.diagnostics
        self.files = files
        for path, text in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        sys.path.insert(0, str(folder / "src"))
        try:
            self.module: Any = importlib.import_module(self.name)
            self.class_: Any = getattr(self.module, self.name.capitalize())
        finally:
            sys.path.remove(str(folder / "src"))

    @property
    def codes(self) -> list[str]:
        """The codes of what was reported."""
        return [diagnostic.code for diagnostic in self.diagnostics]

    def runtime(self, name: str) -> Any:
        """A module of the package."""
        return importlib.import_module(f"{self.name}.{name}")

    def client(
        self, response: httpx.Response | None = None, cookies: Mapping[str, str] | None = None, **options: Any
    ) -> tuple[Any, list[httpx.Request]]:
        """A client, and the list that gets its requests. `cookies` are those that the client has stored."""
        requests: list[httpx.Request] = []

        def handle(request: httpx.Request) -> httpx.Response:
            requests.append(request)
            return response or httpx.Response(204)

        http_client = httpx.Client(transport=httpx.MockTransport(handle), cookies=dict(cookies or {}))
        return self.class_(http_client=http_client, **options), requests


def operation(*parameters: Mapping[str, Any], path: str = "/find", **more: Any) -> dict[str, Any]:
    """A document with one operation that takes the parameters."""
    get = {"parameters": list(parameters), "responses": {"204": {"description": "Done."}}, **more}
    return {"paths": {path: {"get": get}}}
