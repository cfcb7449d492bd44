"""Packages made of small documents, and clients of them whose server is a function."""

from __future__ import annotations

import functools
import importlib
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import httpx

from sdkloom import DiagnosticSink, generate

from ..streams import Body

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
HEAD = 'openapi: 3.2.0\ninfo: {{title: {name}, version: "1"}}\nservers: [{{url: "http://test"}}]\n'
Respond = Callable[[httpx.Request], httpx.Response]


@functools.cache
def package(name: str, spec: str, config: str = "") -> Any:
    """The package `name` of a document whose head is added, imported."""
    texts = {"spec.yaml": HEAD.format(name=name) + spec}
    if config:
        texts["sdk.yaml"] = f"package: {{distribution: {name}}}\n{config}"
    sink = DiagnosticSink()
    files = generate(
        "spec.yaml", "sdk.yaml" if config else None, read=texts.__getitem__, sink=sink, templates=TEMPLATES
    )
    assert files is not None, [diagnostic.message for diagnostic in sink.diagnostics]
    folder = Path(tempfile.mkdtemp(prefix="made-"))
    for path, text in files.items():
        if path.startswith("src/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder / "src"))
    return importlib.import_module(name)


def client(made: Any, respond: Respond) -> Any:
    """The sync client of a package; what it asks for comes to `respond`."""
    name = next(name for name in made.__all__ if f"Async{name}" in made.__all__ and name not in ("Stream", "Client"))
    return getattr(made, name)(
        http_client=httpx.Client(transport=httpx.MockTransport(respond)), max_retries=0, base_url="http://test"
    )


def chunks(kind: str, pieces: Iterable[bytes], failure: BaseException | None = None) -> Respond:
    """A server that sends these chunks."""
    body = Body(list(pieces), failure)
    return lambda request: httpx.Response(200, headers={"content-type": kind}, stream=body, request=request)
