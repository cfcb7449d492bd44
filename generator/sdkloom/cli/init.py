"""`sdkloom init`: begin an sdk.yaml beside a document, with what follows from the document in comments."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import attrs

from ..diagnostics import run_catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.terminal import printable
from ..files.outputs import write_all
from ..files.paths import CONFIG_NAME, shown_path, span_of
from ..ir.api import Api
from ..pipeline import Pipeline
from .command import Command
from .exit_codes import OK
from .schema import schema_text

_WORDS = r"(?!(?:true|false|yes|no|on|off|null|y|n)$)[A-Za-z][\w/-]*(?: [\w/-]+)*"
_PLAIN = re.compile(rf"{_WORDS}|https?://[!-~]+", re.IGNORECASE)

SCHEMA_NAME = "sdk.schema.json"
"""The file beside sdk.yaml that tells editors which keys there are."""


@attrs.define
class Init(Command):
    """One run of the command."""

    def execute(self, pipeline: Pipeline) -> int | None:
        """Write sdk.yaml and its schema, unless there is an sdk.yaml."""
        folder = Path(self.options.spec).parent
        config, schema = folder / CONFIG_NAME, folder / SCHEMA_NAME
        if pipeline.config is not None or os.path.lexists(config):
            return refuse_to_overwrite(Path(pipeline.config or config), self.sink)
        api = pipeline.api()
        if api is None:
            return None
        text = "\n".join(lines(api, os.path.basename(self.options.spec))) + "\n"
        if not write_all({str(config): text, str(schema): schema_text()}, self.sink):
            return None
        self.progress.clear()
        for path in (config, schema):
            self.show(f"+ {printable(shown_path(path))}")
        self.facts["files"] = {"added": [shown_path(path) for path in (config, schema)]}
        self.show(
            f"next: `sdkloom generate {printable(self.options.spec)}` writes {printable(api.package.distribution)}/"
        )
        return OK


def refuse_to_overwrite(path: Path, sink: DiagnosticSink) -> None:
    """Report a file that is there already."""
    sink.report(run_catalog.WOULD_OVERWRITE, span_of(path), path=shown_path(path))


def lines(api: Api, spec: str) -> Iterator[str]:
    """Yield the lines of sdk.yaml. What follows from the document is there as a comment, to be changed."""
    package, client = api.package, api.client
    yield f"# yaml-language-server: $schema={SCHEMA_NAME}"
    yield f"# The Python shape of the SDK. What the API is stands in {printable(spec)}."
    yield "# What isn't said here follows from that: the comments show what. Remove the `#` from a line to change it."
    yield ""
    yield "package:"
    yield f"  distribution: {_scalar(package.distribution)}"
    yield f"  # version: {_scalar(package.version)}"
    yield f"  {'# ' if package.title == package.distribution else ''}title: {_scalar(package.title)}"
    yield f"  # license: {package.license or 'MIT # the document names none'}"
    yield ""
    if client.base_url:
        yield "# client:"
        yield f"#   base_url: {_scalar(client.base_url)}"
    else:
        yield "client:"
        yield "  base_url: https://example.com # the document names no server: put yours here"
    margin = "#   " if client.base_url else "  # "
    yield f"{margin}class_name: {client.class_name}"
    yield f"{margin}timeout: {client.timeout:g} # seconds"
    yield f"{margin}max_retries: {client.max_retries}"
    if api.resources:
        yield ""
        yield "# All methods follow from the document. One that shall be called otherwise is named here:"
        yield from (f"# {line}" for line in _first_method(api))


def _first_method(api: Api) -> Iterator[str]:
    """The first method of a resource, else of the client itself."""
    resource = next((one for one in api.resources if one.path), api.resources[0])
    depth = 0
    while not resource.methods and resource.children:
        yield f"{'  ' * depth}resources:"
        yield f"{'  ' * depth}  {resource.path[-1]}:"
        depth += 2
        resource = resource.children[0]
    if resource.path:
        yield f"{'  ' * depth}resources:"
        yield f"{'  ' * depth}  {resource.path[-1]}:"
        depth += 2
    yield f"{'  ' * depth}methods:"
    yield from (f"{'  ' * depth}  {one.name}: {one.verb} {printable(one.path)}" for one in resource.methods[:1])


def _scalar(text: str) -> str:
    """A text as YAML writes it on one line: JSON is YAML."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text)
